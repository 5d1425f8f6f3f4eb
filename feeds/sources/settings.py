"""What an office sets of one odd source, over the catalogue's word: checked before it is kept."""

import re
from collections.abc import Collection, Mapping

from app.models.errors import Refused, Unreadable
from feeds.catalogue import IDENTITIES, LETTERS
from feeds.wire.addresses import check_url

FIELDS = ("user_agent", "visit_first", "identity", "letters", "links")
MOST = 300  # letters of one setting


def checked(given: Mapping[str, str], *, hosts: Collection[str]) -> dict[str, str]:
    """The settings that are not left empty. An empty one means: as the catalogue has it.

    Raises Refused with the sentence that says what is wrong with which.
    """
    values = {name: given.get(name, "").strip() for name in FIELDS}
    kept = {name: value for name, value in values.items() if value}
    if any(len(value) > MOST for value in kept.values()):
        raise Refused("A setting of a source has %(most)d letters at the most.", most=MOST)
    if kept.get("identity", "address") not in IDENTITIES or kept.get("letters", "") not in LETTERS:
        raise Refused("This is none of the choices.")
    if not re.fullmatch(r"[ -~]*", kept.get("user_agent", "")):
        raise Refused("The name told to the outlet may have only plain letters, without Vietnamese marks.")
    _check_links(kept.get("links", ""))
    _check_visit(kept.get("visit_first", ""), hosts)
    return kept


def _check_links(links: str) -> None:
    try:
        re.compile(links)
    except re.error:
        raise Refused("The rule for the addresses of articles is not a regular expression.") from None


def _check_visit(address: str, hosts: Collection[str]) -> None:
    if not address:
        return
    try:
        # A private address passes here: fetch_private_networks decides at each reading whether it is asked.
        check_url(address, hosts=hosts, private=True)
    except Unreadable:
        raise Refused("The address to visit first must be one of the outlet's own.") from None
