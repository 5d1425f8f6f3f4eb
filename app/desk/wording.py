"""Vietnamese wording shared by every output: dates, lunar dates, numbers, quotes, and spaces that must not break."""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from lunar_vn import LunarDate, solar_to_lunar
from lunar_vn.can_chi import get_year_can_chi

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
LUNAR_MONTHS = (
    *("Giêng", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười"),
    *("Mười một", "Chạp"),
)
NO_BREAK = "\u00a0"

# Feasts with a fixed day of the solar calendar, and of the lunar one. Names as State bodies write them.
_SOLAR_FEASTS = {
    (1, 1): "Tết Dương lịch",
    (2, 3): "Ngày thành lập Đảng",
    (2, 27): "Ngày Thầy thuốc Việt Nam",
    (3, 8): "Quốc tế Phụ nữ",
    (3, 26): "Ngày thành lập Đoàn",
    (4, 30): "Giải phóng miền Nam, thống nhất đất nước",
    (5, 1): "Quốc tế Lao động",
    (5, 19): "Ngày sinh Chủ tịch Hồ Chí Minh",
    (6, 1): "Quốc tế Thiếu nhi",
    (6, 28): "Ngày Gia đình Việt Nam",
    (7, 27): "Ngày Thương binh – Liệt sĩ",
    (8, 19): "Cách mạng Tháng Tám",
    (9, 2): "Quốc khánh",
    (10, 20): "Ngày Phụ nữ Việt Nam",
    (11, 18): "Ngày hội Đại đoàn kết toàn dân tộc",
    (11, 20): "Ngày Nhà giáo Việt Nam",
    (12, 22): "Ngày thành lập Quân đội nhân dân Việt Nam",
}
_LUNAR_FEASTS = {
    (1, 1): "Tết Nguyên đán",
    (1, 15): "Rằm tháng Giêng",
    (3, 10): "Giỗ Tổ Hùng Vương",
    (5, 5): "Tết Đoan ngọ",
    (7, 15): "Rằm tháng Bảy, lễ Vu Lan",
    (8, 15): "Tết Trung thu",
    (12, 23): "Ngày ông Công, ông Táo",
}

_KHMER = re.compile(r"[\u1780-\u17ff]")
_INVISIBLE = re.compile(r"[\u00ad\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_UNITS = (
    "km2|km²|km|cm|mm|mét|m2|m²|m³|m|kg|tạ|tấn|gam|g|lít|ha|héc-ta|sào|%|đồng|đ|nghìn|ngàn|triệu|tỷ|tỉ"
    r"|tuổi|giờ|phút|hộ|người|em|cháu|học sinh|trang|lần|cây|con|căn|nhà|thôn|xã|(?:ngày|tháng|năm)(?! \d)"
)
_NUMBER_UNIT = re.compile(rf"(\d) (?=(?:{_UNITS})(?!\w))")
_DATE_WORD = re.compile(r"\b([Nn]gày|[Tt]háng|[Nn]ăm|[Ss]ố|[Đđ]iều|[Tt]rang) (?=\d)")
_OPENING = re.compile(r"(^|[\s(\[{–—/“‘])\"")
_OPENING_SINGLE = re.compile(r"(^|[\s(\[{–—/“])'(?=\w)")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a wall calendar: its lunar date and, when it is a feast, the feast's name."""

    date: date
    lunar: LunarDate
    feast: str


def long_date(day: date) -> str:
    """`Thứ Hai, ngày 02 tháng 11 năm 2026`: days under 10 and months 1 and 2 are padded, as official letters do."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{WEEKDAYS[day.weekday()]}, ngày {day.day:02d} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """`02/11/2026`."""
    return f"{day:%d/%m/%Y}"


def month_year(day: date) -> str:
    """`tháng 11 năm 2026`."""
    return f"tháng {day.month} năm {day.year}"


def lunar_date(day: date) -> str:
    """`24 tháng Chín, Bính Ngọ`. Raises ValueError outside 1900-2100."""
    lunar = solar_to_lunar(day)
    leap = " nhuận" if lunar.leap else ""
    return f"{lunar.day} tháng {LUNAR_MONTHS[lunar.month - 1]}{leap}, {lunar_year(day)}"


def lunar_year(day: date) -> str:
    """The name of the lunar year this day lies in: `Bính Ngọ`."""
    return str(get_year_can_chi(solar_to_lunar(day).year))


def feast_of(day: date) -> str:
    """The feast or day of remembrance on this day, or an empty string."""
    lunar = solar_to_lunar(day)
    by_moon = "" if lunar.leap else _LUNAR_FEASTS.get((lunar.month, lunar.day), "")
    return _SOLAR_FEASTS.get((day.month, day.day), "") or by_moon


def month_weeks(year: int, month: int) -> list[list[Day | None]]:
    """The weeks of a month, Monday first; None where the week belongs to a neighbouring month."""
    days = [date(year, month, n) for n in range(1, monthrange(year, month)[1] + 1)]
    cells: list[Day | None] = [None] * days[0].weekday()
    cells += [Day(day, solar_to_lunar(day), feast_of(day)) for day in days]
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


def number(value: int) -> str:
    """`1.200`: thousands are parted by a full stop."""
    return f"{value:,}".replace(",", ".")


def clean_text(text: str) -> str:
    """NFC, without characters nobody sees; U+200B stays only in Khmer, where it says where a line may break."""
    text = _CONTROL.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    if not _KHMER.search(text):
        text = text.replace("\u200b", "")
    return text


def plain_text(text: str) -> str:
    """Text to be copied elsewhere: clean, ordinary spaces, no space at a line's end."""
    text = re.sub(r"[\u00a0\u2007\u202f]", " ", clean_text(text).replace("\r\n", "\n"))
    return re.sub(r"[ \t]+\n", "\n", re.sub(r"[ \t]{2,}", " ", text)).strip()


def curl_quotes(text: str) -> str:
    """Straight quotes become “ ” and ’; an apostrophe inside a word (S'tiêng) becomes ’."""
    text = _OPENING_SINGLE.sub(r"\1‘", _OPENING.sub(r"\1“", text))
    return text.replace('"', "”").replace("'", "’")


def tie_spaces(text: str) -> str:
    """Puts U+00A0 between a number and its unit, and between `ngày`, `tháng`, `năm`, `số` and their number."""
    text = _NUMBER_UNIT.sub(rf"\1{NO_BREAK}", text)
    return _DATE_WORD.sub(rf"\1{NO_BREAK}", text)


def typeset(text: str) -> str:
    """Text as it is printed: clean, one space between words, real quotes, tied numbers."""
    return tie_spaces(curl_quotes(re.sub(r"\s+", " ", clean_text(text)).strip()))
