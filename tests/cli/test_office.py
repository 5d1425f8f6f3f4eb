"""Setting up, people and settings from the terminal."""

import re
from pathlib import Path

import pytest

from tests.cli.terminal import Program

TAM = "ba con suối nhỏ xa"
AN = "một hai ba bốn năm"


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """An office set up from the terminal, with its administrator Minh Tâm."""
    made = Program(tmp_path / "du-lieu")
    made.ask("setup", "--person", "Minh Tâm", "--preset", "binh-phuoc-2022", BANTIN_NEW_PASSPHRASE=TAM)
    return made


def test_a_new_folder_becomes_an_office_with_its_administrator(program: Program) -> None:
    assert [(p["name"], p["role"]) for p in program.ask("people", "list")] == [("Minh Tâm", "administrator")]


def test_a_folder_is_set_up_only_once(program: Program) -> None:
    again = program("setup", "--person", "Người Lạ", BANTIN_NEW_PASSPHRASE=TAM)
    assert again.code == 1
    assert len(again.err.strip().splitlines()) == 1


def test_the_administrator_adds_an_editor_with_both_passphrases(program: Program) -> None:
    words = ("people", "add", "Hoài An", "--role", "editor", "--by", "Minh Tâm")
    assert program.ask(*words, typed=f"{TAM}\n{AN}\n")["role"] == "editor"


def test_a_wrong_passphrase_adds_nobody(program: Program) -> None:
    answer = program(
        "people", "add", "Hoài An", "--role", "editor", "--by", "Minh Tâm", typed=f"không phải thế\n{AN}\n"
    )
    assert answer.code == 1
    assert "Minh Tâm" in answer.err
    assert len(program.ask("people", "list")) == 1


def test_nobody_adds_people_without_an_administrator(program: Program) -> None:
    assert program("people", "add", "Hoài An", "--role", "approver", typed=f"{AN}\n").code == 1


def test_an_unknown_setting_stops_with_one_sentence(tmp_path: Path) -> None:
    answer = Program(tmp_path)("settings", BANTIN_COLOUR="đỏ")
    assert answer.code == 1
    assert "colour" in answer.err
    assert "Traceback" not in answer.err


def test_a_bad_value_names_the_setting_and_what_is_expected(tmp_path: Path) -> None:
    answer = Program(tmp_path)("settings", BANTIN_PORT="nhiều")
    assert answer.code == 1
    assert "port" in answer.err


def test_the_sample_of_settings_is_itself_a_good_file(tmp_path: Path) -> None:
    sample = Program(tmp_path)("settings", "--sample").out
    settings = (line[2:] for line in sample.splitlines() if re.match(r"# [a-z_]+ = ", line))
    uncommented = "\n".join(line for line in settings if not line.endswith('""'))
    (tmp_path / "bantin.toml").write_text(uncommented, "utf-8")
    answer = Program(tmp_path)("settings", "--json", BANTIN_CONFIG=str(tmp_path / "bantin.toml"))
    assert answer.code == 0, answer.err


def test_the_doctor_finds_nothing_wrong(program: Program) -> None:
    found = program.ask("doctor")
    assert found["database"].startswith("sqlite 3.")
    assert found["trouble"] == []


def test_the_log_is_whole(program: Program) -> None:
    found = program.ask("log")
    assert found["broken_at"] is None
    assert {line["kind"] for line in found["lines"]} == {"office.made", "person.added"}


def test_a_backup_can_be_put_back(program: Program, tmp_path: Path) -> None:
    made = program.ask("backup", "--by", "Minh Tâm", "--to", str(tmp_path / "usb"), BANTIN_PASSPHRASE=TAM)
    program.ask("people", "add", "Hoài An", "--role", "editor", "--by", "Minh Tâm", typed=f"{TAM}\n{AN}\n")
    program.ask("restore", made["path"])
    assert [p["name"] for p in program.ask("people", "list")] == ["Minh Tâm"]


def test_a_damaged_backup_is_refused_and_nothing_changes(program: Program, tmp_path: Path) -> None:
    made = Path(program.ask("backup", "--by", "Minh Tâm", "--to", str(tmp_path / "usb"), BANTIN_PASSPHRASE=TAM)["path"])
    with (made / "bantin.sqlite").open("r+b") as file:
        file.seek(5000)
        file.write(b"xxxx")
    answer = program("restore", str(made))
    assert answer.code == 1
    assert [p["name"] for p in program.ask("people", "list")] == ["Minh Tâm"]
