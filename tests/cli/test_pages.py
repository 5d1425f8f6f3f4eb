"""The verb `page`: one story's own page, read now."""

from pathlib import Path

import pytest

from tests.cli.terminal import Program
from tests.feeds.office import feed, item, listing
from tests.feeds.outlet_server import OutletServer, send, serving

HTML = (
    '<html lang="vi"><head><meta charset="utf-8"><title>Cầu treo qua suối Rạt</title></head><body><main><article>'
    "<h1>Cầu treo qua suối Rạt</h1><p>Cây cầu treo dài 96 m qua suối Rạt vừa thông xe sau tám tháng thi công.</p>"
    "<p>Trước đây, mỗi mùa mưa, bà con thôn Bù Rên phải đi bè tre sang rẫy điều ở bờ bên kia.</p>"
    "</article></main></body></html>"
).encode()


@pytest.fixture
def office(tmp_path: Path) -> Program:
    program = Program(tmp_path / "var")
    assert program("setup", "--person", "Minh Tâm", typed="một hai ba bốn năm\n").code == 0
    return program


def environ(tmp_path: Path, outlet: OutletServer) -> dict[str, str]:
    outlets = tmp_path / "outlets.toml"
    outlets.write_text(listing(outlet, "bao"), "utf-8")
    return {"BANTIN_OUTLETS_FILE": str(outlets), "BANTIN_FETCH_PRIVATE_NETWORKS": "true"}


def test_a_page_is_read_read_again_and_shown_from_what_was_kept(office: Program, tmp_path: Path) -> None:
    with serving() as outlet:
        outlet.publish("/bao.rss", feed(item("Cầu treo qua suối Rạt", outlet.url("/cau.html"))))
        outlet.publish("/cau.html", HTML, "text/html; charset=utf-8")
        given = environ(tmp_path, outlet)
        office("read", **given)
        (story,) = office.ask("stories", **given)
        first = office.ask("page", story["id"], **given)
        assert (first["outcome"], len(first["readings"])) == ("ok", 1)
        assert "Cây cầu treo dài 96 m" in first["readings"][0]["text"]
        assert first["readings"][0]["intact"] is True
        assert office.ask("page", story["id"], **given)["outcome"] == "same"
        outlet.behave("/cau.html", send(404))
        gone = office("page", story["id"], **given)
        assert gone.code == 0
        assert "Trang không còn nữa" in gone.out
        kept = office.ask("page", story["id"], "--kept", **given)
        assert (kept["outcome"], len(kept["readings"])) == (None, 1)
        assert office("page", "khong-co", **given).code == 1
