"""A full disk: one clear sentence, nothing that was saved is lost, and the work goes on once there is room."""

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.terminal import Program

SIZE = "24m"  # room for the database and little more


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 megabytes; skipped where this account may not mount one."""
    folder = tmp_path / "dia"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this account may not mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def program(small_disk: Path) -> Program:
    """An office in training on the small disk, with one article begun."""
    made = Program(small_disk / "var")
    made.ask("setup", "--person", "Minh Tâm", "--training", BANTIN_NEW_PASSPHRASE="ba con suối nhỏ xa")
    return made


def test_a_full_disk_loses_nothing_that_was_saved(program: Program, small_disk: Path) -> None:
    article = program.ask("article", "new", "--by", "Minh Tâm")["id"]
    edit = ("article", "edit", article, "--field", "standfirst", "--by", "Minh Tâm", "--text")
    program.ask(*edit, "Câu đã lưu.")
    filler = small_disk / "day-dia"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"0" * 4096)
    refused = program(*edit, "Chữ dài không còn chỗ. " * 4000)
    assert refused.code == 1
    assert len(refused.err.strip().splitlines()) == 1
    assert "Traceback" not in refused.err
    filler.unlink()
    assert program.ask("article", "show", article)["standfirst"] == "Câu đã lưu."
    assert program.ask(*edit, "Câu viết lại.")["standfirst"] == "Câu viết lại."
    assert program.ask("log")["broken_at"] is None
