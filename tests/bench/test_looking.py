"""What looking at pictures and letters costs: a hundred thousand looks, one picture of an outlet, one text."""

import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from app.desk.looks import nearest
from app.models.story import Asset
from app.store.database import Database
from app.store.pictures import Looks
from feeds.letters.legacy import suspect
from feeds.pictures import to_print
from tests.bench.figures import Told
from tests.feeds.drawings import drawing, encoded

MANY = 100_000


@pytest.fixture
def looks() -> list[int]:
    chance = random.Random(5)
    return [chance.getrandbits(63) for _ in range(MANY)]


def test_the_nearest_of_a_hundred_thousand(looks: list[int], told: Told) -> None:
    started = time.perf_counter()
    for _ in range(20):
        nearest("0123456789abcdef", looks)
    each = (time.perf_counter() - started) / 20
    told("to find the nearest of 100,000 pictures", each * 1000, "ms")
    assert each < 0.05


def test_a_hundred_thousand_looks_are_loaded_for_a_reading(database: Database, looks: list[int], told: Told) -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    rows = [
        {"sha256": f"{n:064x}", "media_type": "image/jpeg", "size": 1, "kept_at": now, "look": f"{look:016x}"}
        for n, look in enumerate(looks)
    ]
    with database.writing() as session:
        session.execute(insert(Asset), rows)
    started = time.perf_counter()
    with database.reading() as session:
        found = Looks.of(session)
    told("to load 100,000 looks before the pictures of a reading", time.perf_counter() - started)
    assert found.meet(rows[7]["look"], "x" * 64) == rows[7]["sha256"]  # type: ignore[arg-type]


def test_a_picture_of_an_outlet(told: Told) -> None:
    for size in ((1200, 800), (4000, 3000)):
        data = encoded(drawing(1, size), quality=90)
        started = time.perf_counter()
        for _ in range(5):
            to_print(data)
        told(
            f"for both sizes and the look of a JPEG of {size[0]} × {size[1]}",
            (time.perf_counter() - started) * 200,
            "ms",
        )


def test_a_text_that_is_well(told: Told, tmp_path: Path) -> None:
    text = "Bà con thôn Bù Rên góp đá, góp công làm cầu qua suối Đắk Lơ trước mùa mưa. " * 4
    started = time.perf_counter()
    for n in range(10_000):
        suspect(f"{n} {text}")
    told("to see that the letters of a text are well", (time.perf_counter() - started) * 100, "µs")
