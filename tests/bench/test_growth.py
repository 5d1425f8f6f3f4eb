"""What a new story costs when a hundred thousand others are kept, beside what it costs when there are ten thousand."""

import statistics
import time
from datetime import timedelta
from pathlib import Path
from random import Random

from app.desk.decide import Item
from app.models import outlet as rows
from app.store import topics
from app.store.folder import Folder
from app.store.memory import Memory
from config import Config
from feeds.batch import Batch
from feeds.catalogue import Outlet, Quirks, Source
from feeds.doors import Door
from feeds.errand import Brought
from feeds.grouping import Grouper
from feeds.harvest import Harvest
from feeds.wire.fetch import Fetched
from tests.bench.figures import Promised, Told
from tests.bench.many import NOW, OUTLETS, fill, source_of
from tests.bench.telling import Telling

FEW, MANY = 10_000, 100_000
ROUNDS, FRESH = 12, 20  # readings of all outlets, and new stories of each in one


def test_a_new_story_costs_hardly_more_among_many(tmp_path: Path, told: Told, promised: Promised) -> None:
    costs = {count: _cost(tmp_path / str(count), count) for count in (FEW, MANY)}
    for count, cost in costs.items():
        told(f"decide and store one new story among {count:,}", cost * 1000, unit="ms")
    ratio = costs[MANY] / costs[FEW]
    promised(
        "S11 intake",
        "cost of a new story among 100,000 beside 10,000",
        target="≤ 1.5 ×",
        figure=f"{costs[MANY] * 1000:.2f} ms, {ratio:.2f} ×",
        kept=ratio <= 1.5,
    )


def _cost(base: Path, count: int) -> float:
    """Seconds of processor time a new story: the median of several readings."""
    folder = Folder.open(Config(data_dir=base), now=NOW)
    fill(folder, count, a_day=500)
    telling = Telling(Random(99))
    spent = []
    with folder.database.reading() as session:
        judge = topics.ranker(session)
    for number in range(ROUNDS):
        now = NOW + timedelta(hours=number + 1)
        harvest = Harvest(
            database=folder.database,
            assets=folder.assets,
            office="thu",
            judge=judge,
            groups=Grouper(),
            every=timedelta(minutes=30),
            now=now,
        )
        brought = [_brought(n, number, telling) for n in range(1, OUTLETS + 1)]
        began = time.process_time()
        kept = harvest.store(brought)
        spent.append((time.process_time() - began) / sum(one.new for one in kept))
    folder.database.close()
    return statistics.median(spent)


def _brought(outlet: int, number: int, telling: Telling) -> Brought:
    """New stories of one outlet, as they come out of the child."""
    name = f"bao-{outlet:02d}"
    site = f"https://{name}.example/"
    items = tuple(_item(site, number * FRESH + n, telling) for n in range(FRESH))
    source = Source(id=source_of(name), outlet_id=name, name="", url=site, grade="A", quirks=Quirks())
    row = rows.Source(id=source.id, outlet_id=name, name="", url=site, grade="A", enabled=True)
    door = Door(
        outlet=Outlet(id=name, name=name, credit=name, site=site, hosts=frozenset()),
        source=source,
        row=row,
        memory=Memory(),
    )
    fetched = Fetched(status="new", body=b"", final_url=site, media_type="", etag=None, last_modified=None, at=NOW)
    return Brought(door=door, outcome="ok", seconds=0.0, fetched=fetched, batch=Batch(items, "ok", ""), digest="")


def _item(site: str, number: int, telling: Telling) -> Item:
    title, summary = telling.story()
    return Item(url=f"{site}moi-post{900_000 + number}.html", guid="", title=title, summary=summary, published_at=NOW)
