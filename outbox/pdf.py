"""A press: one limited child process that lays out and prints; whatever happens to it becomes one sentence here."""

import importlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from app.machine import forkserver
from app.models.errors import Unprintable
from config import Config
from outbox.geometry import Layout
from outbox.orders import Order

_TYPESETTER = "outbox.typesetter"
_GRACE_SECONDS = 10
"""Wall time beyond the processor limit: a child that only waits is ended too."""


class Press:
    """Opens a child with these style sheets and assets. `about` names the job in the sentence a person will read."""

    def __init__(
        self, *, sheets: tuple[str, ...], assets: Mapping[str, bytes], config: Config, made_at: datetime, about: str
    ) -> None:
        self._about = about
        self._seconds = config.render_seconds
        self._order = Order(
            sheets=sheets,
            assets=dict(assets),
            cpu_seconds=config.render_seconds,
            megabytes=config.render_megabytes,
            scratch="",
            made_at=int(made_at.timestamp()),
        )

    def __enter__(self) -> Self:
        self._scratch = TemporaryDirectory(prefix="bantin-ban-in-")
        self._line, theirs = Pipe()
        order = replace(self._order, scratch=self._scratch.name)
        self._child = forkserver().Process(target=_work, args=(theirs, order), daemon=True)
        try:
            self._child.start()
        except OSError as error:
            self._scratch.cleanup()
            reason = "no child process could be started"
            raise Unprintable("%(about)s could not be printed: %(reason)s", about=self._about, reason=reason) from error
        theirs.close()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.close()
        self._child.join(0.5)
        if self._child.is_alive():
            self._child.kill()
            self._child.join()
        self._child.close()
        self._scratch.cleanup()

    @property
    def pid(self) -> int | None:
        """The child's process id: what a test or an operator may end."""
        return self._child.pid

    def lay(self, html: str) -> Layout:
        """Lays this page text out and says where things came to lie. Raises Unprintable."""
        layout = self._ask("lay", html)
        if not isinstance(layout, Layout):
            raise Unprintable("%(about)s could not be printed: the layout came back damaged.", about=self._about)
        return layout

    def print(self, html: str) -> bytes:
        """The PDF of this page text. Raises Unprintable."""
        return bytes(self._ask("print", html))

    def _ask(self, action: str, html: str) -> Any:
        try:
            self._line.send((action, html))
            if not self._line.poll(self._seconds + _GRACE_SECONDS):
                raise Unprintable(
                    "%(about)s could not be printed: it took longer than %(seconds)d seconds.",
                    about=self._about,
                    seconds=self._seconds,
                )
            outcome, result = self._line.recv()
        except (EOFError, OSError) as error:
            raise self._death() from error
        if outcome == "memory":
            raise Unprintable("%(about)s could not be printed: it needed too much memory.", about=self._about)
        if outcome != "ok":
            raise Unprintable("%(about)s could not be printed: %(reason)s", about=self._about, reason=result)
        return result

    def _death(self) -> Unprintable:
        self._child.join(1)
        return Unprintable(
            "%(about)s could not be printed: the work was stopped (%(code)s). Nothing was lost; it can be tried again.",
            about=self._about,
            code=self._child.exitcode,
        )


def _work(line: Connection, order: Order) -> None:
    # By name, so that WeasyPrint is loaded in the forkserver and its children and never in the process that asks.
    importlib.import_module(_TYPESETTER).serve(line, order)
