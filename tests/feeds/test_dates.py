"""Every form of date that was really seen, with the outlet that wrote it, and what must be no date at all."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.dates import VIETNAM, read_date


@pytest.mark.parametrize(
    ("raw", "vietnam_time"),
    [
        ("Sun, 23 Aug 2026 05:54:32 +07:00", "2026-08-23 05:54:32"),  # Nhân Dân, VietnamPlus, CAND, SGGP
        ("Sat, 22 Aug 2026 23:13:00 +07", "2026-08-22 23:13:00"),  # VTV, CafeF
        ("8/22/2026 11:00:00 PM", "2026-08-22 23:00:00"),  # Chính phủ: American order
        ("8/23/2026 5:20:00 AM", "2026-08-23 05:20:00"),  # Tuổi Trẻ
        ("7/19/2026 7:51:00\u202fPM", "2026-07-19 19:51:00"),  # Tuổi Trẻ, with a narrow space
        ("8/9/2026 12:05:00 AM", "2026-08-09 00:05:00"),
        ("8/9/2026 12:05:00 PM", "2026-08-09 12:05:00"),
        ("Sun, 23 Aug 26 05:52:00 +0700", "2026-08-23 05:52:00"),  # Thanh Niên: two digits
        ("Sun, 23 Aug 2026 05:58:00 +0700", "2026-08-23 05:58:00"),  # VOV, VnExpress, Dân Trí
        ("Sat, 22 Aug 2026 09:16:02 GMT", "2026-08-22 16:16:02"),  # VnEconomy, BBC
        ("08/09/2018 (GMT+7)", "2018-09-08 00:00:00"),  # VietNamNet: day first
        ("Fri, 20 Nov 2026 08:00:00 GMT+7", "2026-11-20 08:00:00"),
        ("Fri, 20 Nov 2026 08:00:00", "2026-11-20 08:00:00"),  # no zone is Vietnam time
        ("2026-11-20 08:00:00", "2026-11-20 08:00:00"),
        ("2026-11-20T08:00:00", "2026-11-20 08:00:00"),
        ("2026-11-20T08:00:00Z", "2026-11-20 15:00:00"),
        ("2026-11-20T08:00:00.123+07:00", "2026-11-20 08:00:00"),
        ("2026-11-20", "2026-11-20 00:00:00"),
        ("20/11/2026 08:00", "2026-11-20 08:00:00"),
        ("11/20/2026 08:00", "2026-11-20 08:00:00"),
        ("08:00 20/11/2026", "2026-11-20 08:00:00"),
        ("20/11/2026 8:00 CH", "2026-11-20 20:00:00"),
        ("20 November 2026 08:00:00 +0700", "2026-11-20 08:00:00"),
        ("Aug 22, 2026 10:58 PM", "2026-08-22 22:58:00"),
        ("Fri, 20 Nov 2026 08:00:00 -0500", "2026-11-20 20:00:00"),
        ("Fri, 20 Nov 2026 08:00:00 EST", "2026-11-20 20:00:00"),
    ],
)
def test_a_date_is_read_as_the_outlet_meant_it(raw: str, vietnam_time: str) -> None:
    found = read_date(raw)
    assert found is not None
    assert found.tzinfo is UTC
    assert found.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M:%S") == vietnam_time


@pytest.mark.parametrize(
    "raw",
    ["", "hôm qua", "Thu, 31 Feb 2026 08:00:00", "2026-11-20T25:00:00Z", "0000-00-00", "9" * 500, "13/13/2026 08:00",
     "Fri, 20 Nov 2026 08:00:00 XYZ", "Fri, 20 Nov 2026 08:00:00 +99:00", "Fri, 20 Năm 2026"],
)  # fmt: skip
def test_what_is_no_date_is_none(raw: str) -> None:
    assert read_date(raw) is None


def test_every_date_of_thirty_days_of_real_feeds_is_read(material: Path) -> None:
    days = sorted((material / "vn/feed_items").glob("*.json"))
    items = [(day, item) for day in days for item in json.loads(day.read_text("utf-8"))["items"]]
    assert len(items) > 3000
    captured = {day: datetime.strptime(day.stem[-10:], "%Y-%m-%d").replace(tzinfo=VIETNAM) for day in days}
    for day, item in items:
        found = read_date(item["published"])
        assert found is not None, item["published"]
        # An item is at most a day younger than its capture; hours off would show here.
        assert (found - captured[day]).total_seconds() < 86_400, item["published"]


@given(st.text(max_size=120))
def test_no_text_makes_it_fall_over(raw: str) -> None:
    found = read_date(raw)
    assert found is None or found.tzinfo is UTC
