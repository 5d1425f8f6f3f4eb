"""Kept files: whole or not there, named by their content, never outside their folder."""

import hashlib
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.models.errors import NotFound
from app.store import assets
from app.store.assets import Assets
from app.store.database import Database
from tests.people import NOW


def test_what_is_put_is_got_again(tmp_path: Path) -> None:
    kept = Assets(tmp_path)
    name = kept.put(b"khung det")
    assert name == hashlib.sha256(b"khung det").hexdigest()
    assert kept.get(name) == b"khung det"
    assert kept.has(name)
    assert kept.put(b"khung det") == name
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [name]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../../etc/passwd",
        "a" * 63,
        "a" * 65,
        "A" * 64,
        "g" * 64,
        "a" * 62 + "/.",
        "../" + "a" * 61,
        "a" * 63 + "\0",
    ],
)
def test_no_other_name_leads_anywhere(tmp_path: Path, name: str) -> None:
    for ask in (Assets(tmp_path).get, Assets(tmp_path).has, Assets(tmp_path).path):
        with pytest.raises(NotFound):
            ask(name)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    assert not Assets(tmp_path).has("a" * 64)
    with pytest.raises(NotFound, match="Restore it from a backup"):
        Assets(tmp_path).get("a" * 64)


def test_many_who_put_the_same_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    kept, data, names = Assets(tmp_path), b"x" * 300_000, []
    threads = [threading.Thread(target=lambda: names.append(kept.put(data))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(names) == 8
    assert kept.get(names[0]) == data
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_full_disk_leaves_nothing_half_made(tmp_path: Path) -> None:
    """A file cannot grow over its limit, as on a full disk."""
    script = (
        "import resource, signal, sys; from pathlib import Path; from app.store.assets import Assets\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "kept = Assets(Path(sys.argv[1])); kept.put(b'small')\n"
        "try: kept.put(b'x' * 5000)\n"
        "except OSError as error: print(type(error).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "OSError"
    assert [path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()] == [5]


def test_a_kept_file_is_described_once(database: Database) -> None:
    for _ in range(2):
        with database.writing() as session:
            assets.register(session, name="a" * 64, media_type="image/jpeg", size=3, now=NOW, width=4, height=5)
    with database.reading() as session:
        assert assets.describe(session, "a" * 64).width == 4
        with pytest.raises(NotFound):
            assets.describe(session, "b" * 64)
