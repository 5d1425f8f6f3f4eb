"""The program is killed while it writes: every acknowledged edit is there, none is torn."""

import os
import signal
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection

from sqlalchemy import select, text

from app.models.operation import OperationRow
from app.store import events, manuscript
from app.store.database import Database
from tests.people import Clock
from tests.scenario import Desk

KILLS = 200 if os.environ.get("PROVE") else 20

# Children are born ready: a fresh interpreter for each would take most of the time.
BIRTH = get_context("forkserver")
BIRTH.set_forkserver_preload(["tests.scenario"])


def write_on_and_on(url: str, article: str, first: int, say: Connection) -> None:
    """Writes a numbered headline and standfirst again and again; says the number once the edit is acknowledged."""
    desk = Desk(Database.at(url), Clock())
    for number in range(first, first + 100_000):
        desk.edits(article, headline=f"Lần sửa {number}", standfirst=f"Lần sửa {number}")
        say.send(number)


def write_and_kill(url: str, article: str, *, first: int, after: float) -> int:
    """Kills a writer so many seconds after its first edit; the last number it had acknowledged."""
    hear, say = BIRTH.Pipe(duplex=False)
    writer = BIRTH.Process(target=write_on_and_on, args=(url, article, first, say))
    writer.start()
    say.close()
    last: int = hear.recv()
    time.sleep(after)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join(10)
    assert writer.exitcode == -signal.SIGKILL
    try:
        while True:
            last = hear.recv()
    except EOFError:
        hear.close()
        return last


def test_no_acknowledged_edit_is_lost_and_none_is_torn(desk: Desk) -> None:
    article, url = desk.starts(), desk.database.url
    desk.database.close()
    written = 0
    for kill in range(KILLS):
        acknowledged = write_and_kill(url, article, first=written + 1, after=0.013 * (kill % 11))
        reopened = Database.at(url)
        with reopened.reading() as session:
            content = manuscript.content(session, article)
            written = int(content.headline.removeprefix("Lần sửa "))
            assert content.headline == content.standfirst  # both or neither
            assert written in (acknowledged, acknowledged + 1)
            assert events.first_broken(session) is None
            assert session.execute(text("PRAGMA quick_check")).scalar() == "ok"
            seqs = session.scalars(select(OperationRow.seq).order_by(OperationRow.seq)).all()
            assert list(seqs) == list(range(1, len(seqs) + 1))
        reopened.close()
    assert written > KILLS
