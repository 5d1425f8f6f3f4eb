"""Text without marks, so that “dong bao” finds “đồng bào” and every spelling of S’tiêng is one word."""

import re
import unicodedata
from functools import lru_cache

MOST_RUNS, LONGEST_RUN = 50_000, 24  # of letters between spaces that are remembered
CACHED = 400  # longer texts are folded each time: thousands of them would fill the memory
# SQLite's and PostgreSQL's own folding knows neither đ nor ƀ.
APOSTROPHES = dict.fromkeys(map(ord, "’'ʼ‘"), "")
LETTERS = {ord("đ"): "d", ord("Đ"): "D", ord("ƀ"): "b", ord("Ƀ"): "B", **APOSTROPHES}
FOLDED_SPELLINGS = ((re.compile(r"\b(?:xe|x|s)tieng\b"), "stieng"), (re.compile(r"\bm nong\b"), "mnong"))
SPELLINGS = ((re.compile(r"\b(?:xê|x|s)tiêng\b"), "stiêng"), (re.compile(r"\bm nông\b"), "mnông"))
# hoà, khoẻ, thuỷ as hòa, khỏe, thủy; the u of “quý” belongs to the q.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_LATE_TONES = {
    unicodedata.normalize("NFC", f"{first}{second}{tone}"): unicodedata.normalize("NFC", f"{first}{tone}{second}")
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
}
_LATE = re.compile(rf"(?<!q)({'|'.join(_LATE_TONES)})\b")


class _Table(dict[int, str]):
    """For str.translate: what becomes of each letter, worked out at its first use."""

    def __missing__(self, code: int) -> str:
        letters = (LETTERS.get(ord(c), c) for c in unicodedata.normalize("NFD", chr(code)))
        bare = "".join(c for c in "".join(letters) if unicodedata.category(c) != "Mn")
        self[code] = "".join(c if c.isalnum() or c == "_" else " " for c in bare)
        return self[code]


class _Words(dict[int, str]):
    """For str.translate: letters stay, apostrophes go, everything else becomes a space."""

    def __missing__(self, code: int) -> str:
        c = chr(code)
        self[code] = APOSTROPHES.get(code, c if c.isalnum() or c == "_" else " ")
        return self[code]


_TABLE, _WORDS = _Table(), _Words()


class _Pieces(dict[str, str]):
    """What becomes of each run of letters between two spaces: a language has few, so most are known already."""

    def __init__(self, table: dict[int, str], *, moves_tones: bool) -> None:
        super().__init__()
        self.table, self.moves_tones = table, moves_tones

    def __missing__(self, run: str) -> str:
        words = " ".join(run.translate(self.table).split())
        if self.moves_tones:
            words = _LATE.sub(lambda late: _LATE_TONES[late[0]], words)
        if len(run) < LONGEST_RUN:
            if len(self) >= MOST_RUNS:
                self.clear()
            self[run] = words
        return words


_FOLDED, _PLAIN = _Pieces(_TABLE, moves_tones=False), _Pieces(_WORDS, moves_tones=True)


def plain(text: str) -> str:
    """Lower case in NFC with its marks, no apostrophes, single spaces, S’tiêng spelled one way, and “hoà” as “hòa”."""
    return _plain_short(text) if len(text) <= CACHED else _plain(text)


def fold(text: str) -> str:
    """Lower case, no marks, no apostrophes, single spaces."""
    return _fold_short(text) if len(text) <= CACHED else _fold(text)


def is_marked(text: str) -> bool:
    """Whether the text was typed with marks."""
    kept = unicodedata.normalize("NFC", text).lower().translate(_WORDS).split()
    return kept != text.lower().translate(_TABLE).split()


def fold_and_plain(text: str) -> tuple[str, str]:
    """Both at once, for the index. A short text was asked for before, by who judges a new story, and is remembered."""
    if len(text) <= CACHED:
        return _fold_short(text), _plain_short(text)
    runs = unicodedata.normalize("NFC", text).lower().split()
    return _spell_folded(_join(_FOLDED, runs)), _spell_plain(_join(_PLAIN, runs))


def _plain(text: str) -> str:
    return _spell_plain(_join(_PLAIN, unicodedata.normalize("NFC", text).lower().split()))


def _fold(text: str) -> str:
    return _spell_folded(_join(_FOLDED, text.lower().split()))


def _join(pieces: _Pieces, runs: list[str]) -> str:
    return " ".join([piece for run in runs if (piece := pieces[run])])


def _spell_plain(words: str) -> str:
    if "tiêng" in words or "m nông" in words:
        for pattern, spelling in SPELLINGS:
            words = pattern.sub(spelling, words)
    return words


def _spell_folded(words: str) -> str:
    if "tieng" in words or "m nong" in words:
        for pattern, spelling in FOLDED_SPELLINGS:
            words = pattern.sub(spelling, words)
    return words


_plain_short, _fold_short = lru_cache(maxsize=4096)(_plain), lru_cache(maxsize=4096)(_fold)
