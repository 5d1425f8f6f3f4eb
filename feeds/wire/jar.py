"""Cookies of one source, kept between two readings: each goes back only to the scheme, host and port it came from."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from feeds.wire.addresses import Address

Cookies = Mapping[str, Any]  # origin → name → value, as the database keeps it

AT_MOST = 40  # cookies of one origin
_PAIR = re.compile(r"\s*([\w!#$%&'*+.^`|~-]{1,200})\s*=\s*([!-:<-~]{0,4096})\s*(?:;|$)", re.ASCII)
_AGE = re.compile(r";\s*max-age\s*=\s*(-?\d{1,12})", re.IGNORECASE)
_UNTIL = re.compile(r";\s*expires\s*=\s*([^;]{1,60})", re.IGNORECASE)


class Jar:
    """What a browser would keep of a source, without domains and paths: a reader asks one outlet for one thing."""

    def __init__(self, kept: Cookies) -> None:
        self._kept = {origin: dict(pairs) for origin, pairs in kept.items() if isinstance(pairs, Mapping)}

    def header(self, address: Address) -> str:
        """The value of the Cookie line for this address; empty without cookies."""
        return "; ".join(f"{name}={value}" for name, value in self._kept.get(_origin(address), {}).items())

    def take(self, address: Address, headers: Iterable[tuple[bytes, bytes]], now: datetime) -> None:
        """Keeps what the answer of this address sets, and drops what it takes back."""
        pairs = self._kept.get(_origin(address), {})
        for name, line in headers:
            if name.lower() == b"set-cookie":
                _set(pairs, line.decode("latin-1"), now)
        if pairs:
            self._kept[_origin(address)] = pairs

    def empty(self) -> None:
        """Forgets everything: the outlet no longer takes these."""
        self._kept.clear()

    def contents(self) -> dict[str, Any]:
        """What is to be kept until the next reading."""
        return {origin: dict(pairs) for origin, pairs in self._kept.items() if pairs}


def _origin(address: Address) -> str:
    return f"{address.scheme}://{address.host}:{address.port}"


def _set(pairs: dict[str, str], line: str, now: datetime) -> None:
    found = _PAIR.match(line)
    if found is None:
        return
    name, value = found.groups()
    if _is_over(line, now):
        pairs.pop(name, None)
    elif name in pairs or len(pairs) < AT_MOST:
        pairs[name] = value


def _is_over(line: str, now: datetime) -> bool:
    if age := _AGE.search(line):
        return int(age[1]) <= 0
    until = _UNTIL.search(line)
    try:
        over = parsedate_to_datetime(until[1]) if until else None
    except (TypeError, ValueError):
        return False
    return over is not None and (over if over.tzinfo else over.replace(tzinfo=UTC)) <= now
