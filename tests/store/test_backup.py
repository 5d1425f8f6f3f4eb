"""A backup counts only when it was checked; a damaged one is refused, and restoring deletes nothing."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from app.models.errors import Refused
from app.store import articles, backup
from app.store.assets import Assets
from app.store.database import Database
from tests.databases import SqliteTemplate
from tests.people import NOW, Clock
from tests.scenario import Desk


@pytest.fixture
def data_dir(desk: Desk, tmp_path: Path) -> Path:
    """An office with an article, a kept picture and a finished issue on its shelf."""
    desk.has_approved()
    Assets(tmp_path / "var" / "assets").put(b"khung det")
    shelf = tmp_path / "var" / "xuat-ban" / "2026-so-11"
    shelf.mkdir(parents=True)
    (shelf / "ban-in.pdf").write_bytes(b"%PDF-1.7")
    (shelf / "manifest.json").write_text('{"files": []}', "utf-8")
    return tmp_path / "var"


@pytest.fixture
def kept(database: Database, data_dir: Path, tmp_path: Path) -> Path:
    return backup.back_up(database, data_dir, tmp_path / "usb", now=NOW)


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_a_backup_holds_everything_and_says_so(kept: Path) -> None:
    manifest = backup.verify(kept)
    assert set(manifest["files"]) == set(files(kept)) - {"manifest.json"}
    assert "xuat-ban/2026-so-11/manifest.json" in manifest["files"]
    assert kept.name == "bantin-20261123-020000"
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_what_was_backed_up_is_restored_and_the_old_is_set_aside(
    kept: Path, data_dir: Path, database: Database, desk: Desk
) -> None:
    later = desk.writes()
    database.close()
    backup.restore(kept, data_dir)

    restored = Database.at(f"sqlite:///{data_dir / 'bantin.sqlite'}")
    with restored.reading() as session:
        assert len(articles.listing(session)) == 1
    restored.close()
    assert {name for name in files(kept) if name != "manifest.json"} <= set(files(data_dir))
    aside = Database.at(f"sqlite:///{data_dir}-before-restore-1/bantin.sqlite")
    with aside.reading() as session:
        assert later in {article.id for article in articles.listing(session)}
    aside.close()

    backup.restore(kept, data_dir)
    assert Path(f"{data_dir}-before-restore-2").is_dir()


def test_a_backup_restores_onto_an_empty_machine(kept: Path, tmp_path: Path) -> None:
    backup.restore(kept, tmp_path / "may-moi" / "var")
    assert (tmp_path / "may-moi" / "var" / "bantin.sqlite").exists()


def _flip(kept: Path, name: str, at: int = -1) -> None:
    data = bytearray((kept / name).read_bytes())
    data[at if at >= 0 else len(data) // 2] ^= 1
    (kept / name).write_bytes(bytes(data))


def _asset(kept: Path) -> str:
    return next(name for name in files(kept) if name.startswith("assets/"))


def _manifest(kept: Path, change: Callable[[dict[str, object]], object]) -> None:
    manifest = json.loads((kept / "manifest.json").read_text("utf-8"))
    change(manifest)
    (kept / "manifest.json").write_text(json.dumps(manifest), "utf-8")


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a bit of the database": lambda kept: _flip(kept, "bantin.sqlite"),
    "the last bit of the database": lambda kept: _flip(kept, "bantin.sqlite", 20_000),
    "a bit of a picture": lambda kept: _flip(kept, _asset(kept)),
    "a bit of a shelf's list": lambda kept: _flip(kept, "xuat-ban/2026-so-11/manifest.json"),
    "a database cut short": lambda kept: (kept / "bantin.sqlite").write_bytes(b"SQLite format 3\0"),
    "an empty database": lambda kept: (kept / "bantin.sqlite").write_bytes(b""),
    "no database": lambda kept: (kept / "bantin.sqlite").unlink(),
    "a picture gone": lambda kept: (kept / _asset(kept)).unlink(),
    "no manifest": lambda kept: (kept / "manifest.json").unlink(),
    "an empty manifest": lambda kept: (kept / "manifest.json").write_text("", "utf-8"),
    "a manifest cut short": lambda kept: (kept / "manifest.json").write_text('{"files": {', "utf-8"),
    "a manifest that is a list": lambda kept: (kept / "manifest.json").write_text("[]", "utf-8"),
    "a manifest without files": lambda kept: _manifest(kept, lambda m: m.pop("files")),
    "a manifest of nothing": lambda kept: _manifest(kept, lambda m: m.update(files={})),
    "a manifest that leads outside": lambda kept: _manifest(kept, lambda m: m.update(files={"../../x": "0" * 64})),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_backup_is_refused_and_nothing_is_touched(kept: Path, data_dir: Path, damage: str) -> None:
    before = files(data_dir)
    DAMAGE[damage](kept)
    with pytest.raises(Refused):
        backup.restore(kept, data_dir)
    assert files(data_dir) == before
    assert not list(data_dir.parent.glob("*-before-restore-*"))


def test_every_flipped_bit_of_the_manifest_is_refused_or_harmless(kept: Path) -> None:
    good, whole = backup.verify(kept)["files"], (kept / "manifest.json").read_bytes()
    for at in range(0, len(whole), 7):
        _flip(kept, "manifest.json", at)
        with suppress(Refused):
            assert backup.verify(kept)["files"] == good
        (kept / "manifest.json").write_bytes(whole)


def test_what_somebody_put_beside_is_not_restored(kept: Path, data_dir: Path, database: Database) -> None:
    (kept / "Thumbs.db").write_bytes(b"x")
    (kept / "assets" / "la").write_bytes(b"x")
    database.close()
    backup.restore(kept, data_dir)
    assert not {"Thumbs.db", "assets/la"} & set(files(data_dir))


def test_half_made_files_are_not_kept(database: Database, data_dir: Path, tmp_path: Path) -> None:
    (data_dir / "assets" / ".abc.part").write_bytes(b"half")
    (data_dir / "xuat-ban" / ".dang-lam-so-12").mkdir()
    made = backup.back_up(database, data_dir, tmp_path / "usb", now=NOW)
    assert not [name for name in files(made) if "/." in name]


def test_a_second_backup_in_the_same_second_is_refused_in_words(kept: Path, database: Database, data_dir: Path) -> None:
    with pytest.raises(Refused, match="already"):
        backup.back_up(database, data_dir, kept.parent, now=NOW)


def test_a_copy_is_taken_while_somebody_writes(desk: Desk, tmp_path: Path) -> None:
    with desk.database.reading() as session:  # the same connection has read before
        articles.listing(session)
    target = tmp_path / "copy.sqlite"
    backup.copy_database(desk.database, target)
    desk.writes()
    backup.copy_database(desk.database, target)
    copy = Desk(Database.at(f"sqlite:///{target}"), Clock())
    with copy.database.reading() as session:
        assert len(articles.listing(session)) == 1
    copy.database.close()
    assert not list(tmp_path.glob("*.part"))


def test_what_is_no_bantin_database_is_not_taken_for_one(tmp_path: Path, sqlite: SqliteTemplate) -> None:
    backup.check_database(sqlite.file)  # the control
    other = tmp_path / "other.sqlite"
    for content in (b"", b"no database at all", sqlite.file.read_bytes()[:8192]):
        other.write_bytes(content)
        with pytest.raises(Refused):
            backup.check_database(other)


def test_a_restore_killed_between_its_two_renames_is_finished_at_the_next_start(
    kept: Path, data_dir: Path, database: Database
) -> None:
    database.close()
    backup.restore(kept, data_dir)
    restored = files(data_dir)
    data_dir.rename(data_dir.with_name(".var.restored"))  # as a kill would leave it: the old one is already set aside

    backup.finish_restore(data_dir)

    assert files(data_dir) == restored


def test_a_folder_that_is_there_is_never_replaced_at_the_start(kept: Path, data_dir: Path) -> None:
    before = files(data_dir)
    (data_dir.with_name(".var.restored")).mkdir()
    backup.finish_restore(data_dir)
    assert files(data_dir) == before
