"""What a file or a text brought by hand says: plain values that the web process may hold."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A picture as it lay in the file, not yet checked; `url` is where a saved page had it from."""

    data: bytes
    caption: str = ""
    credit: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Title and paragraphs in NFC on one line each. `url` is only what the paper itself claims."""

    title: str
    paragraphs: tuple[str, ...]
    standfirst: str = ""
    author: str = ""
    url: str = ""
    published_raw: str = ""
    published_at: datetime | None = None
    pictures: tuple[Print, ...] = ()
    left_out: int = 0  # pictures that could not be taken along

    @property
    def text(self) -> str:
        """The paragraphs with an empty line between."""
        return "\n\n".join(self.paragraphs)
