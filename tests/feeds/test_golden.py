"""Golden pairs: data/NAME.xml is a feed in our own words with an outlet's habits, data/NAME.py what the desk sees."""

import runpy
from pathlib import Path

import pytest

from feeds.catalogue import Quirks
from feeds.dates import VIETNAM
from feeds.reading import read_items

PAIRS = sorted(path.stem for path in (Path(__file__).parent / "data").glob("*.xml"))


@pytest.mark.parametrize("name", PAIRS)
def test_a_feed_gives_what_stands_beside_it(name: str) -> None:
    data = Path(__file__).parent / "data"
    expected = runpy.run_path(str(data / f"{name}.py"))
    quirks = Quirks(**expected.get("QUIRKS", {}))
    batch = read_items((data / f"{name}.xml").read_bytes(), quirks=quirks, base_url="https://here.example/rss/home.rss")
    found = [
        {
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "published": item.published_at.astimezone(VIETNAM).isoformat() if item.published_at else None,
            "pictures": item.pictures,
            **({"author": item.author} if item.author else {}),
        }
        for item in batch.items
    ]
    assert found == expected["ITEMS"]
    assert batch.state == "ok"
