"""/mau: every component of the desk in every state, drawn by the same macros the pages use."""

import re
from datetime import timedelta
from typing import Any

from flask import Blueprint

from app.models.article import Stage
from app.models.issue import IssueStage
from app.models.parcel import ParcelState
from app.paths import STATIC, TEMPLATES
from app.web import states
from app.web.access import door, needs
from app.web.context import context
from app.web.pages import Page
from app.web.plan import Leaf

routes = Blueprint("patterns", __name__)
GROUNDS = (
    "paper",
    "sheet",
    "paper-2",
    "ink",
    "ink-2",
    "ink-3",
    "red",
    "indigo",
    "turmeric",
    "turmeric-ink",
    "green",
    "edge",
)
REASONS = [{"label": "S’tiêng", "points": 4}, {"label": "gương tốt", "points": 2}, {"label": "quảng cáo", "points": -5}]


@routes.get("/mau")
@needs("look")
@door("own")
def patterns() -> Page:
    """New pages are put together from these; none brings a style of its own."""
    tokens = (STATIC / "css" / "tokens.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", tokens))
    sprite = (TEMPLATES / "desk" / "parts" / "sprite.html").read_text("utf-8")
    return Page(
        "patterns.html",
        {
            "colours": [(name, colours[name]) for name in GROUNDS],
            "icons": re.findall(r'id="i-([\w-]+)"', sprite),
            "article_states": [states.article_state(stage) for stage in Stage],
            "issue_states": [states.issue_state(stage) for stage in IssueStage],
            "parcel_states": [states.parcel_state(state) for state in ParcelState],
            "reasons": REASONS,
            "moments": [context().now() - age for age in (timedelta(minutes=5), timedelta(hours=3), timedelta(days=4))],
            "leaves": [
                Leaf(number=n, design=d, title="")
                for n, d in enumerate(("cover", "short", "feature", "more", "empty", "last"), 1)
            ]
            + [Leaf(number=7, design="feature", over=6), Leaf(number=8, design="feature", free=9)],
            "findings": _findings(),
            "gauges": _gauges(),
        },
    )


def _findings() -> list[dict[str, Any]]:
    plain = {"id": "", "words": "", "detail": "", "kept": "", "done": False}
    return [
        {**plain, "title": "Nguồn chưa được nêu: Báo Đất Đỏ.", "tone": "bad", "icon": "bad"},
        {**plain, "title": "Ảnh chưa có chú thích.", "tone": "warn", "icon": "warn"},
        {
            **plain,
            "title": "Tên xã viết theo nguồn",
            "tone": "",
            "icon": "okc",
            "done": True,
            "kept": "Hoài An giữ: “Đúng quyết định đặt tên xã.”",
        },
    ]


def _gauges() -> list[dict[str, Any]]:
    rows = (("38 / 40", 38 / 48, "bar"), ("46 / 40", 46 / 48, "bar-bad"), ("12 / 40", 12 / 48, "bar-warn"))
    return [
        {"label": "Tít", "value": value, "share": share, "mark": 40 / 48, "tone": tone, "hint": ""}
        for value, share, tone in rows
    ]
