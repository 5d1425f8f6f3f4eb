"""Text without marks, so that “dong bao” finds “đồng bào” and every spelling of S’tiêng is one word."""

import re
import unicodedata

# SQLite's and PostgreSQL's own folding knows neither đ nor ƀ.
LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ƀ": "b", "Ƀ": "b", "’": "", "'": "", "ʼ": "", "‘": ""})
SPELLINGS = ((re.compile(r"\b(?:xe|x|s)tieng\b"), "stieng"), (re.compile(r"\bm nong\b"), "mnong"))


def fold(text: str) -> str:
    """Lower case, no marks, no apostrophes, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.translate(LETTERS)) if unicodedata.category(c) != "Mn")
    folded = " ".join(re.findall(r"\w+", bare.lower()))
    for pattern, plain in SPELLINGS:
        folded = pattern.sub(plain, folded)
    return folded
