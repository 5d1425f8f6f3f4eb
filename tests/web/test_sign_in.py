"""Signing in and out: a fresh row each time, nothing a stranger planted lives on."""

import pytest
from flask import Flask

from app.store import sessions
from app.store.database import Database
from app.web.security import local_path
from tests.people import AN, Clock
from tests.web.page import Browser


def test_hoai_an_signs_in_and_out(browser: Browser) -> None:
    browser.signs_in(AN)
    assert AN in browser.get("/hom-nay").text
    browser.post("/dang-xuat")
    assert browser.get("/hom-nay", status=303).location == "/dang-nhap?toi=%2Fhom-nay"


def test_a_wrong_passphrase_says_so_and_keeps_the_name(browser: Browser) -> None:
    browser.get("/dang-nhap")
    page = browser.post("/dang-nhap", form={"ten": AN, "mat-khau": "không phải câu này"}, status=401)
    assert "không khớp" in page.words
    assert page.field("ten") == AN


def test_many_wrong_tries_must_wait_but_never_for_long(browser: Browser, clock: Clock) -> None:
    browser.get("/dang-nhap")
    for _ in range(5):
        browser.post("/dang-nhap", form={"ten": AN, "mat-khau": "không phải câu này"}, status=401)
        clock.tick(seconds=5)
    browser.post("/dang-nhap", form={"ten": AN, "mat-khau": "sai nữa"}, status=401)
    page = browser.post("/dang-nhap", form={"ten": AN, "mat-khau": "sai nữa"}, status=429)
    assert "xin chờ" in page.words
    assert page.field("ten") == AN
    clock.tick(minutes=2)
    browser.signs_in(AN)


def test_a_key_from_before_signing_in_opens_nothing_afterwards(app: Flask, browser: Browser) -> None:
    browser.get("/dang-nhap")
    before = browser.client.get_cookie("bantin")
    assert before is not None
    browser.signs_in(AN)
    after = browser.client.get_cookie("bantin")
    assert after is not None
    assert before.value != after.value
    thief = Browser(app)
    thief.client.set_cookie("bantin", before.value)
    assert thief.get("/hom-nay", status=303).location.startswith("/dang-nhap")


def test_a_copied_key_dies_with_signing_out(app: Flask, browser: Browser) -> None:
    browser.signs_in(AN)
    key = browser.client.get_cookie("bantin")
    assert key is not None
    copy = Browser(app)
    copy.client.set_cookie("bantin", key.value)
    copy.get("/hom-nay")
    browser.post("/dang-xuat")
    assert copy.get("/hom-nay", status=303).location.startswith("/dang-nhap")


def test_the_token_from_before_signing_in_is_dead(browser: Browser) -> None:
    browser.get("/dang-nhap")
    old = browser.csrf
    browser.signs_in(AN)
    assert browser.csrf != old
    browser.post("/phim", csrf=old, phim="tat", status=403)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.get("/dang-nhap").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_key_itself_is_not_in_the_database(browser: Browser, database: Database, clock: Clock) -> None:
    browser.signs_in(AN)
    key = browser.client.get_cookie("bantin")
    assert key is not None
    with database.reading() as session:
        row = sessions.find(session, key.value, now=clock.now)
        assert row is not None
        assert row.key_hash != key.value


def test_what_was_asked_for_comes_after_signing_in(browser: Browser) -> None:
    asked = browser.get("/tin-ve?nhom=de-sau", status=303)
    form = browser.follow(asked)
    assert form.field("toi") == "/tin-ve?nhom=de-sau"


@pytest.mark.parametrize("target", ["//evil.vn", "https://evil.vn", "/\\evil.vn", "", "tin-ve", "/a\nb"])
def test_nobody_is_sent_elsewhere(target: str) -> None:
    assert local_path(target) == "/hom-nay"


def test_our_own_paths_are_followed() -> None:
    assert local_path("/bai/1?xong=luu") == "/bai/1?xong=luu"


def test_words_sent_after_the_end_of_a_sign_in_are_shown_to_be_copied(browser: Browser, clock: Clock) -> None:
    browser.signs_in(AN)
    clock.tick(days=20)
    page = browser.post(
        "/bai/x/luu", form={"article.standfirst": "Ba mươi hộ ở sóc Bom Bo cùng giữ khung dệt."}, status=401
    )
    assert "Ba mươi hộ ở sóc Bom Bo" in page.text
