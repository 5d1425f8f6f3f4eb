"""The last page: which month, which days, and every line of the imprint."""

from datetime import date
from typing import Any

import pytest

from outbox import last


@pytest.mark.parametrize(
    ("issued", "shown"),
    [
        (date(2026, 11, 2), date(2026, 11, 1)),
        (date(2026, 11, 15), date(2026, 11, 1)),
        (date(2026, 11, 25), date(2026, 12, 1)),
        (date(2026, 12, 25), date(2027, 1, 1)),
    ],
)
def test_an_issue_late_in_a_month_shows_the_next_one(issued: date, shown: date) -> None:
    assert last.calendar_month(issued) == shown


def test_the_offices_own_days_come_with_the_feasts_of_the_month(snapshot: dict[str, Any]) -> None:
    snapshot["last"]["days"] = [{"date": "2026-11-25", "text": "Họp tổ vay vốn"}]

    days = last.days_to_remember(snapshot, date(2026, 11, 1))

    assert [(day.day, text) for day, text in days] == [
        (18, "Ngày hội Đại đoàn kết toàn dân tộc"),
        (20, "Ngày Nhà giáo Việt Nam"),
        (25, "Họp tổ vay vốn"),
    ]


def test_the_imprint_says_everything_the_law_asks_for(sample: dict[str, Any]) -> None:
    lines = dict(last.imprint(sample))

    assert lines["Giấy phép xuất bản bản tin"] == "số 00/GP-UBND ngày 05/01/2026 của UBND tỉnh Sơn Lâm"
    assert lines["Chịu trách nhiệm xuất bản:"] == "Nguyễn Văn Mẫu, Giám đốc Sở"
    assert lines["Số lượng:"] == "1.200 cuốn, khổ 14,8 × 21 cm"
    assert lines["In tại"] == "Nhà in Sơn Lâm"
