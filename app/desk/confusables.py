"""What the eye takes for the same: letters of other scripts, digits for letters, marks, pairs such as “rn” and “m”."""

import unicodedata
from functools import lru_cache

# Letter for letter, as they look in the bars of browsers. Left what is meant to be read, right what stands there.
_TWINS = {
    "a": "аɑα4@ꭺ",
    "b": "ЬƄᏏ8ʙ",
    "c": "сϲⅽ",
    "d": "ԁđɗɖðⅾԀ",
    "e": "еєҽ3ε℮",
    "g": "ɡց9ɢ",
    "h": "һհнʜ",
    "j": "јϳ",
    "k": "кκᴋ",
    "l": "iıіιl1|ӏłǀⅼ!ɩ",
    "m": "мᴍⅿ",
    "n": "пոηŋռɴ",
    "o": "оοօ0øѳσᴏ",
    "p": "рρϱᴘ",
    "q": "ԛզ",
    "r": "гʀᴦ",
    "s": "ѕ5$ꜱ",
    "t": "тτƭᴛŧ",
    "u": "υսʊυᴜ",
    "v": "νѵᴠⅴʋꮩ",
    "w": "ѡԝɯᴡ",
    "x": "хχ×ⅹ",
    "y": "уγүʏ",
    "z": "ᴢʐ2",
}
_LETTERS = str.maketrans({twin: letter for letter, twins in _TWINS.items() for twin in twins})
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


@lru_cache(maxsize=8192)
def skeleton(text: str) -> str:
    """One spelling for all that looks alike: compare two skeletons, never show one. “пhàпdаn” and “nhandan” are one."""
    flat = unicodedata.normalize("NFKC", text).lower().translate(_LETTERS)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", flat) if unicodedata.category(letter) != "Mn")
    bare = bare.translate(_LETTERS)  # once more: marks may have hidden a twin
    for pair, letter in _PAIRS:
        bare = bare.replace(pair, letter)
    return bare


def slips(one: str, other: str, *, most: int) -> int:
    """How many slips of the finger lie between two words: a letter more, less, another, or two changed about.

    More than `most` is told as `most` + 1. (Optimal string alignment; the words are labels of hosts, at most 63 long.)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, theirs in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                best = min(best, older[j - 2] + 1)
            row.append(best)
    return min(row[-1], most + 1)


def doubled_or_swapped(text: str, name: str) -> bool:
    """Whether a short name was only stuttered or two neighbours changed places: all that may be said of three letters.

    One letter in place of another would make most acronyms of the press lookalikes of each other.
    """
    swapped = {name[:n] + name[n + 1] + name[n] + name[n + 2 :] for n in range(len(name) - 1)}
    stuttered = {name[: n + 1] + name[n:] for n in range(len(name))}
    return text != name and text in swapped | stuttered
