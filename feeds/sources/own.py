"""Doors the office adds itself: which outlet they belong to, and what their rows say."""

import hashlib
import re
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.desk.folding import fold
from app.desk.policy import Actor
from app.models.errors import Refused
from app.models.outlet import Outlet, Source, SourceKind
from app.store import office, sources
from feeds.catalogue import Catalogue
from feeds.sources.badges import judge_address
from feeds.sources.opml import Outline, write_opml
from feeds.wire.addresses import check_url

OWN = "rieng"  # the first word of the ids of what this office added


def add_source(
    session: Session,
    catalogue: Catalogue,
    *,
    url: str,
    name: str,
    site_name: str,
    kind: str,
    links: str = "",
    private: bool = False,
    actor: Actor,
    now: datetime,
) -> Source:
    """Adds a feed or section page. Its outlet is an official one only when the exact host is on the list.

    `links` is a regular expression for the articles of a section page. Raises Refused for a lookalike, an address that
    is none, a wrong rule, or one that is read already.
    """
    verdict = judge_address(catalogue, url)
    if verdict.warning:
        raise Refused(verdict.warning, **verdict.values)
    _check_rule(links)
    host = check_url(url, private=private).host
    outlet = (
        _official(catalogue, verdict.outlet)
        if verdict.outlet
        else _own_outlet(host, "" if _is_borrowed(catalogue, site_name) else site_name)
    )
    source = Source(
        id=f"{OWN}-{_slug(host)}-{hashlib.sha256(f'{kind} {url}'.encode()).hexdigest()[:8]}",
        outlet_id=outlet.id,
        name=name.strip()[:120] or host,
        url=url,
        grade="A",
        enabled=True,
        kind=SourceKind.SECTION if kind == "section" else SourceKind.FEED,
        own=True,
        quirks={"links": links} if links else None,
    )
    return sources.add(session, source, outlet, actor=actor, now=now)


def _official(catalogue: Catalogue, outlet_id: str) -> Outlet:
    found = catalogue.outlet(outlet_id)
    if found is None:
        raise Refused("There is no outlet “%(id)s”.", id=outlet_id)
    return Outlet(id=found.id, name=found.name, credit=found.credit, site=found.site, hosts=sorted(found.hosts))


def _own_outlet(host: str, name: str) -> Outlet:
    """A site on no list: no badge, and only its own host and its “www.” are ever asked."""
    bare = host.removeprefix("www.")
    called = name.strip()[:120] or bare
    hosts = sorted({host, bare, f"www.{bare}"}) if not bare.replace(".", "").isdigit() else [host]
    return Outlet(
        id=f"{OWN}-{_slug(bare)}", name=called, credit=called, site=f"https://{host}/", hosts=hosts, official=False
    )


def _is_borrowed(catalogue: Catalogue, name: str) -> bool:
    """Whether a site on no list calls itself by the name of an outlet: then it is called by its host."""
    said = f" {fold(name)} "
    parts = (fold(part).removeprefix("bao ") for outlet in catalogue.outlets for part in outlet.name.split(" - "))
    return any(f" {part} " in said for part in parts if len(part) > 2)


def _check_rule(links: str) -> None:
    try:
        re.compile(links)
    except re.error:
        raise Refused("The rule for the links is not a regular expression.") from None


def _slug(host: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(host.removeprefix("www.")).replace(" ", "-")).strip("-")[:60] or "trang"


def site_of(url: str) -> str:
    """The host of an address, for people."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def write_list(session: Session, *, now: datetime) -> bytes:
    """The office's sources as OPML for other readers, those “by hand” left out."""
    outlines = [
        Outline(url=source.url, name=source.name, folder=outlet.name, site=outlet.site, kind=source.kind)
        for source, outlet in sources.listing(session)
        if source.kind != SourceKind.HAND
    ]
    house = office.find(session)
    return write_opml(outlines, title=house.bulletin if house else "", now=now)
