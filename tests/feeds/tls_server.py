"""A working outlet behind TLS on 127.0.0.1, with a certificate that is good, over, not yet valid, or another's."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from threading import Thread

import trustme

from tests.feeds.outlet_server import Handler, OutletServer

HOST = "bao.example"
LONG_AGO, LATER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)
COMING, FAR = datetime(2090, 1, 1, tzinfo=UTC), datetime(2091, 1, 1, tzinfo=UTC)
DATES = {"good": (None, None), "over": (LONG_AGO, LATER), "not yet": (COMING, FAR)}


@dataclass(frozen=True)
class Authority:
    """The authority that the office's computer trusts, in place of the world's."""

    root: trustme.CA

    @property
    def trust(self) -> ssl.SSLContext:
        """What the Fetcher is handed."""
        context = ssl.create_default_context()
        self.root.configure_trust(context)
        return context

    @contextmanager
    def serving(self, name: str = HOST, *, dates: str = "good", own: bool = False) -> Iterator[OutletServer]:
        """An outlet under `name`; with `own` its certificate comes from an authority nobody trusts."""
        outlet = OutletServer()
        handler = type("BoundHandler", (Handler,), {"outlet": outlet})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that does not trust us hangs up
        server.socket = self._context(name, dates, own).wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        outlet.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield outlet
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def _context(self, name: str, dates: str, own: bool) -> ssl.SSLContext:
        start, end = DATES[dates]
        root = trustme.CA(organization_name="Nobody") if own else self.root
        certificate = root.issue_cert(name, common_name=name, not_before=start, not_after=end)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context
