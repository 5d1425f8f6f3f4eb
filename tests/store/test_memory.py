"""What is remembered of a source between two readings."""

from app.models.outlet import Outlet, Source
from app.store import memory
from app.store.database import Database
from app.store.memory import Memory


def test_the_newest_word_replaces_what_was_remembered(each_database: Database) -> None:
    with each_database.writing() as session:
        session.add(Outlet(id="dat-do", name="Đất Đỏ", credit="Đất Đỏ", site="https://datdo.example/", hosts=[]))
        session.flush()
        for n in (1, 2):
            url = f"https://datdo.example/{n}.rss"
            session.add(Source(id=f"dat-do-{n}", outlet_id="dat-do", name="Tin", url=url, grade="A", enabled=True))
    kept = Memory(("aa", "bb"), {"https://datdo.example:443": {"phien": "1"}}, "way")
    for first in (Memory(("zz",)), kept):
        with each_database.writing() as session:
            memory.keep(session, [("dat-do-1", first), ("dat-do-2", Memory())])
    with each_database.reading() as session:
        assert memory.recall(session) == {"dat-do-1": kept, "dat-do-2": Memory()}
