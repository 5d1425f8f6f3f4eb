"""The pictures of a reading: after all text, both sizes, few transactions, and never more than the day's bytes."""

import errno
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import event, update

from app.models.story import Asset, StoryPicture
from app.store.assets import Assets
from feeds.outcomes import OUTCOMES
from tests.feeds.conftest import NOW
from tests.feeds.drawings import drawing, encoded
from tests.feeds.office import Desk, feed, item, listing, open_desk
from tests.feeds.outlet_server import OutletServer, send

LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def desk(tmp_path: Path, outlet: OutletServer) -> Iterator[Desk]:
    opened = open_desk(tmp_path, listing(outlet, "bao"), seconds=2)
    yield opened
    opened.database.close()


def publish(outlet: OutletServer, *pictures: str) -> None:
    """One story a picture."""
    items = [
        item(f"Tin số {n} của thôn", f"https://bao.example/{n}.html", summary=f'<img src="{url}"/>Bà con phấn khởi.')
        for n, url in enumerate(pictures)
    ]
    outlet.publish("/bao.rss", feed(*items))


def assets(desk: Desk) -> dict[str, Asset]:
    with desk.database.reading() as session:
        return {asset.sha256: asset for asset in session.query(Asset)}


def test_both_sizes_are_kept_with_their_look_and_credit(desk: Desk, outlet: OutletServer) -> None:
    exif = Image.Exif()
    exif[0x013B] = "Điểu Lâm/TTX".encode()
    url = outlet.publish("/a.jpg", encoded(drawing(1, (1200, 800)), exif=exif), "image/jpeg")
    publish(outlet, url)
    desk.read()
    (picture,) = desk.pictures()
    known = assets(desk)
    assert picture.asset is not None
    assert picture.screen is not None
    assert (known[picture.asset].width, known[picture.screen].width) == (1200, 480)
    assert len(known[picture.asset].look or "") == 16
    assert known[picture.screen].look is None
    assert picture.credit == "Điểu Lâm/TTX"
    with Image.open(desk.assets.path(picture.screen)) as small:
        assert (small.format, small.size) == ("JPEG", (480, 320))


def test_the_same_picture_again_points_to_the_first(desk: Desk, outlet: OutletServer) -> None:
    publish(outlet, outlet.publish("/a.jpg", encoded(drawing(1)), "image/jpeg"))
    desk.read()
    again = encoded(drawing(1).resize((450, 300)), "WEBP", quality=60)
    publish(
        outlet,
        outlet.url("/a.jpg"),
        outlet.publish("/b.webp", again, "image/webp"),
        outlet.publish("/c.png", encoded(drawing(2), "PNG"), "image/png"),
    )
    desk.read(now=LATER)
    known = assets(desk)
    by_url = {picture.url.rpartition("/")[2]: known[picture.asset or ""] for picture in desk.pictures()}
    assert by_url["a.jpg"].first_like is None
    assert by_url["b.webp"].first_like == by_url["a.jpg"].sha256
    assert by_url["c.png"].first_like is None


def test_a_hundred_pictures_are_noted_in_a_few_transactions(desk: Desk, outlet: OutletServer) -> None:
    urls = [outlet.publish(f"/{n}.png", encoded(drawing(n, (60, 40)), "PNG"), "image/png") for n in range(100)]
    publish(outlet, *urls)
    commits: list[object] = []
    event.listen(desk.database.engine, "begin", lambda connection: commits.append(_door(connection)))
    desk.read()
    assert sum(picture.asset is not None for picture in desk.pictures()) == 100
    assert commits.count("writing") < 10


def test_when_the_day_s_bytes_are_spent_text_comes_and_pictures_wait_for_tomorrow(
    tmp_path: Path, outlet: OutletServer
) -> None:
    desk = open_desk(tmp_path, listing(outlet, "bao"))
    noise = Image.effect_noise((600, 600), 200)  # a third of a megabyte
    urls = [outlet.publish(f"/{n}.png", encoded(noise, "PNG"), "image/png") for n in range(20)]
    publish(outlet, *urls)
    metered = replace(desk, config=replace(desk.config, fetch_daily_megabytes=3))
    assert metered.read_one().new == 20
    had = [picture.asset for picture in desk.pictures() if picture.asset]
    assert 0 < len(had) <= 9
    assert {picture.trouble for picture in desk.pictures()} == {None}
    asked = len(outlet.asked)
    metered.read(now=LATER)
    assert len(outlet.asked) == asked + 1  # the feed alone
    metered.read(now=NOW + timedelta(days=1))
    assert len([picture for picture in desk.pictures() if picture.asset]) > len(had)
    desk.database.close()


def test_a_host_that_does_not_answer_is_not_asked_for_every_picture(desk: Desk, outlet: OutletServer) -> None:
    urls = [outlet.behave(f"/{n}.png", send(503)) for n in range(60)]
    publish(outlet, *urls)
    desk.read()
    assert len([path for path in outlet.paths() if path.endswith(".png")]) <= 20
    assert {(p.asset, p.trouble) for p in desk.pictures()} == {(None, None)}


class FullDisk(Assets):
    """Room for the texts, none for pictures."""

    def put(self, data: bytes) -> str:
        if data[:2] == b"\xff\xd8":
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().put(data)


def test_a_full_disk_costs_no_story_and_the_picture_comes_later(desk: Desk, outlet: OutletServer) -> None:
    publish(outlet, outlet.publish("/a.png", encoded(drawing(1), "PNG"), "image/png"))
    whole, desk.assets = desk.assets, FullDisk(desk.assets.root)
    assert desk.read_one().new == 1
    assert desk.pictures()[0].asset is None
    desk.assets = whole
    desk.read(now=LATER)
    assert desk.pictures()[0].asset is not None


def test_a_bomb_is_one_sentence_and_the_next_picture_is_kept(desk: Desk, outlet: OutletServer) -> None:
    bomb = encoded(Image.new("1", (9000, 9000)), "PNG")
    publish(
        outlet,
        outlet.publish("/bom.png", bomb, "image/png"),
        outlet.publish("/a.png", encoded(drawing(1), "PNG"), "image/png"),
    )
    desk.read()
    told = {picture.url.rpartition("/")[2]: picture for picture in desk.pictures()}
    assert told["bom.png"].trouble == OUTCOMES["picture_size"].msgid
    assert told["a.png"].asset is not None


def _door(connection: object) -> object:
    return connection.get_execution_options().get("door")  # type: ignore[attr-defined]


def test_a_picture_of_an_older_version_gets_its_small_size_and_its_look(desk: Desk, outlet: OutletServer) -> None:
    publish(outlet, outlet.publish("/a.png", encoded(drawing(1), "PNG"), "image/png"))
    desk.read()
    before = desk.pictures()[0]
    with desk.database.writing() as session:  # as it stood before there were small sizes
        session.execute(update(StoryPicture).values(screen=None))
        session.execute(update(Asset).values(look=None))
    desk.read(now=LATER)
    after = desk.pictures()[0]
    assert after.asset == before.asset
    assert after.screen is not None
    assert assets(desk)[before.asset or ""].look is not None
