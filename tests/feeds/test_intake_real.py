"""Real days of real outlets, served from 127.0.0.1 and read as if they came in."""

import html
import json
import re
import unicodedata
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from feeds.dates import VIETNAM
from tests.feeds.office import listing, open_desk
from tests.feeds.outlet_server import OutletServer


def test_every_file_is_read_with_title_date_link_and_picture(
    tmp_path: Path, outlet: OutletServer, material: Path
) -> None:
    files = sorted([*(material / "vn/feeds_raw").glob("*.xml"), *(material / "vn/feeds_reserialised").glob("*.xml")])
    assert len(files) > 30
    for file in files:
        outlet.publish(f"/{name(file)}.rss", file.read_bytes())
    desk = open_desk(tmp_path, listing(outlet, *(name(file) for file in files)))
    report = desk.read()
    assert {source.outcome for source in report.sources} == {"ok"}
    expected = {(name(file), link): (title, date) for file in files for link, title, date in told_by(file)}
    found = {(story.outlet_id, story.url): story for story in desk.stories()}
    assert found.keys() == expected.keys()
    assert report.new == len(expected)
    for key, (title, date) in expected.items():
        story = found[key]
        assert story.title == title
        assert story.published_raw == date
        assert story.published_at == moment_of(date), date
        assert not re.search(r"</?[a-zA-Z]|&\w+;|\u200b|\s{2}", f"{story.title} {story.summary}"), story
        assert unicodedata.is_normalized("NFC", story.title + story.summary)
    with_pictures = {picture.story_id for picture in desk.pictures()}
    assert len(with_pictures) > 700
    again = desk.read()
    assert (again.new, again.changed) == (0, 0)
    assert {source.outcome for source in again.sources} == {"same"}


def test_a_changed_etag_over_the_same_items_brings_nothing_new(
    tmp_path: Path, outlet: OutletServer, material: Path
) -> None:
    body = (material / "vn/feeds_reserialised/nhandan-2026-07-30.xml").read_bytes()
    desk = open_desk(tmp_path, listing(outlet, "nhandan"))
    outlet.publish("/nhandan.rss", body)
    assert desk.read_one().new == 30
    outlet.publish("/nhandan.rss", body.replace(b"</channel>", b"<ttl>5</ttl></channel>"))
    assert (desk.read_one().new, desk.read_one().changed) == (0, 0)


def test_the_next_day_brings_only_what_is_new(tmp_path: Path, outlet: OutletServer, material: Path) -> None:
    """Five days of seventeen outlets in the order of the calendar; which items are new is worked out apart."""
    days: dict[str, list[Path]] = {}
    for file in sorted((material / "vn/feed_items").glob("*.json")):
        days.setdefault(re.sub(r"-\d{4}-\d\d-\d\d$", "", file.stem), []).append(file)
    desk = open_desk(tmp_path, listing(outlet, *days))
    seen: dict[str, set[str]] = {outlet_id: set() for outlet_id in days}
    for n in range(5):
        wanted = {outlet_id: files[n] for outlet_id, files in days.items() if n < len(files)}
        fresh = {}
        for outlet_id, file in wanted.items():
            items = json.loads(file.read_text("utf-8"))["items"]
            outlet.publish(f"/{outlet_id}.rss", as_rss(items))
            links = {item["link"].partition("?at_")[0] for item in items}
            fresh[f"{outlet_id}-home"] = len(links - seen[outlet_id])
            seen[outlet_id] |= links
        report = desk.read(only=list(fresh))
        assert {source.id: source.new for source in report.sources} == fresh
    assert {(s.outlet_id, s.url) for s in desk.stories()} == {(o, link) for o in seen for link in seen[o]}


def test_vietnam_time_is_kept_to_the_minute(tmp_path: Path, outlet: OutletServer, material: Path) -> None:
    desk = open_desk(tmp_path, listing(outlet, "chinhphu"))
    outlet.publish("/chinhphu.rss", (material / "vn/feeds_reserialised/baochinhphu-2026-07-30.xml").read_bytes())
    desk.read()
    times = {story.published_raw: story.published_at for story in desk.stories()}
    moment = times["7/29/2026 11:43:00 PM"]
    assert moment is not None
    assert moment.astimezone(VIETNAM).isoformat() == "2026-07-29T23:43:00+07:00"


def moment_of(said: str) -> datetime:
    """The moment an outlet's date names, by the standard library alone; Viet Nam's time where it names no zone."""
    plain = re.sub(r"^[A-Za-z]{3},\s*", "", said.replace("\u202f", " "))
    plain = re.sub(r"\+07(:?00)?$", "+0700", plain.replace("GMT", "+0000"))
    with suppress(ValueError):
        return datetime.strptime(plain, "%d %b %Y %H:%M:%S %z")
    with suppress(ValueError):
        return datetime.strptime(plain, "%d %b %y %H:%M:%S %z")
    return datetime.strptime(f"{plain} +0700", "%m/%d/%Y %I:%M:%S %p %z")


def name(file: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", file.stem)


def told_by(file: Path) -> list[tuple[str, str, str]]:
    """(link, title, date) of a feed, read with regular expressions alone: nothing of ours is used."""
    found = []
    for piece in re.findall(r"<item>(.*?)</item>", file.read_text("utf-8"), re.DOTALL):
        link, title, date = (
            re.search(rf"<{tag}>(.*?)</{tag}>", piece, re.DOTALL) for tag in ("link", "title", "pubDate")
        )
        assert link
        assert title
        assert date
        plain = re.sub(r"^<!\[CDATA\[|\]\]>$", "", title[1].strip())
        plain = " ".join(unicodedata.normalize("NFC", html.unescape(plain).replace("\u200b", "")).split())
        found.append((link[1].strip().replace("&amp;", "&").partition("?at_")[0], plain, date[1].strip()))
    return found


def as_rss(items: list[dict[str, str]]) -> bytes:
    pieces = [
        f"<item><title><![CDATA[{i['title']}]]></title><link>{i['link'].replace('&', '&amp;')}</link>"
        f"<pubDate>{i['published']}</pubDate><description><![CDATA[{i['summary']}]]></description></item>"
        for i in items
    ]
    return f"<rss version='2.0'><channel><title>x</title>{''.join(pieces)}</channel></rss>".encode()
