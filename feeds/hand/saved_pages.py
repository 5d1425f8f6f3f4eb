"""Pages that a browser saved (.html, .mht) → text and pictures. Only a child imports this, by name."""

import re
from email import policy
from email.message import Message
from email.parser import BytesParser

from feeds.clean import MAX_SUMMARY, MAX_TITLE, canonical_url, shorten
from feeds.hand.documents import MAX_PICTURES
from feeds.hand.paper import Paper, Print
from feeds.outcomes import unreadable
from feeds.pages.article import Article, Shown
from feeds.pages.fulltext import read_page
from feeds.pages.tree import meta, page_time, parse_page, text_of

MAX_PARTS = 2_000
_MIME = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n)*)+")
# What browsers write into a page they save: <!-- saved from url=(0031)https://… -->
_SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d{4}\)(https?://[^\s<>]{1,2000}) -->")


def read_saved(data: bytes) -> Paper:
    """A page as one file. Its address is only what the file claims. Raises Unreadable as fulltext.py does."""
    head = data[:4096].lstrip()
    if _MIME.match(head) and re.search(rb"^content-type:", head, re.IGNORECASE | re.MULTILINE):
        return _read_archive(data.lstrip())
    claimed = _SAVED_FROM.search(data[:4096])
    url = canonical_url(claimed[1].decode("ascii", "replace"), "") if claimed else ""
    return as_paper(read_page(data, recipe=None, base_url=url), url=url)


def as_paper(article: Article, *, url: str, pictures: tuple[Print, ...] = ()) -> Paper:
    """An article as read from a page, in the shape of what is brought by hand."""
    return Paper(
        title=article.title,
        standfirst=article.standfirst,
        paragraphs=article.paragraphs,
        author=article.author,
        url=url,
        published_raw=article.published_raw,
        published_at=article.published_at,
        pictures=pictures,
        left_out=len(article.pictures) - len(pictures),
    )


def _read_archive(data: bytes) -> Paper:
    message = BytesParser(policy=policy.compat32).parsebytes(data)
    parts = [part for _, part in zip(range(MAX_PARTS), message.walk(), strict=False) if not part.is_multipart()]
    page = next((part for part in parts if part.get_content_type() == "text/html"), None)
    if page is None:
        raise unreadable("doc_broken")
    claimed = page.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    url = canonical_url(str(claimed), "")
    article = read_page(_bytes(page), recipe=None, base_url=url, charset=page.get_content_charset() or "")
    lying = {canonical_url(str(part.get("Content-Location") or ""), url): part for part in parts if _is_picture(part)}
    prints = tuple(
        Print(data=_bytes(lying[shown.url]), caption=shown.caption, credit=shown.credit, url=shown.url)
        for shown in article.pictures
        if shown.url in lying
    )
    return as_paper(article, url=url, pictures=prints[:MAX_PICTURES])


def _is_picture(part: "Message[str, str]") -> bool:
    return part.get_content_maintype() == "image"


def _bytes(part: "Message[str, str]") -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def read_head(body: bytes, *, base_url: str) -> Article:
    """What a page tells programs where no reader finds an article: its title and description.

    Raises Unreadable ("no_article") when it does not even say that.
    """
    tree = parse_page(body)
    title = meta(tree, "og:title", "twitter:title") or text_of(
        next(iter(tree.iter("title")), tree.makeelement("title"))
    )
    if not title:
        raise unreadable("no_article")
    raw, at = page_time(tree)
    shown = canonical_url(meta(tree, "og:image"), base_url)
    return Article(
        title=shorten(title, MAX_TITLE),
        standfirst=shorten(meta(tree, "og:description", "description"), MAX_SUMMARY),
        paragraphs=(),
        published_raw=raw,
        published_at=at,
        pictures=(Shown(url=shown),) if shown else (),
        read_by="general",
    )
