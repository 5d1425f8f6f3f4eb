"""`people add|list`."""

import click

from app.cli.frame import Terminal, ask_passphrase, verb
from app.models.person import Role
from app.store import office
from app.store import people as store


@click.group()
def people() -> None:
    """Accounts and their roles."""


@people.command()
@click.argument("name")
@click.option("--post", default="", help="What the person is in the office.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--by", metavar="NAME", help="The administrator who adds; not needed for the very first account.")
@verb
def add(terminal: Terminal, name: str, post: str, role: str, by: str | None) -> None:
    """Add a person.

    The new passphrase is BANTIN_NEW_PASSPHRASE or the next line of standard input; that of the administrator named
    with --by is BANTIN_PASSPHRASE or the line before it.
    """
    folder = terminal.open()
    actor = terminal.actor(folder, by) if by else None
    with folder.database.writing() as session:
        house = office.load(session)
        person = store.add(
            session,
            name=name,
            post=post,
            role=Role(role),
            passphrase=ask_passphrase("BANTIN_NEW_PASSPHRASE"),
            office=house.code,
            actor=actor,
            now=terminal.now,
        )
    terminal.show(
        {"id": person.id, "name": person.name, "role": person.role.value},
        f"{person.name}: {terminal.name('role', person.role.value)}",
    )


@people.command(name="list")
@verb
def list_(terminal: Terminal) -> None:
    """List the accounts."""
    folder = terminal.open()
    with folder.database.reading() as session:
        found = store.everyone(session)
    rows = [{"id": p.id, "name": p.name, "post": p.post, "role": p.role.value, "active": p.active} for p in found]
    terminal.show(rows, *(f"{row['name']}  {row['post']}  {terminal.name('role', str(row['role']))}" for row in rows))


VERBS = [people]
