"""The last page: the month with its lunar days, telephone numbers, corrections, the reply slip and the imprint."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.desk import wording
from outbox.fit import Fitted, Fitter, Plan
from outbox.pdf import Press
from outbox.render import Snapshot, page, vietnam_day
from outbox.runs import PICKS, Job

LINES = 30
_NEXT_MONTH_FROM = 16  # an issue of the second half of a month shows the month its readers live in next
_MOST_DAYS = 5


@dataclass(frozen=True, slots=True)
class Last:
    """The last page of an issue."""

    job: Job

    def draw(self, plan: Plan) -> str:
        """The page text of this plan."""
        snapshot, month = self.job.snapshot, calendar_month(self.job.date)
        weeks = wording.month_weeks(month.year, month.month)
        days = days_to_remember(snapshot, month)
        return page(
            "bulletin/last.html",
            **self.job.common(),
            plan=plan,
            last=snapshot["last"],
            month_words=wording.month_year(month),
            lunar_year=wording.lunar_year(month),
            weeks=weeks,
            days=[{"short": f"{day.day}/{day.month}", "text": text} for day, text in days],
            marked={day.isoformat() for day, _ in days},
            picks=PICKS,
            imprint=imprint(snapshot),
            note=snapshot["imprint"]["note"],
            audit=snapshot["audit_head"][:16],
        )


def compose(job: Job, press: Press) -> tuple[str, Fitted]:
    """The page text of the last page and how it fits: the slip gives way before anything else does."""
    last = Last(job)
    fitter = Fitter(press=press, draw=last.draw, pages=1, per_page=LINES)
    left_out: tuple[str, ...] = ()
    plans = (Plan(asks=2), Plan(asks=1), Plan(asks=0))
    plan = next((plan for plan in plans if fitter.lay(plan).pages == 1), Plan(slip=False))
    layout = fitter.lay(plan)
    if not plan.slip:
        left_out = ("slip",)
        plan, layout = fitter.fill(plan, layout, notes=True)
    elif plan.asks and (more := fitter.free(layout) * 2 // 3):
        plan = replace(plan, asks=min(6, plan.asks + more))
        layout = fitter.lay(plan)
    return last.draw(plan), fitter.result(plan, layout, fewest=layout.pages, left_out=left_out)


def calendar_month(issued: date) -> date:
    """The first day of the month the calendar shows: the issue's own, or the next from the 16th on."""
    if issued.day < _NEXT_MONTH_FROM:
        return issued.replace(day=1)
    return date(issued.year + issued.month // 12, issued.month % 12 + 1, 1)


def days_to_remember(snapshot: Snapshot, month: date) -> list[tuple[date, str]]:
    """The office's own days, then the feasts of the calendar's month, each day once, in order, five at the most."""
    own = {vietnam_day(entry["date"]): entry["text"] for entry in snapshot["last"]["days"]}
    feasts = {
        day.date: day.feast
        for week in wording.month_weeks(month.year, month.month)
        for day in week
        if day and day.feast
    }
    kept = dict(list(own.items()))
    for day, feast in feasts.items():
        if len(kept) < _MOST_DAYS:
            kept.setdefault(day, feast)
    return sorted(kept.items())


def imprint(snapshot: Snapshot, *, full: bool = False) -> list[tuple[str, str]]:
    """Label and value of every line the law asks for. `full`: with the address, as a web page owes it."""
    given: dict[str, Any] = snapshot["imprint"]
    office, issued = snapshot["office"], vietnam_day(snapshot["issue"]["date"])
    licensed = wording.short_date(vietnam_day(given["licence_date"])) if given["licence_date"] else ""
    post = f", {given['responsible_post']}" if given["responsible_post"] else ""
    office_line = ", ".join(filter(None, (office["name"], office["phone"] and f"điện thoại {office['phone']}")))
    if full:
        owed = (office["name"], office["parent"] and f"trực thuộc {office['parent']}", office["address"])
        reach = (office["phone"] and f"điện thoại {office['phone']}", office["email"])
        office_line = ", ".join(filter(None, (*owed, *reach)))
    lines = [
        ("Giấy phép xuất bản bản tin", f"số {given['licence_number']} ngày {licensed} của {given['licensor']}"),
        ("Cơ quan xuất bản:", office_line),
        ("Chịu trách nhiệm xuất bản:", f"{given['responsible']}{post}"),
        ("Kỳ hạn:", given["periodicity"]),
        ("Số lượng:", f"{wording.number(int(given['print_run'] or 0))} cuốn, khổ {given['trim']}"),
        ("In tại", given["printer"]),
        ("Nộp lưu chiểu", wording.month_year(issued)),
    ]
    return [(label, value) for label, value in lines if value.strip(" ,()")]
