"""The program's one door from the terminal: the verbs, and the one place where errors become a sentence."""

import errno
import os
import sys
from collections.abc import Sequence

import click
from sqlalchemy.exc import OperationalError

from app.cli import (
    articles,
    by_hand,
    clusters,
    demo,
    health,
    hosts,
    issues,
    pages,
    people,
    rules,
    serve,
    stories,
    system,
)
from app.cli.help import say_help
from app.models.errors import BantinError
from app.words import gettext, say
from config import ConfigError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="bantin")
def bantin() -> None:
    """Bản tin: news of the official press for the villages, from feed to printed bulletin."""


for room in (serve, demo, stories, rules, clusters, articles, issues, people, system, hosts, by_hand, health, pages):
    for command in room.VERBS:
        bantin.add_command(command)


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
