"""How the sources are, in words: one chip a source, one line for all, the same on the front page and their own page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.desk.health import QUIET, WAITING, Health, Quiet, State, judge, shares
from app.models.outlet import Outlet, Source
from app.store import source_health
from app.web import states
from app.web.phrases import clock, local, moment, tr, trn
from feeds.outcomes import OUTCOMES
from feeds.wire.budget import Budget

ORDER = list(State)
PAGE = "/he-thong/nguon"


@dataclass(frozen=True, slots=True)
class Row:
    """A source, whose it is, and how it is."""

    source: Source
    outlet: Outlet
    health: Health

    @property
    def needs_look(self) -> bool:
        """Whether somebody should look at it."""
        return self.health.state in (State.ERROR, State.SILENT)


def rows(session: Session, *, now: datetime) -> list[Row]:
    """Every source: those that need attention first."""
    found = [Row(source, outlet, judge(facts, now=now)) for source, outlet, facts in source_health.facts(session)]
    return sorted(found, key=lambda row: (ORDER.index(row.health.state), -row.source.failures))


def in_the_way(found: Sequence[Row]) -> str:
    """What most of the sources that are on met at their last reading: see app/desk/health.py."""
    on = [row.source for row in found if row.source.enabled and row.source.read_at]
    return shares([source.outcome or "" for source in on])


def summary(found: Sequence[Row], *, now: datetime) -> str:
    """`12 nguồn tốt, 1 im lặng 3 ngày, 2 không lấy được`."""
    if not found:
        return tr("No source is on")
    good = [row for row in found if row.health.state == State.GOOD]
    silent = [row for row in found if row.health.state == State.SILENT]
    failing = sum(row.health.state == State.ERROR for row in found)
    fresh = sum(row.health.state == State.NEW for row in found)
    parts = [trn("%(num)d source well", "%(num)d sources well", len(good))]
    if len(silent) == 1:
        parts.append(tr("1 silent for %(span)s", span=span_since(silent[0].health.since, now)))
    elif silent:
        parts.append(trn("%(num)d silent", "%(num)d silent", len(silent)))
    if failing:
        parts.append(trn("%(num)d cannot be read", "%(num)d cannot be read", failing))
    if fresh:
        parts.append(trn("%(num)d not read yet", "%(num)d not read yet", fresh))
    return ", ".join(parts)


def chip(row: Row, *, now: datetime) -> states.State:
    """The state as a mark and words; colour never speaks alone."""
    state, source = row.health.state, row.source
    if source.asked_at:
        return states.State(icon="clock", tone="state-wait", words=tr("Being read…"))
    if source.outcome in WAITING and state == State.GOOD:
        return states.State(icon="clock", tone="", words=tr("Waits until tomorrow"))
    if state == State.SILENT:
        words = tr("Silent")
        if row.health.quiet != Quiet.EMPTY:
            words = tr("Silent for %(span)s", span=span_since(row.health.since, now))
        return states.State(icon="warn", tone="state-wait", words=words)
    icon, tone, words = {
        State.ERROR: ("bad", "state-back", tr("Cannot be read")),
        State.NEW: ("clock", "", tr("Not read yet")),
        State.GOOD: ("okc", "state-done", tr("Well")),
        State.OFF: ("s0", "", tr("Off")),
    }[state]
    return states.State(icon=icon, tone=tone, words=words)


def told(row: Row) -> tuple[str, str]:
    """What happened and what to do, in words; both empty while there is nothing to say."""
    outcome = OUTCOMES.get(row.source.outcome or "")
    if row.health.state in (State.OFF, State.NEW) or outcome is None:
        return "", ""
    if row.health.state == State.SILENT and row.health.quiet in QUIET:
        happened, advice = QUIET[row.health.quiet]
        return tr(happened), tr(advice)
    return (tr(outcome.msgid), tr(outcome.advice)) if outcome.advice else ("", "")


def ended(outcome: str, new: int) -> str:
    """How one reading ended: what it brought, or what was in the way."""
    if new:
        return trn("%(num)d new story", "%(num)d new stories", new)
    return tr(OUTCOMES[outcome].msgid) if outcome in OUTCOMES else outcome


def timing(row: Row, *, now: datetime) -> str:
    """`từ 09:12, thử lại lúc 10:15`, or `thường khoảng 2 giờ một tin`, or nothing."""
    source = row.source
    if row.health.state == State.ERROR and row.health.since:
        if source.next_try_at and source.next_try_at > now:
            return tr("since %(since)s, next try %(next)s", since=at(row.health.since), next=at(source.next_try_at))
        return tr("since %(since)s, tried again at the next reading", since=at(row.health.since))
    if source.rhythm_hours and row.health.state in (State.SILENT, State.GOOD):
        return usual(source.rhythm_hours)
    return ""


def waits(budget: Budget) -> str:
    """What the day's budget makes wait: pictures first, then pages, feeds last; empty while all may come."""
    if not budget.may_fetch("feed"):
        return tr("Today’s volume is used up; sources wait until tomorrow")
    if not budget.may_fetch("page"):
        return tr("Pictures and pages wait until tomorrow")
    return "" if budget.may_fetch("picture") else tr("Pictures wait until tomorrow")


def usual(hours: float) -> str:
    """`thường khoảng 2 giờ một tin`."""
    if hours < 1.5:
        return tr("usually something every hour")
    if hours < 36:
        return trn("usually something every %(num)d hour", "usually something every %(num)d hours", round(hours))
    days = round(hours / 24)
    return trn("usually something every %(num)d day", "usually something every %(num)d days", days)


def span_since(since: datetime | None, now: datetime) -> str:
    """`3 ngày`, `26 giờ`."""
    hours = max(int((now - since).total_seconds() // 3600), 1) if since else 1
    if hours < 48:
        return trn("%(num)d hour", "%(num)d hours", hours)
    return trn("%(num)d day", "%(num)d days", hours // 24)


def at(when: datetime) -> str:
    """`09:12` today, else with its day."""
    short = moment(when)
    return short if short == clock(when) else f"{clock(when)} {local(when):%d/%m}"
