"""Finished files lie on the shelf whole or not at all."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.models.errors import Refused
from outbox import shelf

ROOT = Path(__file__).parents[2]
FILES = {"ban-tin.pdf": b"%PDF trang", "ban-tin.html": b"<p>"}

PLACE_MANY = """
import pathlib, sys
from outbox import shelf
files = {f"{n:05d}.txt": b"x" * 4000 for n in range(20000)}
shelf.place(pathlib.Path(sys.argv[1]), "booklet", files, {})
"""
PLACE_ON_A_FULL_DISK = """
import pathlib, resource, signal, sys
from outbox import shelf
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    shelf.place(pathlib.Path(sys.argv[1]), "booklet", {"a.txt": b"x" * 10, "b.txt": b"x" * 5000}, {})
except OSError as error:
    print("refused")
"""


def test_files_lie_there_with_a_manifest_of_their_hashes(tmp_path: Path) -> None:
    made = shelf.place(tmp_path, "booklet", FILES, {"kind": "booklet"})

    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    assert manifest["kind"] == "booklet"
    for entry in manifest["files"]:
        data = (made / entry["name"]).read_bytes()
        assert (entry["sha256"], entry["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "ban-tin.html",
        "ban-tin.pdf",
        "booklet",
        "manifest.json",
    ]


def test_the_same_files_twice_touch_nothing(tmp_path: Path) -> None:
    made = shelf.place(tmp_path, "zalo/11-02", FILES, {})
    before = {path: path.stat().st_ino for path in made.iterdir()}

    shelf.place(tmp_path, "zalo/11-02", FILES, {})

    assert {path: path.stat().st_ino for path in made.iterdir()} == before


def test_other_files_replace_the_folder_as_a_whole(tmp_path: Path) -> None:
    shelf.place(tmp_path, "web", FILES, {})

    made = shelf.place(tmp_path, "web", {"index.html": b"<p>2"}, {})

    assert sorted(path.name for path in made.iterdir()) == ["index.html", "manifest.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["web"]


@pytest.mark.parametrize("name", ["../ra-ngoai", "a/b", "", "manifest.json", ".."])
def test_a_name_that_would_leave_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        shelf.place(tmp_path, "web", {name: b"x"}, {})


def test_a_kill_in_the_middle_leaves_nothing_visible_and_the_next_try_works(tmp_path: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", PLACE_MANY, str(tmp_path)], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
    )
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob(".dang-lam-*/*.txt")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()

    assert not (tmp_path / "booklet").exists()
    made = shelf.place(tmp_path, "booklet", FILES, {})
    assert sorted(path.name for path in made.iterdir()) == ["ban-tin.html", "ban-tin.pdf", "manifest.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["booklet"]


def test_a_full_disk_leaves_nothing_visible(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PLACE_ON_A_FULL_DISK, str(tmp_path)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "refused"
    assert list(tmp_path.iterdir()) == []
