"""Every sentence a person can meet has its Vietnamese text, and the texts are fit to be read."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from app.cli.help import say_help
from app.desk import sentences
from app.desk.content import FIELDS
from app.desk.findings import SENTENCES, Finding
from app.desk.ops import NOUNS
from app.desk.stages import STEPS
from app.models.article import Stage
from app.models.errors import Refused
from app.models.issue import IssueStage
from app.models.parcel import ParcelState
from app.models.person import Role
from app.models.story import Triage
from app.paths import ROOT, TEMPLATES, TRANSLATIONS
from app.words import gettext, name_of, ngettext, say, say_finding
from outbox.kinds import KINDS
from tests.extraction import TABLES, calls_of_variables, extract_calls, kinds_raised, msgids, of_file, of_table

# Texts that wait: app/cli/main.py still says this one in English only.
WAITING = {"Stopped."}
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-z]")


def catalogues() -> dict[str, Catalog]:
    """Each room's .po file by its name."""
    found = {}
    for path in sorted((TRANSLATIONS / "vi").glob("*.po")):
        with path.open("rb") as stream:
            found[path.stem] = read_po(stream, locale="vi", abort_invalid=True)
    return found


def texts() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(room, msgid alone or with its plural, Vietnamese text) of every entry; a plural has one text in Vietnamese."""
    for room, catalogue in catalogues().items():
        for message in catalogue:
            if message.id:
                words = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                text = message.string if isinstance(message.string, str) else next(iter(message.string or ()), "")
                yield room, words, text


def test_every_sentence_has_its_vietnamese_text() -> None:
    known = {words for _, words, text in texts() if text.strip()}
    missing = {words[0]: where for words, where in msgids().items() if words not in known}
    assert not missing, _list(f"{where}: {words!r}" for words, where in missing.items())


def test_a_text_names_the_same_values_as_its_msgid() -> None:
    wrong = [
        f"{room}: {words[-1]!r} → {text!r}"
        for room, words, text in texts()
        if sorted(PLACEHOLDER.findall(words[-1])) != sorted(PLACEHOLDER.findall(text))
    ]
    assert not wrong, _list(wrong)


def test_no_text_is_left_over_from_a_sentence_that_is_gone() -> None:
    said = set(msgids())
    assert not (
        gone := [f"{room}: {words[0]!r}" for room, words, _ in texts() if words not in said and words[0] not in WAITING]
    ), _list(gone)


def test_one_sentence_has_one_text_in_all_rooms() -> None:
    said: dict[str, set[str]] = {}
    for _room, words, text in texts():
        said.setdefault(words[0], set()).add(text)
    assert not (torn := [f"{words!r}: {sorted(found)}" for words, found in said.items() if len(found) > 1]), _list(torn)


def test_no_po_file_gives_a_sentence_twice() -> None:
    for path in sorted((TRANSLATIONS / "vi").glob("*.po")):
        entries = [
            block for block in path.read_text("utf-8").split("\n\n") if re.search(r'^msgid "(?!"$)', block, re.M)
        ]
        assert len(entries) == len(set(entries)) == len(catalogues()[path.stem]), path.name


def test_texts_are_typed_whole_and_say_dong_bao() -> None:
    for path in sorted((TRANSLATIONS / "vi").glob("*.po")):
        text = path.read_text("utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name
        assert not re.search(r"người dân tộc(?! thiểu số)", text, re.IGNORECASE), path.name
    for room, words, text in texts():
        assert not (fault := faults(text, words[0])), f"{room}: {text!r}: {fault}"


def test_vietnamese_that_stands_in_the_pages_and_samples_is_typed_whole_too() -> None:
    rooms = (TEMPLATES, ROOT / "feeds" / "samples", ROOT / "app" / "store" / "presets")
    files = [path for room in rooms for path in room.rglob("*") if path.suffix in (".html", ".txt", ".toml")]
    assert files
    for path in files:
        text = path.read_text("utf-8")
        assert unicodedata.is_normalized("NFC", text), path.name
        assert not re.search(r"người dân tộc(?! thiểu số)", text, re.IGNORECASE), path.name


def faults(text: str, msgid: str = "") -> str:
    """What a sub-editor would mark in a line of the interface, or an empty string."""
    if re.search(r"\bhãy\b", text, re.IGNORECASE):
        return "staff are addressed neutrally, without “hãy”"
    if re.search(r"[\"']", re.sub(r"`[^`]*`", "", text)):
        return "straight quotation marks"
    if re.search(r"\s[,.;:!?…](?!\w)|[^\S\n]{2}|[,;](?=[^\s\d”’)])", text) or text != text.strip():
        return "spaces"
    if re.search(r"[.!?…]$", msgid) and not re.search(r"[.!?…”]$|\)s$", text):
        return "the closing mark is missing"
    return ""


@pytest.mark.parametrize("bad", ["Hãy chọn tin.", 'Chọn "tin".', "Chọn tin .", "Chọn  tin.", "Chọn,bỏ.", "Chọn tin"])
def test_a_fault_of_language_is_seen(bad: str) -> None:
    assert faults(bad, "Choose a story.")


def test_a_made_up_sentence_is_found(tmp_path: Path) -> None:
    python = tmp_path / "room.py"
    python.write_text(
        'raise Refused("A made-up %(thing)s.", thing=1)\n'
        'tr("yes" if 1 else "no")\n'
        'trn("%(num)d egg", "%(num)d eggs", 2)\n'
        'print("no words of ours")\n'
        '@bantin.command()\n@click.option("--egg", help="How many eggs.")\ndef boil() -> None:\n    """Boil."""\n'
    )
    page = tmp_path / "page.html"
    page.write_text('<p>{{ _("A made-up page") }} {{ ngettext("one %(num)d", "more %(num)d", n) }}</p>')
    assert sorted(of_file(python, extract_calls)) == [
        ("%(num)d egg", "%(num)d eggs"), ("A made-up %(thing)s.",), ("Boil.",), ("How many eggs.",), ("no",), ("yes",),
    ]  # fmt: skip
    assert sorted(of_file(page, babel_extract)) == [("A made-up page",), ("one %(num)d", "more %(num)d")]


def test_sentences_told_by_a_variable_stand_in_a_table_that_is_read() -> None:
    assert not (loose := calls_of_variables()), _list(loose)


def test_every_table_is_where_it_is_looked_for() -> None:
    assert not [key for key, places in TABLES.items() if not list(of_table(*key, places))]


def test_every_kind_of_finding_has_its_sentence_and_its_short_name() -> None:
    assert kinds_raised() <= set(SENTENCES) == set(sentences.FINDINGS)


def test_every_stage_step_role_and_edition_has_its_name() -> None:
    assert set(sentences.STAGES) == {*Stage, *IssueStage}
    assert set(sentences.STEPS) == set(STEPS)
    assert set(sentences.ROLES) == set(Role)
    assert set(sentences.TRIAGE) == set(Triage)
    assert set(sentences.PARCEL_STATES) == set(ParcelState)
    assert set(sentences.EDITIONS) == set(KINDS)
    assert {*FIELDS, *NOUNS} <= {*sentences.FIELDS, *sentences.NOUNS}


def test_an_error_is_said_in_the_words_of_the_reader() -> None:
    error = Refused("An article that is %(stage)s cannot take the step “%(step)s”.", stage="submitted", step="submit")
    assert say(error, "vi").startswith("Bài đang ở trạng thái “chờ duyệt” nên chưa làm được bước “trình duyệt”.")
    assert say(error, "en") == "An article that is waiting for approval cannot take the step “submit for approval”."


def test_several_kinds_of_finding_are_named_one_by_one() -> None:
    msgid = "%(count)d findings must be mended or justified first: %(kinds)s."
    words = say(Refused(msgid, count=2, kinds="no_credit, secrecy"), "vi")
    assert words == "Còn 2 lưu ý cần sửa hoặc nêu lý do trước: chưa ghi nguồn, dấu chỉ độ mật."


def test_a_finding_names_its_field_as_people_do() -> None:
    clash = Finding(kind="clash", level="hard", where="article.headline", values={"where": "article.headline"})
    assert say_finding(clash, "vi").startswith("Hai người cùng viết ô “Tít” một lúc")
    assert say_finding(Finding(kind="no_text", level="hard", where="paragraphs"), "en") == SENTENCES["no_text"]


def test_a_kept_error_is_said_as_a_finding() -> None:
    values: dict[str, str | int] = {"msgid": "There is no page design “%(design)s”.", "design": "poem"}
    kept = Finding(kind="unprintable", level="hard", words="There is no page design “poem”.", values=values)
    assert say_finding(kept, "vi") == "Không có kiểu trang “poem”."


def test_a_word_without_a_name_stays_as_it_is() -> None:
    assert name_of("stage", "approved", "vi") == "đã duyệt"
    assert name_of("stage", "unheard of", "vi") == "unheard of"
    assert name_of("name", "approved", "vi") == "approved"


def test_the_help_of_a_verb_and_of_its_options_is_said_in_vietnamese() -> None:
    option = click.Option(["--off"], help="Switch a source off.")
    verb = click.Command("sources", help="Accounts and their roles.", params=[option])
    say_help(click.Group("bantin", commands=[verb]), "vi")
    assert (verb.help, option.help) == ("Các tài khoản và vai trò.", "Tắt một nguồn.")


def test_english_needs_no_text_and_an_unknown_language_gets_it() -> None:
    assert (
        gettext("There is no such article.", "en")
        == gettext("There is no such article.", "km")
        == "There is no such article."
    )
    assert ngettext("%(num)d egg", "%(num)d eggs", 2, "en") == "2 eggs"
    assert gettext("No text has this msgid.", "vi") == "No text has this msgid."


def _list(lines: Collection[str] | Iterator[str]) -> str:
    return "\n" + "\n".join(sorted(lines))
