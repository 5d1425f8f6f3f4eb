"""A throw-away PostgreSQL server for tests that must hold on both databases; nothing of it is left behind."""

import os
import shutil
import socket
import subprocess  # the server is a program of the system
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HURRY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "shared_buffers=16MB")
START_SECONDS = 20.0


def find_binaries() -> Path | None:
    """The folder of the newest installed server, or None where there is no PostgreSQL."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    return max(found, key=lambda folder: int(folder.parent.name), default=None)


@contextmanager
def running_postgres(binaries: Path) -> Iterator[str]:
    """Yields the SQLAlchemy address of an empty UTF-8 database on a free port of 127.0.0.1; stops the server after.

    PostgreSQL refuses to run as root, so root hands over to the account that its package made.
    """
    folder = Path(tempfile.mkdtemp(prefix="bantin-postgres-"))
    account: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        account = ["runuser", "-u", "postgres", "--"]
    try:
        data = folder / "data"
        options = ["--auth=trust", "--username=bantin", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run([*account, str(binaries / "initdb"), *options, str(data)], folder)
        port = _free_port()
        place = ["-D", str(data), "-k", str(folder), "-h", "127.0.0.1", "-p", str(port)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [*account, str(binaries / "postgres"), *place, *HURRY], cwd=folder, stdout=log, stderr=log
            )
        try:
            _wait_until_ready(server, [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)], folder)
            yield f"postgresql+psycopg://bantin@127.0.0.1:{port}/postgres"
        finally:
            # Immediate stop: the data is thrown away, so a clean checkpoint would only cost time.
            _run([*account, str(binaries / "pg_ctl"), "stop", "-m", "immediate", "-D", str(data)], folder)
            server.wait(START_SECONDS)
    finally:
        shutil.rmtree(folder)


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{Path(command[-2]).name}: {done.stderr or done.stdout}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def _wait_until_ready(server: subprocess.Popen[bytes], question: list[str], folder: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while subprocess.run(question, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text('utf-8', 'replace')}")
        time.sleep(0.05)
