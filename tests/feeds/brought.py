"""Anh Điểu Lâm, cộng tác viên thôn Bù Gia Mập, bringing things to the desk of tests/feeds/office.py by hand."""

import gzip
import io
import zipfile
from dataclasses import dataclass

import docx
from PIL import Image
from sqlalchemy import select

from app.desk.policy import Actor
from app.models.event import Event
from app.models.person import Role
from app.models.story import Story, StoryPage, StoryPicture
from app.store import office, people
from feeds.hand.byhand import Done, Hand
from tests.feeds.conftest import NOW
from tests.feeds.office import Desk

LAM = "Điểu Lâm"
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Bom Bo có nước sạch - Báo</title>
<meta property="og:title" content="Bom Bo có nước sạch">
<meta property="og:description" content="Bà con không còn đi gùi.">
<meta property="article:published_time" content="2026-11-22T07:30:00+07:00"></head>
<body><article><h1>Bom Bo có nước sạch</h1>
<p>Sáng 22/11, công trình nước sạch ở sóc Bom Bo được mở van, đưa nước về tận hiên từng nhà của bà con.</p>
<p>Già làng Điểu Vrang nói từ nay lũ trẻ không còn phải xuống suối gùi nước trước giờ đi học nữa.</p>
<p>Ban quản lý thôn cử hai người coi bể, mỗi tháng súc rửa một lần và ghi sổ để ai cũng xem được.</p>
</article></body></html>
""".encode()


def lam(desk: Desk) -> Actor:
    """His account, made on first use."""
    with desk.database.writing() as session:
        house = office.load(session)
        known = [person for person in people.everyone(session) if person.name == LAM]
        person = known[0] if known else people.add(
            session, name=LAM, post="Cộng tác viên", role=Role.CONTRIBUTOR, passphrase="bốn từ thật dễ nhớ",
            office=house.code, actor=None, now=NOW,
        )  # fmt: skip
        return people.acting(person, "web")


def hand(desk: Desk) -> Hand:
    return Hand(
        database=desk.database,
        config=desk.config,
        catalogue=desk.catalogue,
        assets=desk.assets,
        actor=lam(desk),
        now=NOW,
    )


@dataclass
class Shelf:
    """What lies there after something was brought."""

    desk: Desk

    def story(self, done: Done) -> Story:
        with self.desk.database.reading() as session:
            return session.get_one(Story, done.added.story_id)

    def page(self, done: Done) -> StoryPage:
        with self.desk.database.reading() as session:
            return session.scalars(select(StoryPage).where(StoryPage.story_id == done.added.story_id)).one()

    def pictures(self, done: Done) -> list[StoryPicture]:
        with self.desk.database.reading() as session:
            found = select(StoryPicture).where(StoryPicture.story_id == done.added.story_id)
            return list(session.scalars(found.order_by(StoryPicture.number)))

    def evidence(self, done: Done) -> bytes:
        (revision,) = [r for r in self.desk.revisions() if r.story_id == done.added.story_id]
        return gzip.decompress(self.desk.assets.get(revision.evidence))

    def events(self, kind: str) -> list[Event]:
        with self.desk.database.reading() as session:
            return list(session.scalars(select(Event).where(Event.kind == kind)))


def photo(*, place: bool = False, size: tuple[int, int] = (640, 480), colour: str = "#9c1a1d") -> bytes:
    image, out = Image.new("RGB", size, colour), io.BytesIO()
    image.paste("#d39a24", (40, 40, 300, 200))
    exif = Image.Exif()
    if place:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (11.0, 45.0, 30.0)
        exif.get_ifd(0x8769)[0x9003] = "2026:11:20 08:15:00"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def document(*lines: str, heading: str = "", title: str = "", picture: bytes = b"") -> bytes:
    """A .docx as an office writes it."""
    made, out = docx.Document(), io.BytesIO()
    made.core_properties.title = title
    if heading:
        made.add_heading(heading, level=1)
    for line in lines:
        made.add_paragraph(line)
    if picture:
        made.add_picture(io.BytesIO(picture))
    made.save(out)
    return out.getvalue()


def repacked(data: bytes, **changes: bytes) -> bytes:
    """The same package with parts put in place of others; names are given with dots for slashes' sake as keywords."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        names = set(package.namelist())
        for name in sorted(names | set(changes)):
            copy.writestr(name, changes[name] if name in changes else package.read(name))
    return out.getvalue()
