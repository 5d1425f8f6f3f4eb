"""Posts for Zalo and Facebook: plain text to copy, with the link alone on its last line, and a square card."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import pypdfium2

from app.desk.wording import plain_text, short_date, typeset
from app.models.errors import Unprintable
from config import Config
from outbox import brocade, fonts, pictures
from outbox.pdf import Press
from outbox.render import Snapshot, page, sheet, vietnam_day
from outbox.runs import Assets, is_sample, sealed_at, title
from outbox.slots import picture_name

CARD_PIXELS = 1080
CARD_BYTES = 1_000_000
_POINTS = CARD_PIXELS * 0.75
_ROOM = CARD_PIXELS - 2 * 56
_HEADS = (
    (66, 88, 2),
    (58, 78, 3),
    (50, 68, 3),
    (44, 60, 4),
    (38, 52, 5),
    (32, 44, 7),
    (26, 36, 12),
)  # px, leading, lines
_TOP, _FOOT = 78, 112  # band above; name and date below


@dataclass(frozen=True, slots=True)
class Post:
    """What is copied into one channel: NFC plain text and a JPEG of 1080 × 1080 pixels, at most 1 MB."""

    text: str
    picture: bytes


def build(snapshot: Snapshot, article_id: str, channel: str, assets: Assets, config: Config) -> Post:
    """The post of one article for `zalo` or `facebook`. Raises Unprintable."""
    if article_id not in snapshot["articles"]:
        raise Unprintable("Article %(article)s is on the page map but not in the issue.", article=article_id)
    article = snapshot["articles"][article_id]
    return Post(compose_text(snapshot, article, channel), _card(snapshot, article, assets, config))


def compose_text(snapshot: Snapshot, article: Mapping[str, Any], channel: str) -> str:
    """The channel's own wording, or headline and standfirst; then “Theo <báo>” and the link alone on the last line."""
    own = plain_text(article[channel])
    text = page(
        "post/post.txt",
        sample=is_sample(snapshot),
        words=own or "\n\n".join(filter(None, (plain_text(article["headline"]), plain_text(_summary(article))))),
        credit=plain_text(article["credit"]) or _credit(article) or snapshot["office"]["name"],
        link=article["sources"][0]["url"] if article["sources"] else snapshot["office"]["website"],
    )
    return plain_text(_unescaped(text))


def _summary(article: Mapping[str, Any]) -> str:
    """The standfirst, or the first paragraph of an article that has none."""
    texts = [p["text"] for p in article["paragraphs"] if p["kind"] == "text"]
    return str(article["standfirst"] or (texts[0] if texts else ""))


def _credit(article: Mapping[str, Any]) -> str:
    sources = [
        f"{s['outlet']}, {short_date(vietnam_day(s['published_at']))}" if s["published_at"] else s["outlet"]
        for s in article["sources"]
    ]
    return f"Theo {'; '.join(sources)}" if sources else ""


def _card(snapshot: Snapshot, article: Mapping[str, Any], assets: Assets, config: Config) -> bytes:
    figure = article["figures"][0] if article["figures"] else None
    picture = None
    if figure:
        picture = (picture_name(figure), pictures.sized(assets(figure["asset"]), width=CARD_PIXELS, quality=88))
    html = _card_page(snapshot, article, figure)
    return _printed_card(html, picture, config, sealed_at(snapshot), article["headline"])


@lru_cache(maxsize=32)  # both channels carry the same card
def _printed_card(html: str, picture: tuple[str, bytes] | None, config: Config, made_at: datetime, about: str) -> bytes:
    given = {**fonts.assets(), **brocade.bands()}
    if picture:
        given[picture[0]] = picture[1]
    sheets = (fonts.rules(), *map(sheet, ("bulletin/tokens.css", "bulletin/bulletin.css", "post/card.css")))
    with Press(sheets=sheets, assets=given, config=config, made_at=made_at, about=about) as press:
        pdf = press.print(html)
    return _jpeg(pdf, about)


def _card_page(snapshot: Snapshot, article: Mapping[str, Any], figure: Mapping[str, Any] | None) -> str:
    size, leading, lines = _headline(typeset(article["headline"]))
    sapo = "" if figure else _shortened(_summary(article), 210)
    below = len(fonts.wrap(sapo, size=34, measure=_ROOM, weight=500)) * 50 + 20 if sapo else 0
    height = CARD_PIXELS - _TOP - _FOOT - 26 - 36 - len(lines) * leading - 14 - below
    issue, day = snapshot["issue"], vietnam_day(snapshot["issue"]["date"])
    name = typeset(snapshot["bulletin"]["name"])
    picture = figure and {
        "asset": picture_name(figure),
        "alt": figure["alt"],
        "position": pictures.crop_position(figure, width=CARD_PIXELS, height=height),
    }
    foot = f"Số {issue['number']} · {short_date(day)}"
    return page(
        "post/card.html",
        lang=snapshot["bulletin"]["lang"],
        title=title(snapshot),
        article=article,
        picture=picture,
        picture_height=height,
        text_top=_TOP + height + 26,
        credit=figure["credit"] if figure else "",
        size=size,
        leading=leading,
        lines=lines,
        sapo=sapo,
        name=name,
        name_size=_name_size(name, _ROOM - 132 - 24 - fonts.width(foot, size=24, weight=500)),
        foot=foot,
        sample=is_sample(snapshot),
    )


def _headline(text: str) -> tuple[int, int, list[str]]:
    for size, leading, most in _HEADS:
        lines = fonts.balance(text, size=size, measure=_ROOM * 0.985)
        if len(lines) <= most:
            return size, leading, lines
    return _HEADS[-1][0], _HEADS[-1][1], lines


def _name_size(name: str, room: float) -> float:
    return max(14.0, min(38.0, 38 * room / fonts.width(name, size=38)))


def _shortened(text: str, most: int) -> str:
    """Text up to a word's end; a card teases, the post's text says all."""
    text = typeset(text)
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]}…"


def _jpeg(pdf: bytes, about: str) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet_ = document[0]
        picture = sheet_.render(scale=CARD_PIXELS / _POINTS).to_pil().convert("RGB")
        sheet_.close()
    finally:
        document.close()
    for quality in (90, 84, 76, 66, 50):
        target = io.BytesIO()
        picture.save(target, "JPEG", quality=quality, optimize=True)
        if target.tell() <= CARD_BYTES:
            return target.getvalue()
    raise Unprintable("%(about)s could not be printed: %(reason)s", about=about, reason="the card is too large")


def _unescaped(text: str) -> str:
    # The text template is rendered by the HTML environment, whose autoescape stays on for everything.
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text
