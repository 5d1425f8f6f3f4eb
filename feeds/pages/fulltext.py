"""The bytes of an article's page → its clean text: by the outlet's own recipe, else as any reader would guess.

Only a child imports this, by name: `bench.call("feeds.pages.fulltext.read_page", …)`.
"""

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

from feeds.catalogue import Recipe
from feeds.clean import MAX_SUMMARY, MAX_TITLE, drop_prefix, shorten
from feeds.letters.legacy import repair
from feeds.outcomes import unreadable
from feeds.pages.article import Article
from feeds.pages.tree import meta, page_time, paragraphs, parse_page, pictures, plain, text_of, time_of

ENOUGH = 40  # letters of text below which a page holds no article
ALIKE = 0.7  # share of common words under which the two readers disagree

# What trafilatura and lxml are known to raise on pages made to break them; none of it is a fault of ours.
_STUMBLES = (ValueError, TypeError, AttributeError, LookupError, AssertionError, etree.LxmlError)


def read_page(
    body: bytes,
    *,
    recipe: Recipe | None,
    base_url: str,
    charset: str = "",
    prefixes: tuple[str, ...] = (),
    letters: str = "",
) -> Article:
    """The article of a page. `prefixes` are signatures taken off the standfirst, `letters` is the old code the text is
    really in: summary_prefix and letters of feeds.catalogue.Quirks.

    Raises Unreadable: "no_article", "empty", "not_page", "encoding" or "too_hard".
    """
    tree = parse_page(body, charset=charset)
    general = _by_guess(tree, base_url)
    own = _by_recipe(tree, recipe, base_url) if recipe else None
    found = own or general
    if found is None:
        raise unreadable("no_article")
    found = replace(
        found,
        differs=own is not None and general is not None and _differ(own, general),
        recipe_missed=recipe is not None and own is None,
    )
    found = _tidy(found, tree, prefixes)
    return _mend(found, letters) if letters else found


def _by_recipe(tree: HtmlElement, recipe: Recipe, base_url: str) -> Article | None:
    """None when the page has no such title or body: the layout is another one."""
    tree = deepcopy(tree)
    for element in _select(tree, recipe.drop):
        element.drop_tree()
    shown = pictures(_select(tree, recipe.picture), base_url=base_url, caption=recipe.caption, credit=recipe.credit)
    for element in [*_select(tree, recipe.caption), *_select(tree, recipe.credit)]:
        element.drop_tree()  # told with its picture, and no part of the text
    title = next((text for element in _select(tree, recipe.title) if (text := text_of(element))), "")
    body = paragraphs(_select(tree, recipe.body))
    if not title or sum(map(len, body)) < ENOUGH:
        return None
    raw, at = time_of(next(iter(_select(tree, recipe.time)), None))
    return Article(
        title=title,
        standfirst=" ".join(paragraphs(_select(tree, recipe.standfirst))),
        paragraphs=tuple(body),
        author=", ".join(dict.fromkeys(filter(None, map(text_of, _select(tree, recipe.author)[:5])))),
        published_raw=raw,
        published_at=at,
        pictures=shown,
        read_by="recipe",
    )


def _by_guess(tree: HtmlElement, base_url: str) -> Article | None:
    """As trafilatura reads any page; its standfirst is what the page tells programs (og:description)."""
    try:
        guess = trafilatura.bare_extraction(
            deepcopy(tree), with_metadata=True, include_comments=False, include_tables=False, include_images=False
        )
    except _STUMBLES:
        return None
    lines = [plain(line) for line in (getattr(guess, "text", None) or "").split("\n")]
    title = plain(getattr(guess, "title", None) or "") or meta(tree, "og:title")
    if not title or sum(map(len, lines)) < ENOUGH:
        return None
    return Article(
        title=title,
        paragraphs=tuple(filter(None, lines)),
        author=plain(getattr(guess, "author", None) or ""),
        published_raw=plain(getattr(guess, "date", None) or ""),
        pictures=pictures(tree.cssselect("figure img"), base_url=base_url),
        read_by="general",
    )


def _tidy(found: Article, tree: HtmlElement, prefixes: tuple[str, ...]) -> Article:
    """What a recipe leaves open is taken from the page's head; the standfirst is not told twice."""
    standfirst = found.standfirst or meta(tree, "og:description", "description")
    standfirst = shorten(drop_prefix(standfirst, prefixes), MAX_SUMMARY)
    body = list(found.paragraphs)
    if len(body) > 1 and body[0] == found.title:  # the general reader tells the headline twice
        body = body[1:]
    if len(body) > 1 and drop_prefix(body[0], prefixes) == standfirst:
        body = body[1:]
    if len(body) > 1 and body[-1] == found.author:
        body = body[:-1]
    raw, at = (found.published_raw, found.published_at) if found.published_at else page_time(tree)
    return replace(
        found,
        title=shorten(found.title, MAX_TITLE),
        standfirst=standfirst,
        paragraphs=tuple(body),
        author=shorten(found.author or meta(tree, "author", "article:author"), 200),
        published_raw=raw or found.published_raw,
        published_at=at,
    )


def _mend(found: Article, letters: str) -> Article:
    return replace(
        found,
        title=repair(found.title, letters),
        standfirst=repair(found.standfirst, letters),
        paragraphs=tuple(repair(part, letters) for part in found.paragraphs),
        author=repair(found.author, letters),
        pictures=tuple(replace(shown, caption=repair(shown.caption, letters)) for shown in found.pictures),
    )


def _select(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    return list(tree.cssselect(selector)) if selector else []


def _differ(one: Article, two: Article) -> bool:
    a, b = (_words((*article.paragraphs, article.standfirst)) for article in (one, two))
    return (a & b).total() < ALIKE * max(a.total(), b.total())


def _words(parts: Sequence[str]) -> Counter[str]:
    return Counter(word for part in parts for word in part.lower().split())
