"""No word is lost: the server is killed while somebody writes, comes back on the same folder, or has signed her out."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.models.operation import OperationRow
from app.store import manuscript
from app.store.database import Database
from config import Config
from tests.databases import SqliteTemplate
from tests.e2e.conftest import Arrival
from tests.e2e.server import Server
from tests.e2e.visitor import Visitor, vi
from tests.people import AN, PASSPHRASE
from tests.scenario import Desk

LETTERS = "Khung dệt của bà vẫn vang mỗi chiều"


@pytest.fixture
def article(sqlite: SqliteTemplate, tmp_path: Path) -> str:
    """A draft of Hoài An's on a folder that is not served yet."""
    with sqlite.copy(tmp_path / "var") as database:
        return Desk(database).writes(headline="")


@pytest.fixture
def server(article: str, tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path / "var").start()
    yield running
    running.stop()


@pytest.fixture
def an(arrives: Arrival, server: Server, article: str) -> Visitor:
    """Hoài An, with her article open."""
    visitor = arrives(AN, server).signs_in(PASSPHRASE)
    visitor.opens(f"/bai/{article}")
    return visitor


def wait_until_lost(an: Visitor) -> None:
    """The chip says since when the server is away."""
    expect(an.page.locator("[data-save]")).to_have_text(re.compile(r"^Mất máy chủ từ \d\d:\d\d$"), timeout=25_000)


def wait_until_saved(an: Visitor) -> None:
    """The chip says so, and nothing waits any more."""
    expect(an.page.locator("[data-save]")).to_have_text(vi("Saved"), timeout=25_000)


def written(tmp_path: Path, article: str) -> tuple[str, int]:
    """The headline that stands in the database, and how many operations say just that."""
    database = Database.open(Config(data_dir=tmp_path / "var"))
    try:
        with database.reading() as session:
            headline = manuscript.content(session, article).headline
            same = session.query(OperationRow).filter_by(field="headline", value=headline).count()
        return headline, same
    finally:
        database.close()


def test_the_server_is_killed_in_the_middle_of_a_sentence(
    an: Visitor, server: Server, article: str, tmp_path: Path
) -> None:
    an.taps_out("Headline", LETTERS[:10])
    with an.expecting_trouble():
        server.kill()
        an.taps_out("Headline", LETTERS[10:])
        wait_until_lost(an)
        assert an.field("Headline").input_value() == LETTERS
        server.start()
        wait_until_saved(an)
    server.stop()
    assert written(tmp_path, article) == (LETTERS, 1)


def test_the_window_is_closed_before_the_server_is_back(
    an: Visitor, server: Server, article: str, tmp_path: Path
) -> None:
    with an.expecting_trouble():
        server.kill()
        an.taps_out("Headline", LETTERS)
        wait_until_lost(an)
        server.start()
        an.page.on("dialog", lambda dialog: dialog.accept())
        an.opens(f"/bai/{article}")
        assert an.field("Headline").input_value() == LETTERS
        wait_until_saved(an)
    server.stop()
    assert written(tmp_path, article) == (LETTERS, 1)


@pytest.mark.parametrize(("button", "code"), [("Save", "luu"), ("Submit", "trinh")])
def test_a_press_right_behind_the_pause_that_saves_is_no_clash(an: Visitor, button: str, code: str) -> None:
    with an.page.expect_request("**/o"):
        an.taps_out("Headline", LETTERS)
    an.presses(button)
    an.is_told(code)
    assert an.field("Headline").input_value() == LETTERS
    expect(an.page.locator(".clash")).to_have_count(0)


def test_who_was_signed_out_keeps_the_words(an: Visitor, server: Server, article: str) -> None:
    an.page.context.clear_cookies()
    with an.expecting_trouble():
        an.page.on("dialog", lambda dialog: dialog.accept())
        an.types("Headline", LETTERS)
        an.presses("Save")
        expect(an.page.get_by_role("heading", level=1)).to_have_text(vi("Please sign in again"))
        assert LETTERS in [field.input_value() for field in an.page.locator("textarea").all()]
        an.presses("Sign in")
        an.types("Name", AN)
        an.types("Passphrase", PASSPHRASE)
        an.presses("Sign in")
        an.opens(f"/bai/{article}")
        assert an.field("Headline").input_value() == LETTERS
        wait_until_saved(an)


def test_who_was_signed_out_while_writing_signs_in_on_the_spot(
    an: Visitor, server: Server, article: str, tmp_path: Path
) -> None:
    an.page.context.clear_cookies()
    with an.expecting_trouble():
        an.taps_out("Headline", LETTERS)
        gate = an.page.locator("#phien")
        an.types("Passphrase", PASSPHRASE, gate)
        an.presses("Sign in", gate)
        wait_until_saved(an)
    server.stop()
    assert written(tmp_path, article) == (LETTERS, 1)
