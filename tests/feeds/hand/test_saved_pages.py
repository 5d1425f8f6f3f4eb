"""Pages that a browser saved, as one file, with their pictures and the address they claim."""

import base64

import pytest

from app.models.errors import Unreadable
from feeds.hand.saved_pages import read_head, read_saved
from tests.feeds.brought import PAGE, photo

PICTURE = "https://saomai.vn/anh/be-nuoc.jpg"
WITH_PICTURE = PAGE.replace(
    b"</article>", f'<figure><img src="{PICTURE}"><figcaption>Bể nước ở Bom Bo</figcaption></figure></article>'.encode()
)


def archive(page: bytes, *, location: str = "https://saomai.vn/bai-1.html") -> bytes:
    """As Chrome saves “one file”."""

    def part(kind: str, where: str, data: bytes) -> str:
        body = base64.encodebytes(data).decode()
        head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\nContent-Location: {where}"
        return f"------x\r\n{head}\r\n\r\n{body}\r\n"

    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://saomai.vn/bai-1.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----x"\r\n\r\n'
    )
    parts = part("text/html; charset=utf-8", location, page) + part("image/jpeg", PICTURE, photo())
    return (head + parts + "------x--\r\n").encode()


def test_a_page_as_html_gives_its_article_and_the_address_it_claims() -> None:
    saved = b"<!-- saved from url=(0031)https://saomai.vn/bai-1.html -->\n" + PAGE
    paper = read_saved(saved)
    assert (paper.title, paper.url) == ("Bom Bo có nước sạch", "https://saomai.vn/bai-1.html")
    assert len(paper.paragraphs) == 3
    assert paper.published_at


def test_a_page_as_one_file_gives_its_pictures_too() -> None:
    paper = read_saved(archive(WITH_PICTURE))
    assert (paper.title, paper.url) == ("Bom Bo có nước sạch", "https://saomai.vn/bai-1.html")
    ((picture),) = paper.pictures
    assert (picture.data, picture.caption, picture.url) == (photo(), "Bể nước ở Bom Bo", PICTURE)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        b"MIME-Version: 1.0\nContent-Type: text/plain\n\nhello",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n" + b"--x\n" * 3000,
    ],
)
def test_what_holds_no_article_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_saved(data)


def test_the_head_of_a_page_is_better_than_nothing() -> None:
    article = read_head(
        b'<title>Phim</title><meta property="og:image" content="/a.jpg">', base_url="https://saomai.vn/x"
    )
    assert (article.title, article.pictures[0].url) == ("Phim", "https://saomai.vn/a.jpg")
    with pytest.raises(Unreadable):
        read_head(b"<p></p>", base_url="https://saomai.vn/x")
