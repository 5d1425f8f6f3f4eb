"""Nobody publishes alone: people do whatever they like, in any order, and it never happens."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.desk.snapshot import digest
from app.models.article import Approval, Article, Stage
from app.models.errors import BantinError
from app.models.ids import new_id
from app.models.issue import Signature
from app.models.operation import OperationRow
from app.store import articles, issues, manuscript
from app.store.operations import Write
from tests.databases import SqliteTemplate
from tests.people import AN, KHANH, LAM, TAM, VINH
from tests.scenario import Desk

PROVE = bool(os.environ.get("PROVE"))
PEOPLE = st.sampled_from([AN, KHANH, VINH, LAM, TAM])
WORDS = st.sampled_from(["một", "hai", "ba"])
FIELDS = st.sampled_from(["headline", "standfirst", "kicker", "credit", "zalo"])


class Office(RuleBasedStateMachine):
    """The desk, told what to do by chance. A refusal is an answer; only the invariants count."""

    template: SqliteTemplate
    known = Bundle("articles")
    numbers = Bundle("issues")
    slots = Bundle("slots")
    seals = Bundle("seals")
    hashes = Bundle("hashes")
    waits = Bundle("waits")

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.desk = Desk(self.stack.enter_context(self.template.copy(folder)))
        self.read: dict[str, set[str]] = {}  # what each approval covered: op ids that stood then

    def teardown(self) -> None:
        self.stack.close()

    @initialize(target=known, by=PEOPLE)
    def first(self, by: str) -> str:
        return self.desk.writes(by=by)

    @rule(target=known, by=PEOPLE)
    def writes(self, by: str) -> str:
        return self.desk.writes(by=by)

    @rule(article=known, by=PEOPLE, field=FIELDS, text=WORDS)
    def edits(self, article: str, by: str, field: str, text: str) -> None:
        self.attempt(lambda: self.desk.edits(article, by=by, **{field: text}))

    @rule(article=known, by=PEOPLE, texts=st.lists(WORDS, min_size=1, max_size=3))
    def fills(self, article: str, by: str, texts: list[str]) -> None:
        self.attempt(lambda: self.desk.fills(article, *(("text", text) for text in texts), by=by))

    @rule(target=waits, article=known, by=PEOPLE, text=WORDS)
    def writes_too_early(self, article: str, by: str, text: str) -> tuple[str, str]:
        missing = new_id(self.desk.clock.tick())
        write = Write(noun="article", key=article, field="kicker", value=text, seen=(missing,))
        self.attempt(lambda: self.desk.applies(article, write, by=by))
        return article, missing

    @rule(wait=consumes(waits), by=PEOPLE, text=WORDS)
    def what_was_missing_arrives(self, wait: tuple[str, str], by: str, text: str) -> None:
        article, op_id = wait
        write = Write(noun="article", key=article, field="kicker", value=text, seen=(), op_id=op_id)
        self.attempt(lambda: self.desk.applies(article, write, by=by))

    @rule(target=hashes, article=known)
    def looks(self, article: str) -> str:
        return self.desk.hash(article)

    @rule(article=known, by=PEOPLE)
    def submits(self, article: str, by: str) -> None:
        self.attempt(lambda: self.desk.submits(article, by=by))

    @rule(article=known, by=PEOPLE)
    def approves(self, article: str, by: str) -> None:
        self.approve(article, by, "")

    @rule(article=known, by=PEOPLE, shown=hashes)
    def approves_an_old_page(self, article: str, by: str, shown: str) -> None:
        self.approve(article, by, shown)

    @rule(article=known, by=PEOPLE, step=st.sampled_from(["sends_back", "withdraws", "restores"]))
    def takes_a_step(self, article: str, by: str, step: str) -> None:
        self.attempt(lambda: getattr(self.desk, step)(article, by=by))

    @rule(target=numbers)
    def opens(self) -> str:
        with self.desk.database.reading() as session:
            number = issues.next_number_of(session, 2026)
        return self.desk.opens_issue(number=number)

    @rule(target=slots, issue=numbers, article=known)
    def places(self, issue: str, article: str) -> object:
        try:
            return issue, self.desk.places(issue, article)
        except BantinError:
            return multiple()

    @rule(slot=slots)
    def removes(self, slot: tuple[str, str]) -> None:
        self.attempt(lambda: self.desk.removes(*slot))

    @rule(target=seals, issue=numbers)
    def seals_and_proofs(self, issue: str) -> object:
        try:
            seal = self.desk.seals(issue)
        except BantinError:
            return multiple()
        self.desk.proofs(seal)
        return issue, seal.snapshot_hash

    @rule(seal=seals, by=PEOPLE)
    def signs(self, seal: tuple[str, str], by: str) -> None:
        issue, shown = seal
        try:
            self.desk.signs(issue, shown=shown, by=by)
        except BantinError:
            return
        with self.desk.database.reading() as session:
            sealed = issues.latest_seal(session, issue)
            assert sealed is not None
            assert sealed.snapshot["articles"]
            for article, printed in sealed.snapshot["articles"].items():
                approval = articles.current_approval(session, article)
                assert approval is not None
                assert approval.content_hash == printed["content_hash"] == digest(manuscript.content(session, article))

    @rule(issue=numbers)
    def releases(self, issue: str) -> None:
        self.attempt(lambda: self.desk.releases(issue))

    @invariant()
    def nobody_approved_his_own_words(self) -> None:
        with self.desk.database.reading() as session:
            assert set(self.read) == set(session.scalars(select(Approval.id)))

    @invariant()
    def what_is_approved_is_what_was_read(self) -> None:
        with self.desk.database.reading() as session:
            for article in session.scalars(select(Article)):
                approval = articles.last_approval(session, article.id)
                if article.stage in (Stage.APPROVED, Stage.PLACED, Stage.RELEASED):
                    assert approval is not None
                    assert approval.content_hash == digest(manuscript.content(session, article.id))

    @invariant()
    def what_is_signed_says_what_was_approved(self) -> None:
        with self.desk.database.reading() as session:
            for signature in session.scalars(select(Signature)):
                sealed = issues.latest_seal(session, signature.issue_id)
                assert sealed is not None
                assert digest(sealed.snapshot) == sealed.snapshot_hash == signature.snapshot_hash
                for article, printed in sealed.snapshot["articles"].items():
                    hashes = session.scalars(select(Approval.content_hash).where(Approval.article_id == article))
                    assert printed["content_hash"] in set(hashes)

    def attempt(self, step: object) -> None:
        assert callable(step)
        with suppress(BantinError):
            step()

    def approve(self, article: str, by: str, shown: str) -> None:
        """Counts for itself who wrote what stands, with no help of the code it checks."""
        standing, covered = self.standing(article), set().union(*self.covered(article))
        try:
            approval = self.desk.approves(article, by=by, shown=shown)
        except BantinError:
            return
        person = self.desk.person(by).id
        assert person not in {author for op_id, author in standing.items() if op_id not in covered}
        self.read[approval.id] = set(standing)

    def standing(self, article: str) -> dict[str, str]:
        """Op id and author of every value that stands: none other that stands has seen it."""
        with self.desk.database.reading() as session:
            rows = session.scalars(select(OperationRow).where(OperationRow.root == article)).all()
        known = {row.op_id for row in rows}
        here = [row for row in rows if set(row.seen) <= known]
        seen = {op_id for row in here for op_id in row.seen}
        return {row.op_id: row.person_id for row in here if row.op_id not in seen}

    def covered(self, article: str) -> Iterator[set[str]]:
        """What earlier approvals covered, each by a person who had not written what was new in it."""
        with self.desk.database.reading() as session:
            ids = session.scalars(select(Approval.id).where(Approval.article_id == article)).all()
        return (self.read[approval] for approval in ids)


def test_whatever_people_do_nobody_publishes_alone(sqlite: SqliteTemplate) -> None:
    Office.template = sqlite
    examples, steps = (400, 60) if PROVE else (12, 30)
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_machine_does_find_a_hole(sqlite: SqliteTemplate) -> None:
    """The control: the same machine with an approver who may sign for himself."""

    class Careless(Office):
        def approve(self, article: str, by: str, shown: str) -> None:
            if self.desk.stage(article) == Stage.SUBMITTED:
                standing, person = self.standing(article), self.desk.person(by).id
                assert person not in standing.values()

    Careless.template = sqlite
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Careless,
            settings=settings(
                max_examples=400,
                stateful_step_count=15,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
