"""Hộp đi: what was signed, by destination, and the very bytes of the proofs."""

from pathlib import Path

import pytest
from flask import Flask

from app.models.ids import new_id
from app.models.issue import Proof
from app.models.parcel import Parcel
from app.store import issues, parcels, sealing
from app.store.assets import Assets
from tests.people import AN, HUONG, KHANH, MAI
from tests.scenario import Desk
from tests.web.page import Browser

POST = "Khung dệt của bà\n\n" + "Ba mươi hộ ở sóc Bom Bo cùng nhau giữ khung dệt. " * 12 + "\n\nhttps://x.vn/khung-det"


def signed(desk: Desk, assets: Assets) -> list[Parcel]:
    """A signed issue with a booklet and one post, both on the shelf."""
    article, issue = desk.has_approved(headline="Khung dệt của bà"), desk.opens_issue()
    desk.places(issue, article)
    seal = desk.seals(issue)
    made = {"booklet": ("so-11-in-A4.pdf", b"%PDF-1.7", ""), "facebook": ("11-01-facebook.txt", POST.encode(), article)}
    with desk.database.writing() as session:
        for kind, (name, data, subject) in made.items():
            entry = {"name": name, "asset": assets.put(data), "size": len(data), "pages": 4 if kind == "booklet" else 0}
            sealing.add_proof(session, Proof(
                id=new_id(desk.clock.tick()), seal_id=seal.id, kind=kind, subject=subject, files=[entry], findings=[],
                engine="test", made_at=desk.clock.now,
            ))  # fmt: skip
    signature = desk.signs(issue, shown=seal.snapshot_hash, wanted=(("booklet", ""), ("facebook", article)))
    who = desk.actor(KHANH)
    with desk.database.writing() as session:
        proofs = [(p, "print" if p.kind == "booklet" else "facebook") for p in issues.proofs(session, seal.id)]
        queued = parcels.queue(session, signature, proofs, now=desk.clock.tick())
        for parcel, (proof, _) in zip(queued, proofs, strict=True):
            files = [
                {"path": f"xuat-ban/x/{f['name']}", "sha256": f["asset"], "size": f["size"], "pages": f["pages"]}
                for f in proof.files
            ]
            parcels.mark_made(session, parcel.id, files, actor=who, now=desk.clock.now)
    with desk.database.reading() as session:
        return list(parcels.listing(session))


@pytest.fixture
def made(desk: Desk, assets: Assets) -> list[Parcel]:
    return signed(desk, assets)


def test_nothing_signed_is_an_empty_room(an: Browser) -> None:
    assert "Chưa có gì được ký" in an.get("/hop-di").words


def test_parcels_stand_by_destination_with_their_files(made: list[Parcel], an: Browser) -> None:
    page = an.get("/hop-di")
    assert "In ấn" in page.words
    assert "so-11-in-A4.pdf" in page.words
    assert "Bộ chép" in page.words


def test_a_file_leaves_with_the_bytes_that_were_signed_and_never_as_a_page(made: list[Parcel], an: Browser) -> None:
    booklet = next(parcel for parcel in made if parcel.kind == "booklet")
    answer = an.client.get(f"/hop-di/{booklet.id}/tep/0")
    assert answer.data == b"%PDF-1.7"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()
    an.get(f"/hop-di/{booklet.id}/tep/7", status=404)


def test_the_copy_kit_shows_the_fold_and_gives_the_words_whole(made: list[Parcel], browser: Browser) -> None:
    post = next(parcel for parcel in made if parcel.kind == "facebook")
    page = browser.signs_in(MAI).get(f"/hop-di/{post.id}")
    assert "gấp lại ở đây" in page.words
    assert POST in page.text


def test_a_booklet_is_no_post_to_copy(made: list[Parcel], an: Browser) -> None:
    booklet = next(parcel for parcel in made if parcel.kind == "booklet")
    an.get(f"/hop-di/{booklet.id}", status=404)


@pytest.mark.parametrize("part", ["../../etc/passwd", "%2e%2e/x", "CON", "a\\b", "0" * 36])
def test_no_address_reaches_a_file_outside(made: list[Parcel], an: Browser, part: str) -> None:
    for path in (
        f"/hop-di/{part}/tep/0",
        f"/ban-thu/{part}/0/tep",
        f"/anh/{part}",
        f"/static/{part}",
        f"/phong-chu/{part}.woff2",
    ):
        answer = an.client.get(path)
        assert answer.status_code in (404, 308), path
        answer.close()


def test_a_lost_file_is_named_and_not_a_crash(made: list[Parcel], an: Browser, assets: Assets) -> None:
    booklet = next(parcel for parcel in made if parcel.kind == "booklet")
    Path(assets.path(booklet.files[0]["sha256"])).unlink()
    assert "so-11-in-A4.pdf" in an.get(f"/hop-di/{booklet.id}/tep/0", status=404).words


def test_the_parcels_wait_until_somebody_or_the_timer_makes_them(desk: Desk, made: list[Parcel], an: Browser) -> None:
    with desk.database.writing() as session:
        for parcel in made:
            parcels.get(session, parcel.id).state = type(parcel.state)("waiting")
    page = an.get("/hop-di")
    assert "2 kiện chờ được làm." in page.words
    assert an.client.get(f"/hop-di/{made[0].id}/tep/0").status_code == 404


def test_waiting_parcels_show_their_progress_and_the_page_renews_itself(
    desk: Desk, made: list[Parcel], an: Browser
) -> None:
    assert "/js/live" not in an.get("/hop-di").text
    with desk.database.writing() as session:
        parcels.get(session, made[0].id).state = type(made[0].state)("waiting")
    page = an.get("/hop-di")
    assert "1 kiện chờ được làm." in page.words
    assert "/js/live" in page.text


def test_a_finished_issue_is_the_first_task_of_the_clerk_and_the_page_manager(
    desk: Desk, made: list[Parcel], app: Flask, an: Browser
) -> None:
    with desk.database.writing() as session:
        sealing.mark_released(session, made[0].issue_id, parcels=2, actor=desk.actor(AN), now=desk.clock.tick())
    desk.receives("Cầu mới qua suối Rạt")
    for name in (HUONG, MAI):
        words = Browser(app).signs_in(name).get("/hom-nay").words
        assert "Việc trước hết Số 11 đã xong: 2 kiện sẵn sàng" in words
        assert "chưa xem" not in words
    page = an.get("/hom-nay")
    assert "Số 11 đã xong: 2 kiện sẵn sàng" in page.words
    assert "Số 12 chưa mở" in page.words
