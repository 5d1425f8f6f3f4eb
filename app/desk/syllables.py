"""What a Vietnamese syllable can look like: onset, rime and tone, by the sound rules of the language. Pure.

The rimes are those of the standard orthography (Hoàng Phê, “Từ điển vần”); a rime that ends in c, ch, p or t takes
only the tones sắc and nặng.
"""

import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHARP = {"", "\u0301", "\u0323"}  # without a mark the word may be a foreign one, as “net”

_ONSETS: tuple[str, ...] = tuple(
    "| b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".replace("|", "").split(" ")
)
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong oong ooc op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ uy uya uych uynh uyn uyp uyt uyu uyên uyêt
    uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905  a table is read better than 150 quoted words
)


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether these letters, marks and all, can be one Vietnamese syllable."""
    if not word or len(word) > 8:
        return False
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in parts if c in TONES]
    bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
    if len(tones) > 1:
        return False
    tone = tones[0] if tones else ""
    return any(_is_rime(bare[len(onset) :], tone) for onset in _ONSETS if bare.startswith(onset))


def _is_rime(rime: str, tone: str) -> bool:
    return rime in _RIMES and (tone in _SHARP or not rime.endswith(("c", "ch", "p", "t")))
