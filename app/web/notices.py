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
    "nguon-cai-dat": ("ok", "Saved. The next reading of this source goes by these settings."),
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
    "doc-nguon": ("info", "The source is read within seconds; this page renews itself."),
    "sao-luu": ("ok", "The backup was made and read back."),
    "noi-nhan": ("ok", "The place was added."),
    "ly-do": ("ok", "The reason was recorded with your name."),
    "bai-moi": ("ok", "The article was made from the story. Now write it in your own words."),
    "da-xep": ("ok", "The order of the issue was changed."),
    "vao-so": ("ok", "The article was placed in the issue."),
    "so": ("ok", "Number, day and pages of the issue were changed."),
    "quy-tac": ("ok", "The rule was saved; it holds for what comes in from now on."),
    "quy-tac-cu": ("info", "The rule was saved and goes over the stories that are there; see below how far it is."),
    "chu-de": ("ok", "Saved. The stories of the last three weeks were scored anew."),
    "da-hoc": ("ok", "Learned from the picks so far; the stories were scored anew."),
    "tat-ly-do": ("ok", "Switched off. The stories were scored anew."),
    "nguoi-doi": ("ok", "The account was changed."),
    "them": ("ok", "The story was added and waits here like any other."),
    "them-sua": ("ok", "This address was here already; the new text is kept as its next revision."),
    "them-anh": ("ok", "The story was added. The photo’s file said where it was taken; that was taken out."),
    "them-sot": ("info", "The story was added. Some pictures of the file could not be taken along."),
    "da-co": ("info", "This was here already; nothing was doubled."),
    "nguon-moi": ("ok", "The source was added and is read from now on."),
    "mat-khau": ("ok", "The new passphrase holds from now on. Hand it over in person."),
}


def notices(args: Mapping[str, str]) -> list[Notice]:
    """The notice asked for by the address, if it is one we know."""
    tone, words = SAID.get(args.get("xong", ""), ("", ""))
    return [Notice(tone=tone, words=tr(words), href="", link="")] if words else []
