"""Sealing and signing: what is printed is exactly what was approved, and nothing else can be signed."""

from typing import Any

import pytest

from app.desk.policy import Actor
from app.models.article import Stage
from app.models.errors import NotAllowed, Refused, Stale
from app.models.issue import IssueStage
from app.store import issues, office, sealing
from tests.people import AN, HUONG, KHANH, LAM, TAM, VINH
from tests.scenario import Desk


class TestSealing:
    def test_the_seal_holds_what_prints(self, desk: Desk) -> None:
        article, issue = desk.has_approved(), desk.opens_issue()
        desk.places(issue, article)
        seal = desk.seals(issue)
        printed = seal.snapshot["articles"][article]
        assert (printed["headline"], printed["approved_by"]) == ("Bà con giữ nghề dệt thổ cẩm", KHANH)
        assert printed["content_hash"] == desk.hash(article)
        assert seal.snapshot["mode"] == "training"
        assert desk.issue_stage(issue) == IssueStage.SEALED

    def test_an_empty_issue_is_not_sealed(self, desk: Desk) -> None:
        with pytest.raises(Refused, match="few_articles, no_cover"):
            desk.seals(desk.opens_issue())

    def test_an_article_changed_after_the_snapshot_is_not_sealed(self, desk: Desk) -> None:
        issue, article = _composed(desk)
        before = desk.snapshot(issue)
        desk.edits(article, headline="Sửa trong lúc chốt")
        desk.submits(article)
        desk.approves(article)
        with pytest.raises(Stale):
            desk.seals(issue, snapshot=before)
        desk.seals(issue)  # the control

    @pytest.mark.parametrize("step", ["edited", "returned", "withdrawn", "restored"])
    def test_what_is_no_longer_approved_is_not_sealed(self, desk: Desk, step: str) -> None:
        issue, article = _composed(desk)
        if step == "edited":
            desk.edits(article, headline="Sửa")
        if step == "returned":
            desk.sends_back(article)
        if step in ("withdrawn", "restored"):
            desk.withdraws(article)
        if step == "restored":
            desk.restores(article)
        with pytest.raises(Refused, match="not_approved"):
            desk.seals(issue)

    @pytest.mark.parametrize("change", ["order", "removed", "things", "office"])
    def test_an_issue_composed_anew_after_the_snapshot_is_not_sealed(self, desk: Desk, change: str) -> None:
        issue, _ = _composed(desk)
        slot = desk.places(issue, desk.has_approved())
        before = desk.snapshot(issue)
        if change == "order":
            desk.moves(issue, slot, -1)
        if change == "removed":
            desk.removes(issue, slot)
        if change == "things":
            desk.sets(issue, "things", [{"lead": "14/11:", "text": "tiêm sởi"}])
        if change == "office":
            with desk.database.writing() as session:
                office.change(session, {"phones": []}, actor=desk.actor(TAM), now=desk.clock.tick())
        with pytest.raises(Stale):
            desk.seals(issue, snapshot=before)
        desk.seals(issue)

    def test_measured_pages_are_no_change(self, desk: Desk) -> None:
        issue, _ = _composed(desk)
        measured = desk.snapshot(issue)
        for number, run in enumerate(measured["runs"], 1):
            run["page"], run["pages"] = number, 1
        assert desk.seals(issue, snapshot=measured).snapshot["runs"][1]["page"] == 2

    def test_what_the_law_asks_for_must_be_there(self, desk: Desk) -> None:
        issue, _ = _composed(desk)
        with desk.database.writing() as session:
            office.load(session).imprint = {}
            office.load(session).facts = {}
        with pytest.raises(Refused, match="imprint, office_fact"):
            desk.seals(issue)

    def test_the_timer_may_seal_but_a_contributor_may_not(self, desk: Desk) -> None:
        issue, _ = _composed(desk)
        with pytest.raises(NotAllowed):
            desk.seals(issue, by=LAM)
        timer = Actor(person_id=None, name="", role=None, office="o", via="timer")
        with desk.database.writing() as session:
            row = sealing.build_snapshot(session, issues.get(session, issue), now=desk.clock.now)
            assert sealing.seal(session, issue, row, actor=timer, now=desk.clock.now).sealed_by is None
        with pytest.raises(NotAllowed), desk.database.writing() as session:
            sealing.sign(session, issue, shown="", wanted=(), actor=timer, now=desk.clock.now)


class TestSigning:
    def test_an_approver_signs_the_seal_he_saw(self, desk: Desk) -> None:
        issue, article = _composed(desk)
        seal = desk.seals(issue)
        desk.proofs(seal)
        signature = desk.signs(issue, shown=seal.snapshot_hash)
        assert signature.snapshot_hash == seal.snapshot_hash
        assert desk.issue_stage(issue) == IssueStage.SIGNED

        desk.releases(issue)
        assert desk.issue_stage(issue) == IssueStage.RELEASED
        assert desk.stage(article) == Stage.RELEASED

    def test_without_its_proofs_it_is_not_signed(self, desk: Desk) -> None:
        issue, _ = _composed(desk)
        seal = desk.seals(issue)
        with pytest.raises(Refused, match="booklet"):
            desk.signs(issue, shown=seal.snapshot_hash)
        desk.proofs(seal, "website")
        with pytest.raises(Refused, match="booklet"):
            desk.signs(issue, shown=seal.snapshot_hash)

    def test_a_proof_with_a_hard_finding_stands_in_the_way(self, desk: Desk) -> None:
        issue, _ = _composed(desk)
        seal = desk.seals(issue)
        wrong: dict[str, Any] = {"kind": "font", "level": "hard", "where": "1", "words": "", "values": {}}
        desk.proofs(seal, findings=(wrong,))
        with pytest.raises(Refused, match="font"):
            desk.signs(issue, shown=seal.snapshot_hash)

    def test_a_soft_finding_does_not(self, desk: Desk) -> None:
        issue, _ = _composed(desk)
        seal = desk.seals(issue)
        desk.proofs(seal, findings=({"kind": "hole", "level": "soft", "where": "3", "words": "", "values": {}},))
        desk.signs(issue, shown=seal.snapshot_hash)

    def test_another_hash_is_refused(self, desk: Desk) -> None:
        issue, _ = _composed(desk)
        old = desk.seals(issue)
        desk.proofs(old)
        new = desk.seals(issue)
        desk.proofs(new)
        assert old.snapshot_hash != new.snapshot_hash
        for shown in (old.snapshot_hash, "", "0" * 64):
            with pytest.raises(Stale):
                desk.signs(issue, shown=shown)
        desk.signs(issue, shown=new.snapshot_hash)

    @pytest.mark.parametrize("step", ["edited", "returned", "withdrawn"])
    def test_an_article_that_lost_its_approval_after_the_seal_stops_the_signature(self, desk: Desk, step: str) -> None:
        issue, article = _composed(desk)
        seal = desk.seals(issue)
        desk.proofs(seal)
        if step == "edited":
            desk.edits(article, headline="Sửa sau khi chốt")
        if step == "returned":
            desk.sends_back(article, by=VINH)
        if step == "withdrawn":
            desk.withdraws(article)
        with pytest.raises(Stale):
            desk.signs(issue, shown=seal.snapshot_hash)

    def test_a_change_of_the_issue_needs_a_new_seal(self, desk: Desk) -> None:
        issue, _ = _composed(desk)
        seal = desk.seals(issue)
        desk.proofs(seal)
        desk.sets(issue, "days", [{"date": "2026-12-01", "text": "Ngày hội"}])
        with pytest.raises(Refused, match="seal it first"):
            desk.signs(issue, shown=seal.snapshot_hash)

    @pytest.mark.parametrize("by", [AN, LAM, TAM, HUONG])
    def test_only_an_approver_signs(self, desk: Desk, by: str) -> None:
        issue, _ = _composed(desk)
        seal = desk.seals(issue)
        desk.proofs(seal)
        with pytest.raises(NotAllowed):
            desk.signs(issue, shown=seal.snapshot_hash, by=by)

    def test_a_signed_issue_never_changes(self, desk: Desk) -> None:
        issue, article = _composed(desk)
        seal = desk.seals(issue)
        desk.proofs(seal)
        desk.signs(issue, shown=seal.snapshot_hash)
        other = desk.has_approved()
        for step in (
            lambda: desk.places(issue, other),
            lambda: desk.sets(issue, "things", [{"lead": "", "text": "x"}]),
            lambda: desk.seals(issue),
            lambda: desk.signs(issue, shown=seal.snapshot_hash),
        ):
            with pytest.raises(Refused):
                step()
        assert desk.stage(other) == Stage.APPROVED

        desk.edits(article, headline="Bản sau")  # a later edit is a new version of the article …
        with desk.database.reading() as session:
            kept = issues.latest_seal(session, issue)
            assert kept is not None
            assert kept.snapshot["articles"][article]["headline"] == "Bà con giữ nghề dệt thổ cẩm"  # … of this one only


def _composed(desk: Desk) -> tuple[str, str]:
    article, issue = desk.has_approved(), desk.opens_issue()
    desk.places(issue, article)
    return issue, article
