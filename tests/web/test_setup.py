"""The first visit: five questions, once, and from another machine only with the code of the terminal."""

from pathlib import Path

import pytest
from flask import Flask

from app.models.office import Mode
from app.store import office, stories
from app.store.folder import Folder
from app.web.application import create_app
from config import Config
from feeds.samples.load import load_samples
from tests.people import NOW, PASSPHRASE, Clock
from tests.web.page import Browser

SAID = {
    "mau": "binh-phuoc-2022",
    "ten": "Minh Tâm",
    "chuc-vu": "Quản trị",
    "mat-khau": PASSPHRASE,
    "mat-khau-2": PASSPHRASE,
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder.open(Config(data_dir=tmp_path / "var"), now=NOW)


@pytest.fixture
def empty(folder: Folder, clock: Clock) -> Flask:
    """A desk nobody has set up."""
    return create_app(folder.config, folder.database, now=clock, setup_code="3f9a2b1c")


def test_the_first_visit_leads_to_the_set_up_and_then_never_again(empty: Flask) -> None:
    browser = Browser(empty)
    assert browser.get("/", status=303).location == "/cai-dat"
    assert "Bình Phước (2022)" in browser.get("/cai-dat").words
    assert browser.post("/cai-dat", form=SAID).location == "/hom-nay"
    assert "Minh Tâm" in browser.get("/hom-nay").text
    assert browser.get("/cai-dat", status=303).location == "/hom-nay"


def test_a_second_set_up_is_refused(empty: Flask, folder: Folder) -> None:
    first, second = Browser(empty), Browser(empty)
    second.get("/cai-dat")
    first.get("/cai-dat")
    first.post("/cai-dat", form=SAID)
    second.post("/cai-dat", form={**SAID, "ten": "Kẻ khác"}, status=400)
    with folder.database.reading() as session:
        house = office.load(session)
    assert (house.name, house.mode) == ("Ban Dân tộc tỉnh Bình Phước", Mode.REAL)


@pytest.mark.parametrize(("wrong", "says"), [
    ({"mat-khau-2": "một câu khác hẳn"}, "khác nhau"),
    ({"mat-khau": "ngắn", "mat-khau-2": "ngắn"}, "12"),
    ({"ten": "  "}, "tên người"),
    ({"mau": "khong-co"}, "khong-co"),
])  # fmt: skip
def test_a_wrong_answer_says_why_and_makes_nothing(
    empty: Flask, folder: Folder, wrong: dict[str, str], says: str
) -> None:
    browser = Browser(empty)
    browser.get("/cai-dat")
    page = browser.post("/cai-dat", form={**SAID, **wrong}, status=400)
    assert says in page.words
    with folder.database.reading() as session:
        assert office.find(session) is None


def test_from_another_machine_the_code_of_the_terminal_is_asked(empty: Flask) -> None:
    browser = Browser(empty)
    browser.client.environ_base["REMOTE_ADDR"] = "192.168.1.20"
    assert "Mã cài đặt" in browser.get("/cai-dat").words
    assert "Mã cài đặt chưa đúng" in browser.post("/cai-dat", form={**SAID, "ma": "00000000"}, status=400).words
    browser.get("/cai-dat")
    browser.post("/cai-dat", form={**SAID, "ma": "3f9a2b1c"})


def test_a_desk_for_practice_says_mau_and_waits_for_the_timer_to_bring_the_samples(
    empty: Flask, folder: Folder
) -> None:
    browser = Browser(empty)
    browser.get("/cai-dat")
    browser.post("/cai-dat", form={**SAID, "tin-mau": "1"})
    for path in ("/hom-nay", "/tin-ve"):
        page = browser.get(path)
        assert "MẪU" in page.words
        assert "Tin mẫu đang được đưa vào" in page.words
        assert "/js/live" in page.text
    with folder.database.reading() as session:
        assert office.load(session).mode == Mode.TRAINING
        assert stories.count(session) == 0
    load_samples(folder.database, folder.config, folder.assets, now=NOW)
    assert "Tin mẫu: 40 tin của 2 báo" in browser.get("/hom-nay").words
    assert "đang được đưa vào" not in browser.get("/tin-ve").words


def test_a_real_desk_starts_without_samples(empty: Flask) -> None:
    browser = Browser(empty)
    browser.get("/cai-dat")
    browser.post("/cai-dat", form=SAID)
    assert "Tin mẫu" not in browser.get("/hom-nay").words
    assert "Chưa lấy tin từ báo nào" in browser.get("/tin-ve").words


def test_the_log_says_that_the_desk_was_set_up_and_by_no_terminal(empty: Flask) -> None:
    browser = Browser(empty)
    browser.get("/cai-dat")
    browser.post("/cai-dat", form=SAID)
    words = browser.get("/he-thong").words
    assert "Bàn làm việc được cài đặt" in words
    assert "Dòng lệnh" not in words
