"""What must be looked at before an article is shown to a second person: pure, without a database."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from app.desk.content import ArticleContent, Figure
from app.desk.findings import Finding, Level
from app.desk.withheld import id_numbers, phones, secrecy_marks, secret_documents, unveil

HEADLINE_LETTERS = 48  # two lines of 24 on the A5 page
STANDFIRST_LETTERS = 160
PICTURE_PIXELS = 660  # one column at 200 dpi

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
WORDS = re.compile(r"người dân tộc(?! thiểu số)", re.IGNORECASE)


def check_article(
    content: ArticleContent,
    *,
    clashes: Iterable[str] = (),
    consent: Mapping[str, bool] | None = None,
    public_phones: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Every finding of one article. `consent` says per outlet name whether pictures may be reprinted."""
    return (
        *_empty(content),
        *(Finding(kind="clash", level="hard", where=field, values={"where": field}) for field in clashes),
        *_lengths(content),
        *_credit(content),
        *(finding for figure in content.figures for finding in _figure(figure)),
        *_consent(content, consent or {}),
        *check_words(content.words, public_phones=public_phones),
        *_links(content),
    )


def check_words(text: str, *, public_phones: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Findings on words alone: secrecy marks, private numbers, letters typed in parts, words we do not use."""
    plain = unveil(text)
    found = [
        *_each("secrecy", "hard", secrecy_marks(plain)),
        *_each("document_secrecy", "hard", secret_documents(plain)),
        *_each("phone", "hard", phones(plain, public=public_phones)),
        *_each("id_number", "hard", id_numbers(plain)),
        *_each("email", "soft", (m[0] for m in EMAIL.finditer(plain))),
        *_each("word", "hard", (m[0] for m in WORDS.finditer(plain))),
    ]
    if unicodedata.normalize("NFC", text) != text:
        found.append(Finding(kind="not_nfc", level="hard"))
    return tuple(found)


def _each(kind: str, level: Level, words: Iterable[str]) -> list[Finding]:
    return [Finding(kind=kind, level=level, words=w, values={"words": w}) for w in dict.fromkeys(words)]


def _empty(content: ArticleContent) -> list[Finding]:
    found = [
        Finding(kind="empty", level="hard", where=name, values={"where": name})
        for name in ("headline", "standfirst")
        if not getattr(content, name).strip()
    ]
    if not any(p.text.strip() for p in content.paragraphs):
        found.append(Finding(kind="no_text", level="hard", where="paragraphs"))
    if not content.section:
        found.append(Finding(kind="no_section", level="hard", where="section"))
    return found


def _lengths(content: ArticleContent) -> list[Finding]:
    limits = (("headline", "long_headline", HEADLINE_LETTERS), ("standfirst", "long_standfirst", STANDFIRST_LETTERS))
    return [
        Finding(kind=kind, level="soft", where=name, values={"count": len(text), "most": most})
        for name, kind, most in limits
        if len(text := getattr(content, name)) > most
    ]


def _credit(content: ArticleContent) -> list[Finding]:
    if not content.sources:
        return [] if content.byline else [Finding(kind="no_source", level="soft", where="credit")]
    missing = [ref.outlet for ref in content.sources if ref.outlet.lower() not in content.credit.lower()]
    return [
        Finding(kind="no_credit", level="hard", where="credit", words=outlet, values={"outlet": outlet})
        for outlet in dict.fromkeys(missing)
    ]


def _figure(figure: Figure) -> list[Finding]:
    found = []
    if not figure.alt.strip():
        found.append(Finding(kind="picture_no_alt", level="hard", where="figure", words=figure.asset))
    if not figure.credit.strip():
        found.append(Finding(kind="picture_no_credit", level="hard", where="figure", words=figure.asset))
    if not figure.caption.strip():
        found.append(Finding(kind="picture_no_caption", level="soft", where="figure", words=figure.asset))
    if figure.width < PICTURE_PIXELS:
        size: dict[str, str | int] = {"width": figure.width, "height": figure.height}
        found.append(Finding(kind="picture_small", level="soft", where="figure", words=figure.asset, values=size))
    return found


def _consent(content: ArticleContent, consent: Mapping[str, bool]) -> list[Finding]:
    outlets = {ref.outlet for ref in content.sources if ref.outlet and not consent.get(ref.outlet, False)}
    credits = " ".join(figure.credit.lower() for figure in content.figures)
    return [
        Finding(kind="picture_consent", level="soft", where="figure", words=outlet, values={"outlet": outlet})
        for outlet in sorted(outlets)
        if outlet.lower() in credits
    ]


def _links(content: ArticleContent) -> list[Finding]:
    known = {urlsplit(ref.url).hostname for ref in content.sources}
    links = re.findall(r"https?://\S+", content.words)
    return [
        Finding(kind="outside_link", level="soft", words=link, values={"words": link})
        for link in dict.fromkeys(links)
        if urlsplit(link).hostname not in known
    ]
