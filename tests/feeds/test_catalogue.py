"""The official list, and what an office is told about its own."""

import json
from pathlib import Path

import pytest

from app.models.errors import Refused
from config import Config
from feeds.catalogue import Catalogue, load_catalogue, read_catalogue

ONE = """
[[outlet]]
id = "bao"
name = "Báo Ví Dụ"
site = "https://bao.example"
[[outlet.source]]
id = "bao-home"
name = "Trang chủ"
url = "https://bao.example/home.rss"
"""


def official() -> Catalogue:
    return load_catalogue(Config())


def read(tmp_path: Path, text: str) -> Catalogue:
    file = tmp_path / "outlets.toml"
    file.write_text(text, "utf-8")
    return read_catalogue(file)


def mistake(tmp_path: Path, text: str) -> str:
    with pytest.raises(Refused) as caught:
        read(tmp_path, text)
    return str(caught.value).replace(str(tmp_path / "outlets.toml"), "FILE")


def test_the_official_list_is_sound() -> None:
    catalogue = official()
    assert len(catalogue.outlets) == 13
    assert len(catalogue.sources) == 56
    assert all(outlet.credit for outlet in catalogue.outlets)


def test_grades_say_what_is_read_offered_or_hidden() -> None:
    states = {source.url: source.state for source in official().sources}
    assert states["https://nhandan.vn/rss/home.rss"] == "on"
    assert states["https://www.qdnd.vn/rss/cate/tin-tuc-moi-nhat.rss"] == "on"
    assert states["https://nhandan.vn/rss/54-dan-toc-704489.rss"] == "offered"
    assert states["https://baodantoc.vn/rss/home.rss"] == "hidden"


def test_the_list_is_the_one_that_was_researched() -> None:
    draft = Path(__file__).resolve().parents[2].parent / "shared" / "outlets.json"
    if not draft.is_file():
        pytest.skip("the folder shared is not beside the repository")
    feeds = [
        (feed[1], feed[2]) for outlet in json.loads(draft.read_text("utf-8"))["outlets"] for feed in outlet["feeds"]
    ]
    assert [(source.url, source.grade) for source in official().sources] == feeds


def test_oddities_of_outlets_reach_their_sources() -> None:
    quirks = {source.id: source.quirks for source in official().sources}
    assert quirks["vov-tin-moi"].user_agent == "Mozilla/5.0"
    assert quirks["qdnd-chinh-tri"].visit_first == "https://www.qdnd.vn/rss"
    assert quirks["vtv-trang-chu"].summary_prefix == ("VTV.vn",)
    assert quirks["nhandan-trang-chu"].user_agent == ""


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://nhandan.vn/x-post1.html", "nhandan"),
        ("http://WWW.NHANDAN.VN./", "nhandan"),
        ("https://nhandan.vn.evil.example/", None),
        ("https://nhаndan.vn/", None),  # a Cyrillic letter
        ("https://evil.example/?nhandan.vn", None),
        ("https://nhandan.vn@evil.example/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_a_badge_goes_by_the_exact_host(url: str, outlet: str | None) -> None:
    found = official().outlet_of(url)
    assert (found.id if found else None) == outlet


def test_a_short_list_is_enough(tmp_path: Path) -> None:
    outlet = read(tmp_path, ONE).outlets[0]
    assert outlet.credit == "Báo Ví Dụ"
    assert outlet.hosts == {"bao.example"}
    assert outlet.sources[0].state == "on"


def test_hosts_are_kept_in_one_spelling(tmp_path: Path) -> None:
    text = ONE.replace("site =", 'hosts = ["BÁO.example.", "bao.example"]\nsite =')
    assert read(tmp_path, text).outlets[0].hosts == {"xn--bo-mia.example", "bao.example"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('id = "bao"\n', ""), "FILE, outlet[1].id: missing."),
        (("name = ", "nam = "), "FILE, outlet[1].name: missing."),
        (
            ('site = "https://bao.example"', 'site = "https://bao.example"\ncolour = "red"'),
            "FILE, outlet[1].colour: unknown key",
        ),
        (('id = "bao"', "id = 7"), "FILE, outlet[1].id: expected text."),
        (('id = "bao"', 'id = "Báo"'), "FILE, outlet[1] Báo.id: expected small letters"),
        (
            ('site = "https://bao.example"', 'site = "https://bao.example"\nhosts = "bao.example"'),
            "expected a list of texts",
        ),
        (
            ("https://bao.example/home.rss", "ftp://bao.example/"),
            "FILE, outlet[1] bao: site or a source has no http(s) address.",
        ),
        (('name = "Trang chủ"', 'name = "Trang chủ"\ngrade = "E"'), ".source[1].grade: expected one of A, B, C, D."),
        (('id = "bao-home"', 'id = "bao-home"\nvisit_first = "https://evil.example/"'), "on one of its hosts"),
    ],
)
def test_a_mistake_is_told_with_file_and_key(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    assert sentence in mistake(tmp_path, ONE.replace(*change, 1))


def test_a_name_has_one_owner(tmp_path: Path) -> None:
    assert "bao occurs twice" in mistake(tmp_path, ONE + ONE)
    other = ONE.replace('"bao', '"dai')
    assert "bao.example occurs twice" in mistake(tmp_path, ONE + other)


def test_outlets_may_share_a_bare_address_on_an_intranet(tmp_path: Path) -> None:
    here = ONE.replace("https://bao.example", "http://127.0.0.1:8000")
    assert len(read(tmp_path, here + here.replace('"bao', '"dai')).sources) == 2


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    assert "is not TOML" in mistake(tmp_path, "= = =")
    with pytest.raises(Refused, match="cannot be opened"):
        read_catalogue(tmp_path / "nowhere.toml")
