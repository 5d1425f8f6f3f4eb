"""A desk with one story whose page lies at an outlet on 127.0.0.1, for tests of pages and of robots."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from app.models.story import StoryPage
from app.store import pages
from feeds.pages.visits import PageReport, read_pages
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer

HTML = "text/html; charset=utf-8"
RECIPE = '[outlet.recipe]\ntitle = "h1.tit"\nstandfirst = ".sapo"\nbody = ".than-bai"\npicture = ".than-bai img"\n'
BODY = (
    "Cây cầu treo dài 96 m qua suối Rạt vừa thông xe sau tám tháng thi công.",
    "Trước đây, mỗi mùa mưa, bà con thôn Bù Rên phải đi bè tre sang rẫy điều của mình ở bờ bên kia.",
)
LATER = NOW + timedelta(hours=3)


def html(*body: str, kind: str = "than-bai", title: str = "Cầu treo qua suối Rạt") -> bytes:
    text = "".join(f"<p>{part}</p>" for part in body or BODY)
    picture = '<figure><img src="/anh/cau.jpg"><figcaption>Cầu mới. Ảnh: Thị Mai</figcaption></figure>'
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body><main>'
        f'<h1 class="tit">{title}</h1><p class="sapo">Từ nay bà con không còn phải đi bè.</p>'
        f'<div class="{kind}">{text}{picture}</div></main></body></html>'
    ).encode()


@dataclass
class Reader:
    """Chị Hoài An at a desk with one story; its page lies at /cau.html."""

    desk: Desk
    outlet: OutletServer
    story: str

    def read(self, *, now: datetime = NOW) -> PageReport:
        desk = self.desk
        (report,) = read_pages(desk.database, desk.config, desk.catalogue, desk.assets, [self.story], now=now)
        return report

    def rows(self, model: type) -> list:  # type: ignore[type-arg]
        with self.desk.database.reading() as session:
            return list(session.scalars(select(model)))

    def pages(self) -> list[StoryPage]:
        with self.desk.database.reading() as session:
            return list(pages.readings(session, self.story))


def open_reader(outlet: OutletServer, folder: Path) -> Reader:
    """An outlet with a recipe, one story in its feed, and the page of it."""
    outlet.publish("/bao.rss", feed(item("Cầu treo qua suối Rạt", outlet.url("/cau.html"))))
    outlet.publish("/cau.html", html(), HTML)
    desk = open_desk(folder, listing(outlet, "bao", more=f"\n{RECIPE}"))
    desk.read()
    (story,) = desk.stories()
    return Reader(desk, outlet, story.id)
