"""The program is killed while it writes: every acknowledged edit is there, none is torn."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from sqlalchemy import text

from app.desk.snapshot import digest
from app.models.operation import OperationRow
from app.store import events, manuscript
from app.store.database import Database
from tests.databases import SqliteTemplate

KILLS = 200 if os.environ.get("PROVE") else 20

# Writes a numbered headline and paragraph again and again; a number is printed once the edit is acknowledged.
WRITER = textwrap.dedent("""
    import sys
    from tests.people import AN, Clock
    from tests.scenario import Desk
    from app.store.database import Database

    desk, article, first = Desk(Database.at(sys.argv[1]), Clock()), sys.argv[2], int(sys.argv[3])
    print("ready", flush=True)
    for number in range(first, first + 100_000):
        desk.edits(article, headline=f"Lần sửa {number}", standfirst=f"Lần sửa {number}")
        print(number, flush=True)
""")


def test_no_acknowledged_edit_is_lost_and_none_is_torn(sqlite: SqliteTemplate, tmp_path: Path) -> None:
    with sqlite.copy(tmp_path) as database:
        article = _article(database)
    acknowledged = 0
    for kill in range(KILLS):
        acknowledged = max(acknowledged, _write_and_kill(database.url, article, first=acknowledged + 1, kill=kill))
        reopened = Database.at(database.url)
        with reopened.reading() as session:
            content = manuscript.content(session, article)
            assert content.headline == content.standfirst  # both or neither
            assert int(content.headline.removeprefix("Lần sửa ")) in (acknowledged, acknowledged + 1)
            acknowledged = int(content.headline.removeprefix("Lần sửa "))
            assert events.first_broken(session) is None
            assert session.execute(text("PRAGMA quick_check")).scalar() == "ok"
            seqs = session.query(OperationRow.seq).order_by(OperationRow.seq).all()
            assert [row[0] for row in seqs] == list(range(1, len(seqs) + 1))
            assert digest(content)
        reopened.close()
    assert acknowledged > KILLS


def _article(database: Database) -> str:
    from_start = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from tests.people import Clock; from tests.scenario import Desk\n"
            "from app.store.database import Database\n"
            "desk = Desk(Database.at(sys.argv[1]), Clock()); article = desk.starts()\n"
            "desk.edits(article, headline='Lần sửa 0', standfirst='Lần sửa 0'); print(article)",
            database.url,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return from_start.stdout.strip()


def _write_and_kill(url: str, article: str, *, first: int, kill: int) -> int:
    """Kills a writer some milliseconds after its first edit; the last number it had acknowledged."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, url, article, str(first)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    said = [writer.stdout.readline()]
    time.sleep(0.013 * (kill % 11))
    writer.send_signal(signal.SIGKILL)
    said += writer.stdout.readlines()
    writer.wait(10)
    writer.stdout.close()
    return int([line for line in said if line.endswith("\n")][-1])
