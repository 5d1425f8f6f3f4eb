"""What every verb shares: where the data lies, who acts, how the answer is printed."""

import functools
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ParamSpec

import click

from app.desk.policy import Actor
from app.models.errors import NotAllowed
from app.models.office import Mode
from app.paths import ROOT
from app.store import office, people
from app.store.folder import Folder
from app.words import gettext, name_of
from config import Config

P = ParamSpec("P")
DEFAULT_FILE = ROOT / "bantin.toml"


@dataclass(frozen=True)
class Terminal:
    """One call of the program: its settings, its clock, and whether the answer is for a script."""

    config: Config
    json: bool
    now: datetime

    def open(self) -> Folder:
        """The data folder, its schema up to date."""
        return Folder.open(self.config, now=self.now)

    def say(self, msgid: str, /, **values: object) -> str:
        """The words of a sentence in the language of the terminal."""
        return gettext(msgid, self.config.language, **values)

    def name(self, key: str, word: str) -> str:
        """What people call a machine word, such as the stage `submitted`."""
        return name_of(key, word, self.config.language)

    def show(self, value: Any, *lines: str) -> None:
        """Prints `value` as JSON for a script, or the lines for a person."""
        if self.json:
            click.echo(json.dumps(value, ensure_ascii=False, indent=1))
        else:
            click.echo("\n".join(lines))

    def actor(self, folder: Folder, name: str) -> Actor:
        """The person named with --by, after the passphrase; in a demo or training folder the name is enough.

        The passphrase comes from BANTIN_PASSPHRASE or the first line of standard input.
        """
        with folder.database.writing() as session:
            house = office.load(session)
            person = people.by_name(session, name)
            if house.mode != Mode.REAL:
                return people.acting(person, "terminal")
            found = people.check_passphrase(session, name=name, passphrase=ask_passphrase(), now=self.now)
        if found is None:
            raise NotAllowed("The passphrase of %(name)s is not right.", name=name)
        return people.acting(found, "terminal")


def verb(function: Callable[..., None]) -> Callable[..., None]:
    """Gives a verb --data-dir and --json, and hands it a Terminal first."""

    @click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
    @click.option("--data-dir", type=click.Path(path_type=Path), help="Folder of the data, in place of the setting.")
    @functools.wraps(function)
    def run(*args: Any, as_json: bool, data_dir: Path | None, **given: Any) -> None:
        function(Terminal(config=load_config(data_dir), json=as_json, now=datetime.now(UTC)), *args, **given)

    return run


def by_option(function: Callable[..., None]) -> Callable[..., None]:
    """Adds --by NAME."""
    return click.option("--by", "by", required=True, metavar="NAME", help="Whose hand this is; needs the passphrase.")(
        function
    )


def load_config(data_dir: Path | None) -> Config:
    """The settings; a relative data folder lies beside the program, whatever folder the terminal stands in."""
    file = Path(os.environ["BANTIN_CONFIG"]) if "BANTIN_CONFIG" in os.environ else DEFAULT_FILE
    environ = {key: value for key, value in os.environ.items() if key != "BANTIN_CONFIG"}
    config = Config.load(file, environ)
    folder = data_dir.absolute() if data_dir else config.data_dir
    return replace(config, data_dir=folder if folder.is_absolute() else ROOT / folder)


def ask_passphrase(name: str = "BANTIN_PASSPHRASE") -> str:
    """A passphrase from the environment, else typed unseen, else the next line of standard input."""
    given = os.environ.get(name)
    if given is not None:
        return given
    if sys.stdin.isatty():
        return str(click.prompt("Passphrase", hide_input=True, default="", show_default=False))
    return sys.stdin.readline().rstrip("\n")
