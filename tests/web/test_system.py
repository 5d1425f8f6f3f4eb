"""Hệ thống: sources, people, the office, backup and the log; and Nơi nhận beside it."""

from app.models.place import PlaceKind
from app.store import office, places, sources
from app.store.backup import verify
from config import Config
from tests.people import AN, LAM, TAM
from tests.scenario import Desk
from tests.web.page import Browser


def test_a_source_is_switched_off_and_on(desk: Desk, an: Browser) -> None:
    desk.receives("Cầu mới")
    an.get("/he-thong")
    an.post("/he-thong/nguon/sao-mai-1", bat="0")
    with desk.database.reading() as session:
        assert not sources.get(session, "sao-mai-1").enabled
    assert "1 nguồn có thể bật" in an.get("/he-thong").words
    an.post("/he-thong/nguon/sao-mai-1", bat="1")
    an.post("/he-thong/nguon/khong-co", bat="1", status=404)


def test_a_person_is_added_and_signs_in(tam: Browser, browser: Browser) -> None:
    tam.get("/he-thong")
    form = {"ten": "Thu Cúc", "chuc-vu": "Văn thư", "vai": "clerk", "mat-khau": "mưa rơi trên mái tôn"}
    assert "Đã thêm người." in tam.follow(tam.post("/he-thong/nguoi", form=form)).words
    browser.signs_in("Thu Cúc", "mưa rơi trên mái tôn")
    tam.post("/he-thong/nguoi", form=form, status=400)
    tam.post("/he-thong/nguoi", form={**form, "ten": "Khác", "vai": "king"}, status=400)


def test_the_office_is_changed_by_an_administrator_only(desk: Desk, tam: Browser, an: Browser) -> None:
    page = tam.get("/he-thong")
    form = {name: page.field(name) for name in ("name", "bulletin", "sections", "phones")}
    said = form | {"facts.address": "Số 2 Hùng Vương", "imprint.print_run": "650", "phones": "Cấp cứu: 115\nrác"}
    tam.post("/he-thong/co-quan", form=said)
    with desk.database.reading() as session:
        house = office.load(session)
    assert house.facts["address"] == "Số 2 Hùng Vương"
    assert house.imprint["print_run"] == 650
    assert house.phones == [{"label": "Cấp cứu", "number": "115"}]
    an.get("/he-thong")
    an.post("/he-thong/co-quan", form=said, status=403)


def test_a_backup_is_made_and_read_back(config: Config, tam: Browser) -> None:
    tam.get("/he-thong")
    assert "Đã sao lưu và đọc lại" in tam.follow(tam.post("/he-thong/sao-luu")).words
    [folder] = (config.data_dir / "sao-luu").iterdir()
    verify(folder)
    assert "Sao lưu" in tam.get("/hom-nay").words


def test_the_log_is_told_in_sentences(desk: Desk, an: Browser) -> None:
    desk.has_approved()
    page = an.get("/he-thong")
    assert "Bảo Khánh duyệt bài" in page.words
    assert f"{AN} trình duyệt bài" in page.words


def test_places_grow_as_a_tree_with_their_copies(desk: Desk, an: Browser) -> None:
    an.get("/noi-nhan")
    an.post("/noi-nhan", form={"ten": "Xã Đăk Nhau", "cap": "commune", "so-ban": "12", "huyen": "Bù Đăng"})
    with desk.database.reading() as session:
        [commune] = places.listing(session)
    an.post("/noi-nhan", form={"ten": "Sóc Bù Rê", "cap": "hamlet", "so-ban": "30", "thuoc": commune.id})
    page = an.get("/noi-nhan")
    assert "42 bản" in page.words
    assert "trước thuộc Bù Đăng" in page.words
    assert commune.kind == PlaceKind.COMMUNE


def test_a_place_that_makes_no_sense_is_refused(an: Browser, browser: Browser) -> None:
    an.get("/noi-nhan")
    an.post("/noi-nhan", form={"ten": "X", "cap": "galaxy"}, status=400)
    an.post("/noi-nhan", form={"ten": "X", "cap": "commune", "so-ban": "-1"}, status=400)
    an.post("/noi-nhan", form={"ten": "X", "cap": "commune", "so-ban": "nhiều"}, status=400)
    browser.signs_in(LAM).post("/noi-nhan", form={"ten": "X", "cap": "commune"}, status=403)


def test_an_administrator_finds_the_forms_others_do_not_see(tam: Browser, an: Browser) -> None:
    assert "/he-thong/nguoi" in tam.get("/he-thong").actions()
    assert "/he-thong/nguoi" not in an.get("/he-thong").actions()
    assert TAM in an.get("/he-thong").words
