"""Hệ thống: sources, people, the office, backup and the log; and Nơi nhận beside it."""

from flask import Flask

from app.models.place import PlaceKind
from app.store import issues, office, places, sources
from app.store.backup import verify
from app.store.database import Database
from app.web.application import create_app
from app.web.security import known_hosts
from config import Config
from tests.people import AN, LAM, PASSPHRASE, TAM, Clock
from tests.scenario import Desk
from tests.web.page import Browser


def test_a_source_is_switched_off_and_on(desk: Desk, an: Browser) -> None:
    desk.receives("Cầu mới")
    an.get("/he-thong")
    an.post("/he-thong/nguon/sao-mai-1", bat="0")
    with desk.database.reading() as session:
        assert not sources.get(session, "sao-mai-1").enabled
    an.post("/he-thong/nguon/sao-mai-1", bat="1")
    an.post("/he-thong/nguon/khong-co", bat="1", status=404)


def test_the_sources_are_told_in_one_line(desk: Desk, an: Browser) -> None:
    assert "Chưa bật nguồn nào" in an.get("/he-thong").words
    desk.receives("Cầu mới")
    assert "/he-thong/nguon" in an.get("/he-thong").links()
    assert "đang bật 1" in an.get("/he-thong").words


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


def test_an_account_is_closed_and_opened_again(desk: Desk, tam: Browser, an: Browser, app: Flask) -> None:
    person = desk.person(AN).id
    tam.get("/he-thong")
    assert "Tài khoản đã khóa" in tam.follow(tam.post(f"/he-thong/nguoi/{person}/tai-khoan", form={"mo": "0"})).words
    assert an.get("/hom-nay", status=303).location.startswith("/dang-nhap")
    door = Browser(app)
    door.get("/dang-nhap")
    door.post("/dang-nhap", form={"ten": AN, "mat-khau": PASSPHRASE}, status=401)
    tam.post(f"/he-thong/nguoi/{person}/tai-khoan", form={"mo": "1"})
    Browser(app).signs_in(AN)
    assert f"đổi tài khoản “{AN}”" in tam.get("/he-thong").words


def test_nobody_closes_the_account_in_use(desk: Desk, tam: Browser) -> None:
    person = desk.person(TAM).id
    assert f"/he-thong/nguoi/{person}/tai-khoan" not in tam.get("/he-thong").actions()
    tam.post(f"/he-thong/nguoi/{person}/tai-khoan", form={"mo": "0"}, status=400)


def test_a_forgotten_passphrase_is_set_anew_and_the_old_one_opens_nothing(
    desk: Desk, tam: Browser, an: Browser, app: Flask
) -> None:
    person, fresh = desk.person(AN).id, "trăng lên trên đồi tre"
    tam.get("/he-thong")
    tam.post(f"/he-thong/nguoi/{person}/mat-khau", form={"mat-khau": "ngắn"}, status=400)
    tam.post(f"/he-thong/nguoi/{person}/mat-khau", form={"mat-khau": fresh})
    assert an.get("/hom-nay", status=303).location.startswith("/dang-nhap")
    Browser(app).signs_in(AN, fresh)
    door = Browser(app)
    door.get("/dang-nhap")
    door.post("/dang-nhap", form={"ten": AN, "mat-khau": PASSPHRASE}, status=401)


def test_the_log_names_its_things_and_folds_equal_neighbours(desk: Desk, an: Browser) -> None:
    issue = desk.opens_issue()
    headlines = ("Cầu mới qua suối Rạt", "Nước sạch về sóc")
    made = [desk.has_approved(headline=headline) for headline in headlines]
    actor, now = desk.actor(AN), desk.clock.tick()
    with desk.database.writing() as session:
        for article in made:
            issues.add_article(session, issue, article, design="short", actor=actor, now=now)
    words = an.get("/he-thong").words
    assert "Bảo Khánh duyệt bài “Cầu mới qua suối Rạt”" in words
    assert f"{AN} xếp 2 bài vào số 11" in words
    assert "sửa số 11" not in words
    assert "mở số 11" in words


def test_an_open_desk_answers_only_to_the_names_that_are_listed(database: Database, clock: Clock, desk: Desk) -> None:
    shared = Config(host="0.0.0.0")
    assert known_hosts(shared) == ["127.0.0.1", "[::1]", "localhost"]
    listed = Config(host="0.0.0.0", trusted_hosts="192.168.1.10, Bantin")
    assert {"192.168.1.10", "bantin"} <= set(known_hosts(listed))
    page = Browser(create_app(shared, database, now=clock)).signs_in(TAM).get("/he-thong")
    assert "Chưa ghi tên nào" in page.words
    assert "trusted_hosts" in page.words
    page = Browser(create_app(listed, database, now=clock)).signs_in(TAM).get("/he-thong")
    assert "Chưa ghi tên nào" not in page.words


def test_an_unknown_host_name_is_told_what_to_do(app: Flask, desk: Desk) -> None:
    answer = app.test_client().get("/hom-nay", headers={"Host": "192.168.1.10"})
    assert answer.status_code == 400
    assert "trusted_hosts" in answer.get_data(as_text=True)
