"""Nobody publishes alone, and nothing is printed that was not approved as it stands."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.models.article import Stage
from app.models.errors import NotAllowed, Refused, Stale
from app.store import articles
from app.store.operations import Write
from tests.people import AN, KHANH, LAM, MAI, TAM, VINH
from tests.scenario import Desk


def test_an_editor_writes_and_a_second_person_approves(each_desk: Desk) -> None:
    article = each_desk.writes(by=AN)
    each_desk.submits(article)
    approval = each_desk.approves(article, by=KHANH)

    assert each_desk.stage(article) == Stage.APPROVED
    assert approval.content_hash == each_desk.hash(article)
    assert each_desk.is_approved(article)


def test_an_approver_may_not_approve_what_he_wrote(each_desk: Desk) -> None:
    article = each_desk.writes(by=KHANH)
    each_desk.submits(article, by=KHANH)

    with pytest.raises(NotAllowed):
        each_desk.approves(article, by=KHANH)
    assert each_desk.stage(article) == Stage.SUBMITTED

    each_desk.approves(article, by=VINH)
    assert each_desk.stage(article) == Stage.APPROVED


def test_one_word_makes_an_approver_an_author(desk: Desk) -> None:
    article = desk.writes(by=AN)
    desk.edits(article, by=KHANH, headline="Bà con vẫn giữ nghề dệt thổ cẩm")
    desk.submits(article)

    with pytest.raises(NotAllowed):
        desk.approves(article, by=KHANH)


def test_taking_a_paragraph_out_is_writing_too(desk: Desk) -> None:
    article = desk.writes(by=AN)
    desk.fills(article, ("text", "Một."), ("text", "Hai."), by=AN)
    desk.fills(article, ("text", "Một."), by=KHANH)
    desk.submits(article)

    with pytest.raises(NotAllowed):
        desk.approves(article, by=KHANH)


def test_after_an_approvers_own_fix_the_first_author_may_approve_but_he_may_not(desk: Desk) -> None:
    article = desk.has_approved(author=VINH, approver=KHANH)
    desk.edits(article, by=KHANH, standfirst="Ba mươi hộ cùng nhau giữ khung dệt.")
    assert desk.stage(article) == Stage.DRAFT
    desk.submits(article, by=AN)

    with pytest.raises(NotAllowed):
        desk.approves(article, by=KHANH)
    desk.approves(article, by=VINH)
    assert desk.is_approved(article)


@pytest.mark.parametrize("by", [AN, LAM, TAM, MAI])
def test_only_an_approver_approves(desk: Desk, by: str) -> None:
    article = desk.writes(by=KHANH)
    desk.submits(article, by=KHANH)

    with pytest.raises(NotAllowed):
        desk.approves(article, by=by)


@pytest.mark.parametrize("field", ["headline", "standfirst", "credit", "quote", "aloud", "zalo", "facebook", "byline"])
def test_any_edit_voids_the_approval(desk: Desk, field: str) -> None:
    article = desk.has_approved()
    desk.edits(article, **{field: "Một chữ khác"})

    assert desk.stage(article) == Stage.DRAFT
    assert not desk.is_approved(article)


def test_an_edit_of_a_paragraph_or_a_picture_voids_the_approval(desk: Desk) -> None:
    article = desk.has_approved()
    key = desk.content(article).paragraphs[0].key
    desk.applies(article, Write(noun="paragraph", key=f"{article}/{key}", field="text", value="Chữ khác."))
    assert not desk.is_approved(article)

    article = desk.has_approved()
    desk.applies(article, Write(noun="figure", key=f"{article}/f1", field="alt", value="Khung dệt bên hiên nhà."))
    assert not desk.is_approved(article)


def test_saving_the_same_words_again_voids_nothing(desk: Desk) -> None:
    article = desk.has_approved()
    desk.edits(article, headline="Bà con giữ nghề dệt thổ cẩm  ")

    assert desk.stage(article) == Stage.APPROVED
    assert desk.is_approved(article)


def test_words_written_back_need_a_new_approval(desk: Desk) -> None:
    article = desk.has_approved()
    before = desk.hash(article)
    desk.edits(article, headline="Khác hẳn")
    desk.edits(article, headline="Bà con giữ nghề dệt thổ cẩm")

    assert desk.hash(article) == before
    assert not desk.is_approved(article)


def test_what_the_page_did_not_show_cannot_be_approved(desk: Desk) -> None:
    article = desk.writes()
    desk.submits(article)
    shown = desk.hash(article)
    desk.edits(article, headline="Sửa sau khi trang đã mở")
    desk.submits(article)

    with pytest.raises(Stale):
        desk.approves(article, shown=shown)
    with pytest.raises(Stale):
        desk.submits(article, shown=shown)
    assert desk.stage(article) == Stage.SUBMITTED


def test_an_article_sent_back_says_why_and_is_no_longer_approved(desk: Desk) -> None:
    article = desk.has_approved()
    desk.sends_back(article, by=VINH, remark="Ghi rõ tên thôn.")

    row = desk.article(article)
    assert (row.stage, row.remark) == (Stage.RETURNED, "Ghi rõ tên thôn.")
    assert not desk.is_approved(article)
    with pytest.raises(Refused):
        desk.sends_back(article, by=VINH, remark="  ")


def test_a_withdrawn_article_is_not_approved_and_comes_back_as_a_draft(desk: Desk) -> None:
    article = desk.has_approved()
    desk.withdraws(article)
    assert not desk.is_approved(article)
    with pytest.raises(Refused):
        desk.edits(article, headline="Sửa lén")

    desk.restores(article)
    assert desk.stage(article) == Stage.DRAFT
    assert not desk.is_approved(article)
    desk.submits(article)
    desk.approves(article)
    assert desk.is_approved(article)


def test_words_cannot_be_smuggled_into_another_article(desk: Desk) -> None:
    mine, other = desk.writes(), desk.has_approved()
    with pytest.raises(Refused):
        desk.applies(mine, Write(noun="article", key=other, field="headline", value="Của người khác"))
    with pytest.raises(Refused):
        desk.applies(mine, Write(noun="issue", key=mine, field="cover", value="x"))
    assert desk.is_approved(other)


def test_a_change_sent_twice_counts_once_and_voids_no_later_approval(desk: Desk) -> None:
    article = desk.writes()
    once = Write(noun="article", key=article, field="kicker", value="Nghề của bà", op_id="a" * 36)
    desk.applies(article, once)
    desk.edits(article, kicker="Nghề dệt")
    desk.submits(article)
    desk.approves(article)

    desk.applies(article, once)  # the browser saw no answer and sends it again

    assert desk.content(article).kicker == "Nghề dệt"
    assert desk.stage(article) == Stage.APPROVED


def test_another_change_under_a_known_id_is_refused_not_swallowed(desk: Desk) -> None:
    article = desk.writes()
    desk.applies(article, Write(noun="article", key=article, field="kicker", value="Một", op_id="b" * 36))
    with pytest.raises(Refused):
        desk.applies(article, Write(noun="article", key=article, field="kicker", value="Hai", op_id="b" * 36))


def test_an_approver_cannot_hide_his_words_behind_a_change_that_is_still_missing(each_desk: Desk) -> None:
    article = each_desk.writes(by=AN)
    early = Write(noun="article", key=article, field="kicker", value="Chữ của anh Khánh", seen=("c" * 36,))
    each_desk.applies(article, early, by=KHANH)  # waits: it has seen something nobody has
    each_desk.submits(article)
    each_desk.approves(article, by=VINH)
    assert each_desk.content(article).kicker == ""

    missing = Write(noun="article", key=article, field="kicker", value="gì đó", seen=(), op_id="c" * 36)
    each_desk.applies(article, missing, by=LAM)
    assert each_desk.content(article).kicker == "Chữ của anh Khánh"
    each_desk.submits(article)
    with pytest.raises(NotAllowed):
        each_desk.approves(article, by=KHANH)
    insert = _approval_by_plain_sql(article, each_desk.person(KHANH).id)
    with pytest.raises(DBAPIError, match="author may not approve"), each_desk.database.writing() as session:
        session.execute(text(insert))
    each_desk.approves(article, by=VINH)


def test_the_database_itself_refuses_an_author_and_takes_a_second_person(each_desk: Desk) -> None:
    article = each_desk.writes(by=KHANH)
    each_desk.submits(article, by=KHANH)

    with pytest.raises(DBAPIError, match="author may not approve"), each_desk.database.writing() as session:
        session.execute(text(_approval_by_plain_sql(article, each_desk.person(KHANH).id)))
    with each_desk.database.writing() as session:  # the control
        session.execute(text(_approval_by_plain_sql(article, each_desk.person(VINH).id)))


def test_a_hard_finding_stands_in_the_way_of_submitting_and_approving(desk: Desk) -> None:
    article = desk.writes(body="TỐI MẬT: kế hoạch tuần tra.")
    with pytest.raises(Refused, match="secrecy"):
        desk.submits(article)


def test_an_approved_article_is_not_approved_twice(desk: Desk) -> None:
    article = desk.has_approved()
    with pytest.raises(Refused):
        desk.approves(article, by=VINH)


def test_private_notes_change_nothing_a_reader_sees(desk: Desk) -> None:
    article = desk.has_approved()
    before = desk.hash(article)
    with desk.database.writing() as session:
        articles.add_note(session, article, "Gọi lại cho già làng.", actor=desk.actor(AN), now=desk.clock.tick())
        assert [note.text for note in articles.notes(session, article)] == ["Gọi lại cho già làng."]
    assert desk.hash(article) == before
    assert desk.is_approved(article)


def test_the_credit_line_names_the_outlet_from_the_first_moment(desk: Desk) -> None:
    article = desk.starts(stories=(desk.receives("Xã vùng sâu có điện lưới"),))
    assert desk.content(article).credit == "Theo Báo Sao Mai, ngày 23/11/2026"
    assert [ref.outlet for ref in desk.content(article).sources] == ["Báo Sao Mai"]


def _approval_by_plain_sql(article: str, person: str) -> str:
    return (
        "INSERT INTO approval (id, office, article_id, person_id, content_hash, content, seq, approved_at, via) "
        f"VALUES ('x', 'o', '{article}', '{person}', 'h', '{{}}', 99999, '2026-11-23T02:00:00.000000+00:00', 'web')"
    )
