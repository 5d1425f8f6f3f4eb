"""Text without marks, so that “dong bao” finds “đồng bào” and every spelling of S’tiêng is one word."""

import re
import unicodedata
from functools import lru_cache

# SQLite's and PostgreSQL's own folding knows neither đ nor ƀ.
APOSTROPHES = str.maketrans(dict.fromkeys("’'ʼ‘", ""))
LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ƀ": "b", "Ƀ": "b", **dict.fromkeys("’'ʼ‘", "")})
SPELLINGS = ((re.compile(r"\b(?:xe|x|s)tieng\b"), "stieng"), (re.compile(r"\bm nong\b"), "mnong"))


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case in NFC with its marks, no apostrophes, single spaces, every S’tiêng spelled alike."""
    bare = unicodedata.normalize("NFC", text).translate(APOSTROPHES).lower()
    words = " ".join(re.findall(r"\w+", bare))
    return re.sub(r"\bm nông\b", "mnông", re.sub(r"\b(?:xê|x|s)tiêng\b", "stiêng", words))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower case, no marks, no apostrophes, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.translate(LETTERS)) if unicodedata.category(c) != "Mn")
    folded = " ".join(re.findall(r"\w+", bare.lower()))
    for pattern, spelling in SPELLINGS:
        folded = pattern.sub(spelling, folded)
    return folded
