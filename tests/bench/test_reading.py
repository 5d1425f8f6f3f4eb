"""Reading many feeds the first time, and again when nothing is new."""

import time
from datetime import UTC, datetime
from pathlib import Path

from app.store.folder import Folder
from config import Config
from feeds import intake
from feeds.catalogue import read_catalogue
from feeds.registry import register
from tests.bench.figures import Told
from tests.feeds.outlet_server import serving

FEEDS, ITEMS = 40, 50
OUTLET = """
[[outlet]]
id = "bao-{n}"
name = "Báo {n}"
site = "{url}"
[[outlet.source]]
id = "bao-{n}-1"
name = "Tin"
url = "{url}"
grade = "A"
"""
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def feed(number: int) -> bytes:
    """One feed of fifty stories of its own."""
    items = "".join(
        f"<item><title>Tin {number}-{n}: bà con thôn {n} góp đá làm đường số {number}</title>"
        f"<link>https://bao{number}.example/tin-{number * 1000 + n}.html</link>"
        f"<pubDate>Mon, 23 Nov 2026 08:{n:02d}:00 +0700</pubDate>"
        f"<description>{'Mỗi nhà góp hai khối đá và mười ngày công. ' * 6}</description></item>"
        for n in range(ITEMS)
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def test_forty_feeds_first_and_again(tmp_path: Path, told: Told) -> None:
    with serving() as server:
        urls = [server.publish(f"/{n}.rss", feed(n)) for n in range(FEEDS)]
        lines = [OUTLET.format(n=n, url=url) for n, url in enumerate(urls)]
        (tmp_path / "outlets.toml").write_text("\n".join(lines), "utf-8")
        folder = Folder.open(Config(data_dir=tmp_path / "var", fetch_private_networks=True), now=NOW)
        catalogue = read_catalogue(tmp_path / "outlets.toml")
        with folder.database.writing() as session:
            register(session, catalogue)
        for what in ("the first time", "again, nothing new"):
            began = time.perf_counter()
            report = intake.read_sources(folder.database, folder.config, catalogue, folder.assets, now=NOW)
            told(f"{FEEDS} feeds of {ITEMS} stories read {what}: {report.new} new", time.perf_counter() - began)
        folder.database.close()
