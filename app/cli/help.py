"""The help of every verb in the language of the terminal; click's own few words (Usage, Options) stay English."""

import inspect

import click

from app.words import gettext


def say_help(command: click.Command, lang: str) -> None:
    """Words the help of a verb, of its options, and of every verb below it."""
    if command.help:
        command.help = gettext(inspect.cleandoc(command.help), lang)
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = gettext(option.help, lang)
    if isinstance(command, click.Group):
        for verb in command.commands.values():
            say_help(verb, lang)
