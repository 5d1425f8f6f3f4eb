"""`serve`: the desk in the browser and the timer, in one process on one data folder."""

import logging
import secrets
from datetime import UTC, datetime

import click
import waitress
from apscheduler.schedulers.background import BackgroundScheduler

from app import jobs
from app.cli.frame import Terminal, verb
from app.models.errors import Refused
from app.store import office
from app.store.folder import Folder
from app.web.application import create_app
from feeds.catalogue import Catalogue, load_catalogue
from feeds.registry import register

THREADS = 8
# What others' libraries would tell the terminal of their own accord; a job that still runs is no news.
QUIET = {"apscheduler": logging.ERROR, "alembic": logging.WARNING, "fontTools": logging.WARNING}


def now() -> datetime:
    """The clock of the running program."""
    return datetime.now(UTC)


@click.command()
@click.option("--timer/--no-timer", default=True, help="Whether the timer runs beside the desk.")
@verb
def serve(terminal: Terminal, timer: bool) -> None:
    """Serve the desk, with the timer running."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)
    folder = terminal.open()
    held = folder.lock()
    try:
        _serve(terminal, folder, timer=timer)
    finally:
        held.close()


def _serve(terminal: Terminal, folder: Folder, *, timer: bool) -> None:
    config, catalogue = terminal.config, load_catalogue(terminal.config)
    with folder.database.writing() as session:
        register(session, catalogue)
        is_new = office.find(session) is None
    code = secrets.token_hex(4)
    server = _listen(create_app(config, folder.database, now=now, setup_code=code), config.host, config.port)
    _greet(terminal, port=int(server.effective_port), code=code if is_new else "")
    scheduler = _start_timer(folder, catalogue) if timer else None
    try:
        server.run()
    finally:
        if scheduler is not None:
            scheduler.shutdown(wait=False)
        folder.database.close()


def _start_timer(folder: Folder, catalogue: Catalogue) -> BackgroundScheduler:
    return jobs.start(jobs.Works(folder=folder, catalogue=catalogue, clock=now))


def _listen(app: object, host: str, port: int) -> waitress.server.TcpWSGIServer:
    try:
        return waitress.create_server(
            app, host=host, port=port, threads=THREADS, ident="bantin", clear_untrusted_proxy_headers=True
        )
    except OSError as error:
        raise Refused(
            "Port %(port)d is in use by another program. Close it, or set another `port`.", port=port
        ) from error


def _greet(terminal: Terminal, *, port: int, code: str) -> None:
    host = "127.0.0.1" if terminal.config.host in ("0.0.0.0", "::") else terminal.config.host  # noqa: S104
    click.echo(terminal.say("The desk is open: http://%(host)s:%(port)d (stop it with Ctrl+C).", host=host, port=port))
    if code:
        click.echo(terminal.say("First set-up from another computer needs this code: %(code)s", code=code))


VERBS = [serve]
