"""Sealing an issue and making its proofs: whole, from the seal alone, refused while anything stands in the way."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.models.errors import Refused
from app.store import articles, issues, manuscript, office
from app.store.operations import Write
from outbox import proof
from tests.outbox.sample_issue import NOW, Made


def test_every_article_gets_its_posts_and_the_issue_its_editions(sealed: Made, tmp_path: Path) -> None:
    assert sealed.sealed
    with sealed.copy(tmp_path / "var") as desk, desk.folder.database.reading() as session:
        made = [(p.kind, p.subject) for p in issues.proofs(session, sealed.sealed.id)]
    assert sorted(made) == sorted((kind.name, subject) for kind, subject in proof.wanted(sealed.sealed.snapshot))
    assert len(made) == 18


def test_no_proof_has_anything_against_it(sealed: Made, tmp_path: Path) -> None:
    assert sealed.sealed
    with sealed.copy(tmp_path / "var") as desk, desk.folder.database.reading() as session:
        found = [finding for p in issues.proofs(session, sealed.sealed.id) for finding in p.findings]
    assert [finding for finding in found if finding["level"] == "hard"] == []


def test_the_pages_follow_one_another(sealed: Made) -> None:
    assert sealed.sealed
    runs = sealed.sealed.snapshot["runs"]
    assert [run["page"] for run in runs] == list(range(1, 9))
    assert [run["design"] for run in runs] == ["cover", "short", *["feature"] * 5, "last"]


def test_an_issue_without_a_licence_number_is_not_sealed(composed: Made, tmp_path: Path) -> None:
    with composed.copy(tmp_path / "var") as desk:
        with desk.folder.database.writing() as session:
            house = office.load(session)
            house.imprint = {**house.imprint, "licence_number": ""}
        with pytest.raises(Refused, match="imprint"):
            proof.seal(desk.folder, composed.issue.id, actor=desk.person("Hoài An"), now=NOW)


def test_an_issue_with_too_few_pages_is_not_sealed(composed: Made, tmp_path: Path) -> None:
    with composed.copy(tmp_path / "var") as desk:
        actor = desk.person("Hoài An")
        with desk.folder.database.writing() as session:
            last = issues.composition(session, composed.issue.id).slots[-1]
            issues.remove_article(session, composed.issue.id, last.key, actor=actor, now=NOW)
        with pytest.raises(Refused, match="page_count"):
            proof.seal(desk.folder, composed.issue.id, actor=actor, now=NOW)


def test_an_article_that_lost_its_headline_keeps_the_issue_from_being_sealed(composed: Made, tmp_path: Path) -> None:
    with composed.copy(tmp_path / "var") as desk:
        actor = desk.person("Hoài An")
        with desk.folder.database.writing() as session:
            article = issues.composition(session, composed.issue.id).slots[0].article_id
            blank = Write(noun="article", key=article, field="headline", value="")
            articles.write(session, article, [blank], actor=actor, now=NOW)
        with pytest.raises(Refused, match="not_approved"):
            proof.seal(desk.folder, composed.issue.id, actor=actor, now=NOW)
        with desk.folder.database.reading() as session:
            assert manuscript.content(session, article).paragraphs


def test_a_render_over_its_limits_is_one_finding_and_can_be_made_again(sealed: Made, tmp_path: Path) -> None:
    assert sealed.sealed
    with sealed.copy(tmp_path / "var") as desk:
        with desk.folder.database.writing() as session:
            for made in issues.proofs(session, sealed.sealed.id):
                if made.kind == "booklet":
                    session.delete(made)
        tight = replace(desk.folder, config=replace(desk.folder.config, render_megabytes=64))
        proof.make_proofs(tight, sealed.sealed, actor=desk.person("Hoài An"), now=NOW)
        with desk.folder.database.reading() as session:
            found = [f["kind"] for p in issues.proofs(session, sealed.sealed.id) for f in p.findings]
        assert found == ["unprintable"]
        proof.make_proofs(desk.folder, sealed.sealed, actor=desk.person("Hoài An"), now=NOW)
        assert proof.missing(desk.folder, sealed.sealed) == []
