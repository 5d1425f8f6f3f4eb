"""Ids lie: what outlets do to their addresses, guids and dates, and what an editor has afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk.decide import Changed, Item, Known, New, decide, digest_of, keys_of

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BRIDGE = Item(
    url="https://bao.example/cau-suoi-dak-lo-post100001.html",
    guid="https://bao.example/cau-suoi-dak-lo-post100001.html",
    title="Cầu suối Đắk Lơ thông xe sau tám tháng",
    summary="Bà con hai thôn góp đá, góp công.",
    published_at=NOW - timedelta(hours=3),
)
PEPPER = Item(
    url="https://bao.example/ho-tieu.html",
    guid="4711",
    title="Giá hồ tiêu nhích lên trong tuần",
    summary="Thương lái mua tại vườn ở mức cao.",
    published_at=NOW - timedelta(hours=1),
)


@dataclass
class Desk:
    """What the database would hold: chị Hoài An reads one feed state after the other."""

    identity: str = "address"
    said: dict[str, list[Item]] = field(default_factory=dict)  # story → everything it ever said
    keys: dict[str, str] = field(default_factory=dict)

    def read(self, *items: Item, other_source: bool = False) -> list[str]:
        """The kinds of what was decided."""
        decisions = decide(items, self._known(other_source), NOW, identity=self.identity)
        for decision in decisions:
            if isinstance(decision, New):
                story = f"story-{len(self.said)}"
                assert decision.keys[0] not in self.keys  # the identity of a story is its own
                self.said[story] = list(decision.versions)
                self.keys |= dict.fromkeys(decision.takes, story)
            else:
                story = decision.story_id
            if isinstance(decision, Changed):
                self.said[story].append(decision.item)
            for key in decision.keys:
                self.keys.setdefault(key, story)
        return [type(decision).__name__ for decision in decisions]

    def _known(self, other_source: bool) -> dict[str, Known]:
        return {key: self._story(story, other_source) for key, story in self.keys.items()}

    def _story(self, story: str, other_source: bool) -> Known:
        first, last = self.said[story][0], self.said[story][-1]
        digests = frozenset(digest_of(item) for item in self.said[story])
        return Known(story, digest_of(last), last.title, last.summary, first.published_at, not other_source, digests)

    def titles(self) -> list[list[str]]:
        return [[item.title for item in versions] for versions in self.said.values()]


@pytest.mark.parametrize(
    "moved",
    [
        {"url": BRIDGE.url.replace("https", "http"), "guid": BRIDGE.guid.replace("https", "http")},
        {"url": BRIDGE.url.replace("//bao", "//www.bao"), "guid": "tag:bao.example,2026:1"},
        {"url": "https://moi.bao.example/2026/11/cau-dak-lo", "guid": "urn:uuid:1"},
        {"url": "", "guid": "urn:uuid:2"},
        {"guid": ""},
    ],
)
@pytest.mark.parametrize("identity", ["address", "guid", "title"])
def test_ids_that_change_wholesale_double_nothing(identity: str, moved: dict[str, str]) -> None:
    desk = Desk(identity)
    assert desk.read(BRIDGE, PEPPER) == ["New", "New"]
    assert desk.read(replace(BRIDGE, **moved), PEPPER) == ["Same", "Same"]  # type: ignore[arg-type]


def test_an_address_given_to_a_wholly_other_story_makes_a_new_one_and_the_old_stays_as_it_was() -> None:
    desk = Desk()
    page = replace(BRIDGE, url="https://bao.example/tieu-diem", guid="tieu-diem")
    reused = replace(PEPPER, url=page.url, guid=page.guid, published_at=NOW)
    assert desk.read(page) == ["New"]
    assert desk.read(reused) == ["New"]
    assert desk.titles() == [[BRIDGE.title], [PEPPER.title]]
    assert desk.read(reused) == ["Same"]
    assert desk.read(replace(reused, summary="Thương lái mua tại vườn ở mức cao nhất.")) == ["Changed"]
    assert desk.read(page, reused) == ["Same", "Changed"]  # the older text finds its own story again


def test_a_rewritten_headline_is_a_change_whatever_its_date_says() -> None:
    desk = Desk()
    desk.read(BRIDGE)
    rewritten = replace(BRIDGE, title="Hai thôn hết cảnh đò ngang", published_at=NOW)
    assert desk.read(rewritten) == ["Changed"]  # the lead is the same
    assert desk.read(replace(rewritten, summary="Một niềm vui lớn.", published_at=BRIDGE.published_at)) == ["Changed"]


def test_a_guid_given_to_every_item_tells_nothing() -> None:
    desk = Desk()
    assert desk.read(replace(BRIDGE, guid="tin-moi"), replace(PEPPER, guid="tin-moi")) == ["New", "New"]


def test_an_outlet_known_by_its_guids_may_change_title_and_address_at_once() -> None:
    desk = Desk("guid")
    desk.read(PEPPER)
    moved = replace(PEPPER, url="https://bao.example/khac.html", title="Nông dân phấn khởi", published_at=NOW)
    assert desk.read(moved) == ["Changed"]


def test_an_outlet_without_any_order_is_known_by_its_titles() -> None:
    desk = Desk("title")
    feed = [replace(item, url="https://bao.example/chi-tiet", guid="1234") for item in (BRIDGE, PEPPER)]
    assert desk.read(*feed) == ["New", "New"]
    assert desk.read(*reversed(feed)) == ["Same", "Same"]
    assert desk.read(replace(feed[0], summary="Đã có số mới: 26 khối đá.")) == ["Changed"]


def test_a_front_page_as_address_names_no_story() -> None:
    desk = Desk()
    home = [replace(item, url="https://bao.example/", guid="") for item in (BRIDGE, PEPPER)]
    assert desk.read(*home) == ["New", "New"]
    assert desk.read(*home) == ["Same", "Same"]


def test_what_left_the_feed_and_comes_back_is_not_new() -> None:
    desk = Desk()
    desk.read(BRIDGE, PEPPER)
    desk.read(PEPPER)
    assert desk.read(BRIDGE) == ["Same"]
    back = replace(BRIDGE, url="https://bao.example/dak-lo-post100001.html", published_at=NOW)
    assert desk.read(back) == ["Same"]  # with a fresh date and another address, but the same post number


def test_two_sources_that_word_a_story_differently_do_not_change_it_for_ever() -> None:
    desk = Desk()
    short = replace(BRIDGE, summary="Bà con góp đá.")
    assert desk.read(BRIDGE) == ["New"]
    assert desk.read(short, other_source=True) == ["Changed"]
    assert desk.read(BRIDGE) == ["Changed"]
    assert desk.read(short, other_source=True) == ["Same"]
    assert desk.read(BRIDGE) == ["Same"]


def test_an_outlet_that_takes_a_correction_back_is_heard() -> None:
    desk = Desk()
    assert [desk.read(item)[0] for item in (BRIDGE, replace(BRIDGE, summary="Khác."), BRIDGE)] == [
        "New",
        "Changed",
        "Changed",
    ]


@pytest.mark.parametrize("identity", ["address", "guid", "title"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_order_of_readings_ends_with_the_same_stories(identity: str, data: st.DataObject) -> None:
    told = [
        tell(n, data.draw(st.integers(1, 3), label="versions"), identity) for n in range(data.draw(st.integers(1, 5)))
    ]
    states = [data.draw(st.sampled_from(versions)) for versions in told for _ in range(3)]
    readings = [states[start::3] for start in range(3)]
    orders: Sequence[list[list[Item]]] = [readings, *(data.draw(st.permutations(readings)) for _ in range(2))]
    ends = []
    for order in orders:
        desk = Desk(identity)
        for reading in order:
            desk.read(*data.draw(st.permutations(reading)))
        for reading in readings:
            assert "New" not in desk.read(*reading)  # nothing is ever new twice
        ends.append(sorted(sorted({version.guid.split("#")[0] for version in story}) for story in desk.said.values()))
    assert all(len(story) == 1 for story in ends[0])  # no story swallowed another
    assert ends[0] == ends[1] == ends[2]


def tell(number: int, versions: int, identity: str) -> list[Item]:
    """What one outlet says of one story in turn; the guid names it for the test, and tells versions only by “#”."""
    words = " ".join(f"{word}{number}" for word in ("cau", "suoi", "thong", "xe", "thon"))
    at = NOW - timedelta(hours=5 * number + 5)
    return [
        Item(
            url=f"https://{'www.' * (n % 2)}bao.example/tin-{number}"
            if identity == "address"
            else f"https://x.example/{n}",
            guid=f"ma-so-{number}" if identity == "guid" else f"ma-so-{number}#{n}",
            title=f"{words} bản {n}" if identity != "title" else words,
            summary=f"{words} cho bà con, lần {n}",
            published_at=at + timedelta(minutes=7 * n),
        )
        for n in range(versions)
    ]


def test_an_item_is_known_by_few_keys() -> None:
    assert [key.partition(":")[0] for key in keys_of(BRIDGE)] == ["url", "post", "told"]
    assert [key.partition(":")[0] for key in keys_of(PEPPER)] == ["url", "guid", "told"]
    assert [key.partition(":")[0] for key in keys_of(PEPPER, "guid")] == ["guid", "url", "told"]
    assert [key.partition(":")[0] for key in keys_of(replace(PEPPER, published_at=None))] == ["url", "guid", "said"]
