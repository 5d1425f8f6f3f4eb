"""Text that somebody pasted: its title, its paragraphs, and the address it names as its source."""

import re
from urllib.parse import urlsplit

from feeds.clean import MAX_TITLE, MAX_URL, canonical_url, plain_letters, shorten
from feeds.hand.paper import Paper

MAX_TEXT = 200_000  # letters; a long feature has 20,000
TITLE = 200  # letters: a longer first line is a paragraph

_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]]", re.IGNORECASE)
_BARE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?][^\s<>\"]*)?", re.IGNORECASE)
_SOURCE_LINE = re.compile(r"(?:nguồn|theo|link|xem tại|đường dẫn|địa chỉ)?\s*:?\s*(https?://\S+)", re.IGNORECASE)


def is_link(text: str) -> bool:
    """Whether somebody pasted an address and nothing else."""
    one = text.strip()
    return len(one) <= MAX_URL and bool(_BARE.fullmatch(one)) and not one[-1].isspace() and "." in one.strip(".")


def as_address(text: str) -> str:
    """The address as a browser would complete it."""
    one = text.strip()
    return one if urlsplit(one).scheme in ("http", "https") else f"https://{one}"


def read_pasted(text: str, *, title: str = "") -> Paper:
    """The first short line is the title unless one is given. Lines broken in the middle of a sentence are joined."""
    lines = [plain_letters(line) for line in _joined(text[:MAX_TEXT])]
    lines = [line for line in lines if line]
    url = _address_of(lines)
    lines = [line for line in lines if not _SOURCE_LINE.fullmatch(line)]
    headline = plain_letters(title)
    if not headline and lines:
        first = lines[0]
        headline, lines = (first, lines[1:]) if len(first) <= TITLE else (shorten(first, 120), lines)
    elif lines[:1] == [headline]:
        lines = lines[1:]
    return Paper(title=shorten(headline, MAX_TITLE), paragraphs=tuple(lines), url=url)


def _address_of(lines: list[str]) -> str:
    """An address on a line of its own; else the only one in the whole text."""
    alone = [found[1] for line in lines if (found := _SOURCE_LINE.fullmatch(line))]
    everywhere = [address for line in lines for address in _ADDRESS.findall(line)]
    chosen = alone[-1] if alone else everywhere[0] if len(set(everywhere)) == 1 else ""
    return canonical_url(chosen, "") if chosen else ""


def _joined(text: str) -> list[str]:
    """What was broken by the width of a window begins its next line with a small letter."""
    lines: list[str] = []
    for line in text.splitlines():
        bare = line.strip()
        if lines and lines[-1] and bare[:1].islower() and not lines[-1].endswith((".", "!", "?", ":", "…", "”")):
            lines[-1] += f" {bare}"
        else:
            lines.append(bare)
    return lines
