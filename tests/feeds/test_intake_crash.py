"""Power cuts: wherever a reading dies, the next one ends with the same stories as if nothing had happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.store.database import Database
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer


class PowerCut(BaseException):
    """No `except Exception` stops it."""


@dataclass
class Fuse:
    """Blows at the n-th door to the database; `late` lets the work be done and cuts just before the commit."""

    left: int
    late: bool

    def burn(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise PowerCut


@dataclass(frozen=True)
class ShakyDatabase(Database):
    """The real database behind a fuse."""

    fuse: Fuse | None = None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        if self.fuse and not self.fuse.late:
            self.fuse.burn()
        with super().writing() as session:
            yield session
            session.flush()
            if self.fuse and self.fuse.late:
                self.fuse.burn()


def desk_at(folder: Path, outlet: OutletServer) -> Desk:
    return open_desk(folder, listing(outlet, "mot", "hai"))


def publish(outlet: OutletServer, *, second: bool) -> None:
    for name in ("mot", "hai"):
        items = [item(f"Tin {n} của {name}", f"https://{name}.example/{n}.html") for n in range(3 + 2 * second)]
        if second:
            items[0] = item(f"Tin 0 của {name}, đã sửa", f"https://{name}.example/0.html")
        outlet.publish(f"/{name}.rss", feed(*reversed(items)))


def told(desk: Desk) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    revisions = sorted((revision.number, revision.title) for revision in desk.revisions())
    return sorted((story.url, story.title) for story in desk.stories()), revisions


def undisturbed(folder: Path, outlet: OutletServer) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    desk = desk_at(folder, outlet)
    for n, second in enumerate((False, True)):
        publish(outlet, second=second)
        desk.read(now=NOW + timedelta(hours=n))
    return told(desk)


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_power_cut_anywhere_loses_nothing_and_doubles_nothing(
    tmp_path: Path, outlet: OutletServer, cut: int, late: bool
) -> None:
    expected = undisturbed(tmp_path / "calm", outlet)
    desk = desk_at(tmp_path / "storm", outlet)
    sound = desk.database
    cuts = 0
    for n, second in enumerate((False, True)):
        publish(outlet, second=second)
        before = told(desk)
        shaky = ShakyDatabase(engine=sound.engine, url=sound.url, fuse=Fuse(cut, late))
        try:
            replace(desk, database=shaky).read(now=NOW + timedelta(hours=n))
        except PowerCut:
            cuts += 1
        assert set(before[0]) <= set(told(desk)[0]) or second  # what was kept stays kept
        desk.read(now=NOW + timedelta(hours=n, minutes=30))
    assert cuts > 0
    assert told(desk) == expected
    assert len({story.first_seen_seq for story in desk.stories()}) == len(desk.stories())


def test_what_a_power_cut_left_alone_is_put_together_after_the_next_reading(
    tmp_path: Path, outlet: OutletServer
) -> None:
    desk = desk_at(tmp_path, outlet)
    words = "Khánh thành cầu suối Đắk Lơ ở xã Đắk Hòa sáng thứ hai"
    for name in ("mot", "hai"):
        outlet.publish(f"/{name}.rss", feed(item(words, f"https://{name}.example/cau.html")))
    desk.read(only=["mot-home"])
    sound = desk.database
    shaky = ShakyDatabase(engine=sound.engine, url=sound.url, fuse=Fuse(2, late=False))  # the text is kept by then
    with pytest.raises(PowerCut):
        replace(desk, database=shaky).read(only=["hai-home"])
    assert [story.cluster_id for story in desk.stories()] == [None, None]
    desk.read(now=NOW + timedelta(minutes=30))
    one, two = desk.stories()
    assert one.cluster_id == two.cluster_id is not None
