"""Pages of outlets on social networks: theirs only by the exact address of the account, host and first path part."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

# The network by its one name. These hosts show the same pages: in small, in another language, in a shorter spelling.
_NETWORKS = {
    "facebook.com": ("fb.com", "m.facebook.com", "mbasic.facebook.com", "web.facebook.com", "touch.facebook.com"),
    "youtube.com": ("m.youtube.com",),
    "tiktok.com": ("m.tiktok.com", "vt.tiktok.com"),
    "instagram.com": (),
    "x.com": ("twitter.com", "mobile.twitter.com", "mobile.x.com"),
    "zalo.me": ("oa.zalo.me",),
    "threads.net": ("threads.com",),
    "t.me": ("telegram.me",),
}
_ONE_NAME = {twin: network for network, twins in _NETWORKS.items() for twin in (network, *twins)}
_LOCALE = re.compile(r"[a-z]{2}-[a-z]{2}\.")
# Before these the account's own part comes second: youtube.com/channel/UC…, facebook.com/pages/Tên/123.
_BEFORE = ("channel", "c", "user", "people", "pages", "groups")
_EXACT = ("channel",)  # what comes after these has capitals that count


def network_of(host: str) -> str:
    """The social network behind a host, by its one name; empty for any other host."""
    plain = host.removeprefix("www.")
    return _ONE_NAME.get(plain) or _ONE_NAME.get(_LOCALE.sub("", plain, count=1), "")


def account_of(host: str, path: str) -> str:
    """The account an address lies under, in one spelling: `facebook.com/baosaomai`. Empty where it names none.

    Capitals do not count on these networks, except in the numbers of YouTube's channels; dots, dashes and everything
    else do: an account that differs in a dot is another account until the catalogue says otherwise.
    """
    network = network_of(host)
    parts = [part for part in unquote(re.split(r"[?#]", path)[0]).split("/") if part]
    if not network or not parts or parts[0].lower() == "profile.php":
        return ""
    first = parts[0].lower()
    if first not in _BEFORE:
        return f"{network}/{first}"
    if len(parts) < 2:
        return ""
    second = parts[1] if first in _EXACT else parts[1].lower()
    return f"{network}/{first}/{second}"


def holds(accounts: Sequence[str], account: str) -> bool:
    """Whether this account stands among those of an outlet, as the catalogue writes them."""
    return bool(account) and any(_spelled(known) == account for known in accounts)


def _spelled(known: str) -> str:
    host, _, path = known.removeprefix("https://").removeprefix("http://").partition("/")
    return account_of(host.lower(), f"/{path}")
