"""The table of what can leave the house."""

from collections.abc import Callable
from typing import Any

from config import Config
from outbox import engine
from outbox.kinds import KINDS


def test_an_issue_leaves_as_a_booklet_a_page_and_posts() -> None:
    assert {kind.name: kind.destination for kind in KINDS.values()} == {
        "booklet": "print",
        "web": "website",
        "zalo": "zalo",
        "facebook": "facebook",
    }


def test_posts_are_made_of_every_article_once(sample: dict[str, Any]) -> None:
    assert KINDS["booklet"].subjects(sample) == [""]
    assert KINDS["zalo"].subjects(sample) == ["a5", "a2", "a3", "a4", "a6", "a7", "a8"]


def test_a_post_leaves_as_a_text_and_a_picture_that_pass(
    sample: dict[str, Any], assets: Callable[[str], bytes], config: Config
) -> None:
    kind = KINDS["facebook"]

    files = kind.build(sample, "a6", assets, config)

    assert [file.name for file in files] == ["11-06-facebook.txt", "11-06-facebook.jpg"]
    assert [finding for file in files for finding in kind.check(file, sample, "a6")] == []


def test_the_engine_names_itself() -> None:
    assert engine.engine().startswith("WeasyPrint ")
    assert "fonts=" in engine.fingerprint()
