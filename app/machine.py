"""What differs between operating systems, behind plain functions. Written for Debian 12; Windows has not been tried."""

import fcntl
import multiprocessing
import os
import resource
import sys
import threading
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import IO

# What works in a limited child: loaded once where children are born, so that each of them starts in milliseconds.
# Only the first caller's list counts, therefore one list for all. By name: this module imports nothing of ours.
LIMITED = ("feeds.reading", "feeds.pictures", "outbox.typesetter")
_preloaded = list(LIMITED)


def limit_resources(*, cpu_seconds: int, megabytes: int) -> None:
    """Caps this process: processor time in seconds, address space in megabytes, no core file."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def sync_folder(path: Path) -> None:
    """Makes a rename inside this folder survive a power cut."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lock_file(path: Path) -> IO[str] | None:
    """Takes the only lock on this file; None when another process holds it. Held until the handle is closed."""
    handle = path.open("a+", encoding="utf-8")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


class Child(ForkServerProcess):
    """A process that does not begin by loading the program that started it: all of the desk, for a piece of work."""

    _lock = threading.Lock()

    def start(self) -> None:
        """Hides from multiprocessing what was started from the terminal, which every child would run again."""
        main = sys.modules["__main__"]
        with self._lock:
            spec, file = main.__spec__, getattr(main, "__file__", None)
            main.__spec__ = main.__file__ = None
            try:
                super().start()
            finally:
                main.__spec__, main.__file__ = spec, file


class _Context(ForkServerContext):
    Process = Child


def preload_only(*names: str) -> None:
    """For a program that ends soon: of LIMITED its children will need no more than these."""
    _preloaded[:] = [name for name in LIMITED if name in names]


def forkserver() -> ForkServerContext:
    """Where children with limits are born: never a fork of a process that runs threads."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(_preloaded)
    return _Context()


def protect(path: Path) -> None:
    """Only the owner may read this file or folder."""
    path.chmod(0o700 if path.is_dir() else 0o600)
