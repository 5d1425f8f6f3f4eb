"""Words and numbers that must not leave the house: marks of State secrecy, private telephone and identity numbers."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Cyrillic and Greek letters that look Latin; wide, bold and circled letters are made plain by NFKC.
_LOOK_ALIKE = str.maketrans(
    "АВЕЕКМНОРСТУХІЈЅавеекмнорстухіјѕһԁΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοτυ", "ABEEKMHOPCTYXIJSabeekmhopctyxijshdABEZHIKMNOPTYXaotu"
)
_UNSEEN = dict.fromkeys([0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10)])
# What may stand between the letters or words of a mark without hiding it.
_GAP = r"[\W_]{0,3}"
# “mật” before these words is honey, density, cipher, police …; after these it is a secret of the forest or a gall.
_HONEY = r"(?!\s+(?:ong|mía|hoa|ngọt|gấu|độ|mã|khẩu|vụ|thám|thư|thiết|đường|rừng|dừa|phấn|nhân|nước|tông|nghị)\b)"
_LATIN_HONEY = r"(?!\s+(?:ong|mia|hoa|ngot|gau|do|ma|khau|vu|tham|thu|thiet|duong|rung)\b)"
_PAPER = r"(?:văn bản|tài liệu|công văn|hồ sơ|báo cáo|thông tin|dấu|chế độ|mức)"
_LATIN_PAPER = r"(?:van ban|tai lieu|cong van|ho so|dong dau)"

# The three degrees of the Law on the protection of State secrets 29/2018/QH14, article 8, and marks of restriction.
_MARKS = re.compile(
    rf"(?<!\w)(?:tuyệt{_GAP}mật|tối{_GAP}mật{_HONEY}|{_PAPER}\s+mật{_HONEY}(?!\s*tuyệt|\s*tối)"
    r"|độ\s+mật(?=\s*(?::|[“\"(]|là\b|[abc]\b|tuyệt|tối))|lưu\s+hành\s+nội\s+bộ|không\s+phổ\s+biến(?=\s*[)\]”\"])"
    rf"|tuyet{_GAP}mat|toi{_GAP}mat{_LATIN_HONEY}|{_LATIN_PAPER}\s+mat{_LATIN_HONEY}|do\s+mat(?=\s*:)|luu\s+hanh\s+noi\s+bo)"
    r"(?!\w)",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?<!\w)(?:MẬT|Mật|MAT)(?!\w)")
_NOT_COMMON = re.compile(r"(?<!\w)KHÔNG\s+PHỔ\s+BIẾN(?!\w)")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[\s.·_*|/~-]{1,3}[^\W\d_](?![^\W_])){2,11}")
_STAMPS = ("tuyệtmật", "tốimật", "mật", "tuyetmat", "toimat")
_DOCUMENT = re.compile(
    r"\b\d{1,5}\s*/\s*(?:[A-ZĐ]{2,6}\s*-\s*)?(?:TM|TuM|M)\s*-\s*[A-ZĐ]{2,10}\b"
    r"|\b\d{1,5}/[\wĐ/-]{2,24}\s*\((?:M|TM|TuM|TUM|[Mm]ật|MẬT|[Tt]ối mật|TỐI MẬT|[Tt]uyệt mật|TUYỆT MẬT)\)"
)

_DATE = re.compile(r"(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)\d{2}(?!\d)|\d{1,2}[hg:]\d{2}(?!\d)")
_LINK = re.compile(r"https?://(?!(?:zalo\.me|wa\.me|m\.me)/)\S+", re.IGNORECASE)
_BETWEEN = r"[\s.·()–—-]{0,3}"
_PHONE = re.compile(rf"(?<![\d.,])\(?(?:(?:\+\s?|00)84|84(?=[235789]\d{{8}}(?!\d))|0)(?:{_BETWEEN}\d){{9,10}}(?!\d)")
_COUNTED = (  # what a long number counts: money, people, things
    r"(?!\d|[.,]\d|\s\d{3}\b|\s*(?:đồng|đ\b|vnđ|vnd|usd|đô|euro|nghìn|ngàn|triệu|tỷ|tỉ|người|lượt|hộ|cây|con|ha\b|m2|m²|m³|km|kwh|tấn|kg|%))"
)
_ID_NUMBER = re.compile(
    rf"(?<![\d.,/_-])(?<!\d\s)(?:0\d{{2}}(?:[\s.-]?\d{{3}}){{3}}|\d{{12}}|\d{{3}}\s?\d{{3}}\s?\d{{3}}){_COUNTED}",
    re.IGNORECASE,
)
_NAMED_NUMBER = re.compile(
    r"(?:CMND|CCCD|CMT|căn cước|chứng minh(?: nhân dân| thư)?|định danh|hộ chiếu|tài khoản|STK|BHXH|BHYT|bảo hiểm)"
    r"[^\d\n]{0,24}?(?P<number>[A-Z]{0,2}\d(?:[\s.-]?\d){6,18})(?!\d)",
    re.IGNORECASE,
)


def unveil(text: str) -> str:
    """The text as an eye reads it: letters nobody sees gone, look-alikes made plain, NFC."""
    seen = "".join(c for c in text.translate(_UNSEEN) if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", seen.translate(_LOOK_ALIKE))


def secrecy_marks(plain: str) -> Iterator[str]:
    """Marks of secrecy in unveiled text: with marks and without, in parts, as a bare stamp."""
    for pattern in (_MARKS, _NOT_COMMON):
        yield from (m[0] for m in pattern.finditer(plain))
    # Spaces and dots put between the letters of a stamp do not hide it.
    yield from (m[0] for m in _SPACED.finditer(plain) if re.sub(r"[\W_]", "", m[0]).lower() in _STAMPS)
    yield from (m[0] for line in plain.splitlines() for m in _BARE.finditer(line) if _is_stamp(line, m))


def secret_documents(plain: str) -> Iterator[str]:
    """Numbers of documents that carry a degree of secrecy."""
    return (m[0] for m in _DOCUMENT.finditer(plain))


def phones(plain: str, *, public: Iterable[str] = ()) -> Iterator[str]:
    """Telephone numbers that are not among the public ones."""
    known = {_national(number) for number in public}
    return (m[0].strip() for m in _PHONE.finditer(_without_dates(plain)) if _national(m[0]) not in known)


def id_numbers(plain: str) -> Iterator[str]:
    """Numbers of identity papers and accounts: by their shape, or by the word before them."""
    text = _PHONE.sub(" ", _without_dates(plain))
    yield from (m[0] for m in _ID_NUMBER.finditer(text))
    yield from (m["number"] for m in _NAMED_NUMBER.finditer(text))


def _is_stamp(line: str, found: re.Match[str]) -> bool:
    """A stamp stands alone or in capitals among small letters; “MẬT ONG” in a headline of capitals is honey."""
    before, after = line[: found.start()].rstrip(), line[found.end() :].lstrip()
    alone = not re.search(r"\w", before) and not re.search(r"\w", after)
    if found[0] != "MẬT":
        return alone
    neighbours = (*re.findall(r"\w+$", before), *re.findall(r"^\w+", after))
    return alone or not any(word.isupper() and len(word) > 1 for word in neighbours)


def _without_dates(plain: str) -> str:
    return _DATE.sub(" ; ", _LINK.sub(" ; ", plain))


def _national(number: str) -> str:
    digits = re.sub(r"\D", "", number).removeprefix("00")
    return f"0{digits[2:]}" if digits.startswith("84") else digits
