"""`demo`: the whole main job, unattended and without any network, on sample feeds written for the project."""

import shutil
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from app.cli.frame import Terminal, verb
from app.cli.sample_desk import SampleDesk
from app.models.errors import Refused
from app.paths import ROOT
from app.store import office, parcels
from app.store.folder import Folder

FOLDER = ROOT / "var-demo"
MARK = ".bantin-demo"  # only a folder that bears it is ever emptied


@dataclass
class Bar:
    """One line that fills while the work goes on; silent for scripts."""

    terminal: Terminal
    total: int
    done: int = 0

    def step(self, msgid: str, /, **values: object) -> None:
        """One step is done, and this was it."""
        self.done += 1
        if self.terminal.json:
            return
        filled = round(24 * self.done / self.total)
        words = self.terminal.say(msgid, **values)
        click.echo(f"[{'█' * filled}{'·' * (24 - filled)}] {self.done:>2}/{self.total}  {words}")


@click.command()
@verb
def demo(terminal: Terminal) -> None:
    """Do the main job on samples: read, write, approve, compose, sign, and leave the files in var-demo/xuat-ban."""
    started = time.monotonic()
    given = terminal.config.data_dir != ROOT / "var"
    data_dir = terminal.config.data_dir if given else FOLDER
    _empty(data_dir)
    desk_terminal = replace(terminal, config=replace(terminal.config, data_dir=data_dir, database_url=""))
    folder = desk_terminal.open()
    try:
        issue = _work(desk_terminal, folder)
        _tell(desk_terminal, folder, issue, time.monotonic() - started)
    finally:
        folder.database.close()


def _work(terminal: Terminal, folder: Folder) -> dict[str, Any]:
    bar = Bar(terminal, total=8)
    desk = SampleDesk(folder=folder, now=terminal.now)
    desk.set_up()
    bar.step("The sample office is set up: an editor and a person who approves.")
    report = desk.read()
    bar.step("%(count)d stories came in from %(sources)d outlets.", count=report.new, sources=len(report.sources))
    written = desk.write()
    bar.step("%(count)d articles are written and submitted.", count=len(written))
    desk.approve(written)
    bar.step("A second person approved them.")
    issue = desk.compose(written, day=terminal.now.date() + timedelta(days=2))
    bar.step("Issue %(number)d is composed: %(pages)d pages.", number=issue.number, pages=issue.pages)
    sealed = desk.seal(issue)
    bar.step("It is sealed, and its proofs are made and read back.")
    desk.sign(issue, sealed)
    bar.step("It is signed.")
    desk.release(issue)
    bar.step("Its files lie in the outbox.")
    return {"id": issue.id, "number": issue.number, "year": issue.year}


def _tell(terminal: Terminal, folder: Folder, issue: dict[str, Any], seconds: float) -> None:
    with folder.database.reading() as session:
        made = parcels.listing(session, issue_id=issue["id"])
        house = office.load(session)
    files = [
        {"kind": p.kind, "path": str(folder.config.data_dir / f["path"]), "sha256": f["sha256"], "pages": f["pages"]}
        for p in made
        for f in p.files
    ]
    lines = [
        terminal.say(
            "%(office)s · issue %(number)d · %(seconds).1f s",
            office=house.name,
            number=issue["number"],
            seconds=seconds,
        ),
        *(f"  {file['kind']:<11} {_relative(file['path'])}" for file in files),
    ]
    terminal.show({"issue": issue, "files": files, "seconds": round(seconds, 2)}, *lines)


def _relative(path: str) -> str:
    whole = Path(path)
    return str(whole.relative_to(Path.cwd())) if whole.is_relative_to(Path.cwd()) else path


def _empty(data_dir: Path) -> None:
    """A fresh folder for the demo. Raises Refused when the folder holds anything but an earlier demo."""
    if data_dir.exists() and any(data_dir.iterdir()):
        if not (data_dir / MARK).exists():
            raise Refused("%(path)s is not an earlier demo, so it was left alone.", path=data_dir)
        shutil.rmtree(data_dir)
    data_dir.mkdir(parents=True, exist_ok=True)
    (data_dir / MARK).touch()


VERBS = [demo]
