"""What a robots.txt says to this program. Only a child imports this: the file is foreign text."""

from protego import Protego

AGENT = "bantin"
MOST = 500 * 1024  # bytes that are read, as RFC 9309, 2.5 asks


def may_read(rules: bytes, url: str) -> bool:
    """Whether the rules let this program read the address; bytes beyond the limit are not looked at."""
    text = rules[:MOST].decode("utf-8-sig", "replace")
    return bool(Protego.parse(text).can_fetch(url, AGENT))
