"""An issue is composed of approved articles, each once, in an order that people move."""

from datetime import date

import pytest

from app.models.article import Stage
from app.models.errors import NotAllowed, NotFound, Refused
from app.models.issue import IssueStage
from app.store import issues
from app.store.operations import Write
from tests.people import AN, HUONG, LAM
from tests.scenario import Desk


def test_articles_stand_in_the_order_they_were_put(desk: Desk) -> None:
    one, two, three = (desk.has_approved() for _ in range(3))
    issue = desk.opens_issue()
    first, _, third = (desk.places(issue, article) for article in (one, two, three))
    assert desk.order(issue) == [one, two, three]

    desk.moves(issue, third, -1)
    assert desk.order(issue) == [one, three, two]
    desk.moves(issue, first, 1)
    assert desk.order(issue) == [three, one, two]
    desk.moves(issue, first, 7)
    assert desk.order(issue) == [three, two, one]
    assert desk.stage(one) == Stage.PLACED


def test_moving_past_the_end_changes_nothing(desk: Desk) -> None:
    issue = desk.opens_issue()
    slot = desk.places(issue, desk.has_approved())
    desk.seals(issue)
    desk.moves(issue, slot, -1)
    desk.moves(issue, slot, 1)
    assert desk.issue_stage(issue) == IssueStage.SEALED


def test_an_article_taken_out_is_approved_still_and_can_stand_elsewhere(desk: Desk) -> None:
    article, issue = desk.has_approved(), desk.opens_issue()
    slot = desk.places(issue, article)
    desk.removes(issue, slot)

    assert desk.order(issue) == []
    assert desk.stage(article) == Stage.APPROVED
    with pytest.raises(NotFound):
        desk.removes(issue, slot)
    desk.places(desk.opens_issue(number=12), article)
    assert desk.stage(article) == Stage.PLACED


def test_an_article_taken_out_leaves_the_cover(desk: Desk) -> None:
    one, two, issue = desk.has_approved(), desk.has_approved(), desk.opens_issue()
    slot = desk.places(issue, one)
    assert desk.snapshot(issue)["cover"]["article"] == one
    desk.removes(issue, slot)
    with desk.database.reading() as session:
        assert issues.composition(session, issue).cover == ""
    desk.places(issue, two)
    assert desk.snapshot(issue)["cover"]["article"] == two


def test_an_article_stands_only_once(desk: Desk) -> None:
    article, issue = desk.has_approved(), desk.opens_issue()
    desk.places(issue, article)
    with pytest.raises(Refused):
        desk.places(issue, article)

    desk.edits(article, headline="Sửa sau khi đã xếp")
    desk.submits(article)
    desk.approves(article)
    with desk.database.reading() as session:
        assert not issues.proposals(session)  # approved again, but it has its place
    for other in (issue, desk.opens_issue(number=12)):
        with pytest.raises(Refused):
            desk.places(other, article)


@pytest.mark.parametrize("stage", ["draft", "submitted", "returned", "withdrawn"])
def test_only_an_approved_article_is_placed(desk: Desk, stage: str) -> None:
    article, issue = desk.writes(), desk.opens_issue()
    if stage != "draft":
        desk.submits(article)
    if stage == "returned":
        desk.sends_back(article)
    if stage == "withdrawn":
        desk.withdraws(article)
    with pytest.raises(Refused, match="approved"):
        desk.places(issue, article)


@pytest.mark.parametrize("by", [LAM, HUONG])
def test_not_everyone_composes(desk: Desk, by: str) -> None:
    article, issue = desk.has_approved(), desk.opens_issue()
    with pytest.raises(NotAllowed):
        desk.places(issue, article, by=by)
    with pytest.raises(NotAllowed):
        desk.opens_issue(number=12, by=by)


@pytest.mark.parametrize("pages", [0, 6, 7, 68, -8])
def test_a_bulletin_has_pages_by_four(desk: Desk, pages: int) -> None:
    with pytest.raises(Refused):
        desk.opens_issue(pages=pages)


def test_a_year_has_each_number_once(desk: Desk) -> None:
    desk.opens_issue(number=11)
    with pytest.raises(Refused, match="already exists"):
        desk.opens_issue(number=11, day=date(2026, 12, 4))
    desk.opens_issue(number=11, day=date(2027, 12, 3))


def test_the_words_of_an_article_cannot_be_written_through_an_issue(desk: Desk) -> None:
    article, issue = desk.has_approved(), desk.opens_issue()
    write = Write(noun="article", key=article, field="headline", value="Lén sửa")
    with pytest.raises(Refused), desk.database.writing() as session:
        issues.write(session, issue, [write], actor=desk.actor(AN), now=desk.clock.tick())
    assert desk.is_approved(article)


class TestAnotherNumber:
    """The timer opens a number; the office may know better."""

    def test_an_unsigned_issue_gets_another_number_day_and_page_count(self, each_desk: Desk) -> None:
        issue = each_desk.opens_issue(number=1)
        with each_desk.database.writing() as session:
            changed = issues.change(
                session,
                issue,
                number=11,
                issue_date=date(2026, 12, 4),
                pages=12,
                actor=each_desk.actor(AN),
                now=each_desk.clock.tick(),
            )
        assert (changed.number, changed.issue_date, changed.pages) == (11, date(2026, 12, 4), 12)

    @pytest.mark.parametrize(("number", "pages"), [(12, 8), (0, 8), (11, 6)])
    def test_a_number_that_is_taken_or_impossible_is_refused(self, desk: Desk, number: int, pages: int) -> None:
        desk.opens_issue(number=12)
        issue = desk.opens_issue(number=1)
        with pytest.raises(Refused), desk.database.writing() as session:
            issues.change(
                session,
                issue,
                number=number,
                issue_date=date(2026, 11, 27),
                pages=pages,
                actor=desk.actor(AN),
                now=desk.clock.tick(),
            )
