"""The web page stands alone: it loads nothing, runs nothing, and carries what the law asks for."""

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest

from app.models.errors import Unprintable
from config import Config
from outbox import check, website

Assets = Callable[[str], bytes]


@pytest.fixture(scope="module")
def page(sample: dict[str, Any], assets: Assets, config: Config) -> bytes:
    return website.build(sample, assets, config)


def test_it_passes_its_own_preflight(page: bytes, sample: dict[str, Any]) -> None:
    assert check.web(page, sample) == ()


def test_it_is_valid_html_without_script(page: bytes) -> None:
    html5lib.HTMLParser(strict=True).parse(page.decode())

    assert b"<script" not in page
    assert b"http-equiv" in page


def test_nothing_is_loaded_from_outside(page: bytes) -> None:
    text = page.decode()
    sources = re.findall(r'src="([^"]+)"', text) + re.findall(r"url\(([^)]+)\)", text)

    assert sources
    assert all(source.startswith("data:") for source in sources)


def test_its_policy_allows_exactly_its_own_style(page: bytes) -> None:
    text = page.decode()
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style.group(1).encode()).digest()).decode()

    assert f"style-src &#39;sha256-{digest}&#39;" in text
    assert "default-src &#39;none&#39;" in text


def test_the_same_snapshot_gives_the_same_bytes(
    page: bytes, sample: dict[str, Any], assets: Assets, config: Config
) -> None:
    assert website.build(sample, assets, config) == page


@pytest.mark.parametrize("field", ["name", "parent", "address", "email", "phone"])
def test_a_real_issue_without_a_fact_the_law_asks_for_is_refused(
    field: str, snapshot: dict[str, Any], assets: Assets, config: Config
) -> None:
    snapshot["mode"] = "real"
    snapshot["office"][field] = ""

    with pytest.raises(Unprintable, match=field):
        website.build(snapshot, assets, config)


def test_the_footer_names_who_is_responsible(page: bytes, sample: dict[str, Any]) -> None:
    footer = page.decode().split('<footer class="wrap">')[1]

    for fact in (sample["office"]["address"], sample["office"]["phone"], sample["imprint"]["responsible"]):
        assert check.letters_of(fact) in check.letters_of(footer)
