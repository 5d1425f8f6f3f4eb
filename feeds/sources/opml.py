"""Lists of feeds as other readers keep them (OPML 2.0), in and out.

Reading happens in a child, by name: “feeds.sources.opml.read_opml”. A DOCTYPE is refused before any parser.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from feeds.clean import canonical_url, plain_letters, shorten
from feeds.letters.decoding import decode
from feeds.outcomes import unreadable

MAX_BYTES = 2_000_000
MAX_OUTLINES = 2_000
MAX_DEPTH = 20

_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list: where it lies, what it is called, the folder it stood in. `kind` is feed or section."""

    url: str
    name: str
    folder: str = ""
    site: str = ""
    kind: str = "feed"


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """The feeds in it, each address once. Raises Unreadable: "too_large", "not_list" or "encoding"."""
    if len(body) > MAX_BYTES:
        raise unreadable("too_large")
    text, _ = decode(body)
    text = _AMPERSAND.sub("&amp;", _CONTROLS.sub("", text)).strip()
    if _DOCTYPE.search(text):
        raise unreadable("not_list")
    try:
        root = ET.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))  # noqa: S314  no DOCTYPE is left, and a child runs this
    except (ET.ParseError, ValueError):
        raise unreadable("not_list") from None
    if root.tag.lower() != "opml":
        raise unreadable("not_list")
    found: dict[str, Outline] = {}
    for outline in _outlines(root):
        found.setdefault(outline.url, outline)
    return tuple(found.values())


def _outlines(root: ET.Element) -> Iterator[Outline]:
    """Depth by depth, without recursion: lists nest as deep as somebody made them."""
    waiting = [(element, "", 0) for element in reversed(root.findall("./body/outline"))]
    seen = 0
    while waiting and seen < MAX_OUTLINES:
        element, folder, depth = waiting.pop()
        seen += 1
        said = {name.lower(): plain_letters(value)[:2000] for name, value in element.attrib.items()}
        name = said.get("text") or said.get("title") or ""
        url = canonical_url(said.get("xmlurl", ""), "")
        page = canonical_url(said.get("htmlurl", ""), "")
        if url:
            yield Outline(url=url, name=shorten(name or url, 120), folder=folder, site=page)
        elif page and said.get("type", "").lower() == "section":
            yield Outline(url=page, name=shorten(name or page, 120), folder=folder, site=page, kind="section")
        if depth < MAX_DEPTH:
            inside = folder if url else shorten(name, 120)
            waiting += [(child, inside, depth + 1) for child in reversed(element.findall("outline"))]


def write_opml(outlines: Iterable[Outline], *, title: str, now: datetime) -> bytes:
    """A list other readers take: a folder for each outlet. A section page stands in it as a link they pass over."""
    root = ET.Element("opml", version="2.0")
    head, body = ET.SubElement(root, "head"), ET.SubElement(root, "body")
    ET.SubElement(head, "title").text = title
    ET.SubElement(head, "dateCreated").text = format_datetime(now)
    folders: dict[str, ET.Element] = {}
    for outline in outlines:
        if outline.folder not in folders:
            said = {"text": outline.folder, "title": outline.folder}
            folders[outline.folder] = ET.SubElement(body, "outline", said) if outline.folder else body
        feed = outline.kind == "feed"
        said = {"text": outline.name, "title": outline.name, "type": "rss" if feed else "section"}
        said |= {"xmlUrl": outline.url} if feed else {"htmlUrl": outline.url}
        if feed and outline.site:
            said["htmlUrl"] = outline.site
        ET.SubElement(folders[outline.folder], "outline", said)
    ET.indent(root, " ")
    text: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"
