"""How a reading can end: one sentence of what happened and one of what to do, worded by page and terminal."""

from dataclasses import dataclass

from app.models.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Outcome:
    """`failed`: the source is asked less and less often until it answers well again. `advice` is empty while well."""

    msgid: str
    advice: str = ""
    failed: bool = True


# The sentences carry no values, so that a source row can keep the msgid alone.
OUTCOMES = {
    "ok": Outcome("Read.", "", failed=False),
    "same": Outcome("Nothing new since the last reading.", "", failed=False),
    "partial": Outcome(
        "The feed came damaged or cut off; only its whole items were kept.",
        "Nothing to do: it is asked for again in full. If it stays so, tell the outlet.",
        failed=False,
    ),
    "too_long": Outcome(
        "The feed is very long; only its first items were kept.",
        "A feed of one section is shorter; look for one on the outlet's page.",
        failed=False,
    ),
    "empty": Outcome(
        "The feed is empty: it holds no news.",
        "Look at the outlet's page. If there is news, find its feed anew or use its section page.",
        failed=False,
    ),
    "budget": Outcome(
        "Today's share of the line paid by volume is used up; this waits until tomorrow.",
        "It goes on by itself after midnight. The limit is fetch_daily_megabytes in bantin.toml.",
        failed=False,
    ),
    "web_page": Outcome(
        "This address answered with a web page instead of a feed.",
        "Find the feed of this page anew, or use the page itself as a section page.",
    ),
    "challenge": Outcome(
        "The outlet blocks programs: it answered with a check that only a browser passes.",
        "Use a section page of the outlet, or bring its stories in by hand.",
    ),
    "portal": Outcome(
        "The network answered in the outlet's place: it wants somebody to sign in first (a captive portal).",
        "Open any page in the browser of this computer and sign in to the network; the next reading goes on by itself.",
    ),
    "not_feed": Outcome(
        "This address answered with something that is not a feed.",
        "Open the address in a browser; find the feed of the outlet anew.",
    ),
    "encoding": Outcome(
        "The feed is written in a letter code that cannot be read safely.",
        "Use another feed or a section page of this outlet, and tell the outlet.",
    ),
    "too_large": Outcome(
        "The answer was larger than the limit; it was not read.",
        "Use a smaller feed, or raise fetch_max_bytes in bantin.toml.",
    ),
    "too_hard": Outcome(
        "The feed could not be read within the limits of time and memory.",
        "Use another feed of this outlet; this one is kept away from the desk.",
    ),
    "timeout": Outcome(
        "The outlet did not finish answering in time.",
        "Nothing to do: it is asked again. On a slow line raise fetch_timeout_seconds in bantin.toml.",
    ),
    "refused": Outcome(
        "This address may not be read: it is not a registered public address.",
        "Check the address of the source. The name server may also have given an address inside the network.",
    ),
    "inside": Outcome(
        "The name server gave an address inside the network for this outlet; it was not read.",
        "Sign in to the network with a browser if it asks for it; else ask whoever runs the network about its names.",
    ),
    "moved": Outcome(
        "The address now leads to another host, which is not registered.",
        "Open the address in a browser; if the outlet has moved, add its new address as a source.",
    ),
    "redirects": Outcome(
        "The address sends the reader in circles.",
        "The outlet may want a cookie first: set a page to visit first, or find its feed anew.",
    ),
    "dns": Outcome(
        "The name of this address was not found; the network or the name server may be down.",
        "If other sources are well, check the spelling of the address; else check the network of this computer.",
    ),
    "connection": Outcome(
        "No connection to the outlet; the network may be down.",
        "If other sources are well, wait: the outlet is away. Else check the network of this computer.",
    ),
    "proxy": Outcome(
        "The proxy of the office network did not let the request through.",
        "Ask who looks after the network, and check fetch_proxy in bantin.toml.",
    ),
    "tls": Outcome(
        "The outlet's certificate is not right; the answer cannot be trusted.",
        "Wait: the outlet mends it. If many sources say so, somebody stands in the line: ask whoever runs the network.",
    ),
    "clock": Outcome(
        "The clock of this computer is wrong: by its date the outlet's certificate is not valid.",
        "Set date and time of this computer right; the next reading goes on by itself.",
    ),
    "expired": Outcome(
        "The outlet's certificate has run out; the answer cannot be trusted until the outlet renews it.",
        "Wait a day or two. If many sources say so, check the date of this computer.",
    ),
    "forbidden": Outcome(
        "The outlet refuses this program (status 401 or 403).",
        "Set another User-Agent for this source, use a section page, or ask the outlet to let the bulletin in.",
    ),
    "gone": Outcome(
        "There is no feed at this address any more (status 404 or 410).",
        "Find the feed of the outlet anew.",
    ),
    "slow_down": Outcome(
        "The outlet asks to come less often (status 429).",
        "Nothing to do: it is left alone as asked. If it stays so, raise fetch_every_minutes in bantin.toml.",
    ),
    "server": Outcome(
        "The outlet's server is in trouble (status 500 or more).",
        "Nothing to do: it is asked again, ever less often.",
    ),
    "status": Outcome(
        "The outlet answered with a status that is no feed.",
        "Open the address in a browser; find the feed of the outlet anew.",
    ),
    "protocol": Outcome(
        "The outlet's answer could not be understood.",
        "Nothing to do: it is asked again. If it stays so, tell the outlet.",
    ),
    "robots": Outcome(
        "The outlet asks programs not to read this page (robots.txt).",
        "Open the outlet's own page, copy the text and paste it.",
    ),
    "robots_away": Outcome(
        "The outlet could not be asked whether programs may read its pages; so it is not read now.",
        "Try again later, or open the outlet's own page, copy the text and paste it.",
    ),
    "not_page": Outcome(
        "This address answered with something that is not a web page.",
        "Open the outlet's own page; if there is a text, copy and paste it.",
    ),
    "no_article": Outcome(
        "No article was found on this page: it may be a video, a picture story, or made only by a script.",
        "Open the outlet's own page; if there is a text, copy and paste it.",
    ),
    "page_gone": Outcome(
        "The page is no longer there (status 404 or 410): the outlet may have taken the article down.",
        "Do not use this story until the outlet was asked; look whether others still tell it.",
    ),
    "page_status": Outcome(
        "The outlet answered with a status that is no page.",
        "Try again later, or open the outlet's own page, copy the text and paste it.",
    ),
    "page_encoding": Outcome(
        "The page is written in a letter code that cannot be read safely.",
        "Open the outlet's own page, copy the text and paste it.",
    ),
    "page_too_hard": Outcome(
        "The page could not be read within the limits of time and memory.",
        "Open the outlet's own page, copy the text and paste it.",
    ),
    "page_crashed": Outcome(
        "Reading this page failed inside the program; the log says more.",
        "Tell who looks after the program, with the log; the text can be pasted meanwhile.",
    ),
    "record": Outcome(
        "The kept evidence is damaged or was changed.",
        "Restore it from a backup.",
    ),
    "picture": Outcome("This is not a picture that can be used.", "Choose another picture."),
    "picture_size": Outcome("The picture is too large in pixels.", "Choose another picture."),
    "picture_cut": Outcome("The picture is damaged or cut off.", "Choose another picture."),
    "section_empty": Outcome(
        "No articles were found on this page of headlines; its layout may have changed.",
        "Open the page in a browser. If it shows articles, find the feed of this site anew.",
    ),
    "doc_old": Outcome(
        "This is an old Word file (.doc), or one under a password.",
        "Open it in Word or LibreOffice, save it as .docx without a password, then add it again.",
    ),
    "doc_pdf": Outcome(
        "This is a PDF; its text cannot be taken over safely.",
        "Open it, copy the text and paste it into the box; add its pictures as photos.",
    ),
    "doc_large": Outcome(
        "This document unpacks to more than the limit; it was not read.",
        "Copy the part that is news and paste it into the box.",
    ),
    "doc_broken": Outcome(
        "This file is damaged, or is not a document that can be read.",
        "Open it in Word or LibreOffice and save it anew as .docx, or copy the text and paste it into the box.",
    ),
    "doc_empty": Outcome(
        "There is no text in this file.",
        "Add a photo as a picture file; type the text into the box.",
    ),
    "not_list": Outcome(
        "This is not a list of feeds (OPML) that can be read.",
        "Export the list anew from the other program, as OPML.",
    ),
    "disk_full": Outcome(
        "The disk is full; nothing new can be kept until there is room.",
        "Delete what is not needed on this disk, or move old backups to a stick.",
    ),
    "crashed": Outcome(
        "Reading this source failed inside the program; the log says more.",
        "Tell who looks after the program, with the log; other sources are read all the same.",
    ),
}


def unreadable(outcome: str, **values: object) -> Unreadable:
    """The error for this outcome; `outcome_of` gives the name back. `retry_after`: seconds to stay away."""
    return Unreadable(OUTCOMES[outcome].msgid, **values)


def outcome_of(error: Unreadable) -> str:
    """The outcome whose sentence this error carries."""
    return next((name for name, outcome in OUTCOMES.items() if outcome.msgid == error.msgid), "crashed")
