"""How an address is spelled: taken apart as a browser does it, with an eye on what makes people misread it."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB = ("http", "https")
_SIGN = r"[^\s.<>^|%{}`\"']{1,63}"
_HOST = re.compile(rf"{_SIGN}(\.{_SIGN})+|\[[0-9a-f:.]+\]|localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """An address taken apart as a browser does it. `odd`: it is spelled so that people misread it."""

    host: str
    path: str
    port: str
    user: str
    odd: bool
    web: bool = True


def take_apart(url: str) -> Spelled:
    """As browsers do: tabs and line ends vanish, a backslash is a slash, what stands before “@” is no host."""
    bare = "".join(letter for letter in url.strip() if letter not in "\t\r\n")
    text = bare.replace("\\", "/")
    odd = text != url.strip()
    scheme = _SCHEME.match(text)
    if (
        scheme
        and (text[scheme.end() :].startswith("//") or "." not in scheme[1])
        and not text[scheme.end() :].isdigit()
    ):
        if scheme[1].lower() not in _WEB:
            return Spelled(host="", path="", port="", user="", odd=odd, web=False)
        text = text[scheme.end() :]
    text = text.lstrip("/")
    end = next((n for n, sign in enumerate(text) if sign in "/?#"), len(text))
    authority, path = text[:end], text[end:]
    user, at, rest = authority.rpartition("@")
    name, port = _port(rest)
    host, strange = _spell(name)
    return Spelled(host=host, path=path, port=port, user=unquote(user), odd=odd or strange or bool(at))


def shown(host: str) -> str:
    """A host as a person may read it: the letters behind “xn--”, then the name itself."""
    read = ".".join(read_label(label) for label in host.split("."))
    return f"{read} ({host})" if read != host else host


def _port(rest: str) -> tuple[str, str]:
    if rest.startswith("["):
        name, _, port = rest.partition("]")
        return name + "]", port.removeprefix(":")
    name, _, port = rest.partition(":")
    return name, port


def _spell(name: str) -> tuple[str, bool]:
    """The host in lower case, and whether it was spelled in an unusual way: escaped, with letters that only look plain
    or that nobody sees, with a dot too many. A browser would undo that and go there; nobody writes so by chance.
    """
    decoded = unquote(name)
    flat = unicodedata.normalize("NFKC", decoded).lower().replace("。", ".")
    flat = "".join(letter for letter in flat if unicodedata.category(letter) != "Cf")
    host = flat.removesuffix(".")
    odd = decoded != name or host != decoded.lower().removesuffix(".") or host != host.strip(".")
    return host.strip("."), odd


def read_label(label: str) -> str:
    """The letters behind a label in ACE."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def is_host(text: str) -> bool:
    """Whether this may be the name of a host at all."""
    return bool(_HOST.fullmatch(text))
