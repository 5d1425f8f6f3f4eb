"""The program's one door from the terminal: the verbs, and the one place where errors become a sentence."""

import errno
import importlib
import os
import sys
from collections.abc import Mapping, Sequence

import click
from sqlalchemy.exc import OperationalError

from app.cli.help import say_help
from app.models.errors import BantinError
from app.words import gettext, say
from config import ConfigError

# Each verb by the module of its own: a verb loads only what it needs, for loading them all takes longer than most.
ROOMS: Mapping[str, tuple[str, ...]] = {
    "serve": ("serve",),
    "demo": ("demo",),
    "stories": ("read", "stories", "story", "sources"),
    "rules": ("rules",),
    "clusters": ("clusters", "suggest"),
    "articles": ("article",),
    "issues": ("issue", "release", "parcels"),
    "people": ("people",),
    "system": ("setup", "settings", "doctor", "log", "backup", "restore"),
    "hosts": ("host",),
    "by_hand": ("add", "find-feed", "opml"),
    "health": ("health",),
    "pages": ("page",),
}
_ROOM_OF = {verb: room for room, verbs in ROOMS.items() for verb in verbs}


class Verbs(click.Group):
    """A group whose verbs are loaded when they are asked for, as click's documentation describes it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's name for it
        return sorted(_ROOM_OF)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        room = _ROOM_OF.get(cmd_name)
        if room is None:
            return None
        verbs: list[click.Command] = importlib.import_module(f"app.cli.{room}").VERBS
        verb = next(verb for verb in verbs if verb.name == cmd_name)
        say_help(verb, _language())
        return verb


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="bantin")
def bantin() -> None:
    """Bản tin: news of the official press for the villages, from feed to printed bulletin."""


def main(words: Sequence[str] | None = None) -> int:
    """Runs a verb, by default the one on the command line.

    Returns 0 only when it worked; an error is one sentence on standard error.
    """
    say_help(bantin, _language())
    try:
        code = bantin.main(words, prog_name="bantin", standalone_mode=False)
    except click.exceptions.Abort:
        return _fail(gettext("Stopped.", _language()))
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BantinError as error:
        return _fail(say(error, _language()))
    except ConfigError as error:
        return _fail(gettext(error.msgid, _language(), **error.values))
    except OperationalError as error:
        return _fail(_database_trouble(error))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return _fail(gettext(FULL, _language()))
    return code if isinstance(code, int) else 0


FULL = "The disk is full. What was saved before is safe; free some space, then do this again."


def _database_trouble(error: OperationalError) -> str:
    words = str(error.orig).lower()
    if "full" in words:
        return gettext(FULL, _language())
    if "locked" in words:
        return gettext("The database is busy with another program. Nothing was changed; try again.", _language())
    return gettext("The database cannot be used: %(why)s. Nothing was changed.", _language(), why=str(error.orig))


def _language() -> str:
    return os.environ.get("BANTIN_LANGUAGE", "vi")


def _fail(sentence: str) -> int:
    click.echo(sentence, err=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
