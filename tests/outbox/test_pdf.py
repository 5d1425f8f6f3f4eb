"""A press is sealed and limited: whatever a text tries, it reads nothing and takes nothing down with it."""

import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.models.errors import Unprintable
from config import Config
from outbox import fonts
from outbox.pdf import Press

SECRET = b"DANH SACH GIA LANG"
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def press(config: Config, sheets: tuple[str, ...] = ()) -> Press:
    made_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    return Press(sheets=sheets, assets={"a.svg": PIXEL}, config=config, made_at=made_at, about="Chuyện quê mình")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_bytes(SECRET)
    return path


def test_a_page_reads_the_pictures_it_was_given(config: Config) -> None:
    with press(config) as ours:
        assert ours.print("<p>Xin chào <img src='asset:a.svg'>").startswith(b"%PDF")


@pytest.mark.parametrize(
    "page",
    [
        "<img src='{address}'>",
        "<link rel=stylesheet href='{address}'>",
        "<style>@import '{address}'</style>",
        "<style>body{{background:url({address})}}</style>",
        "<link rel=attachment href='{address}'>",
        "<object data='{address}'></object>",
        "<img src='asset:khong-co.svg'>",
    ],
)
def test_a_page_that_reaches_for_anything_else_is_refused(page: str, secret: Path, config: Config) -> None:
    with press(config) as ours, pytest.raises(Unprintable, match="Chuyện quê mình"):
        ours.print(page.format(address=secret.as_uri()))


def test_a_style_sheet_cannot_reach_outside_either(secret: Path, config: Config) -> None:
    with press(config, sheets=(f"body{{background:url({secret.as_uri()})}}",)) as ours, pytest.raises(Unprintable):
        ours.print("<p>Xin chào")


def test_a_page_after_a_refused_one_prints(secret: Path, config: Config) -> None:
    with press(config) as ours:
        with pytest.raises(Unprintable):
            ours.print(f"<img src='{secret.as_uri()}'>")
        assert ours.print("<p>Xin chào").startswith(b"%PDF")


def test_a_page_that_never_ends_is_stopped_with_one_sentence(tmp_path: Path) -> None:
    hurried = Config(data_dir=tmp_path, render_seconds=1)
    with press(hurried) as ours, pytest.raises(Unprintable, match=r"stopped|longer") as stopped:
        ours.print("<div style='display:flex'><i>a</i>" * 16)

    assert "Chuyện quê mình" in str(stopped.value)


def test_a_page_that_eats_the_memory_is_stopped_with_one_sentence(tmp_path: Path) -> None:
    small = Config(data_dir=tmp_path, render_megabytes=256)
    with press(small) as ours, pytest.raises(Unprintable, match=r"memory|stopped|could not be printed"):
        ours.print("<table><tr><td colspan=100000000>x</td></tr></table>")


def test_a_killed_press_is_one_sentence_and_the_next_one_works(config: Config) -> None:
    with press(config) as ours:
        assert ours.pid is not None
        os.kill(ours.pid, signal.SIGKILL)
        with pytest.raises(Unprintable, match="can be tried again"):
            ours.print("<p>Xin chào")
    with press(config) as next_one:
        assert next_one.print("<p>Xin chào").startswith(b"%PDF")


def test_the_asking_process_never_loads_the_engine(config: Config) -> None:
    with press(config) as ours:
        ours.lay("<p>Xin chào")

    assert "weasyprint" not in sys.modules


def test_the_layout_says_where_things_lie(config: Config) -> None:
    sheet = "@page{size:200pt;margin:20pt}*{margin:0;font:10pt/17pt sans-serif}"
    with press(config, sheets=(sheet,)) as ours:
        layout = ours.lay("<p>một</p><p id=hai style='height:34pt'>hai</p>")

    assert layout.pages == 1
    assert layout.boxes["hai"].top == pytest.approx(17)
    assert layout.boxes["hai"].height == pytest.approx(34)
    assert layout.over == ()


@pytest.mark.parametrize("killed", [False, True])
def test_nothing_stays_in_the_temporary_folder(config: Config, killed: bool) -> None:
    made_at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    lettered = Press(sheets=(fonts.rules(),), assets=fonts.assets(), config=config, made_at=made_at, about="Chữ")
    with lettered as ours:
        ours.lay("<p style='font-family:Noto Serif'>Xin chào")
        scratch = Path(ours._scratch.name)
        assert list(scratch.iterdir())  # the control: the engine does write there
        if killed and ours.pid:
            os.kill(ours.pid, signal.SIGKILL)
    assert not scratch.exists()
