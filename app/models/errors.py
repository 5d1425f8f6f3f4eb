"""The one family of errors: each carries the sentence a person will read, as an English msgid with its values."""


class BantinError(Exception):
    """Something a person must be told: `str()` is the English sentence; the edges translate `msgid` with its values."""

    def __init__(self, msgid: str, /, **values: object) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.values = values

    def __str__(self) -> str:
        return self.msgid % self.values if self.values else self.msgid


class NotAllowed(BantinError):
    """This person may not do this."""


class NotFound(BantinError):
    """There is no such thing."""


class Refused(BantinError):
    """The request makes no sense here: a wrong state, a missing or bad value."""


class Stale(BantinError):
    """The thing changed since the page was shown; nothing was done."""


class Unreadable(BantinError):
    """A feed, page or picture from outside could not be read."""


class Unprintable(BantinError):
    """A render failed or ran over its limits."""
