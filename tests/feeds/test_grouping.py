"""The same event at several outlets finds together, whichever came first; joining is never silent and never chained."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.models.story import Story
from app.store import clusters
from app.store.clusters import Recent
from feeds.grouping import WINDOW, Grouper
from tests.feeds.conftest import NOW
from tests.people import AN
from tests.scenario import Desk

BRIDGE = "Khánh thành cầu suối Đắk Lơ ở xã Bù Gia Mập"
AGAIN = "Cầu suối Đắk Lơ ở xã Bù Gia Mập khánh thành"
LEAD = "Bà con hết cảnh lội suối mùa mưa, trẻ em đến trường không còn phải chờ nước rút."
PEPPER = "Giá hồ tiêu tăng nhẹ trong tuần"


def told(
    grouper: Grouper, story: str, title: str, *, outlet: str = "", at: datetime = NOW, summary: str = LEAD
) -> str | None:
    return grouper(story, title, summary, at, outlet or f"bao-{story}")


def kept(story: str, title: str, *, cluster: str | None = None, seq: int = 1, at: datetime = NOW) -> Recent:
    return Recent(seq, story, f"bao-{story}", title, LEAD, at, cluster)


def test_a_story_that_stands_alone_has_no_cluster() -> None:
    grouper = Grouper()
    assert told(grouper, "1", BRIDGE) is None
    assert told(grouper, "2", PEPPER, summary="Thương lái chờ vụ mới ở Lộc Ninh.") is None
    assert grouper.take_ties() == []
    assert grouper.take_links() == []


def test_a_second_story_of_the_event_founds_the_cluster_and_a_third_joins() -> None:
    grouper = Grouper([kept("cu", BRIDGE)])
    assert told(grouper, "moi", AGAIN) == "cu"
    assert grouper.take_ties() == [("cu", "cu")]
    assert grouper.take_ties() == []
    assert told(grouper, "ba", BRIDGE) == "cu"
    assert grouper.take_ties() == []


def test_a_cluster_that_is_known_is_joined() -> None:
    assert told(Grouper([kept("cu", BRIDGE, cluster="nhom")]), "moi", AGAIN) == "nhom"


def test_what_is_only_near_is_hinted_at_and_not_joined() -> None:
    grouper = Grouper([kept("cu", BRIDGE)])
    assert told(grouper, "moi", "Cầu suối ở Tà Lài bị nước cuốn, bà con chờ nước rút") is None
    (link,) = grouper.take_links()
    assert (link.story, link.other) == ("moi", "cu")
    assert 0 < link.percent < 100
    assert grouper.take_links() == []


def test_a_group_does_not_grow_from_link_to_link_into_another_event() -> None:
    members = [kept(f"{n}", f"{BRIDGE} {'xin ' * n}", cluster="nhom", seq=n) for n in range(1, 6)]
    far = kept("xa", "Hội đua voi ở Buôn Đôn khai mạc", cluster="nhom", seq=9)
    grouper = Grouper([*members, far])
    assert told(grouper, "moi", "Hội đua voi Buôn Đôn khai mạc sáng nay", summary="Hai mươi voi nhà dự hội.") is None
    assert [link.other for link in grouper.take_links()] == ["xa"]


def test_a_story_asked_for_again_is_not_like_itself() -> None:
    grouper = Grouper()
    assert told(grouper, "moi", BRIDGE) is None
    assert told(grouper, "moi", BRIDGE) is None
    assert grouper.take_ties() == []


def test_two_processes_tell_each_other_through_the_database(desk: Desk) -> None:
    first = desk.receives(BRIDGE, summary=LEAD)
    grouper = Grouper()
    with desk.database.reading() as session:
        grouper.catch_up(session, now=desk.clock.now)
    assert told(grouper, "moi", AGAIN, at=desk.clock.now) == first


def test_an_editor_who_splits_a_story_off_is_obeyed_at_the_next_reading(desk: Desk) -> None:
    first, second = desk.receives(BRIDGE, summary=LEAD), desk.receives(AGAIN, summary=LEAD)
    _tie(desk, first, [first, second])
    grouper = Grouper()
    with desk.database.reading() as session:
        grouper.catch_up(session, now=desk.clock.now)
    with desk.database.writing() as session:
        clusters.split_off(session, second, actor=desk.actor(AN), now=desk.clock.tick())
    with desk.database.reading() as session:
        grouper.catch_up(session, now=desk.clock.tick())
        stood = dict(session.execute(select(Story.id, Story.cluster_id)).all())
    joined = told(grouper, "moi", AGAIN, at=desk.clock.now)
    assert joined in stood.values()
    assert grouper.take_ties() == []  # neither of the two is tied back
    assert stood[first] != stood[second]


def test_what_is_older_than_the_window_is_let_go(desk: Desk) -> None:
    old = [kept(f"{n}", f"Chuyện cũ số {n} ở sóc {n}", seq=n, at=NOW - WINDOW - timedelta(days=1)) for n in range(30)]
    grouper = Grouper([*old, kept("cu", BRIDGE, seq=99)])
    with desk.database.reading() as session:
        grouper.catch_up(session, now=NOW)
    assert told(grouper, "moi", AGAIN) == "cu"
    assert told(grouper, "khac", old[3].title, summary="") is None


def _tie(desk: Desk, cluster: str, stories: list[str]) -> None:
    with desk.database.writing() as session:
        clusters.settle(session, [(story, cluster) for story in stories], [])
