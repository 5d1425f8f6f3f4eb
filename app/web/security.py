"""What every answer carries and every request must show: headers, known host names, same origin, CSRF token."""

import hmac
from ipaddress import ip_address

from flask import Flask, Request, Response, request

from app.models.errors import NotAllowed
from config import Config

LOOPBACK = ("127.0.0.1", "[::1]", "localhost")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_FIELD = "csrf"
CSRF_HEADER = "X-Bantin-Csrf"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: it makes browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def guard(app: Flask, *, config: Config) -> None:
    """Sets the headers on every answer, errors included, and refuses unknown hosts and foreign origins."""
    app.config["TRUSTED_HOSTS"] = known_hosts(config)
    app.before_request(refuse_foreign_origin)
    app.after_request(add_headers)


def known_hosts(config: Config) -> list[str]:
    """The host names this desk answers to: loopback, the one address it listens on, and what the office lists.

    A desk open to the whole network (0.0.0.0) answers to the machine's name and addresses only where they are listed:
    what a machine believes to be its name may be anybody's.
    """
    listed = (name.strip().lower() for name in config.trusted_hosts.split(","))
    own = () if config.host in ("0.0.0.0", "::") else (config.host,)  # noqa: S104
    return sorted({*LOOPBACK, *own, *filter(None, listed)})


def add_headers(response: Response) -> Response:
    """The same strict headers on every answer; pages are never kept by the browser."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def refuse_foreign_origin() -> None:
    """An unsafe request must come from one of our own pages, and say so."""
    if request.method in SAFE_METHODS or request.routing_exception is not None:
        return
    if request.headers.get("Origin") != f"{request.scheme}://{request.host}":
        raise NotAllowed("This request came from another page, so nothing was done.")


def check_token(expected: str, sent_by: Request) -> None:
    """The form or the script must send the token of this very sign-in. Raises NotAllowed."""
    sent = sent_by.headers.get(CSRF_HEADER) or sent_by.form.get(CSRF_FIELD, "")
    if not (expected and hmac.compare_digest(expected.encode(), sent.encode())):
        raise NotAllowed("The page was open too long, so nothing was done. Open it again and repeat.")


def is_loopback(address: str | None) -> bool:
    """Whether the visitor sits at the server itself."""
    try:
        return ip_address(address or "").is_loopback
    except ValueError:
        return False


def local_path(target: str) -> str:
    """Where to go after signing in: a path of this desk, else the first page."""
    plain = target.startswith("/") and not target.startswith("//") and "\\" not in target
    return target if plain and target.isprintable() else "/hom-nay"
