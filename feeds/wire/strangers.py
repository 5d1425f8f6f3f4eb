"""Who answered in the outlet's place: the sign-in page of a network, or a check that only a browser passes."""

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from app.models.errors import Unreadable
from feeds.wire.addresses import Address, as_ip, check_url, is_local_name, is_public

LOOK = 64 * 1024  # bytes of an answer that tell who wrote it
SMALL = 24 * 1024  # a check is a small page; a real article that loads the same script is not

_TEMPORARY = {302, 303, 307}
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*)*+"
                   rb"<(?:!doctype\s+html|html|head|body|script|meta)\b", re.IGNORECASE | re.DOTALL)  # fmt: skip
_SIGN_IN = re.compile(rb"<input\b[^>]{0,300}\btype\s*=\s*[\"']?password|captive.?portal|hotspot.?login|/wifidog/|"
                      rb"WISPAccessGatewayParam|(?:refresh|location)[^>]{1,80}https?://"
                      rb"(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d", re.IGNORECASE)  # fmt: skip
_CHECK = re.compile(rb"cf-chl|__cf_chl|challenge-platform|just a moment\.{3}|checking your browser|ddos-guard|"
                    rb"__test=|slowaes|toNumbers\(|_incapsula_resource|sucuri_cloudproxy|aws-waf-token|"
                    rb"document\.cookie\s*=[^;]{1,300};[^<]{0,300}location\.(?:reload|href|replace)",
                    re.IGNORECASE)  # fmt: skip
_ROUTER = re.compile(rb"portal|captive|hotspot|wi-?fi|mikrotik|fortinet|fortigate|openwrt|ubiquiti|unifi|aruba|"
                     rb"ruckus|cisco|draytek|tp-?link|router|gateway", re.IGNORECASE)  # fmt: skip


def name_answer(address: Address, status: int, head: Mapping[str, str], start: bytes, *, is_page_due: bool) -> str:
    """ "portal" or "challenge" for the first bytes of an unpacked answer, or empty when the outlet itself wrote it."""
    if status == 511:
        return "portal"
    if head.get("cf-mitigated", "").lower() == "challenge":
        return "challenge"
    if not _PAGE.match(start):
        return ""
    # Over https nobody but the outlet can write; its own page may well hold a sign-in.
    if address.scheme == "http" and not is_page_due and _SIGN_IN.search(start):
        return "portal"
    is_small = len(start) < SMALL or not is_page_due
    return "challenge" if is_small and _CHECK.search(start) else ""


def name_redirect(address: Address, status: int, location: str) -> str:
    """Why a redirect is not followed: "portal", "moved" (another public host for good), or "refused"."""
    try:
        goal = check_url(urljoin(address.url, location), private=True)
    except (Unreadable, ValueError):
        return "refused"
    literal = as_ip(goal.host)
    is_inside = not is_public(literal) if literal else is_local_name(goal.host)
    if address.scheme == "http" and (is_inside or status in _TEMPORARY) and goal.host != address.host:
        return "portal"
    return "refused" if is_inside or goal.host == address.host else "moved"


def is_routers_certificate(certificate: bytes) -> bool:
    """Whether a certificate (DER) that is not the outlet's names a sign-in page or the box that serves it."""
    return _ROUTER.search(certificate) is not None
