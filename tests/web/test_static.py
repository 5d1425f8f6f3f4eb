"""The style sheets and scripts: small, plain, nothing newer than the oldest browser of the offices."""

import re
from pathlib import Path

import pytest
from flask import Flask
from fontTools.ttLib import TTFont

from app.paths import STATIC, TEMPLATES
from app.web.fonts import FONTS, subset
from tests.web.page import Browser

SHEETS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
# Newer than Chrome 109 or Firefox ESR 115.
TOO_NEW_CSS = re.compile(
    r"color-mix\(|oklch\(|oklab\(|light-dark\(|@scope|@starting-style|@property|:has\(|subgrid|view-transition"
    r"|anchor-name|field-sizing|interpolate-size|&\s*[:.\[{]|@container|@layer|\blh\b"
)
TOO_NEW_JS = re.compile(
    r"\.toSorted\(|\.toReversed\(|\.with\(|Object\.groupBy|Promise\.withResolvers|\.isSubsetOf\(|Array\.fromAsync|popover"
    r"|randomUUID\(|\beval\(|new Function|document\.write"
)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_is_short_and_old_enough(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 300
    assert not TOO_NEW_CSS.search(text), TOO_NEW_CSS.search(text)
    assert "http" not in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("path", [path for path in SHEETS if path.name != "tokens.css"], ids=lambda path: path.name)
def test_colours_stand_in_the_tokens_only(path: Path) -> None:
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", path.read_text("utf-8"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_old_enough_and_our_own(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not TOO_NEW_JS.search(text), TOO_NEW_JS.search(text)
    assert "//cdn" not in text


def test_the_checks_would_see_what_they_look_for() -> None:
    assert TOO_NEW_CSS.search("a { color: color-mix(in srgb, red, blue); }")
    assert TOO_NEW_JS.search("crypto.randomUUID()")


def test_all_our_scripts_together_are_small() -> None:
    assert sum(path.stat().st_size for path in SCRIPTS) <= 60_000


def test_every_custom_property_in_use_is_a_token() -> None:
    known = set(re.findall(r"(--[\w-]+):", (STATIC / "css" / "tokens.css").read_text("utf-8")))
    used = {name for path in SHEETS for name in re.findall(r"var\((--[\w-]+)", path.read_text("utf-8"))}
    assert used <= known


def test_every_icon_a_page_names_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', (TEMPLATES / "desk" / "parts" / "sprite.html").read_text("utf-8")))
    pages = "".join(path.read_text("utf-8") for path in (TEMPLATES / "desk").rglob("*.html"))
    assert set(re.findall(r'icon\("([\w-]+)"', pages)) <= drawn


def test_a_page_weighs_little(an: Browser) -> None:
    sheets = sum(path.stat().st_size for path in SHEETS)
    scripts = sum(path.stat().st_size for path in SCRIPTS)
    for path in ("/hom-nay", "/tin-ve", "/he-thong"):
        assert len(an.get(path).text.encode()) + sheets + scripts <= 150_000


def test_a_file_with_its_mark_may_be_kept_and_one_without_may_not(browser: Browser) -> None:
    page = browser.get("/dang-nhap")
    address = re.findall(r'href="(/static/css/ground[^"]+)"', page.text)[0]
    for path, cached in ((address, "immutable"), ("/static/css/ground.css", "no-cache")):
        answer = browser.client.get(path)
        assert cached in answer.headers["Cache-Control"]
        answer.close()
    assert browser.get("/dang-nhap").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", FONTS)
def test_a_font_is_cut_once_and_holds_our_letters(tmp_path: Path, name: str) -> None:
    made = subset(name, tmp_path)
    with TTFont(made) as font:
        letters = set(font.getBestCmap())
    assert {ord(letter) for letter in "ắằẳẵặđĐỸ“”…–"} <= letters
    if name == "noto-serif":
        assert {ord(letter) for letter in "ƀĕĭŏŭ\u0306"} <= letters
    assert made.stat().st_size < 400_000
    assert subset(name, tmp_path) == made
    assert list(tmp_path.iterdir()) == [made]


def test_an_unknown_font_is_not_found(app: Flask, browser: Browser) -> None:
    browser.get("/phong-chu/comic-sans.woff2", status=404)
