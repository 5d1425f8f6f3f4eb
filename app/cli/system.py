"""`setup`, `settings`, `doctor`, `log`, `backup`, `restore`: keeping the program running."""

import shutil
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
from sqlalchemy import text

from app.cli.frame import Terminal, ask_passphrase, by_option, verb
from app.desk.policy import require
from app.models.errors import BantinError
from app.models.office import Mode
from app.models.person import Role
from app.store import backup as backups
from app.store import events, office, people
from app.store.events import record
from app.store.folder import Folder
from config import Config, sample
from outbox.engine import engine

LOW_DISK = 500 * 1024 * 1024  # bytes: an issue with its pictures, many times over


@click.command()
@click.option("--office", "name", default="", help="Name of the office; the preset's by default.")
@click.option("--preset", default="dong-nai-2025", show_default=True, help="binh-phuoc-2022, dong-nai-2025 or khac.")
@click.option("--person", required=True, help="Name of the first account, an administrator.")
@click.option("--training", is_flag=True, help="For practice: every page will say MẪU, for ever.")
@verb
def setup(terminal: Terminal, name: str, preset: str, person: str, training: bool) -> None:
    """Set a new data folder up from the terminal; the passphrase is asked as with `people add`."""
    folder = terminal.open()
    mode = Mode.TRAINING if training else Mode.REAL
    with folder.database.writing() as session:
        made = office.make(session, name=name, preset=preset, mode=mode, now=terminal.now)
        people.add(
            session,
            name=person,
            post="",
            role=Role.ADMINISTRATOR,
            passphrase=ask_passphrase("BANTIN_NEW_PASSPHRASE"),
            office=made.code,
            actor=None,
            now=terminal.now,
        )
    terminal.show({"office": made.name, "mode": made.mode.value}, f"{made.name}: {terminal.config.data_dir}")


@click.command()
@click.option("--sample", "as_sample", is_flag=True, help="Print a commented bantin.toml of all defaults.")
@verb
def settings(terminal: Terminal, as_sample: bool) -> None:
    """Show the settings in use."""
    if as_sample:
        click.echo(sample())
        return
    values = {f.name: getattr(terminal.config, f.name) for f in fields(Config)}
    plain = {name: value if isinstance(value, (bool, int, str)) else str(value or "") for name, value in values.items()}
    helps = {f.name: f.metadata["help"] for f in fields(Config)}
    terminal.show(plain, *(f"{name} = {value}  # {helps[name]}" for name, value in plain.items()))


@click.command()
@verb
def doctor(terminal: Terminal) -> None:
    """Check this machine and the data folder."""
    folder = terminal.open()
    checks = {
        "python": sys.version.split()[0],
        "data_dir": str(terminal.config.data_dir),
        **_database(folder),
        **_disk(folder),
    }
    try:
        checks["engine"] = engine()
        trouble = [checks["trouble"]] if checks["trouble"] else []
    except BantinError as error:
        trouble = [str(error)]
    terminal.show(
        {**checks, "trouble": trouble}, *(f"{name}: {value}" for name, value in checks.items() if name != "trouble")
    )
    if trouble:
        raise BantinError(trouble[0])


@click.command()
@click.option("--limit", default=30, show_default=True)
@verb
def log(terminal: Terminal, limit: int) -> None:
    """Show the newest lines of the log and check its whole chain."""
    folder = terminal.open()
    with folder.database.reading() as session:
        lines = events.latest(session, limit=limit)
        broken = events.first_broken(session)
    rows = [
        {"seq": e.seq, "kind": e.kind, "at": e.at.isoformat(), "person": e.person_id, "via": e.via, "fields": e.fields}
        for e in lines
    ]
    terminal.show(
        {"lines": rows, "broken_at": broken}, *(f"{e.seq:>6} {e.at:%Y-%m-%d %H:%M:%S} {e.kind}" for e in lines)
    )
    if broken is not None:
        raise BantinError("The log was changed from outside at line %(line)d.", line=broken)


@click.command()
@click.option(
    "--to", "target", type=click.Path(path_type=Path), help="Folder, such as a USB stick; data_dir/sao-luu by default."
)
@by_option
@verb
def backup(terminal: Terminal, target: Path | None, by: str) -> None:
    """Back up database, pictures and finished issues, and check the copy."""
    folder = terminal.open()
    actor = terminal.actor(folder, by)
    require(actor, "backup.make")
    made = backups.back_up(folder.database, terminal.config.data_dir, target or folder.backups, now=terminal.now)
    with folder.database.writing() as session:
        record(session, "backup.made", actor=actor, now=terminal.now, name=made.name)
    terminal.show({"path": str(made)}, str(made))


@click.command()
@click.argument("backup_folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@verb
def restore(terminal: Terminal, backup_folder: Path) -> None:
    """Put a backup back; what is there now is set aside, not deleted. The desk must not be running."""
    if terminal.config.data_dir.exists():
        folder = terminal.open()
        folder.lock().close()
        folder.database.close()
    backups.restore(backup_folder, terminal.config.data_dir)
    terminal.open().database.close()
    terminal.show({"data_dir": str(terminal.config.data_dir)}, str(terminal.config.data_dir))


def _database(folder: Folder) -> dict[str, Any]:
    with folder.database.reading() as session:
        sqlite = folder.database.engine.dialect.name == "sqlite"
        version = session.scalar(text("SELECT sqlite_version()" if sqlite else "SHOW server_version"))
        whole = session.scalar(text("PRAGMA quick_check")) == "ok" if sqlite else True
    trouble = folder.database.warning or ("" if whole else "The database is damaged: restore the newest backup.")
    return {"database": f"{folder.database.engine.dialect.name} {version}", "trouble": trouble}


def _disk(folder: Folder) -> dict[str, Any]:
    free = shutil.disk_usage(folder.config.data_dir).free
    found: dict[str, Any] = {"disk_free_megabytes": free // 1024 // 1024}
    if free < LOW_DISK:
        found["trouble"] = "The disk is nearly full."
    return found


VERBS = [setup, settings, doctor, log, backup, restore]
