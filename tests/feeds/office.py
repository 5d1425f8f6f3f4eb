"""An office's desk for tests of the intake: a real database, real assets, and a list of outlets on 127.0.0.1."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from app.models.office import Mode
from app.models.outlet import Source
from app.models.story import Revision, Story, StoryPicture
from app.store import office
from app.store.assets import Assets
from app.store.database import Database
from app.store.upgrade import upgrade
from config import Config
from feeds.catalogue import Catalogue, read_catalogue
from feeds.intake import ReadReport, SourceReport, read_sources
from feeds.registry import register
from tests.feeds.conftest import NOW
from tests.feeds.outlet_server import OutletServer


@dataclass
class Desk:
    """Chị Hoài An reads; what she then has is asked here."""

    config: Config
    database: Database
    assets: Assets
    catalogue: Catalogue

    def read(self, *, now: datetime = NOW, due_only: bool = False, only: list[str] | None = None) -> ReadReport:
        return read_sources(
            self.database, self.config, self.catalogue, self.assets, now=now, due_only=due_only, only=only
        )

    def read_one(self, *, now: datetime = NOW) -> SourceReport:
        (report,) = self.read(now=now).sources
        return report

    def stories(self) -> list[Story]:
        with self.database.reading() as session:
            return list(session.scalars(select(Story).order_by(Story.first_seen_seq)))

    def revisions(self) -> list[Revision]:
        with self.database.reading() as session:
            return list(session.scalars(select(Revision).order_by(Revision.story_id, Revision.number)))

    def pictures(self) -> list[StoryPicture]:
        with self.database.reading() as session:
            return list(session.scalars(select(StoryPicture).order_by(StoryPicture.story_id, StoryPicture.number)))

    def source(self, source_id: str = "bao-home") -> Source:
        with self.database.reading() as session:
            return session.get_one(Source, source_id)


def open_desk(folder: Path, outlets: str, *, seconds: int = 5, cap: int = 5_000_000) -> Desk:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "outlets.toml").write_text(outlets, "utf-8")
    config = Config(data_dir=folder, fetch_private_networks=True, fetch_timeout_seconds=seconds, fetch_max_bytes=cap)
    database = Database.open(config)
    upgrade(database, now=NOW, backups=folder / "backups")
    catalogue = read_catalogue(folder / "outlets.toml")
    with database.writing() as session:
        if office.find(session) is None:
            office.make(session, name="Ban Dân tộc tỉnh Thử", preset="binh-phuoc-2022", mode=Mode.REAL, now=NOW)
        register(session, catalogue)
    return Desk(config, database, Assets(folder / "assets"), catalogue)


def listing(outlet: OutletServer, *names: str, more: str = "") -> str:
    """A list of outlets, each with the one feed /NAME.rss."""
    return "".join(
        f'[[outlet]]\nid = "{name}"\nname = "Báo {name}"\nsite = "{outlet.url("/")}"\n{more}\n'
        f'[[outlet.source]]\nid = "{name}-home"\nname = "Trang chủ"\nurl = "{outlet.url(f"/{name}.rss")}"\n'
        for name in names
    )


def feed(*items: str, complete: bool = True) -> bytes:
    text = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo</title>' + "".join(items)
    return (text + ("</channel></rss>" if complete else "")).encode()


def item(
    title: str,
    link: str,
    *,
    summary: str = "Bà con thôn Bù Rên phấn khởi.",
    date: str = "Mon, 23 Nov 2026 08:00:00 +0700",
    guid: str = "",
) -> str:
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{link}</link>"
        + (f'<guid isPermaLink="false">{guid}</guid>' if guid else "")
        + f"<pubDate>{date}</pubDate><description><![CDATA[{summary}]]></description></item>"
    )
