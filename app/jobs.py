"""What runs on a timer. The truth about what ran is the `run` table: a slot runs once, a missed one is caught up once.

The timer reads feeds, opens the next issue, proposes articles, renders proofs at the copy deadline and makes waiting
parcels after signing. It never signs.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

from app.desk.cadence import VIETNAM, Cadence, deadline, next_issue_date, slot_daily, slot_every
from app.desk.policy import Actor
from app.models.errors import BantinError
from app.models.issue import Issue, IssueStage, Proof
from app.models.office import Mode
from app.models.parcel import ParcelState
from app.store import backup, issues, office, parcels, rule_runs, runs, stories, topics
from app.store.folder import Folder
from feeds.catalogue import Catalogue
from feeds.grouping import Grouper
from feeds.pages import rounds as page_rounds
from feeds.samples import load
from feeds.sources import rounds as source_rounds
from outbox import proof, release

log = logging.getLogger(__name__)
MORNING = time(5, 30)  # when the day's issue is opened and articles are proposed
BACKUP_HOUR = time(12, 0)
KEPT_BACKUPS = 14
CLOCK_SLACK = timedelta(days=1)
Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Job:
    """One thing the timer does. `slot` names the newest due slot, or None when nothing is due."""

    name: str
    slot: Callable[["Works", datetime], str | None]
    run: Callable[["Works", datetime], dict[str, Any]]
    every_seconds: int = 60


@dataclass(frozen=True)
class Works:
    """What the jobs work on."""

    folder: Folder
    catalogue: Catalogue
    clock: Clock
    groups: Grouper = field(default_factory=Grouper)  # kept between readings: what it learned it need not read again

    @property
    def actor(self) -> Actor:
        """The timer: no person, so it can neither write words nor sign."""
        with self.folder.database.reading() as session:
            house = office.find(session)
        return Actor(person_id=None, name="", role=None, office=house.code if house else "", via="timer")

    @property
    def cadence(self) -> Cadence:
        """The office's rhythm, from its settings."""
        config = self.folder.config
        return Cadence(periodicity=config.periodicity, weekday=config.issue_weekday, copy_deadline=config.copy_deadline)


def read_feeds(works: Works, now: datetime) -> dict[str, Any]:
    """Reads every source that is due."""
    return source_rounds.read_due(works.folder, works.catalogue, now, groups=works.groups)


def read_asked(works: Works, now: datetime) -> dict[str, Any]:
    """Reads the sources somebody wants read at once."""
    return source_rounds.read_asked(works.folder, works.catalogue, now, groups=works.groups)


def load_samples(works: Works, now: datetime) -> dict[str, Any]:
    """Gives a training folder its sample stories."""
    folder = works.folder
    report = load.load_samples(folder.database, folder.config, folder.assets, now=now)
    return {"new": report.new}


def open_issue(works: Works, now: datetime) -> dict[str, Any]:
    """Opens the next number when none is open."""
    actor, today = works.actor, now.astimezone(VIETNAM).date()
    with works.folder.database.writing() as session:
        if issues.open_issue(session) is not None:
            return {}
        earlier = issues.listing(session)
        day = next_issue_date(works.cadence, after=today, last=earlier[0].issue_date if earlier else None)
        number = issues.next_number_of(session, day.year)
        issue = issues.create(session, number=number, issue_date=day, actor=actor, now=now, by_timer=True)
        return {"issue": issue.id, "number": number}


def propose(works: Works, _now: datetime) -> dict[str, Any]:
    """Notes which approved articles wait for a place in the open issue; an editor places them."""
    with works.folder.database.reading() as session:
        issue = issues.open_issue(session)
        found = [article.id for article in issues.proposals(session)]
    return {"issue": issue.id, "articles": found} if issue and found else {}


def render_proofs(works: Works, now: datetime) -> dict[str, Any]:
    """At the copy deadline: seals the open issue when nothing stands in the way, and makes its proofs."""
    issue = _open(works)
    if issue is None:
        return {}
    actor = works.actor
    try:
        if issue.stage == IssueStage.DRAFT:
            proof.seal(works.folder, issue.id, actor=actor, now=now)
        return {"issue": issue.id, "proofs": _make_proofs(works, issue.id, now)}
    except BantinError as error:
        return {"issue": issue.id, "trouble": error.msgid, "values": _plain(error.values)}


def finish_proofs(works: Works, now: datetime) -> dict[str, Any]:
    """Makes the proofs a sealed issue still lacks, after a kill or a sealing in the browser."""
    issue = _open(works)
    if issue is None or issue.stage != IssueStage.SEALED:
        return {}
    return {"issue": issue.id, "proofs": _make_proofs(works, issue.id, now)}


def make_parcels(works: Works, now: datetime) -> dict[str, Any]:
    """Puts what is signed on the shelf."""
    return {"made": len(release.make_parcels(works.folder, actor=works.actor, now=now))}


def learn_taste(works: Works, now: datetime) -> dict[str, Any]:
    """Learns from the desk's own picks which words it likes, and scores the newest stories anew."""
    words = topics.study(works.folder.database, now=now)
    return {"words": words, "scored": topics.rescore(works.folder.database, now=now)}


def apply_rules(works: Works, now: datetime) -> dict[str, Any]:
    """Goes on with the rules that were sent over older stories."""
    return {"steps": rule_runs.work_off(works.folder.database, now=now)}


def back_up(works: Works, now: datetime) -> dict[str, Any]:
    """A checked copy of the database every day; the newest fourteen are kept."""
    folder = works.folder.backups / "hang-ngay"
    made = backup.copy_database(works.folder.database, folder / f"bantin-{now:%Y%m%d}.sqlite")
    for old in sorted(folder.glob("bantin-*.sqlite"))[:-KEPT_BACKUPS]:
        old.unlink()
    return {"name": made.name}


def _open(works: Works) -> Issue | None:
    with works.folder.database.reading() as session:
        return issues.open_issue(session)


def _make_proofs(works: Works, issue_id: str, now: datetime) -> int:
    with works.folder.database.reading() as session:
        sealed = issues.latest_seal(session, issue_id)
    if sealed is None:
        return 0
    proof.make_proofs(works.folder, sealed, actor=works.actor, now=now)
    with works.folder.database.reading() as session:
        made: list[Proof] = list(issues.proofs(session, sealed.id))
    return len(made)


def _samples_due(works: Works, _now: datetime) -> str | None:
    with works.folder.database.reading() as session:
        house = office.find(session)
        wanted = house is not None and house.mode == Mode.TRAINING and not stories.count(session)
    return "once" if wanted else None


def _deadline_due(works: Works, now: datetime) -> str | None:
    issue = _open(works)
    if issue is None or now < deadline(works.cadence, issue.issue_date):
        return None
    # Again every day at the same hour while the issue is not signed: what stood in the way may have been mended.
    return f"{issue.id}@{slot_daily(works.folder.config.copy_deadline, now)}"


def _proofs_due(works: Works, now: datetime) -> str | None:
    with works.folder.database.reading() as session:
        issue = issues.open_issue(session)
        sealed = issues.latest_seal(session, issue.id) if issue and issue.stage == IssueStage.SEALED else None
    if sealed is None or not proof.missing(works.folder, sealed):
        return None
    return f"{sealed.id}@{slot_every(1, now)}"


def _rules_due(works: Works, now: datetime) -> str | None:
    with works.folder.database.reading() as session:
        run = rule_runs.waiting(session)
    return f"{run.id}@{slot_every(1, now)}" if run else None


def _parcels_due(works: Works, now: datetime) -> str | None:
    with works.folder.database.reading() as session:
        waiting = parcels.listing(session, state=ParcelState.WAITING)
    return slot_every(1, now) if waiting else None


def _daily(at: time) -> Callable[[Works, datetime], str | None]:
    return lambda works, now: slot_daily(at, now)  # noqa: ARG005  every slot is asked the same way


def _ask(slot: Callable[[Folder, datetime], str | None]) -> Callable[[Works, datetime], str | None]:
    return lambda works, now: slot(works.folder, now)


def _read(work: Callable[[Folder, Catalogue, datetime], dict[str, Any]]) -> Callable[[Works, datetime], dict[str, Any]]:
    return lambda works, now: work(works.folder, works.catalogue, now)


JOBS = (
    Job("load_samples", _samples_due, load_samples, every_seconds=2),
    Job("read_feeds", _ask(source_rounds.due_slot), read_feeds),
    Job("read_asked", _ask(source_rounds.asked_slot), read_asked, every_seconds=2),
    Job("read_asked_pages", _ask(page_rounds.asked_slot), _read(page_rounds.read_asked), every_seconds=2),
    Job("read_pages", _ask(page_rounds.suggested_slot), _read(page_rounds.read_suggested)),
    Job("open_issue", _daily(MORNING), open_issue),
    Job("propose", _daily(MORNING), propose),
    Job("render_proofs", _deadline_due, render_proofs),
    Job("finish_proofs", _proofs_due, finish_proofs, every_seconds=2),
    Job("make_parcels", _parcels_due, make_parcels, every_seconds=2),
    Job("apply_rules", _rules_due, apply_rules, every_seconds=2),
    Job("learn_taste", _daily(MORNING), learn_taste),
    Job("back_up", _daily(BACKUP_HOUR), back_up),
)


def run_due(works: Works, job: Job) -> bool:
    """Runs the job's newest due slot unless it ran already. Returns whether it ran.

    One of the outermost loops: whatever goes wrong is noted in the ledger, and the timer goes on.
    """
    now = works.clock()
    slot = job.slot(works, now) if is_set_up(works) and clock_is_sane(works, now) else None
    if slot is None:
        return False
    with works.folder.database.writing() as session:
        run_id = runs.claim(session, job.name, slot, now=now)
    if run_id is None:
        return False
    outcome, detail = _carry_out(works, job, now)
    with works.folder.database.writing() as session:
        runs.finish(session, run_id, outcome=outcome, detail=detail, now=works.clock())
    return True


def _carry_out(works: Works, job: Job, now: datetime) -> tuple[str, dict[str, Any]]:
    try:
        return "ok", job.run(works, now)
    except BantinError as error:
        return "trouble", {"trouble": error.msgid, "values": _plain(error.values)}
    except Exception:
        log.exception("the job %s failed", job.name)
        return "failed", {}


def _plain(values: Mapping[str, object]) -> dict[str, str | int]:
    """Values of a sentence as the ledger keeps them: numbers stay numbers, so that they can be worded later."""
    return {name: value if isinstance(value, int) else str(value) for name, value in values.items()}


def is_set_up(works: Works) -> bool:
    """Whether there is an office to work for."""
    with works.folder.database.reading() as session:
        return office.find(session) is not None


def clock_is_sane(works: Works, now: datetime) -> bool:
    """Whether the clock did not jump back behind what the ledger has already seen."""
    with works.folder.database.reading() as session:
        newest = runs.latest(session, limit=1)
    return not newest or newest[0].started_at <= now + CLOCK_SLACK


def start(works: Works) -> BackgroundScheduler:
    """Starts the timer, the data folder's lock being held. Slots of a program that was killed are given back first."""
    with works.folder.database.writing() as session:
        runs.forget_unfinished(session)
    scheduler = BackgroundScheduler(
        timezone=VIETNAM, job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    for job in JOBS:
        scheduler.add_job(
            run_due, "interval", seconds=job.every_seconds, args=[works, job], id=job.name, next_run_time=works.clock()
        )
    scheduler.start()
    return scheduler
