"""The issue as one self-contained web page: it opens from a stick, loads nothing, runs nothing, and prints well."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from app.desk.wording import typeset
from app.models.errors import Unprintable
from config import Config
from outbox import brocade, pictures, subset
from outbox.last import calendar_month, days_to_remember, imprint
from outbox.render import Snapshot, page, sheet
from outbox.runs import Assets, is_sample, title

_WIDE, _NARROW = 1100, 760  # pixels
# What the law asks of a State body's page (the person responsible comes from the imprint).
_OWED = ("name", "parent", "address", "email", "phone")


def build(snapshot: Snapshot, assets: Assets, config: Config) -> bytes:  # noqa: ARG001  # every kind is built alike
    """The page as UTF-8 HTML. Raises Unprintable while a fact the law asks for in the footer is empty."""
    _check_owed(snapshot)
    stories = {key: _story(snapshot["articles"][key], assets) for run in snapshot["runs"] for key in run["articles"]}
    values = _values(snapshot, stories)
    style = _style(page("website/issue.html", **values, style="", policy=""))
    html = page("website/issue.html", **values, style=Markup(style), policy=_policy(style))  # noqa: S704  # our own sheet
    return html.encode()


def _values(snapshot: Snapshot, stories: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    issued = date.fromisoformat(snapshot["issue"]["date"])
    runs = [_run(run, stories) for run in snapshot["runs"] if run["design"] not in ("cover", "last")]
    return {
        "lang": snapshot["bulletin"]["lang"],
        "title": title(snapshot),
        "sample": is_sample(snapshot),
        "office": snapshot["office"],
        "bulletin": snapshot["bulletin"],
        "issue": snapshot["issue"],
        "date": issued,
        "lead": stories[snapshot["cover"]["article"]],
        "things": snapshot["cover"]["things"],
        "contents": [entry for run in runs for entry in _entries(run)],
        "runs": runs,
        "last": snapshot["last"],
        "days": [
            {"short": f"{day.day}/{day.month}", "text": text}
            for day, text in days_to_remember(snapshot, calendar_month(issued))
        ],
        "imprint": imprint(snapshot, full=True),
        "note": snapshot["imprint"]["note"],
    }


def _run(run: Mapping[str, Any], stories: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "design": run["design"],
        "section": run["section"],
        "anchor": f"trang-{run['page']}",
        "stories": [stories[key] for key in run["articles"]],
    }


def _entries(run: Mapping[str, Any]) -> list[dict[str, str]]:
    if run["design"] == "short":
        heads = " · ".join(story["article"]["headline"] for story in run["stories"])
        return [{"anchor": run["anchor"], "section": run["section"], "words": heads}]
    return [
        {"anchor": story["anchor"], "section": run["section"], "words": story["article"]["headline"]}
        for story in run["stories"]
    ]


def _story(article: Mapping[str, Any], assets: Assets) -> dict[str, Any]:
    kicker = typeset(article["kicker"])
    shown = [_picture(figure, assets, wide=number == 0) for number, figure in enumerate(article["figures"])]
    return {
        "article": article,
        "anchor": f"bai-{article['code']}",
        "place": "" if kicker.casefold() == typeset(article["section"]).casefold() else kicker,
        "pictures": shown[:2],
        "tall": bool(shown) and shown[0]["height"] > shown[0]["width"] * 1.1,
        "pieces": _pieces(article, shown[2:]),
    }


def _pieces(article: Mapping[str, Any], further: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The paragraphs; pictures beyond the first two stand at even distances before some of them."""
    pieces: list[dict[str, Any]] = []
    every = len(article["paragraphs"]) // (len(further) + 1)
    places = {(number + 1) * every: picture for number, picture in enumerate(further)}
    for number, paragraph in enumerate(article["paragraphs"]):
        step = (pieces[-1]["step"] if pieces else 0) + 1 if paragraph["kind"] == "step" else 0
        pieces.append(
            {"kind": paragraph["kind"], "text": paragraph["text"], "step": step, "picture": places.get(number)}
        )
    return pieces


def _picture(figure: Mapping[str, Any], assets: Assets, *, wide: bool) -> dict[str, Any]:
    width = min(_WIDE if wide else _NARROW, figure["width"])
    data = pictures.sized(assets(figure["asset"]), width=width, quality=80)
    return {
        "src": _data_url("image/jpeg", data),
        "width": width,
        "height": round(width * figure["height"] / figure["width"]),
        "alt": figure["alt"],
        "caption": figure["caption"],
        "credit": figure["credit"],
    }


def _style(text: str) -> str:
    """The whole style sheet: our look, faces cut down to the letters of this page, and the woven bands."""
    bands = brocade.bands()
    wide, thin = (_data_url("image/svg+xml", bands[name]) for name in ("band.svg", "thin.svg"))
    woven = (
        f".band{{background:#17130f url({wide}) repeat-x 50% 50%/auto 96%}}"
        f".thin{{background:#17130f url({thin}) repeat-x 0 50%/auto 100%}}"
    )
    faces = "".join(_face_rule(face) for face in subset.web_faces(text))
    return faces + sheet("website/issue.css") + woven


def _face_rule(face: subset.WebFace) -> str:
    source = _data_url("font/woff2", face.data)
    return f"@font-face{{font-family:'{face.family}';font-weight:{face.weights};src:url({source})}}"


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _data_url(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _check_owed(snapshot: Snapshot) -> None:
    missing = [name for name in _OWED if not str(snapshot["office"][name]).strip()]
    missing += [] if snapshot["imprint"]["responsible"].strip() else ["responsible"]
    if missing and not is_sample(snapshot):
        raise Unprintable(
            "The web page may not leave the house while these are empty: %(fields)s.", fields=", ".join(missing)
        )
