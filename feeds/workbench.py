"""The child processes in which foreign bytes are taken apart: limited in time and memory, replaced when they die."""

import gc
import importlib
import os
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar, cast

from app.machine import forkserver, limit_resources
from app.models.errors import Unreadable
from feeds.outcomes import outcome_of, unreadable

P = ParamSpec("P")
T = TypeVar("T")

# ("done", the result) or ("unreadable", the outcome), and the seconds of processor time the child has used so far.
Answer = tuple[str, Any, float]

AT_ONCE = min(2, os.cpu_count() or 1)  # children side by side; more only wait for one another


class Workbench:
    """Runs one piece of work after the other in a child. `seconds` (of processor time) are for one piece of work."""

    def __init__(self, *, seconds: int = 5, megabytes: int = 768) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._child: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> "Workbench":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `work`, a function of a module. Raises Unreadable; "too_hard" when a limit was hit."""
        pipe = self._start()
        try:
            pipe.send((work, args, kwargs))
            if not pipe.poll(self._seconds * 2):  # the processor limit does not see a child that only waits
                raise unreadable("too_hard")
            verdict, value, used = cast(Answer, pipe.recv())
        except (EOFError, OSError):  # the system killed the child
            self._stop()
            raise unreadable("too_hard") from None
        except Unreadable:
            self._stop()
            raise
        if used > self._seconds / 2:  # the limit counts over the child's whole life
            self._stop()
        if verdict == "unreadable":
            raise unreadable(value)
        return cast(T, value)

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """As run, for a function this process must not import: `name` is its module and its own name."""
        return self.run(_call, name, args, kwargs)

    def _start(self) -> Connection:
        if self._pipe is not None:
            return self._pipe
        context = forkserver()
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(target=_work, args=(theirs, self._seconds * 2, self._megabytes), daemon=True)
        self._child.start()
        theirs.close()
        return self._pipe

    def _stop(self) -> None:
        if self._child is not None and self._pipe is not None:
            self._pipe.close()
            self._child.kill()
            self._child.join()
            self._child.close()
        self._child = self._pipe = None


class Workshop:
    """Some benches side by side, each used by one thread at a time; a child is born when its bench is first needed."""

    def __init__(self, benches: int = AT_ONCE) -> None:
        self._benches = [Workbench() for _ in range(benches)]
        self._free: queue.LifoQueue[Workbench] = queue.LifoQueue()  # the bench used last has its child already
        for bench in reversed(self._benches):
            self._free.put(bench)

    def __enter__(self) -> "Workshop":
        return self

    def __exit__(self, *_: object) -> None:
        for bench in self._benches:
            bench.__exit__()

    @contextmanager
    def lend(self) -> Iterator[Workbench]:
        """Waits for a free bench."""
        bench = self._free.get()
        try:
            yield bench
        finally:
            self._free.put(bench)


def _call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(module), function)(*args, **kwargs)


def _work(pipe: Connection, seconds: int, megabytes: int) -> None:
    """The child's loop."""
    born = time.process_time()  # what starting cost is no work of ours
    limit_resources(cpu_seconds=seconds + int(born) + 1, megabytes=megabytes)
    gc.freeze()  # what was loaded before birth stays shared with the other children, and is never looked through
    while True:
        try:
            work, args, kwargs = pipe.recv()
        except EOFError:
            return
        pipe.send((*_answer(work, args, kwargs), time.process_time() - born))
        work = args = kwargs = None
        gc.collect()  # a feed's parser holds itself in circles


def _answer(work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[str, Any]:
    try:
        return "done", work(*args, **kwargs)
    except Unreadable as error:
        return "unreadable", outcome_of(error)
    except (MemoryError, RecursionError):
        return "unreadable", "too_hard"
