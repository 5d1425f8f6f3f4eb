"""Texts of the length and shape the press really writes, laid out; they stay outside the repository."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config import Config
from outbox import booklet

ARTICLES = Path(__file__).parents[2].parent / "shared" / "data" / "vn" / "articles"
MOST_LETTERS = 3_300  # what three pages hold beside a headline and a picture


def real_texts() -> list[dict[str, Any]]:
    files = sorted(ARTICLES.glob("*.jsonl"))[::9] if ARTICLES.is_dir() else []
    lines = [file.read_text("utf-8").split("\n", 1)[0] for file in files]
    return [text for text in map(json.loads, lines) if sum(map(len, text["body"])) <= MOST_LETTERS]


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="shared/data/vn/articles is not here")
def test_real_articles_of_up_to_three_pages_fit_without_a_hole(
    snapshot: dict[str, Any], assets: Callable[[str], bytes], config: Config
) -> None:
    texts = real_texts()
    assert texts

    for text in texts:
        body = [{"kind": "text", "text": part} for part in text["body"] if part.strip()]
        story = {
            **snapshot["articles"]["a6"],
            "id": "x",
            "headline": text["title"],
            "standfirst": text.get("lead") or "",
        }
        snapshot["articles"]["x"] = {**story, "paragraphs": body}
        run = {"design": "feature", "section": "Tin", "page": 3, "articles": ["x"]}
        fits = [booklet.measure(snapshot, {**run, "pages": pages}, assets, config) for pages in (1, 2, 3)]
        fitting = [fit for fit in fits if not fit.over_lines]
        assert fitting, text["title"]
        assert fitting[0].free_lines < 29 / 3, text["title"]
