"""How a reading can end, and the one sentence for each end. The health page and the terminal word these msgids."""

from dataclasses import dataclass

from app.models.errors import Unreadable


@dataclass(frozen=True, slots=True)
class Outcome:
    """`failed`: the source is asked less and less often until it answers well again."""

    msgid: str
    failed: bool = True


# The sentences carry no values, so that a source row can keep the msgid alone.
OUTCOMES = {
    "ok": Outcome("Read.", failed=False),
    "same": Outcome("Nothing new since the last reading.", failed=False),
    "partial": Outcome("The feed came damaged or cut off; only its whole items were kept.", failed=False),
    "too_long": Outcome("The feed is very long; only its first items were kept.", failed=False),
    "empty": Outcome("The feed is empty: it holds no news.", failed=False),
    "web_page": Outcome("This address answered with a web page instead of a feed."),
    "challenge": Outcome("The outlet blocks programs: it answered with a check that only a browser passes."),
    "not_feed": Outcome("This address answered with something that is not a feed."),
    "encoding": Outcome("The feed is written in a letter code that cannot be read safely."),
    "too_large": Outcome("The answer was larger than the limit; it was not read."),
    "too_hard": Outcome("The feed could not be read within the limits of time and memory."),
    "timeout": Outcome("The outlet did not finish answering in time."),
    "refused": Outcome("This address may not be read: it is not a registered public address."),
    "redirects": Outcome("The address sends the reader in circles."),
    "dns": Outcome("The name of this address was not found; the network or the name server may be down."),
    "connection": Outcome("No connection to the outlet; the network may be down."),
    "tls": Outcome("The outlet's certificate is not right; the answer cannot be trusted."),
    "clock": Outcome("The outlet's certificate is not valid on today's date; check the clock of this computer."),
    "forbidden": Outcome("The outlet refuses this program (status 401 or 403)."),
    "gone": Outcome("There is no feed at this address any more (status 404 or 410)."),
    "slow_down": Outcome("The outlet asks to come less often (status 429)."),
    "server": Outcome("The outlet's server is in trouble (status 500 or more)."),
    "status": Outcome("The outlet answered with a status that is no feed."),
    "protocol": Outcome("The outlet's answer could not be understood."),
    "picture": Outcome("This is not a picture that can be used."),
    "picture_size": Outcome("The picture is too large in pixels."),
    "picture_cut": Outcome("The picture is damaged or cut off."),
    "disk_full": Outcome("The disk is full; nothing new can be kept until there is room."),
    "crashed": Outcome("Reading this source failed inside the program; the log says more."),
}


def unreadable(outcome: str, **values: object) -> Unreadable:
    """The error for this outcome; `outcome_of` gives the name back. `retry_after`: seconds to stay away."""
    return Unreadable(OUTCOMES[outcome].msgid, **values)


def outcome_of(error: Unreadable) -> str:
    """The outcome whose sentence this error carries."""
    return next((name for name, outcome in OUTCOMES.items() if outcome.msgid == error.msgid), "crashed")
