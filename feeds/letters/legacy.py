"""Text in a letter code from before Unicode, or decoded wrongly: told by statistics over its words, and made right.

Kinds are those of feeds.catalogue.LETTERS: "tcvn3", "vni", "viqr", and "double" for UTF-8 read as an old Windows
code, once or several times. A text is only suspected when many of its words become Vietnamese syllables by it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain, product

from app.desk.syllables import TONES, is_syllable
from feeds.letters.tables import (
    TCVN,
    VIQR_SHAPES,
    VIQR_TONES,
    VNI_BASES,
    VNI_BOWLS,
    VNI_LETTERS,
    VNI_ROOFS,
    VNI_TONES,
)

MOST = 6_000  # letters looked at; what is wrong is wrong from its beginning
MARKED = 0.25  # of all words: Vietnamese has marks on three of four, English with a few symbols on none
FEW = 4
LONGEST = 8  # letters of a word
RIGHT = 0.7  # of the words with signs: so many must become syllables

# Letters only Unicode has: one of them, and the text is in no one-byte code.
_NATIVE = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_EDGES = '"“”‘’()[]{}<>,;:!…–—-/|&%=*#@0123456789'

# ---------- UTF-8 read as Windows code ----------
# cp1252, and where it has no letter the control code itself, as browsers do; “Ă” is what cp1258 shows for C3.
_AS_BYTE = {ord(bytes([b]).decode("cp1252", "ignore") or chr(b)): b for b in range(0x80, 0x100)}
_AS_BYTE |= {b: b for b in range(0x80, 0xA0)} | {ord("Ă"): 0xC3}
_BYTES = re.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_AS_BYTE)) + "]{2,}")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_DOUBLE = re.compile("á[º»]|[ÃĂ][\u00a1-\u00ba\u00bd\u20ac‚]|Ä[‘\u0090ƒ©]|Æ[°¡]|Å©|Ã\u0192|Ã‚|â€|áÂ»|Ã¡Â[º»]")
_SURE = re.compile("á[º»]|Ä[‘\u0090ƒ]|Æ[°¡]|Ã¡Â[º»]")
# Where a byte is gone, because cp1252 has no letter for it or because cleaning dropped its sign: the commonest first.
_GAP = re.compile("á[»º]|[ÃÄ]")
_GUESSES = {"á»": "ềọờựỏỐ", "áº": "ậẠ", "Ã": "àíÁÝÍ", "Ä": "Đ"}

# ---------- TCVN3 (ABC) ----------
_TCVN3 = {byte: letter for byte, letter in TCVN.items() if 0xA1 <= byte <= 0xFE and letter != "·"}
_TCVN_STRANGE = re.compile("[\u00a1-\u00bf\u00d7](?=[A-Za-z])|(?<=[A-Za-z])[\u00a1-\u00bf\u00d7]|(?<=[a-z])[À-Þ]")
_NO_U = re.compile("[ơờớởỡợaioucmnt]|$")

# ---------- VNI ----------
_VNI_SIGNS = "".join(dict.fromkeys([*VNI_TONES, *VNI_ROOFS, *VNI_BOWLS]))
_VNI = re.compile(f"[{VNI_BASES}][{_VNI_SIGNS}{_VNI_SIGNS.upper()}]|[{''.join(VNI_LETTERS)}]")
_VNI_STRANGE = re.compile(f"[aAeEyY][{_VNI_SIGNS}{_VNI_SIGNS.upper()}]|[oOuUöÖôÔ][øûïâêåäüëØÛÏÂÊÅÄÜË]|[ñÑ][a-zA-Zâôöæ]")

# ---------- VIQR ----------
_VIQR = re.compile(r"[dD]{2}|([aAeEoOuUiIyY])([\^(+])?(['’`?~.])?|\\(.)")
_VIQR_STRANGE = re.compile(r"[aeoAEO]\^|[uoUO]\+|[aA]\(['`?~.a-z]|[aeiouyAEIOUY][`~]|\b[dD]{2}(?=[aeiouyAEIOUY])")
_VIQR_TRACE = re.compile(rf"{_VIQR_STRANGE.pattern}|[aeiouyAEIOUY]['’?.](?=[a-z])")
_VIQR_WORD = re.compile(r"[A-Za-z](?:[A-Za-z^(+'’`?~.]|\\.)*")
_BEFORE_NAMES = {"chi", "thi"}  # chị Hoài, Thị Hạnh: a capital follows them and no sentence ends
_TAIL = re.compile(r"[.?'’]+$")


def suspect(text: str) -> str:
    """The kind of trouble this text seems to be in; empty while it looks well. Microseconds for a text that is."""
    text = text[:MOST]
    if _DOUBLE.search(text) and _is_double(text):
        return "double"
    if _NATIVE.search(text):
        return ""
    return next((kind for kind, test in _TESTS.items() if test(text)), "")


def repair(text: str, kind: str) -> str:
    """The text as it was meant, NFC; unchanged for an unknown kind or where no trace of that trouble is seen.

    So a source that is read in an old code may mend itself one day: text that is well stays well.

    Letters that were dropped when the text was cleaned (the ư of TCVN3 is an invisible sign to everybody else) are
    put back where only one syllable fits; reading the kept evidence anew with `Quirks.letters` loses none.
    """
    if kind not in _REPAIRS:
        return text
    trace, mend = _REPAIRS[kind]
    if not trace.search(text):
        return text
    # Too few words to count: then the trace alone must do.
    if kind != "double" and (_NATIVE.search(text) or not (len(text.split()) <= FEW or _TESTS[kind](text))):
        return text
    return unicodedata.normalize("NFC", mend(text))


def _is_double(text: str) -> bool:
    """A single sure sequence is enough: no language writes “á»‘”; of the others two must become letters of ours."""
    mended = _undo_double(text)
    gained = len(_NATIVE.findall(mended)) - len(_NATIVE.findall(text))
    strange = len(_DOUBLE.findall(text))
    return mended != text and (
        (gained >= 1 and bool(_SURE.search(text))) or (strange >= 2 and _reads_better(text, mended))
    )


def _reads_better(text: str, mended: str) -> bool:
    before, after = (sum(map(is_syllable, _words(t))) for t in (text, mended))
    return after > before


def _undo_double(text: str) -> str:
    for _ in range(3):
        mended = _BYTES.sub(_decoded, text)
        if mended == text:
            break
        text = mended
        if not _DOUBLE.search(text):
            break
    return _fill_gaps(text)


def _decoded(run: re.Match[str]) -> str:
    """Only whole sequences are decoded; real quotes and dashes beside them stay."""
    letters = run[0]
    raw = bytes(_AS_BYTE[ord(letter)] for letter in letters)
    pieces, place = [], 0
    for found in _SEQUENCE.finditer(raw):
        try:
            letter = found[0].decode("utf-8")
        except UnicodeDecodeError:
            continue
        pieces += [letters[place : found.start()], letter]
        place = found.end()
    return "".join([*pieces, letters[place:]])


def _fill_gaps(text: str) -> str:
    """Where a byte is gone: the letter that makes a syllable. The second byte of “à” came as a space."""
    if not _GAP.search(text):
        return text
    told: list[str] = []
    split = False
    for word in text.split(" "):
        whole = _filled(f"{told[-1]}{word}") if split else word
        if split and is_syllable(whole.strip(_EDGES + ".?")):
            told[-1] = whole
        else:
            told[-1:] = [_filled(told[-1])] if split else told[-1:]
            told.append(word if word.endswith("Ã") else _filled(word))
        split = told[-1].endswith("Ã")
    return " ".join([*told[:-1], _filled(told[-1])])


def _filled(word: str) -> str:
    gaps = _GAP.findall(word)
    if not gaps or len(gaps) > 3:
        return word
    stems = _GAP.split(word)
    for letters in product(*(_GUESSES[gap] for gap in gaps)):
        tried = "".join(chain.from_iterable(zip(stems, [*letters, ""], strict=True)))
        if is_syllable(tried.strip(_EDGES + ".?")):
            return tried
    return word


def _mend_tcvn3(text: str) -> str:
    return " ".join(_tcvn3_word(word) for word in text.split(" "))


def _tcvn3_word(word: str) -> str:
    made = word.translate(_TCVN3)
    bare = made.strip(_EDGES + ".?'")
    if made == word or "\u00ad" in word or is_syllable(bare):
        return made
    return made.replace(bare, _with_u(bare)) if bare else made


def _with_u(word: str) -> str:
    """TCVN3 writes ư as the soft hyphen, which cleaning drops: put back where the word is no syllable without it."""
    for gap in _NO_U.finditer(word) if len(word) <= LONGEST else ():
        tried = f"{word[: gap.start()]}ư{word[gap.start() :]}"
        if is_syllable(tried):
            return tried
    return word


def _mend_vni(text: str) -> str:
    return _VNI.sub(lambda pair: _vni_letters().get(pair[0], pair[0]), text)


@lru_cache(maxsize=1)
def _vni_letters() -> dict[str, str]:
    """Every pair of base and sign, and the single letters."""
    made = dict(VNI_LETTERS)
    for base in VNI_BASES:
        stem = VNI_LETTERS.get(base, base)
        shapes = [("", VNI_TONES)]
        shapes += [("\u0302", VNI_ROOFS)] if base in "aeoAEO" else []
        shapes += [("\u0306", VNI_BOWLS)] if base in "aA" else []
        for shape, signs in shapes:
            for sign, tone in signs.items():
                letter = unicodedata.normalize("NFC", stem + shape + tone)
                made[base + sign] = made[base + sign.upper()] = letter
    return made


def _mend_viqr(text: str) -> str:
    """Word by word: what becomes no syllable (an address, an English word) stays as it is."""
    return _VIQR_WORD.sub(_viqr_word, text)


def _viqr_word(match: re.Match[str]) -> str:
    word = match[0]
    ends = _TAIL.search(word)
    if ends and (made := _viqr(word[: ends.start()])) and not _takes_tone(made, ends[0], match):
        return made + ends[0]
    # HDDND and its like are no syllables, but nobody writes DD in capitals for anything else.
    return _viqr(word) or (word.replace("DD", "Đ") if word.isupper() else word)


def _viqr(word: str) -> str:
    """The syllable, or the name that has signs only VIQR gives; empty when it is neither."""
    made = unicodedata.normalize("NFC", _VIQR.sub(_viqr_letter, word))
    foreign = made.isalpha() and len(made) <= LONGEST and _VIQR_STRANGE.search(word)  # Đắk, Krông
    return made if foreign or is_syllable(made) else ""


def _takes_tone(syllable: str, tail: str, match: re.Match[str]) -> bool:
    """Whether the sign at the word's end is its tone or ends the sentence. RFC 1456 would have “\\.” written there;
    people forget it. A syllable has one tone; before a small letter no sentence ends; “bô. Đội” is likelier than “hoạ”.
    """
    shapes = unicodedata.normalize("NFD", syllable)
    if len(tail) > 1 or any(c in TONES for c in shapes):
        return False
    following = match.string[match.end() : match.end() + 3].lstrip(" ") or "."
    if syllable.lower() in _BEFORE_NAMES:
        return True
    return following[:1].islower() or following[:1] in ",;:" or tail in "'’" or len(shapes) > len(syllable)


def _viqr_letter(match: re.Match[str]) -> str:
    if match[4]:
        return match[4]
    if not match[1]:
        return "Đ" if match[0][0] == "D" else "đ"
    return match[1] + VIQR_SHAPES.get(match[2] or "", "") + VIQR_TONES.get((match[3] or "").replace("’", "'"), "")


def _words(text: str) -> Iterator[str]:
    for word in text.split():
        bare = word.strip(_EDGES).strip(".?'")
        if bare and any(c.isalpha() for c in bare):
            yield bare


def _is_written_in(mend: Callable[[str], str], strange: "re.Pattern[str]", text: str) -> bool:
    """Enough words change, nearly all of them into syllables, and at least one by a sign of this code alone."""
    words = [word.strip(_EDGES) for word in text.split()]
    words = [word for word in words if any(c.isalpha() or ord(c) > 0x7F for c in word)]
    changed = {word: mend(word) for word in words}
    marked = [word for word in words if changed[word] != word]
    right = [word for word in marked if is_syllable(unicodedata.normalize("NFC", changed[word]).strip(".?'\""))]
    odd = {word for word in right if strange.search(word)}
    enough = len(marked) >= 2 and len(marked) >= MARKED * len(words) and len(right) >= RIGHT * len(marked)
    return enough and len(set(right)) >= 2 and bool(odd)


def _is_tcvn3(text: str) -> bool:
    return bool(_TCVN_STRANGE.search(text)) and _is_written_in(_mend_tcvn3, _TCVN_STRANGE, text)


def _is_vni(text: str) -> bool:
    return bool(_VNI_STRANGE.search(text)) and _is_written_in(_mend_vni, _VNI_STRANGE, text)


def _is_viqr(text: str) -> bool:
    return bool(_VIQR_STRANGE.search(text)) and _is_written_in(_mend_viqr, _VIQR_STRANGE, text)


_TESTS: dict[str, Callable[[str], bool]] = {"vni": _is_vni, "tcvn3": _is_tcvn3, "viqr": _is_viqr}
_REPAIRS: dict[str, tuple[re.Pattern[str], Callable[[str], str]]] = {
    "double": (_DOUBLE, _undo_double),
    "tcvn3": (_TCVN_STRANGE, _mend_tcvn3),
    "vni": (_VNI_STRANGE, _mend_vni),
    "viqr": (_VIQR_TRACE, _mend_viqr),
}
