"""Our own reading in a process of its own, as a running office would: `python -m tests.bench.ours FOLDER`.

Each line it is given makes it read once; it answers with one line of JSON.
"""

import json
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, select

from app.models.office import Mode
from app.models.story import Story
from app.store import office
from app.store.folder import Folder
from config import Config
from feeds.catalogue import Quirks, read_catalogue
from feeds.errand import READ_FEED
from feeds.intake import read_sources
from feeds.registry import register
from feeds.workbench import Workbench
from tests.bench.many import NOW


def main(base: Path) -> None:
    folder = Folder.open(Config(data_dir=base / "var", fetch_private_networks=True), now=NOW)
    catalogue = read_catalogue(base / "outlets.toml")
    with folder.database.writing() as session:
        office.make(session, name="Ban Dân tộc", preset="binh-phuoc-2022", mode=Mode.REAL, now=NOW)
        register(session, catalogue)
    with Workbench() as bench:  # in a running program children have been born before
        bench.call(READ_FEED, b"<rss><channel></channel></rss>", quirks=Quirks(), base_url="http://127.0.0.1/")
    written = _count_rows(folder.database.engine)
    for number, _ in enumerate(sys.stdin):
        written.clear()
        began = time.perf_counter()
        now = NOW + timedelta(hours=number)
        report = read_sources(folder.database, folder.config, catalogue, folder.assets, now=now)
        seconds = time.perf_counter() - began
        with folder.database.reading() as session:
            stored = session.scalar(select(func.count()).select_from(Story))
        answer = {"stored": stored, "seconds": report.seconds, "all": seconds, "rows": dict(written)}
        answer["parsed"] = sum(source.parsed for source in report.sources)
        print(json.dumps(answer), flush=True)  # noqa: T201  the one who started it reads it


def _count_rows(engine: Engine) -> "Counter[str]":
    """Rows written by table, but for the moment each source was read."""
    rows: Counter[str] = Counter()

    @event.listens_for(engine, "after_cursor_execute")
    def count(_: Any, cursor: Any, statement: str, *__: Any) -> None:
        words = statement.split()
        if words[0] in ("INSERT", "UPDATE", "DELETE") and not statement.startswith("UPDATE source SET"):
            rows[words[1 + (words[0] != "UPDATE")]] += max(cursor.rowcount, 0)

    return rows


if __name__ == "__main__":
    main(Path(sys.argv[1]))
