"""Every page of the desk, opened by a person and inspected: in Vietnamese, in English, empty and with work on it."""

import pytest
from flask import Flask

from app.store.database import Database
from app.web.database import WebDatabase
from tests.people import AN, HUONG, KHANH, LAM, MAI, TAM
from tests.scenario import Desk
from tests.web.page import ORIGIN, Browser

PAGES = (
    *("/hom-nay", "/tin-ve", "/bai", "/so-ban-tin", "/hop-di", "/noi-nhan", "/he-thong", "/he-thong/nguon"),
    *("/mau", "/phim-tat"),
)


@pytest.mark.parametrize("name", [AN, KHANH, TAM, LAM, HUONG, MAI])
def test_an_empty_desk_shows_every_page_to_everybody(app: Flask, name: str) -> None:
    browser = Browser(app).signs_in(name)
    for path in (*PAGES, "/duyet"):
        assert name in browser.get(path).text


def test_a_full_desk_shows_every_page(desk: Desk, an: Browser) -> None:
    story = desk.receives("Bà con sóc Bom Bo giữ nghề dệt", summary="Ba mươi hộ cùng dệt.\nKhung dệt của bà.")
    draft = desk.writes(stories=(story,), credit="Theo Báo Sao Mai")
    waiting = desk.writes(headline="Đường bê tông về sóc")
    desk.submits(waiting)
    returned = desk.writes(headline="Nước sạch về sóc Bù Rê")
    desk.submits(returned)
    desk.sends_back(returned)
    issue = desk.opens_issue()
    desk.places(issue, desk.has_approved(headline="Gương sáng trong sóc"))
    paths = (f"/tin-ve/{story}", f"/bai/{draft}", f"/bai/{returned}", f"/duyet/{waiting}", f"/so-ban-tin/{issue}")
    for path in (*PAGES, *paths, "/tin-ve?gon=1", "/tin-ve?tim=det", "/bai?nhom=da-xep", "/tin-ve?nhom=da-bo"):
        an.get(path)


def test_the_desk_speaks_english_when_asked(an: Browser) -> None:
    an.post("/tieng", tieng="en", toi="/hom-nay")
    page = an.get("/hom-nay")
    assert 'lang="en"' in page.text
    assert "No issue is open" in page.words


def test_an_unknown_language_is_refused(an: Browser) -> None:
    an.post("/tieng", tieng="xx", status=400)


def test_single_keys_can_be_turned_off(an: Browser) -> None:
    assert 'data-keys="on"' in an.get("/tin-ve").text
    an.post("/phim", phim="tat", toi="/tin-ve")
    assert 'data-keys="off"' in an.get("/tin-ve").text


def test_a_practice_desk_says_mau_on_every_page(an: Browser) -> None:
    for path in PAGES:
        assert "MẪU" in an.get(path).text


@pytest.mark.parametrize(
    ("path", "status"), [("/khong-co", 404), ("/bai/khong-co", 404), ("/tin-ve/x", 404), ("/anh/x", 404)]
)
def test_an_unknown_address_gets_our_own_page(an: Browser, path: str, status: int) -> None:
    page = an.get(path, status=status)
    assert "/hom-nay" in page.links()


def test_a_wrong_method_gets_our_own_page(an: Browser) -> None:
    an.post("/hom-nay", status=405)


def test_an_unknown_host_is_refused_with_the_strict_headers(browser: Browser) -> None:
    answer = browser.client.get("/dang-nhap", headers={"Host": "evil.vn"})
    assert answer.status_code == 400
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_known_host_is_answered(browser: Browser) -> None:
    assert browser.client.get("/dang-nhap", headers={"Host": "127.0.0.1:8300"}).status_code == 200


def test_a_file_that_is_too_large_is_refused_and_nothing_changes(an: Browser, desk: Desk) -> None:
    article = desk.writes()
    sent = an.client.post(
        f"/bai/{article}/anh", data=b"x" * 26_000_000, headers=ORIGIN, content_type="multipart/form-data; boundary=x"
    )
    assert sent.status_code == 413
    assert "20 MB" in sent.get_data(as_text=True)
    assert desk.content(article).figures == ()


def test_something_broken_shows_a_number_that_stands_in_the_log(
    app: Flask, an: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    broken = app.view_functions["places.listing"]
    app.view_functions["places.listing"] = lambda: str(1 / 0)
    page = an.get("/noi-nhan", status=500)
    app.view_functions["places.listing"] = broken
    number = caplog.records[-1].getMessage().split()[1]
    assert number in page.words


def test_the_pages_use_our_engine_and_no_other_sqlite(app: Flask, database: Database) -> None:
    with app.app_context():
        lender = app.extensions["sqlalchemy"]
        assert isinstance(lender, WebDatabase)
        assert lender.engine is database.engine
        with lender.lend("reading") as session:
            version = session.connection().exec_driver_sql("SELECT sqlite_version()").scalar_one()
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)


def test_the_reading_door_of_a_page_cannot_write(app: Flask, database: Database) -> None:
    with app.test_request_context(), app.extensions["sqlalchemy"].lend("reading") as session:
        assert session.connection().exec_driver_sql("PRAGMA query_only").scalar_one() == 1
    with app.test_request_context(), app.extensions["sqlalchemy"].lend("writing") as session:
        assert session.connection().exec_driver_sql("PRAGMA query_only").scalar_one() == 0
