"""A working outlet on 127.0.0.1: feeds and pictures with ETag and gzip, and every bad habit a server can have."""

import gzip
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Habit = Callable[["Handler"], None]


@dataclass
class OutletServer:
    """`pages` are served whole, `habits` answer in their own way, `asked` lists (path, headers) of every request."""

    port: int = 0
    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    habits: dict[str, Habit] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    busy: dict[str, int] = field(default_factory=dict)
    most_busy: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def publish(self, path: str, body: bytes, media_type: str = "application/rss+xml; charset=utf-8") -> str:
        self.pages[path] = (media_type, body)
        return self.url(path)

    def behave(self, path: str, habit: Habit) -> str:
        self.habits[path] = habit
        return self.url(path)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    outlet: OutletServer

    def do_GET(self) -> None:
        outlet = self.outlet
        with outlet.lock:
            outlet.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            outlet.busy["all"] = outlet.busy.get("all", 0) + 1
            outlet.most_busy = max(outlet.most_busy, outlet.busy["all"])
        try:
            habit = outlet.habits.get(self.path)
            habit(self) if habit else self._page()
        except OSError:  # the reader hung up on us, as it should
            self.close_connection = True
        finally:
            with outlet.lock:
                outlet.busy["all"] -= 1

    def _page(self) -> None:
        if self.path not in self.outlet.pages:
            self.answer(404, b"")
            return
        media_type, body = self.outlet.pages[self.path]
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self.answer(304, b"", ETag=etag)
            return
        headers = {"Content-Type": media_type, "ETag": etag, "Last-Modified": "Mon, 23 Nov 2026 01:00:00 GMT"}
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        self.answer(200, body, **headers)

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def send(status: int, body: bytes = b"", **headers: str) -> Habit:
    return lambda handler: handler.answer(status, body, **headers)


def redirect(to: str, **headers: str) -> Habit:
    return send(302, b"", Location=to, **headers)


def trickle(seconds: float) -> Habit:
    """One byte every tenth of a second, never done."""

    def habit(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        _drip(handler, seconds)

    return habit


def slow_headers(seconds: float) -> Habit:
    def habit(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        _drip(handler, seconds)

    return habit


def zeros(count: int, *, gzipped: bool) -> Habit:
    def habit(handler: Handler) -> None:
        headers = {"Content-Encoding": "gzip"} if gzipped else {}
        handler.answer(200, gzip.compress(b"\0" * count) if gzipped else b"\0" * count, **headers)

    return habit


def _drip(handler: Handler, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.1)
    handler.close_connection = True


@contextmanager
def serving() -> Iterator[OutletServer]:
    outlet = OutletServer()
    handler = type("BoundHandler", (Handler,), {"outlet": outlet})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    outlet.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield outlet
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
