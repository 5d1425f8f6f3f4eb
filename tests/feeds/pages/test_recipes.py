"""Golden pairs: data/pages/ID.html is a page in our own words in the outlet's layout, ID.py what is read."""

import runpy
from pathlib import Path

import pytest

from feeds.catalogue import OFFICIAL, Outlet, read_catalogue
from feeds.dates import VIETNAM
from feeds.pages.article import Article
from feeds.pages.fulltext import read_page

PAGES = Path(__file__).parents[1] / "data" / "pages"
WITH_RECIPE = [outlet for outlet in read_catalogue(OFFICIAL).outlets if outlet.recipe]


def read(outlet: Outlet) -> tuple[Article, dict[str, object]]:
    expected = runpy.run_path(str(PAGES / f"{outlet.id}.py"))
    body = (PAGES / f"{outlet.id}.html").read_bytes()
    prefixes = expected.get("PREFIXES", ())
    return read_page(body, recipe=outlet.recipe, base_url=expected["URL"], prefixes=prefixes), expected


@pytest.mark.parametrize("outlet", WITH_RECIPE, ids=lambda outlet: outlet.id)
def test_an_outlets_recipe_gives_what_stands_beside_its_page(outlet: Outlet) -> None:
    article, expected = read(outlet)
    at = article.published_at
    assert article.title == expected["TITLE"]
    assert article.standfirst == expected["STANDFIRST"]
    assert list(article.paragraphs) == expected["PARAGRAPHS"]
    assert article.author == expected["AUTHOR"]
    assert (at.astimezone(VIETNAM).isoformat() if at else None) == expected["PUBLISHED"]
    assert [(shown.url, shown.caption, shown.credit) for shown in article.pictures] == expected["PICTURES"]
    assert (article.read_by, article.recipe_missed) == ("recipe", False)


@pytest.mark.parametrize("outlet", WITH_RECIPE, ids=lambda outlet: outlet.id)
def test_every_recipe_names_a_title_and_a_body_and_its_page_lies_on_a_host_of_the_outlet(outlet: Outlet) -> None:
    assert outlet.recipe
    assert outlet.recipe.title
    assert outlet.recipe.body
    _, expected = read(outlet)
    assert str(expected["URL"]).split("/")[2] in outlet.hosts


def test_every_page_has_its_recipe() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == {outlet.id for outlet in WITH_RECIPE}
