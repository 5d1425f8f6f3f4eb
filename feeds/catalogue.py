"""The official catalogue: which outlets there are, which hosts are theirs, and which doors they publish through."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from app.models.errors import Refused, Unreadable
from config import Config
from feeds.wire.addresses import as_ip, check_url, plain_host

OFFICIAL = Path(__file__).with_name("outlets.toml")

State = Literal["on", "offered", "hidden"]
STATES: dict[str, State] = {"A": "on", "B": "on", "C": "offered", "D": "hidden"}  # grade: how surely it lives

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OUTLET: dict[str, type] = {"id": str, "name": str, "site": str}
_OUTLET_LISTS: dict[str, type] = dict.fromkeys(("hosts", "picture_hosts", "accounts", "source"), list)
_OUTLET_MORE: dict[str, type] = {"credit": str, "recipe": dict, **_OUTLET_LISTS}
_SOURCE: dict[str, type] = {"id": str, "name": str, "url": str}
_SOURCE_MORE: dict[str, type] = {"grade": str, "kind": str}
_QUIRKS: dict[str, type] = {
    "user_agent": str,
    "visit_first": str,
    "strip": list,
    "title_marks": list,
    "summary_prefix": list,
    "identity": str,
    "letters": str,
    "links": str,
}
IDENTITIES = ("address", "guid", "title")
LETTERS = ("", "tcvn3", "vni", "viqr", "double")
_RECIPE: dict[str, type] = {
    "title": str,
    "standfirst": str,
    "body": str,
    "author": str,
    "time": str,
    "picture": str,
    "caption": str,
    "credit": str,
    "drop": str,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    """Where an outlet is odd. The comments at the head of outlets.toml say what each means."""

    user_agent: str = ""
    visit_first: str = ""
    strip: tuple[str, ...] = ('<div style="clear: both',)  # links to other stories, in the software of many outlets
    summary_prefix: tuple[str, ...] = ()
    identity: str = "address"  # what tells its stories apart: address, guid or title
    letters: str = ""  # the old letter code its text is really in: one of LETTERS
    links: str = ""  # of a section page: a regular expression that the addresses of its articles match


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Where the parts of an article stand on this outlet's pages: CSS selectors, empty where it has no such part."""

    title: str = ""
    standfirst: str = ""
    body: str = ""  # its paragraphs
    author: str = ""
    time: str = ""  # an element whose text, or whose `datetime` or `content`, is the time
    picture: str = ""
    caption: str = ""  # looked for inside the figure around a picture
    credit: str = ""
    drop: str = ""  # taken out before anything is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One door of an outlet."""

    id: str
    outlet_id: str
    name: str
    url: str
    grade: str
    quirks: Quirks
    kind: str = "feed"  # a SourceKind of app/models/outlet.py

    @property
    def state(self) -> State:
        return STATES[self.grade]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A body of the press or the State. `hosts` are exact ACE names; only what was fetched from one wears its badge."""

    id: str
    name: str
    credit: str
    site: str
    hosts: frozenset[str]
    picture_hosts: frozenset[str] = frozenset()
    accounts: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    recipe: Recipe | None = None  # None where only the general reader of pages is to be had
    official: bool = True  # False for a site the office added itself: no badge


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All outlets, in the order of the file."""

    outlets: tuple[Outlet, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(source for outlet in self.outlets for source in outlet.sources)

    def source(self, source_id: str) -> Source | None:
        return next((source for source in self.sources if source.id == source_id), None)

    def outlet(self, outlet_id: str) -> Outlet | None:
        return next((outlet for outlet in self.outlets if outlet.id == outlet_id), None)

    def outlet_of(self, url: str) -> Outlet | None:
        """Whose address this is, by its exact host; None when it is nobody's on the list."""
        try:
            host = check_url(url, private=True).host
        except Unreadable:
            return None
        return next((outlet for outlet in self.outlets if host in outlet.hosts), None)


def load_catalogue(config: Config) -> Catalogue:
    """The office's own list if it set one, else the official one. Raises Refused naming file and key of a mistake."""
    return read_catalogue(config.outlets_file or OFFICIAL)


def read_catalogue(path: Path) -> Catalogue:
    """Reads and checks one TOML file of outlets."""
    file = str(path)
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError:
        raise Refused("The list of outlets %(file)s cannot be opened.", file=file) from None
    except ValueError as error:  # not UTF-8, or not TOML
        raise Refused("The list of outlets %(file)s is not TOML: %(error)s.", file=file, error=str(error)) from None
    try:
        outlets = tuple(_outlet(entry, f"outlet[{n}]") for n, entry in enumerate(_entries(table, "outlet", ""), 1))
        _check_unique(outlets)
    except _Mistake as mistake:
        key, wanted = mistake.args
        raise Refused("%(file)s, %(key)s: %(wanted)s.", file=file, key=key, wanted=wanted) from None
    return Catalogue(outlets)


class _Mistake(Exception):
    """(key, what was expected there)"""


def _outlet(table: Mapping[str, Any], where: str) -> Outlet:
    _check_keys(table, where, _OUTLET, _OUTLET_MORE | _QUIRKS)
    where = f"{where} {table['id']}"
    entries = _entries(table, "source", where)
    hosts = frozenset(_host(host, f"{where}.hosts") for host in table.get("hosts", ())) or _own_hosts(table, where)
    _url(table["site"], f"{where}.site", hosts)
    return Outlet(
        id=_id(table["id"], where),
        name=table["name"],
        credit=table.get("credit", table["name"]),
        site=table["site"],
        hosts=hosts,
        picture_hosts=frozenset(_host(host, f"{where}.picture_hosts") for host in table.get("picture_hosts", ())),
        accounts=tuple(table.get("accounts", ())),
        sources=tuple(_source(entry, f"{where}.source[{n}]", table, hosts) for n, entry in enumerate(entries, 1)),
        recipe=_recipe(table["recipe"], f"{where}.recipe") if "recipe" in table else None,
    )


def _source(table: Mapping[str, Any], where: str, outlet: Mapping[str, Any], hosts: frozenset[str]) -> Source:
    _check_keys(table, where, _SOURCE, _SOURCE_MORE | _QUIRKS)
    _url(table["url"], f"{where}.url", hosts)
    if table.get("grade", "A") not in STATES:
        raise _Mistake(f"{where}.grade", "expected one of " + ", ".join(STATES))
    quirks = _quirks({**outlet, **table})
    _check_quirks(quirks, where)
    if quirks.visit_first:
        _url(quirks.visit_first, f"{where}.visit_first", hosts)
    return Source(
        id=_id(table["id"], where),
        outlet_id=outlet["id"],
        name=table["name"],
        url=table["url"],
        grade=table.get("grade", "A"),
        quirks=quirks,
        kind=_one_of(table.get("kind", "feed"), ("feed", "section"), f"{where}.kind"),
    )


def _recipe(table: Mapping[str, Any], where: str) -> Recipe:
    _check_keys(table, where, {}, _RECIPE)
    return Recipe(**table)


def _one_of(value: str, known: tuple[str, ...], where: str) -> str:
    if value not in known:
        raise _Mistake(where, "expected one of " + ", ".join(word for word in known if word))
    return value


def _quirks(table: Mapping[str, Any]) -> Quirks:
    values: dict[str, Any] = {key: table[key] for key in _QUIRKS if key in table}
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return Quirks(**values)


def _check_quirks(quirks: Quirks, where: str) -> None:
    _one_of(quirks.identity, IDENTITIES, f"{where}.identity")
    _one_of(quirks.letters, LETTERS, f"{where}.letters")
    try:
        re.compile(quirks.links)
    except re.error:
        raise _Mistake(f"{where}.links", "expected a regular expression") from None


def _entries(table: Mapping[str, Any], key: str, where: str) -> list[Mapping[str, Any]]:
    entries = table.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise _Mistake(f"{where}.{key}".lstrip("."), f"expected [[{key}]] tables")
    return entries


def _check_keys(table: Mapping[str, Any], where: str, needed: Mapping[str, type], more: Mapping[str, type]) -> None:
    known = {**needed, **more}
    for key in [*needed, *table]:
        if key not in known:
            raise _Mistake(f"{where}.{key}", "unknown key; known are " + ", ".join(known))
        if key not in table:
            raise _Mistake(f"{where}.{key}", "missing")
        value, kind = table[key], known[key]
        words = [value] if kind is str else value if isinstance(value, list) and key != "source" else []
        good = isinstance(value, kind) and all(isinstance(word, str) and word.strip() for word in words)
        if not good:
            raise _Mistake(f"{where}.{key}", "expected text" if kind is str else "expected a list of texts")


def _check_unique(outlets: tuple[Outlet, ...]) -> None:
    """No id twice, and no public host with two owners: a badge must have one meaning."""
    seen: set[str] = set()
    for outlet in outlets:
        # Several outlets may share a bare address: intranets and tests serve them from one machine.
        named = sorted(host for host in outlet.hosts if as_ip(host) is None)
        for name in (outlet.id, *named, *(f"source {source.id}" for source in outlet.sources)):
            if name in seen:
                raise _Mistake(f"outlet {outlet.id}", f"{name} occurs twice")
            seen.add(name)


def _id(value: str, where: str) -> str:
    if not _ID.fullmatch(value):
        raise _Mistake(f"{where}.id", "expected small letters, digits and single hyphens")
    return value


def _own_hosts(table: Mapping[str, Any], where: str) -> frozenset[str]:
    """Without `hosts`, an outlet has those of its site and of its sources."""
    urls = [table["site"], *(source.get("url", "") for source in _entries(table, "source", where))]
    try:
        return frozenset(check_url(url, private=True).host for url in urls)
    except Unreadable:
        raise _Mistake(where, "site or a source has no http(s) address") from None


def _host(value: str, where: str) -> str:
    try:
        return plain_host(value)
    except Unreadable:
        raise _Mistake(where, f"{value!r} is not a host name") from None


def _url(value: str, where: str, hosts: frozenset[str]) -> None:
    # Private addresses pass here: fetch_private_networks decides at each reading whether they are asked.
    try:
        check_url(value, hosts=hosts, private=True)
    except Unreadable:
        raise _Mistake(where, f"expected an http(s) address on one of its hosts, not {value!r}") from None
