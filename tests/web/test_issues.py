"""Số bản tin: composing by buttons, what is missing in words, and a signature over exactly what was shown."""

from collections.abc import Sequence
from dataclasses import asdict

import pytest

from app.desk.findings import Finding
from app.models.ids import new_id
from app.models.issue import IssueStage, Proof, Seal
from app.store import issues, sealing
from app.store.assets import Assets
from app.web.plan import Leaf, expected_runs, measured, spreads
from outbox import proof
from outbox.kinds import Kind
from tests.people import HUONG, LAM
from tests.scenario import Desk
from tests.web.page import Browser


@pytest.fixture
def issue(desk: Desk) -> str:
    made = desk.opens_issue()
    for number, headline in enumerate(("Cầu mới qua suối Rạt", "Nước sạch về sóc", "Khung dệt của bà")):
        desk.places(made, desk.has_approved(headline=headline), design="short" if number == 0 else "feature")
    return made


def keys(desk: Desk, issue: str) -> list[str]:
    with desk.database.reading() as session:
        return [slot.key for slot in issues.composition(session, issue).slots]


def test_a_number_is_opened(desk: Desk, an: Browser) -> None:
    an.get("/so-ban-tin")
    page = an.follow(an.post("/so-ban-tin", so="12", ngay="2026-12-25", trang="8"))
    assert page.heading == "Số 12, tháng 12 năm 2026"
    assert "Chốt Thứ Năm, ngày 24 tháng 12 năm 2026 lúc 16:00" in page.words


@pytest.mark.parametrize("wrong", [{"so": "mười hai"}, {"ngay": "25/12"}, {"trang": "7"}, {"so": ""}])
def test_a_number_that_makes_no_sense_is_refused(desk: Desk, an: Browser, wrong: dict[str, str]) -> None:
    an.get("/so-ban-tin")
    an.post("/so-ban-tin", form={"so": "12", "ngay": "2026-12-25", "trang": "8", **wrong}, status=400)


def test_the_page_map_names_the_empty_pages(issue: str, an: Browser) -> None:
    page = an.get(f"/so-ban-tin/{issue}")
    assert "Trang 5, 6, 7 chưa có bài." in page.words
    assert "Xem 1 việc trước khi chốt" in page.words


def test_articles_are_added_moved_redesigned_and_taken_out(desk: Desk, issue: str, an: Browser) -> None:
    article = desk.has_approved(headline="Lớp xóa mù chữ")
    an.get(f"/so-ban-tin/{issue}")
    an.post(f"/so-ban-tin/{issue}/xep", bai=article, kieu="feature")
    assert desk.order(issue)[-1] == article
    key = keys(desk, issue)[-1]
    an.post(f"/so-ban-tin/{issue}/cho", cho=key, viec="len")
    assert desk.order(issue)[2] == article
    for work in ("xuong", "short", "feature", "bia", "bo"):
        an.post(f"/so-ban-tin/{issue}/cho", cho=key, viec=work)
    assert article not in desk.order(issue)
    an.post(f"/so-ban-tin/{issue}/cho", cho=keys(desk, issue)[0], viec="bay", status=400)


def test_only_an_approved_article_can_be_placed(desk: Desk, issue: str, an: Browser) -> None:
    an.get(f"/so-ban-tin/{issue}")
    an.post(f"/so-ban-tin/{issue}/xep", bai=desk.writes(), kieu="feature", status=400)


def test_the_small_texts_are_kept_in_order(desk: Desk, issue: str, an: Browser) -> None:
    an.get(f"/so-ban-tin/{issue}")
    an.post(f"/so-ban-tin/{issue}/chu", form={
        "dieu-dau": ["14/11:", "", ""], "dieu": ["tiêm sởi cho trẻ nhỏ", "", "nhận giống điều"],
        "ngay": ["2026-12-22", ""], "ngay-chu": ["Ngày thành lập Quân đội", "không có ngày"],
        "dinh-chinh": "Số 10: tên xã là Đăk Nhau.\n\n", "so-luong": "700",
    })  # fmt: skip
    with desk.database.reading() as session:
        composed = issues.composition(session, issue)
    assert [thing["text"] for thing in composed.things] == ["tiêm sởi cho trẻ nhỏ", "nhận giống điều"]
    assert composed.days == [{"date": "2026-12-22", "text": "Ngày thành lập Quân đội"}]
    assert composed.corrections == [{"text": "Số 10: tên xã là Đăk Nhau."}]
    assert composed.print_run == "700"
    an.post(f"/so-ban-tin/{issue}/chu", form={"so-luong": "nhiều"}, status=400)


def test_a_contributor_reads_an_issue_and_composes_nothing(desk: Desk, issue: str, browser: Browser) -> None:
    page = browser.signs_in(LAM).get(f"/so-ban-tin/{issue}")
    assert [action for action in page.actions() if action.startswith("/so-ban-tin")] == []


def test_a_signature_on_another_seal_than_the_one_shown_signs_nothing(desk: Desk, issue: str, khanh: Browser) -> None:
    shown = desk.seals(issue).snapshot_hash
    desk.sets(issue, "things", [{"lead": "", "text": "điều mới"}])
    desk.seals(issue)
    khanh.get(f"/so-ban-tin/{issue}")
    khanh.post(f"/so-ban-tin/{issue}/ky", ma=shown, status=409)
    assert desk.issue_stage(issue) == IssueStage.SEALED


def test_a_signature_before_the_proofs_are_there_is_refused(desk: Desk, issue: str, khanh: Browser) -> None:
    seal = desk.seals(issue)
    page = khanh.get(f"/so-ban-tin/{issue}")
    assert "Đã làm 0 trong 8 bản thử" in page.words
    assert f"/so-ban-tin/{issue}/ky" not in page.actions()
    khanh.post(f"/so-ban-tin/{issue}/ky", ma=seal.snapshot_hash, status=400)
    assert desk.issue_stage(issue) == IssueStage.SEALED


def test_a_clerk_signs_nothing(desk: Desk, issue: str, browser: Browser) -> None:
    seal = desk.seals(issue)
    browser.signs_in(HUONG).post(f"/so-ban-tin/{issue}/ky", ma=seal.snapshot_hash, status=403)


def test_proofs_of_an_issue_that_is_not_sealed_cannot_be_made(desk: Desk, issue: str, an: Browser) -> None:
    an.get(f"/so-ban-tin/{issue}")
    an.post(f"/so-ban-tin/{issue}/ban-thu", status=400)


@pytest.mark.parametrize("path", ["0/tep", "9/tep", "0/hinh", "0/trang-1.png", "0/trang-99.png"])
def test_a_proof_that_is_not_there_is_not_found(desk: Desk, issue: str, an: Browser, path: str) -> None:
    an.get(f"/ban-thu/{'0' * 36}/{path}", status=404)


def test_a_proof_whose_bytes_were_lost_says_so(desk: Desk, issue: str, an: Browser) -> None:
    seal = desk.seals(issue)
    desk.proofs(seal)
    page = an.get(f"/so-ban-tin/{issue}")
    href = next(link for link in page.links() if link.startswith("/ban-thu/"))
    assert "sao lưu" in an.get(href, status=404).words


def test_pages_fold_with_the_last_beside_the_first() -> None:
    pages = [Leaf(number=number, design="feature") for number in range(1, 9)]
    assert [[leaf.number for leaf in spread] for spread in spreads(pages)] == [[8, 1], [2, 3], [4, 5], [6, 7]]


def test_what_was_measured_is_drawn_on_its_page(desk: Desk, issue: str) -> None:
    snapshot = desk.snapshot(issue)
    for number, run in enumerate(snapshot["runs"], 1):
        run["page"], run["pages"] = number, 1
    over = Finding(kind="over", level="hard", values={"page": 3, "lines": 6, "headline": ""})
    hole = Finding(kind="hole", level="soft", values={"page": 4, "lines": 12, "headline": ""})
    pages = measured(snapshot, [over, hole])
    assert [leaf.tone for leaf in pages[:4]] == ["bar", "bar", "bar-bad", "bar-warn"]
    assert len(pages) == 8


def test_short_news_share_a_page(desk: Desk, issue: str) -> None:
    with desk.database.reading() as session:
        runs = expected_runs(issues.composition(session, issue))
    assert [run["design"] for run in runs] == ["cover", "short", "feature", "feature", "last"]


def keeps_proofs(
    desk: Desk, assets: Assets, seal: Seal, wanted: Sequence[tuple[Kind, str]], *, broken: int = 0
) -> None:
    """Proofs as the timer leaves them; the first `broken` ones could not be rendered."""
    name = assets.put(b"%PDF-1.7")
    for number, (kind, subject) in enumerate(wanted):
        failed = Finding(kind="unprintable", level="hard", words="The render took longer than 60 seconds.")
        files = [{"name": f"{kind.name}.pdf", "asset": name, "size": 8, "pages": 0}]
        with desk.database.writing() as session:
            sealing.add_proof(session, Proof(
                id=new_id(desk.clock.tick()), seal_id=seal.id, kind=kind.name, subject=subject,
                files=[] if number < broken else files, findings=[asdict(failed)] if number < broken else [],
                engine="test", made_at=desk.clock.now,
            ))  # fmt: skip


def test_a_sealed_issue_tells_how_many_proofs_are_made_and_renews_itself(
    desk: Desk, issue: str, an: Browser, assets: Assets
) -> None:
    seal = desk.seals(issue)
    wanted = proof.wanted(seal.snapshot)
    keeps_proofs(desk, assets, seal, wanted[:3])
    page = an.get(f"/so-ban-tin/{issue}")
    assert f"Đã làm 3 trong {len(wanted)} bản thử" in page.words
    assert "/js/live" in page.text
    assert 'http-equiv="refresh"' in page.text
    assert f"/so-ban-tin/{issue}/ban-thu" in page.actions()
    keeps_proofs(desk, assets, seal, wanted[3:])
    page = an.get(f"/so-ban-tin/{issue}")
    assert "Đã làm" not in page.words
    assert "/js/live" not in page.text


def test_a_proof_that_could_not_be_made_is_offered_once_more_and_nothing_is_signed(
    desk: Desk, issue: str, an: Browser, khanh: Browser, assets: Assets
) -> None:
    seal = desk.seals(issue)
    keeps_proofs(desk, assets, seal, proof.wanted(seal.snapshot), broken=1)
    page = an.get(f"/so-ban-tin/{issue}")
    assert "Làm lại bản thử này" in page.words
    assert "/js/live" not in page.text
    assert f"/so-ban-tin/{issue}/ky" not in khanh.get(f"/so-ban-tin/{issue}").actions()


def test_number_day_and_pages_of_an_open_issue_are_changed(desk: Desk, issue: str, an: Browser) -> None:
    an.get(f"/so-ban-tin/{issue}")
    page = an.follow(an.post(f"/so-ban-tin/{issue}/so", so="15", ngay="2026-12-11", trang="12"))
    assert page.heading == "Số 15, tháng 12 năm 2026"
    assert "Đã đổi số, ngày ra, số trang." in page.words
    assert "12 trang, A5" in page.words
    an.post(f"/so-ban-tin/{issue}/so", form={"so": "x", "ngay": "2026-12-11", "trang": "12"}, status=400)


def test_an_open_empty_number_takes_the_values_of_the_next_one(desk: Desk, an: Browser) -> None:
    blank = desk.opens_issue(number=1)
    assert "Số 1 đang mở và còn trống" in an.get("/so-ban-tin").words
    page = an.post("/so-ban-tin", so="11", ngay="2026-11-27", trang="4")
    assert page.location == f"/so-ban-tin/{blank}"
    with desk.database.reading() as session:
        assert [(one.number, one.pages) for one in issues.listing(session)] == [(11, 4)]


def test_placing_an_article_says_so(desk: Desk, issue: str, an: Browser) -> None:
    article = desk.has_approved(headline="Lớp xóa mù chữ")
    an.get(f"/so-ban-tin/{issue}")
    page = an.follow(an.post(f"/so-ban-tin/{issue}/xep", bai=article, kieu="short"))
    assert "Đã xếp bài vào số." in page.words
    assert "Chuyển thành bài chính" in page.words
