"""Whether two stories tell one event: a hint for checking, never proof. What speaks against it counts as well.

The measures were read off 3,588 items of fourteen outlets: from .45 on it was the same report, below .25 only the same
subject. Days, numbers and names in a headline keep apart what is worded alike: yesterday's price of gold and today's,
an accident here and one there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from app.desk.folding import fold

SAME, HINT = 0.45, 0.25  # likeness of the same report, and of one that also speaks of it
CLASH = 0.15  # so much more likeness is asked for each thing that speaks against it
DOUBT = 0.08  # and so much when each headline also names what the other does not
ALIKE = 0.5  # share of common words in two headlines that need less likeness of their leads
SOON, LATE = timedelta(days=2), timedelta(days=4)  # an event is told within two days; after four seldom
ONE_DAY = timedelta(hours=18)

# What comes anew every day under nearly the same words; folded.
DAILY = (
    *("hom nay", "ngay mai", "dem nay", "hom qua", "gia vang", "gia xang", "gia ca phe", "gia ho tieu", "gia tieu"),
    *("gia heo", "gia lon hoi", "gia cao su", "gia dieu", "gia lua", "ty gia", "xo so", "du bao thoi tiet", "tin bao"),
    *("tu vi", "lich thi dau", "bang xep hang", "chung khoan", "co phieu", "lich cup dien", "lich phat song"),
    *("thong cao bao chi", "ngay lam viec thu"),
)
# What gathers many events under one headline; folded, at its beginning.
GATHERED = (
    *("ban tin", "podcast", "tin noi bat", "diem tin", "diem bao", "tin tuc", "nong 24h", "tin nong", "tieu diem"),
    *("thoi su 24h", "video thoi su", "su kien noi bat", "chi dao dieu hanh", "doc nhanh", "nong the gioi"),
)
_DAY = re.compile(
    r"(?<![\d.,/])(\d{1,2})/(\d{1,2})(?:/20\d\d)?(?![\d/])"
    r"|(?:ngày|sáng|trưa|chiều|tối|đêm)\s(\d{1,2})[-.](\d{1,2})(?!\d)"
    r"|ngày\s(\d{1,2})\stháng\s(\d{1,2})(?!\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,/])\d+(?:[.,]\d+)*(?![\w/])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"\w+|[:.!?…“\"|–—-]")
_ORDINAL = re.compile(r"\bthứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b", re.IGNORECASE)
# Capital words that name nobody: those of offices and bodies, and the country itself; folded.
_OFFICES = frozenset(
    {
        *("quoc", "chinh", "dai", "bo", "trung", "uy", "hoi", "dang", "nha", "ban", "so", "tinh", "luat", "nghi", "le"),
        *("thu", "chu", "pho", "tong", "bi", "thuong", "van", "vien", "toa", "cuc", "vu", "hoc", "mat", "cong", "quan"),
        *("viet nam", "video", "anh", "bac", "nam"),
    }
)
_KEPT = frozenset({"TPHCM", "HCM", "ASEAN", "EU"})  # other words all in capitals are UBND, CLB, HLV …
_SHORT = {"tphcm": "ho chi minh", "tp hcm": "ho chi minh", "hcm": "ho chi minh", "hn": "ha noi"}


class Verdict(StrEnum):
    """What two stories are to each other."""

    SAME = "same"
    HINT = "hint"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Told:
    """What of a story tells its event apart from another; `days` are those its headline and lead name."""

    outlet: str
    title: str
    at: datetime
    days: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Marks:
    """What a headline holds besides plain words; everything folded."""

    words: frozenset[str]
    days: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]  # capital words inside a sentence, together with their neighbours
    openings: frozenset[str]  # those that open one: a name, or only the beginning
    daily: bool
    gathered: bool


def compare(one: Told, other: Told, likeness: float) -> Verdict:
    """What two stories so like each other (0 to 1) are to each other. Symmetric."""
    mine, theirs = marks(one.title), marks(other.title)
    gap, at_home = abs(one.at - other.at), one.outlet == other.outlet
    if _on_other_days(mine, theirs, gap) or (at_home and mine.gathered and theirs.gathered):
        return Verdict.APART
    late = 2 if gap > LATE else gap > SOON
    clashes = _clashes(mine, theirs) + (not _may_meet(one.days, other.days)) + at_home + late
    doubt = DOUBT if _each_names_more(mine, theirs) else 0.0
    if not (mine.gathered or theirs.gathered):
        if likeness >= SAME + CLASH * clashes + doubt:
            return Verdict.SAME
        if likeness >= HINT and not clashes and not doubt and _share(mine.words, theirs.words) >= ALIKE:
            return Verdict.SAME
    return Verdict.HINT if likeness >= HINT + CLASH * clashes else Verdict.APART


def days_of(text: str) -> frozenset[str]:
    """The days of the year a text names: 22/8, “ngày 22-8”, “ngày 22 tháng 8”."""
    if "/" not in text and "-" not in text and "." not in text and "tháng" not in text:
        return frozenset()
    pairs = ((d1 or d2 or d3, m1 or m2 or m3) for d1, m1, d2, m2, d3, m3 in _DAY.findall(text))
    return frozenset(f"{int(day)}/{int(month)}" for day, month in pairs if 0 < int(day) < 32 and 0 < int(month) < 13)


@lru_cache(maxsize=16384)
def marks(title: str) -> Marks:
    """What tells this headline's event from another's."""
    folded, days = fold(title), days_of(title)
    rest = _DAY.sub(" ", title)
    names, openings = _names(title)
    return Marks(
        words=frozenset(word for word in folded.split() if len(word) > 1),
        days=days,
        numbers=frozenset(_numbers(rest)),
        names=frozenset(names),
        openings=frozenset(openings),
        daily=any(phrase in f" {folded} " for phrase in DAILY),
        gathered=folded.startswith(GATHERED),
    )


def is_same_event(one: str, other: str) -> bool:
    """Whether two headlines alone share at least half of their words."""
    return _share(marks(one).words, marks(other).words) >= ALIKE


def _on_other_days(mine: Marks, theirs: Marks, gap: timedelta) -> bool:
    if mine.days and theirs.days:
        return not mine.days & theirs.days
    return (mine.daily or theirs.daily) and gap > ONE_DAY


def _clashes(mine: Marks, theirs: Marks) -> int:
    numbers = bool(mine.numbers and theirs.numbers) and not mine.numbers & theirs.numbers
    return numbers + _name_others(mine, theirs)


def _name_others(mine: Marks, theirs: Marks) -> bool:
    """Whether both headlines name something, and nothing of it is the same."""
    if not mine.names or not theirs.names:
        return False
    shared = ((mine.names, theirs.names | theirs.openings), (mine.openings, theirs.names))
    return not any(_is_one_name(one, other) for ours, others in shared for one in ours for other in others)


def _each_names_more(mine: Marks, theirs: Marks) -> bool:
    """“Đại sứ Malaysia” here and “Đại sứ Hoa Kỳ” there, though the same host receives both."""
    ours, others = mine.names | mine.openings, theirs.names | theirs.openings
    more = any(not any(_is_one_name(one, other) for other in others) for one in mine.names)
    return more and any(not any(_is_one_name(one, other) for one in ours) for other in theirs.names)


def _is_one_name(one: str, other: str) -> bool:
    """“Thái Sơn Bắc” and “CLB Thái Sơn Bắc”, not “Quảng Trị” and “Quảng Ngãi”: one in the other, or two words alike."""
    if f" {one} " in f" {other} " or f" {other} " in f" {one} ":
        return True
    return bool(set(pairwise(one.split())) & set(pairwise(other.split())))


def _may_meet(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _numbers(title: str) -> Iterator[str]:
    yield from (number.lstrip("0") for number in _NUMBER.findall(title) if not _YEAR.fullmatch(number))
    yield from map(str.lower, _ORDINAL.findall(title))


def _names(title: str) -> tuple[list[str], list[str]]:
    """Runs of capital words: those inside a sentence, and those that open one. A headline all in capitals has none."""
    names: list[str] = []
    openings: list[str] = []
    if sum(c.isupper() for c in title) * 2 > sum(c.isalpha() for c in title):
        return names, openings
    for run, opens in _runs(title):
        words = fold(" ".join(word for word in run if word in _KEPT or not (word.isupper() and len(word) > 1)))
        named = _SHORT.get(words, words)
        if named and named not in _OFFICES:
            # A single capital word that opens a sentence may be any word; two in a row are a name.
            (openings if opens and len(run) == 1 else names).append(named)
    return names, openings


def _runs(title: str) -> Iterator[tuple[list[str], bool]]:
    run: list[str] = []
    opens = fresh = True
    for word in _WORD.findall(title):
        if word[0].isupper():
            opens = opens if run else fresh
            run.append(word)
        elif run:
            yield run, opens
            run = []
        fresh = not (word[0].isalnum() or word == "-")
    if run:
        yield run, opens
