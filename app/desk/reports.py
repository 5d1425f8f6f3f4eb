"""Who of several outlets reports by itself and who copies: by the credit they print, and by sentences word for word.

And which sentences a rewrite changed. Both are hints with their grounds, for a person who checks.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from app.desk.changes import compare
from app.desk.folding import fold

LONG = 40  # letters from which a sentence is nobody else's by chance
ALIKE = 0.4  # likeness from which two sentences are two wordings of one
WIRE, HEAD_START = "TTXVN", timedelta(hours=2)  # its clients often print a report minutes before its own pages do
EFFORT = 60  # sentences of each side that are held against each other

# The houses that others copy, and the names they are credited by; folded.
AGENCIES: Mapping[str, tuple[str, ...]] = {
    "TTXVN": ("ttxvn", "thong tan xa viet nam", "vietnamplus", "vietnam plus", "vna", "bao tin tuc", "bnews"),
    "VOV": ("vov", "dai tieng noi viet nam"),
    "VTV": ("vtv", "dai truyen hinh viet nam"),
    "Báo Nhân Dân": ("bao nhan dan", "nhan dan", "nhandan"),
    "Báo Chính phủ": ("bao chinh phu", "chinhphu", "baochinhphu", "cong thong tin dien tu chinh phu"),
    "Báo Quân đội nhân dân": ("qdnd", "bao quan doi nhan dan", "quan doi nhan dan"),
    "Báo Công an nhân dân": ("cand", "bao cong an nhan dan", "cong an nhan dan"),
}
_NAMES = {name: agency for agency, names in AGENCIES.items() for name in names}
_WIRE = (
    r"(TTXVN|Thông tấn xã Việt Nam|Vietnam\s?\+|VietnamPlus|VNA|BNEWS|VOV|VTV|QĐND|CAND|Chinhphu\.vn|baochinhphu\.vn"
)
_WIRE += r"|(?:báo|đài) [A-ZĐ][\w’' ]{2,30})"
_PHOTO = re.compile(r"\(?\b(?:ảnh|photo|clip|video)(?: minh họa)?\s*[:/-][^)\n.]{0,60}\)?", re.IGNORECASE)
_CREDITS = (
    re.compile(rf"\b(?:theo|nguồn|dẫn nguồn)\s*:?\s*{_WIRE}(?![\w+])", re.IGNORECASE),
    re.compile(rf"\(\s*(?:theo\s+)?{_WIRE}(?:\s*/[^)\n]{{1,30}})?\s*\)", re.IGNORECASE),
    re.compile(rf"(?:^|\n)\s*{_WIRE}\s*(?:\s[-–—]\s|$)", re.IGNORECASE),
)
_END = re.compile(r"([.!?…][”\"’)\]]*)\s+(?=[“\"‘(\[]?[A-ZÀ-ỸĐ0-9])")
_ABBREVIATION = re.compile(r"\b(?:TP|Tp|TS|ThS|PGS|GS|BS|KS|Mr|Mrs|St|Q|P|tr|[A-ZĐ])\.$")
_SIGNED = re.compile(r"[/,;|()–-]|\btheo\b", re.IGNORECASE)
_MASTHEAD = re.compile(r"^\(?[A-ZĐ][\w.]{1,14}(?:/[\w+]{2,14})?\)?\s+[-–—]\s+")  # “VOV.VN - ”, “(Chinhphu.vn) – ”
_NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*%?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One outlet's story of the event; `at` is when it was published, `hashes` are those of its long sentences."""

    story: str
    outlet: str  # its id
    outlet_name: str
    at: datetime
    author: str = ""
    text: str = ""
    hashes: frozenset[int] = field(default=frozenset())
    official: bool = True  # False for what somebody brought by hand: it is shown, and counts for no outlet


@dataclass(frozen=True, slots=True)
class Copy:
    """A story that is not its outlet's own: of which story (empty when nobody here has it), after which credit.

    `credit` is empty when only the sentences tell; `shared` of its `sentences` stand in the other story. `whose` is
    the house it is credited to, or else the outlet of that story.
    """

    story: str
    of: str
    credit: str
    shared: int
    sentences: int
    whose: str


@dataclass(frozen=True, slots=True)
class Report:
    """How many outlets tell it, how many voices that are, and who copies."""

    outlets: int
    independent: int
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words; `strong` when a number or a name differs there."""

    kind: Literal["same", "added", "removed"]
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence here and there: "same", "changed" with its words, or "gone" (only earlier) and "new" (only later)."""

    kind: Literal["same", "changed", "gone", "new"]
    earlier: str
    later: str
    words: tuple[Words, ...] = ()

    @property
    def strong(self) -> bool:
        """Whether numbers or names differ."""
        return any(word.strong for word in self.words)


def independent(tellings: Sequence[Telling]) -> Report:
    """Who tells one event by itself. A house's own outlets are one voice, and so are all who copy it."""
    ordered = sorted(tellings, key=_since)
    copies: dict[str, Copy] = {}
    voices: dict[str, str] = {}
    for number, telling in enumerate(ordered):
        copy = _copy(telling, ordered, number)
        if copy is None:
            voices[telling.story] = house(telling.outlet_name) or telling.outlet
            continue
        copies[telling.story] = copy
        voices[telling.story] = copy.credit or voices.get(copy.of, telling.outlet)
    own = {telling.outlet for telling in ordered if telling.story not in copies}
    # An outlet that also has a story of its own is no mere copyist, and one that copies itself copies nobody.
    counted = [telling for telling in ordered if telling.story not in copies or telling.outlet not in own]
    outlets = len({telling.outlet for telling in ordered if telling.official})
    return Report(
        outlets=outlets,
        independent=min(outlets, len({voices[telling.story] for telling in counted if telling.official})),
        copies=tuple(copies[telling.story] for telling in counted if telling.story in copies),
    )


def house(outlet_name: str) -> str:
    """The house of an outlet whose reports others print: “TTXVN” for “TTXVN - Báo Tin tức”; empty for the others."""
    name = f" {fold(outlet_name)} "
    return next((agency for known, agency in _NAMES.items() if f" {known} " in name), "")


@lru_cache(maxsize=2048)
def credit_of(author: str, text: str) -> str:
    """The house a story credits in its text or as its author; never for a photograph only. Empty when none."""
    signed = (_NAMES.get(fold(part.replace("+", " plus"))) for part in _SIGNED.split(author))
    if by_author := next((agency for agency in signed if agency), ""):
        return by_author
    bare = _PHOTO.sub(" ", text)
    found = (match[1] for credit in _CREDITS if (match := credit.search(bare)))
    return next((named for match in found if (named := _credited(match))), "")


def sentences(text: str) -> list[str]:
    """The sentences of a text, in its order; a new line ends one as well."""
    found: list[str] = []
    for part in (" ".join(part.split()) for part in _END.sub(r"\1\n", text).split("\n")):
        if found and part and _ABBREVIATION.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def hash_sentences(text: str) -> frozenset[int]:
    """Of each sentence of at least `LONG` folded letters: BLAKE2b in eight bytes, signed, as databases take it."""
    folded = (fold(_MASTHEAD.sub("", sentence)) for sentence in sentences(text))
    return frozenset(
        int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)
        for words in folded
        if len(words) >= LONG
    )


def compare_sentences(earlier: str, later: str) -> list[Pair]:
    """What a later text made of an earlier one, sentence by sentence, in the order of the later."""
    olds, news = sentences(earlier), sentences(later)
    partner = _partners(olds, news)
    taken = set(partner.values())
    pairs: list[Pair] = []
    at = 0
    for number, new in enumerate(news):
        old = partner.get(number)
        if old is not None and old >= at:
            pairs += [Pair("gone", olds[n], "") for n in range(at, old) if n not in taken]
            at = old + 1
        pairs.append(_pair(olds[old], new) if old is not None else Pair("new", "", new))
    return pairs + [Pair("gone", olds[n], "") for n in range(at, len(olds)) if n not in taken]


def _copy(telling: Telling, ordered: Sequence[Telling], number: int) -> Copy | None:
    others = [other for other in ordered[:number] if other.outlet != telling.outlet]
    shared, source = max(
        ((len(telling.hashes & other.hashes), other) for other in others), key=lambda pair: pair[0], default=(0, None)
    )
    mine = house(telling.outlet_name)
    credit = credit_of(telling.author, telling.text)
    if credit and credit != mine:
        of = next((o for o in ordered if house(o.outlet_name) == credit and o.outlet != telling.outlet), None)
        return Copy(telling.story, of.story if of else "", credit, _shared(telling, of), len(telling.hashes), credit)
    # One sentence in common may be what an official said; half of them, two at least or all, are a copy.
    enough = shared * 2 >= len(telling.hashes) and (shared >= 2 or shared == len(telling.hashes))
    if source is None or not shared or not enough or (mine and mine == house(source.outlet_name)):
        return None
    whose = house(source.outlet_name) or source.outlet_name
    return Copy(telling.story, source.story, "", shared, len(telling.hashes), whose)


def _since(telling: Telling) -> tuple[datetime, str]:
    at_wire = house(telling.outlet_name) == WIRE
    return telling.at - (HEAD_START if at_wire else timedelta()), telling.story


def _shared(telling: Telling, other: Telling | None) -> int:
    return len(telling.hashes & other.hashes) if other else 0


def _credited(name: str) -> str:
    return house(name.replace("+", " plus").replace(".vn", ""))


def _partners(olds: Sequence[str], news: Sequence[str]) -> dict[int, int]:
    """Of each later sentence the earlier one it is made from: equal ones first, then the likest."""
    folded_olds, folded_news = [fold(s) for s in olds], [fold(s) for s in news]
    places = {words: n for n, words in reversed(list(enumerate(folded_olds)))}
    partner = {n: places[words] for n, words in enumerate(folded_news) if words in places}
    if len(set(partner.values())) < len(partner):  # a sentence said twice there stands once here
        partner = {old: new for new, old in {old: new for new, old in reversed(partner.items())}.items()}
    free = [n for n in range(len(olds)) if n not in set(partner.values())][:EFFORT]
    open_ = [n for n in range(len(news)) if n not in partner][:EFFORT]
    words_of = {("old", n): frozenset(folded_olds[n].split()) for n in free}
    words_of |= {("new", n): frozenset(folded_news[n].split()) for n in open_}
    likely = [(_likeness(words_of["old", old], words_of["new", new]), new, old) for new in open_ for old in free]
    used: set[int] = set()
    for likeness, new, old in sorted(likely, key=lambda found: (-found[0], found[1], found[2])):
        if likeness >= ALIKE and new not in partner and old not in used:
            partner[new] = old
            used.add(old)
    return partner


def _likeness(old: frozenset[str], new: frozenset[str]) -> float:
    return len(old & new) / (len(old | new) or 1)


def _pair(earlier: str, later: str) -> Pair:
    if " ".join(earlier.split()) == " ".join(later.split()):
        return Pair("same", earlier, later)
    pieces = compare(earlier, later)
    words = tuple(Words(p.kind, p.text, p.kind != "same" and _weighs(p.text, earlier, later)) for p in pieces)
    return Pair("changed", earlier, later, words)


def _weighs(words: str, earlier: str, later: str) -> bool:
    """Whether these words hold a number or a name that the other side has not."""
    numbers = set(_NUMBER.findall(words))
    if numbers - (set(_NUMBER.findall(earlier)) & set(_NUMBER.findall(later))):
        return True
    # A capital inside a sentence; one that opens it may be any word.
    openings = {earlier.lstrip('“"‘(')[:1], later.lstrip('“"‘(')[:1]}
    names = [word for word in re.findall(r"\w+", words) if word[0].isupper()]
    return any(not (earlier.startswith(name) or later.startswith(name)) or name[0] not in openings for name in names)
