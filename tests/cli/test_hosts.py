"""`host`: the verdict on addresses, one or many, for people and for scripts."""

import json
from pathlib import Path

import pytest

from tests.cli.terminal import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path / "du-lieu")


def test_an_outlets_own_address_is_official(program: Program) -> None:
    assert program.ask("host", "https://nhandan.vn/bai-post123456.html") == {
        "outlet": "nhandan",
        "verdict": "official",
        "warning": None,
    }


def test_a_lookalike_is_warned_of_in_vietnamese_with_the_real_outlets_name(program: Program) -> None:
    found = program.ask("host", "https://nhandan.vn.tin24.com/bai.html")
    assert (found["outlet"], found["verdict"]) == (None, "lookalike")
    assert "Báo Nhân Dân" in found["warning"]
    assert "không phải" in found["warning"]


def test_any_other_address_is_unknown_and_not_warned_of(program: Program) -> None:
    assert program.ask("host", "https://tuoitre.vn/a.htm") == {"outlet": None, "verdict": "unknown", "warning": None}


def test_a_list_of_addresses_gives_one_json_a_line(program: Program, tmp_path: Path) -> None:
    addresses = tmp_path / "dia-chi.txt"
    addresses.write_text("\ufeffhttps://vov.vn/\r\n\nhttps://vov.vn.evil.com/\nxã hội\n", "utf-8")
    lines = program("host", "--batch", str(addresses)).out.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["official", "lookalike", "unknown"]


def test_a_person_is_told_in_a_sentence(program: Program) -> None:
    assert "Báo Nhân Dân" in program("host", "nhandan.vn").out
    assert "không mang dấu chính thức" in program("host", "special.nhandan.vn").out
    assert "không có trong danh sách nào" in program("host", "tuoitre.vn").out


@pytest.mark.parametrize("words", [(), ("nhandan.vn", "--batch", "x")])
def test_neither_address_nor_list_or_both_is_a_mistake(program: Program, words: tuple[str, ...]) -> None:
    assert program("host", *words).code != 0
