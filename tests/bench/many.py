"""A database full of invented stories, made quickly and always the same: the ground of every measurement of growth."""

import hashlib
import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from app.desk.folding import fold
from app.desk.rank import seen_day
from app.models.event import Counter
from app.models.outlet import Outlet, Source
from app.models.story import Alias, Revision, Story, Triage
from app.store import search
from app.store.folder import Folder
from tests.bench.telling import Telling

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OUTLETS = 16
CHUNK = 5_000
_TRIAGE = (Triage.NEW, Triage.NEW, Triage.DROPPED, Triage.DROPPED, Triage.DROPPED, Triage.LATER, Triage.KEPT)

Row = dict[str, Any]


def fill(folder: Folder, count: int, *, now: datetime = NOW, a_day: int = 400) -> None:
    """Puts `count` stories into an empty database: aliases, first revisions and the search index with them.

    They end at `now`, `a_day` of them each day, from outlets “bao-01” to “bao-16” with the one source “bao-NN-home”
    each. About one in eight tells a story of the last hundred again, as another outlet would, and shares its cluster.
    """
    rows = _stories(count, now, a_day)
    with folder.database.writing() as session:
        _add_outlets(session)
        while chunk := [row for row, _ in zip(rows, range(CHUNK), strict=False)]:
            _add(session, chunk)
        session.execute(delete(Counter).where(Counter.name == "story"))
        session.execute(insert(Counter), [{"name": "story", "value": count}])
    with folder.database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def source_of(outlet_id: str) -> str:
    """The one source of an outlet."""
    return f"{outlet_id}-home"


def _add_outlets(session: Session) -> None:
    names = [f"bao-{n:02d}" for n in range(1, OUTLETS + 1)]
    for name in names:
        site = f"https://{name}.example/"
        session.add(Outlet(id=name, name=f"Báo {name[-2:]}", credit=name, site=site, hosts=[f"{name}.example"]))
    session.flush()
    for name in names:
        url = f"https://{name}.example/rss"
        session.add(Source(id=source_of(name), outlet_id=name, name="Trang chủ", url=url, grade="A", enabled=True))
    session.flush()


def _stories(count: int, now: datetime, a_day: int) -> Iterator[Row]:
    chance = random.Random(2026)
    telling = Telling(chance)
    recent: list[Row] = []
    for seq in range(1, count + 1):
        at = now - timedelta(days=1) * ((count - seq) / a_day)
        outlet = f"bao-{chance.randrange(OUTLETS) + 1:02d}"
        told = chance.choice(recent) if recent and chance.random() < 0.12 else None
        title, summary = telling.again(told["title"], told["summary"]) if told else telling.story()
        row = _story(seq, outlet, at, title, summary) | {
            "score": chance.randrange(-20, 60),
            "triage": chance.choice(_TRIAGE),
        }
        if told:
            row["cluster_id"] = told["cluster_id"] = told["cluster_id"] or told["id"]
        recent = [*recent[-99:], row]
        yield row


def _story(seq: int, outlet: str, at: datetime, title: str, summary: str) -> Row:
    url = f"https://{outlet}.example/thoi-su/{fold(title).replace(' ', '-')}-post{100_000 + seq}.html"
    return {
        "id": str(uuid.UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | seq)),
        "office": "thu",
        "outlet_id": outlet,
        "source_id": source_of(outlet),
        "identity": url.replace("https://", "url:"),
        "url": url,
        "title": title,
        "summary": summary,
        "author": "",
        "lang": "vi",
        "digest": hashlib.sha256(f"{title}\0{summary}".encode()).hexdigest(),
        "published_at": at - timedelta(minutes=20),
        "published_raw": at.isoformat(),
        "first_seen_at": at,
        "first_seen_seq": seq,
        "seen_day": seen_day(at),
        "folded": fold(f"{title} {summary}"),
        "reasons": [],
        "cluster_id": None,
    }


def _add(session: Session, rows: list[Row]) -> None:
    session.execute(insert(Story), rows)
    session.execute(insert(Alias), [alias for row in rows for alias in _aliases(row)])
    session.execute(insert(Revision), [_revision(row) for row in rows])
    search.index(session, [search.Entry(r["first_seen_seq"], r["title"], r["summary"]) for r in rows])


def _aliases(row: Row) -> Iterator[Row]:
    number = 100_000 + row["first_seen_seq"]
    for key in (row["identity"], f"post:{row['outlet_id']}.example/{number}", f"guid:{number}"):
        yield {"source_id": row["source_id"], "key": key, "story_id": row["id"]}


def _revision(row: Row) -> Row:
    return {
        "story_id": row["id"],
        "number": 1,
        "title": row["title"],
        "summary": row["summary"],
        "digest": row["digest"],
        "evidence": "0" * 64,
        "fetched_from": f"https://{row['outlet_id']}.example/rss",
        "fetched_at": row["first_seen_at"],
    }
