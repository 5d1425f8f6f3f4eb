"""A test client that inspects every page it fetches: valid, labelled, in one language, safe to send."""

import re
import unicodedata
import warnings
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.people import PASSPHRASE

ORIGIN = {"Origin": "http://localhost"}
FORM_FIELDS = ("input", "select", "textarea")
# html5lib is older than the meta of our <image> in SVG and than <dialog>; everything else it says counts.
OLD_NEWS: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """An answer that was looked at."""

    status: int
    text: str
    location: str
    headers: dict[str, str]
    root: Element | None

    @property
    def words(self) -> str:
        """What a reader sees, in one line."""
        return " ".join(" ".join(self._main().itertext()).split())

    @property
    def heading(self) -> str:
        """The one h1."""
        return " ".join("".join(next(self._all("h1")).itertext()).split())

    @property
    def csrf(self) -> str:
        """The token of the page's forms."""
        return next(str(f.get("value")) for f in self._all("input") if f.get("name") == "csrf")

    def field(self, name: str) -> str:
        """The value of the first field of this name, hidden ones too."""
        for element in self._all(*FORM_FIELDS):
            if element.get("name") == name:
                return element.get("value") or (element.text or "").removeprefix("\n")
        raise AssertionError(f"there is no field {name}")

    def fields(self, form_id: str = "") -> dict[str, str]:
        """What a browser would send with the form of this id."""
        form = next(f for f in self._all("form") if f.get("id", "") == form_id)
        found: dict[str, str] = {}
        for element in form.iter():
            if element.tag not in FORM_FIELDS or not element.get("name"):
                continue
            if element.tag == "select":
                options = list(element.iter("option"))
                chosen = [o for o in options if o.get("selected") is not None] or options[:1]
                found[str(element.get("name"))] = str(chosen[0].get("value")) if chosen else ""
            elif element.get("type") not in ("checkbox", "radio") or element.get("checked") is not None:
                found[str(element.get("name"))] = element.get("value") or (element.text or "").removeprefix("\n")
        return found

    def links(self) -> list[str]:
        """Every address of a link."""
        return [str(a.get("href")) for a in self._all("a")]

    def actions(self) -> list[str]:
        """Every address a form or its buttons post to."""
        posts = [str(f.get("action")) for f in self._all("form") if f.get("method") == "post"]
        return posts + [str(b.get("formaction")) for b in self._all("button") if b.get("formaction")]

    def _main(self) -> Element:
        return next(self._all("main"))

    def _all(self, *tags: str) -> Any:
        assert self.root is not None, "not a page"
        return (element for element in self.root.iter() if element.tag in tags)


@dataclass
class Browser:
    """One person's browser. Every HTML answer is inspected before it is handed on."""

    app: Flask
    client: FlaskClient = field(init=False)
    csrf: str = ""

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def get(self, path: str, *, status: int = 200) -> Page:
        """Opens a page; remembers its token."""
        page = self._look(self.client.get(path), status)
        if page.root is not None and 'name="csrf"' in page.text:
            self.csrf = page.csrf
        return page

    def post(self, path: str, *, status: int = 303, csrf: str | None = None, **fields: Any) -> Page:
        """Sends a form with the last token. A name with a dash is written with a double underscore."""
        data = {"csrf": self.csrf if csrf is None else csrf, **fields.pop("form", {})}
        data |= {name.replace("__", "-"): value for name, value in fields.items()}
        return self._look(self.client.post(path, data=data, headers=ORIGIN), status)

    def send(self, path: str, said: object, *, status: int = 200) -> Any:
        """What our scripts send: JSON with the token in a header."""
        headers = {**ORIGIN, "X-Bantin-Csrf": self.csrf}
        answer = self.client.post(path, json=said, headers=headers)
        assert answer.status_code == status, answer.get_data(as_text=True)
        inspect_headers(answer)
        return answer.get_json()

    def follow(self, page: Page, *, status: int = 200) -> Page:
        """Goes where the answer sends."""
        return self.get(page.location, status=status)

    def signs_in(self, name: str, passphrase: str = PASSPHRASE) -> "Browser":
        """Through the door, as a person does."""
        self.get("/dang-nhap")
        page = self.post("/dang-nhap", form={"ten": name, "mat-khau": passphrase})
        assert page.location == "/hom-nay"
        self.get("/phim-tat")
        return self

    def _look(self, answer: TestResponse, status: int) -> Page:
        text = (
            answer.get_data(as_text=True) if answer.mimetype in ("text/html", "text/plain", "application/json") else ""
        )
        assert answer.status_code == status, (
            f"{answer.status_code}: {' '.join(re.sub(r'<[^>]+>', ' ', text).split())[-600:]}"
        )
        inspect_headers(answer)
        is_page = answer.mimetype == "text/html" and status not in (302, 303)
        root = inspect_page(text) if is_page else None
        headers = dict(answer.headers.items())
        answer.close()
        return Page(answer.status_code, text, answer.headers.get("Location", ""), headers, root)


def _plain(text: str) -> str:
    return re.sub(r"<[^>]+>", " ", text)


def inspect_headers(answer: TestResponse) -> None:
    """The strict headers stand on every answer, errors included."""
    policy = answer.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers.get("X-Content-Type-Options") == "nosniff"
    assert answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin"
    assert answer.headers.get("Referrer-Policy") == "same-origin"


def inspect_page(text: str) -> Element:
    """Raises AssertionError for the first thing a careful reader of HTML would mark."""
    assert unicodedata.is_normalized("NFC", text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=False)
        root: Element = parser.parse(text)
    faults = [fault for fault in parser.errors if fault[1] not in OLD_NEWS]
    assert not faults, [(text.splitlines()[where[0] - 1][:160], name) for where, name, _ in faults[:3]]
    every = list(root.iter())
    _inspect_heads(root, every)
    _inspect_ids(every)
    _inspect_forms(root, every)
    _inspect_inline(every)
    return root


def _inspect_heads(root: Element, every: list[Any]) -> None:
    headings = [e for e in every if e.tag == "h1"]
    assert len(headings) == 1
    title = " ".join("".join(next(e for e in every if e.tag == "title").itertext()).split())
    heading = " ".join("".join(headings[0].itertext()).split())
    assert title.startswith(heading), f"title “{title}”, heading “{heading}”"
    assert root.get("lang") in ("vi", "en")
    assert [e for e in every if e.tag == "a" and e.get("class") == "skip"]


def _inspect_ids(every: list[Any]) -> None:
    ids = Counter(e.get("id") for e in every if e.get("id"))
    assert not [key for key, count in ids.items() if count > 1], ids.most_common(3)
    for element in every:
        for name in ("for", "aria-labelledby", "aria-describedby", "form"):
            for key in (element.get(name) or "").split():
                assert key in ids, f"{name}={key} points nowhere"


def _inspect_forms(root: Element, every: list[Any]) -> None:
    labelled = {e.get("for") for e in every if e.tag == "label"}
    wrapped = {id(f) for e in every if e.tag == "label" for f in e.iter() if f.tag in FORM_FIELDS}
    for element in every:
        if element.tag in FORM_FIELDS and element.get("type") not in ("hidden", "submit"):
            assert element.get("id") in labelled or id(element) in wrapped, element.attrib
        if element.tag == "form":
            assert element.get("action"), "a form without an address"
            names = [f.get("name") for f in element.iter("input")]
            assert element.get("method", "get") == "get" or "csrf" in names, element.get("action")
        if element.tag == "img":
            assert element.get("alt") is not None, element.attrib
        if element.tag == "button":
            assert "".join(element.itertext()).strip(), element.attrib


def _inspect_inline(every: list[Any]) -> None:
    for element in every:
        assert element.tag != "style"
        assert element.tag != "script" or element.get("src"), "a script inside the page"
        handlers = [name for name in element.attrib if name.startswith("on") or name == "style"]
        assert not handlers, (element.tag, handlers)
        assert not (element.get("href") or "").startswith("javascript:")
