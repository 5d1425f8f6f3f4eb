"""Features of every length: the picture gives and takes, nothing is clipped, no page stays a third empty."""

from collections.abc import Callable
from typing import Any

import pytest

from config import Config
from outbox import booklet
from outbox.geometry import RunFit

Assets = Callable[[str], bytes]
THIRD = 29 / 3


@pytest.fixture
def fit(snapshot: dict[str, Any], assets: Assets, config: Config) -> Callable[..., RunFit]:
    def measure(article: dict[str, Any], pages: int = 1) -> RunFit:
        snapshot["articles"]["x"] = {**article, "id": "x"}
        run = {"design": "feature", "section": "Chuyện quê mình", "page": 3, "pages": pages, "articles": ["x"]}
        return booklet.measure(snapshot, run, assets, config)

    return measure


def paragraphs(article: dict[str, Any], count: int) -> list[dict[str, str]]:
    texts = [p for p in article["paragraphs"] if p["kind"] == "text"]
    return [texts[number % len(texts)] for number in range(count)]


@pytest.mark.parametrize("count", [1, 2])
def test_whatever_fits_one_page_fills_it(count: int, sample: dict[str, Any], fit: Callable[..., RunFit]) -> None:
    story = sample["articles"]["a5"]

    result = fit({**story, "figures": story["figures"][:1], "paragraphs": paragraphs(story, count)})

    assert result.over_lines == 0
    assert result.pages == 1
    assert result.free_lines < THIRD


@pytest.mark.parametrize(("count", "pages"), [(4, 2), (7, 2), (13, 3)])
def test_a_long_story_flows_over_its_pages(
    count: int, pages: int, sample: dict[str, Any], fit: Callable[..., RunFit]
) -> None:
    story = sample["articles"]["a5"]
    long = {**story, "paragraphs": paragraphs(story, count)}

    assert fit(long).over_lines > 0
    result = fit(long, pages)
    assert (result.pages, result.over_lines) == (pages, 0)
    assert result.free_lines < THIRD


def test_a_story_too_long_for_its_page_says_by_how_much(sample: dict[str, Any], fit: Callable[..., RunFit]) -> None:
    story = sample["articles"]["a5"]

    short, long = (fit({**story, "paragraphs": paragraphs(story, count)}) for count in (6, 9))

    assert short.pages == 2
    assert long.over_lines > short.over_lines > 0


def test_a_headline_of_any_length_shrinks_until_it_stands(sample: dict[str, Any], fit: Callable[..., RunFit]) -> None:
    story = {**sample["articles"]["a8"], "headline": "Đồng bào các dân tộc thiểu số vùng biên giới phấn khởi " * 4}

    assert fit({**story, "quote": "", "aloud": ""}).over_lines == 0


def test_one_word_longer_than_the_page_is_wide_does_not_stick_out(
    sample: dict[str, Any], fit: Callable[..., RunFit]
) -> None:
    story = sample["articles"]["a8"]
    word = {"kind": "text", "text": "mừng" * 40}

    assert fit({**story, "paragraphs": [word, *story["paragraphs"][1:]]}).over_lines == 0


def test_a_story_without_picture_source_or_standfirst_still_prints(
    sample: dict[str, Any], fit: Callable[..., RunFit]
) -> None:
    bare = {**sample["articles"]["a6"], "figures": [], "sources": [], "standfirst": "", "byline": "", "kicker": "Tin"}

    assert fit(bare).over_lines == 0


def test_what_is_left_out_is_told(sample: dict[str, Any], fit: Callable[..., RunFit]) -> None:
    story = sample["articles"]["a8"]

    crowded = fit(story)
    roomy = fit(story, 2)

    assert crowded.left_out == ("quote",)
    assert roomy.left_out == ()
