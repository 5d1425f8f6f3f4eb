"""Which addresses may be read: URLs taken apart in one way, hosts in one spelling, public ones told from others."""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

import idna

from feeds.outcomes import unreadable

PORTS = {"http": 80, "https": 443}
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")  # parsers disagree about these, so none of them ever reaches a parser
_NUMBER = re.compile(r"(0x[0-9a-f]*|\d+)", re.ASCII)

# Python 3.11 calls these global, yet they lead elsewhere: IETF protocols with Teredo, 6to4, documentation (RFC 9637);
# IETF protocols (RFC 6890), 6to4 relays. Some of the first range Python 3.13 calls global again.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in ("2001::/23", "2002::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24")
)
# All of IPv6 that is given out (RFC 4291). What lies outside is no host of the internet: NAT64 (RFC 6052, 8215),
# IPv4-compatible and -translated, discard, SRv6, unique and site local, link local, multicast.
_GIVEN_OUT = ipaddress.IPv6Network("2000::/3")
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}  # RFC 5214: an IPv4 address in the last 32 bits, a tunnel to it

_LAN = tuple(
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)
_LOCAL_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")  # never names of the open internet

IP = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Address:
    """A URL after all checks: `host` is ACE, lower case, without a final dot; `target` is path and query in ASCII."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.target}"


def check_url(url: str, *, hosts: Collection[str] | None = None, private: bool = False) -> Address:
    """The address a URL stands for. `hosts` None means any public host. `private` lets intranets and tests through.

    Raises Unreadable ("refused") for every other scheme, port, host, user name, or literal address that is not public.
    """
    if _FORBIDDEN.search(url):
        raise unreadable("refused")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise unreadable("refused") from None
    if parts.scheme not in PORTS or "@" in parts.netloc or not parts.hostname:
        raise unreadable("refused")
    host = plain_host(parts.hostname)
    port = PORTS[parts.scheme] if port is None else port
    literal = as_ip(host)
    public = is_public(literal) if literal else not is_local_name(host)
    if not private and (port not in PORTS.values() or not public):
        raise unreadable("refused")
    if hosts is not None and host not in hosts:
        raise unreadable("refused")
    return Address(parts.scheme, host, port, _target(parts.path, parts.query))


def follow(address: Address, location: str, *, hosts: Collection[str], private: bool = False) -> Address:
    """Where a redirect leads, checked like the first address; https never falls back to http."""
    if _FORBIDDEN.search(location):
        raise unreadable("refused")
    nxt = check_url(urljoin(address.url, location), hosts=hosts, private=private)
    if address.scheme == "https" and nxt.scheme == "http":
        raise unreadable("refused")
    return nxt


@lru_cache(maxsize=1024)
def plain_host(host: str) -> str:
    """The one spelling of a host: IDNA ACE (UTS 46), lower case, no final dot; IPv4 only as four decimal numbers."""
    host = host.rstrip(".")
    if ":" in host:
        return _plain_ip6(host)
    try:
        ace = idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise unreadable("refused") from None
    # A browser would read 127.1, 2130706433 or 0x7f.1 as an IPv4 address (WHATWG URL, "ends in a number").
    if _NUMBER.fullmatch(ace.rsplit(".", 1)[-1]) and as_ip(ace) is None:
        raise unreadable("refused")
    return ace


def is_public(ip: IP) -> bool:
    """Whether the open internet is behind this address, also once tunnels and mappings are undone."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(ip.ipv4_mapped)
        if ip not in _GIVEN_OUT or (int(ip) >> 32) & 0xFFFF_FFFF in _ISATAP:
            return False
    if any(ip in network for network in _NOT_PUBLIC):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def is_of_lan(ip: IP) -> bool:
    """Whether other machines of one's own network may have this address: RFC 1918, RFC 6598, RFC 4193."""
    return any(ip in network for network in _LAN)


def is_local_name(host: str) -> bool:
    """Whether a name can only mean something inside one network."""
    return "." not in host or host.endswith(_LOCAL_NAMES)


def as_ip(host: str) -> IP | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _plain_ip6(host: str) -> str:
    try:
        return str(ipaddress.IPv6Address(host))
    except ValueError:
        raise unreadable("refused") from None


def _target(path: str, query: str) -> str:
    safe = "/%:@!$&'()*+,;=~[]-._"
    return quote(path or "/", safe=safe) + ("?" + quote(query, safe=safe + "?") if query else "")
