"""A working HTTP proxy on 127.0.0.1, as an office network has one: forwards http, tunnels https by CONNECT."""

import base64
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class ProxyServer:
    """`hosts` is what its own look-up knows: name to port on this machine. `asked` lists what it was asked for."""

    hosts: Mapping[str, int]
    login: str = ""
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """As the setting names it."""
        return f"http://{self.login + '@' if self.login else ''}127.0.0.1:{self.port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    proxy: ProxyServer

    def do_CONNECT(self) -> None:
        there = self._reach(self.path.rpartition(":")[0])
        if there is None:
            return
        self.send_response(200)
        self.end_headers()
        back = threading.Thread(target=_pump, args=(there, self.connection), daemon=True)
        back.start()
        _pump(self.connection, there)
        back.join()
        there.close()
        self.close_connection = True

    def do_GET(self) -> None:
        goal = urlsplit(self.path)
        there = self._reach(goal.hostname or "")
        if there is None:
            return
        lines = [f"GET {goal.path} HTTP/1.1", *(f"{k}: {v}" for k, v in self.headers.items()), "Connection: close"]
        there.sendall("\r\n".join([*lines, "", ""]).encode())
        _pump(there, self.connection)
        there.close()
        self.close_connection = True

    def _reach(self, host: str) -> socket.socket | None:
        self.proxy.asked.append(f"{self.command} {self.path}")
        wanted = "Basic " + base64.b64encode(self.proxy.login.encode()).decode()
        if self.proxy.login and self.headers.get("Proxy-Authorization") != wanted:
            self._refuse(407)
        elif host not in self.proxy.hosts:
            self._refuse(502)
        else:
            return socket.create_connection(("127.0.0.1", self.proxy.hosts[host]), timeout=5)
        return None

    def _refuse(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def _pump(source: socket.socket, goal: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65536):
            goal.sendall(chunk)
    with suppress(OSError):
        goal.shutdown(socket.SHUT_WR)


@contextmanager
def proxying(hosts: Mapping[str, int], *, login: str = "") -> Iterator[ProxyServer]:
    proxy = ProxyServer(hosts, login)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("BoundHandler", (Handler,), {"proxy": proxy}))
    server.daemon_threads = True
    proxy.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
