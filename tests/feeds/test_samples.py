"""The sample stories and the demo editors' work: whole, true to each other, and good to print."""

import itertools
import re
import textwrap
import unicodedata
import xml.etree.ElementTree as ElementTree
from datetime import UTC, date, datetime

import pytest
from PIL import Image

from app.desk.similar import is_same_event
from feeds.samples.editors import Draft, days_to_remember, read_drafts, read_plan
from feeds.samples.stories import HERE, PICTURES, Sample, fill, read_press, read_stories

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 16:00 of a Monday in Viet Nam
STORIES = {story.id: story for story in read_stories(NOW)}
DRAFTS = {draft.key: draft for draft in read_drafts(NOW)}
SECTIONS = {
    "Chính sách của Đảng và Nhà nước",
    "Thành tựu của đất nước và của tỉnh",
    "Đối ngoại",
    "Đất nước, con người",
    "Người tốt, việc tốt",
    "Công tác dân tộc",
}
BANNED = ("người dân tộc", "dân tộc ít người", "hãy ", '"', "...", "  ", "\u200b", "\u00a0", "{", "}")

each_draft = pytest.mark.parametrize("draft", DRAFTS.values(), ids=DRAFTS)
each_story = pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)


def words(text: str) -> int:
    return len(text.split())


def text_of(story: Sample) -> str:
    return "\n".join((story.title, story.summary, *story.body, story.caption))


def body_of(draft: Draft) -> str:
    return "\n".join(text for _, text in draft.paragraphs)


def all_text_of(draft: Draft) -> str:
    plain = (draft.headline, draft.standfirst, draft.quote, draft.quote_by, draft.zalo, draft.facebook)
    return "\n".join((body_of(draft), *plain, *(picture.caption for picture in draft.pictures)))


def source_of(draft: Draft) -> str:
    return "\n".join(text_of(STORIES[story]) for story in draft.stories)


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def names_in(text: str) -> set[str]:
    """Runs of two and more words with capitals: Điểu Vrang, Bù Rên."""
    runs, run = set(), list[str]()
    for word in [*re.findall(r"[\w’]+|[^\w ]", text), "."]:
        if word[0].isupper():
            run.append(word)
            continue
        if len(run) > 1:
            runs.add(" ".join(run))
        run = []
    return runs


# ------------------------------------------------------------------ stories


def test_forty_stories_of_two_outlets() -> None:
    outlets = [story.outlet for story in STORIES.values()]
    assert (outlets.count("datdo"), outlets.count("miendong")) == (22, 18)
    assert len({story.path for story in STORIES.values()}) == 40


@each_story
def test_a_story_has_the_length_of_its_kind(story: Sample) -> None:
    assert 60 <= words(" ".join(story.body)) <= 220
    assert story.id == "dd-19" or 150 <= len(story.summary) <= 300


def test_twelve_stories_are_long_and_one_has_no_summary() -> None:
    assert sum(words(" ".join(story.body)) >= 120 for story in STORIES.values()) >= 12
    assert [story.id for story in STORIES.values() if not story.summary] == ["dd-19"]


@each_story
def test_a_story_came_out_in_the_last_four_days(story: Sample) -> None:
    assert 0.5 <= (NOW - story.published_at).total_seconds() / 3600 <= 96


@each_story
def test_a_picture_never_stands_alone(story: Sample) -> None:
    assert {bool(story.picture), bool(story.caption), bool(story.credit), bool(story.alt)} in ({True}, {False})


@pytest.mark.parametrize(("one", "other"), [("dd-01", "md-01"), ("dd-10", "md-02"), ("dd-09", "md-03")])
def test_both_outlets_tell_the_same_event_with_the_same_numbers(one: str, other: str) -> None:
    assert len(numbers_in(text_of(STORIES[one])) & numbers_in(text_of(STORIES[other]))) >= 4
    assert is_same_event(STORIES[one].title, STORIES[other].title)


def test_no_other_stories_look_like_one_event() -> None:
    pairs = itertools.combinations(STORIES.values(), 2)
    assert sum(is_same_event(one.title, other.title) for one, other in pairs) == 3


def test_letters_of_the_mnong_are_there() -> None:
    assert set("Ƀƀĕŏŭ") <= set(text_of(STORIES["dd-20"]))


# ----------------------------------------------------------------- articles


def test_three_short_and_five_long_make_an_issue() -> None:
    plan = read_plan(NOW)
    assert [DRAFTS[key].design for key in plan.short] == ["short"] * 3
    assert [DRAFTS[key].design for key in plan.features] == ["feature"] * 5
    assert {*plan.short, *plan.features} == set(DRAFTS)
    assert {draft.section for draft in DRAFTS.values()} == SECTIONS


def test_the_cover_is_a_feature_with_a_wide_picture() -> None:
    cover = DRAFTS[read_plan(NOW).cover]
    with Image.open(PICTURES / cover.pictures[0].file) as picture:
        assert picture.width >= 1.5 * picture.height
    assert cover.design == "feature"


@each_draft
def test_headline_and_standfirst_fit_their_lines(draft: Draft) -> None:
    assert len(draft.headline) <= (40 if draft.design == "short" else 48)
    assert len(textwrap.wrap(draft.headline, 24)) <= 2
    assert len(draft.standfirst) <= 110


@each_draft
def test_body_and_posts_fit_their_places(draft: Draft) -> None:
    least, most = (25, 55) if draft.design == "short" else (75, 190)
    assert least <= words(body_of(draft)) <= most
    assert len(draft.zalo) <= 400
    assert len(draft.facebook.partition("\n")[0]) <= 130


@each_draft
def test_numbers_and_names_stand_in_the_story(draft: Draft) -> None:
    assert numbers_in(all_text_of(draft)) <= numbers_in(source_of(draft))
    assert {name for name in names_in(all_text_of(draft)) if name.lower() not in source_of(draft).lower()} == set()


def test_a_changed_number_or_name_would_be_seen() -> None:
    draft = DRAFTS["cau-dak-lo"]
    assert not numbers_in(body_of(draft).replace("47", "74")) <= numbers_in(source_of(draft))
    assert names_in("Hôm qua, cô Thị Lan đến.") == {"Thị Lan"}


@each_draft
def test_a_quote_is_word_for_word_and_has_a_speaker(draft: Draft) -> None:
    assert bool(draft.quote) == bool(draft.quote_by)
    assert draft.quote in source_of(draft)


def test_quotes_spoken_words_and_steps_are_where_the_demo_shows_them() -> None:
    assert sum(bool(draft.quote) for draft in DRAFTS.values()) == 2
    assert sum(bool(draft.aloud) for draft in DRAFTS.values()) == 1
    assert [kind for kind, _ in DRAFTS["nuoc-ve-thon"].paragraphs].count("step") == 3


@each_draft
def test_an_article_names_its_outlets_and_the_day(draft: Draft) -> None:
    names = {press.id: press.name for press in read_press()}
    outlets = dict.fromkeys(names[STORIES[key].outlet] for key in draft.stories)
    assert re.fullmatch(rf"Theo {' và '.join(outlets)}, ngày \d+/11/2026", draft.credit)


def test_five_things_fit_one_line_each() -> None:
    things = read_plan(NOW).things
    assert len(things) == 5
    assert all(len(lead) <= 16 and len(f"{lead} {text}") <= 30 for lead, text in things)


def test_the_imprint_is_plainly_a_sample() -> None:
    imprint = read_plan(NOW).imprint
    assert "MẪU" in str(imprint["note"])
    assert imprint["licence_date"] == "2026-01-05"


# --------------------------------------------------------- words and pictures


def test_every_text_is_composed_unicode_and_free_of_banned_words() -> None:
    texts = [*(text_of(story) for story in STORIES.values()), *(all_text_of(draft) for draft in DRAFTS.values())]
    texts += [draft.aloud + draft.byline + draft.kicker for draft in DRAFTS.values()]
    for text in texts:
        assert unicodedata.is_normalized("NFC", text)
        assert [word for word in BANNED if word in text.lower()] == []
        assert text.count("“") == text.count("”")


def test_every_picture_is_used_opens_and_is_small() -> None:
    used = {story.picture for story in STORIES.values()} | {p.file for d in DRAFTS.values() for p in d.pictures}
    files = sorted(PICTURES.glob("*.jpg"))
    assert {file.name for file in files} == used - {""}
    assert sum(file.stat().st_size for file in files) <= 2_000_000
    for file in files:
        assert file.stat().st_size <= 160_000
        with Image.open(file) as picture:
            picture.load()
            assert picture.format == "JPEG"
            assert min(picture.size) >= 650


def test_drawings_kept_as_sources_are_small() -> None:
    drawings = list((HERE / "art").glob("*.svg"))
    assert drawings
    for drawing in drawings:
        assert drawing.stat().st_size <= 40_000
        assert ElementTree.parse(drawing).getroot().tag.endswith("svg")


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("{d-1}", "22/11"),
        ("{w+5}, {d+5}", "Thứ Bảy, 28/11"),
        ("từ {say+6}", "từ Chủ nhật, ngày hai mươi chín tháng Mười một"),
        ("{say+22}", "thứ Ba, ngày mười lăm tháng Mười hai"),
        ("{say+14}", "thứ Hai, ngày mồng bảy tháng Mười hai"),
        ("{say+38}", "thứ Năm, ngày ba mươi mốt tháng Mười hai"),
        ("{say+7}", "thứ Hai, ngày ba mươi tháng Mười một"),
    ],
)
def test_days_are_written_and_spoken(text: str, dated: str) -> None:
    assert fill(text, today=date(2026, 11, 23)) == dated


def test_days_to_remember_go_on_after_the_new_year() -> None:
    days = days_to_remember(date(2026, 12, 20), count=3)
    assert [day for day, _ in days] == [date(2026, 12, 22), date(2027, 1, 9), date(2027, 2, 3)]
