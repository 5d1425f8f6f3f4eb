"""What was just done, told once on the next page: a code in the address, never free text."""

from collections.abc import Mapping
from typing import TypedDict

from app.web.phrases import tr


class Notice(TypedDict):
    """A line in the flow of the page; `tone` is ok, info, warn or bad."""

    tone: str
    words: str
    href: str
    link: str


# By code: tone and sentence.
SAID: dict[str, tuple[str, str]] = {
    "luu": ("ok", "Saved."),
    "trinh": ("ok", "Submitted. Another person reads it and decides."),
    "duyet": ("ok", "Approved. The article is ready to be placed in an issue."),
    "tra-lai": ("info", "Returned with your sentence. The author reads it first."),
    "rut": ("info", "The article was withdrawn. It can be brought back for 30 days."),
    "lay-lai": ("ok", "The article is back among the drafts."),
    "chot": ("ok", "The issue is sealed. Its proofs are being made from exactly this text."),
    "ban-thu": ("ok", "The proofs are ready. Read them before signing."),
    "ky": ("ok", "Signed. The parcels are being made and will lie in the outbox."),
    "phat-hanh": ("ok", "Everything was made and lies on the shelf."),
    "nguoi": ("ok", "The person was added."),
    "nguon": ("ok", "The source was switched."),
    "sao-luu": ("ok", "The backup was made and read back."),
    "noi-nhan": ("ok", "The place was added."),
    "ly-do": ("ok", "The reason was recorded with your name."),
    "bai-moi": ("ok", "The article was made from the story. Now write it in your own words."),
    "da-xep": ("ok", "The order of the issue was changed."),
    "vao-so": ("ok", "The article was placed in the issue."),
    "so": ("ok", "Number, day and pages of the issue were changed."),
    "chu-de": ("ok", "The topics were saved; they score what comes in from now on."),
    "nguoi-doi": ("ok", "The account was changed."),
    "mat-khau": ("ok", "The new passphrase holds from now on. Hand it over in person."),
}


def notices(args: Mapping[str, str]) -> list[Notice]:
    """The notice asked for by the address, if it is one we know."""
    tone, words = SAID.get(args.get("xong", ""), ("", ""))
    return [Notice(tone=tone, words=tr(words), href="", link="")] if words else []
