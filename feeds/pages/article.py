"""An outlet's article as its page gives it: plain text, no HTML, with the reader that found it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A picture of the page: where it lies, what is printed under it, whose it is."""

    url: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What the child read from one page; every text is NFC on one line."""

    title: str
    standfirst: str = ""
    paragraphs: tuple[str, ...]
    author: str = ""
    published_raw: str = ""
    published_at: datetime | None = None
    pictures: tuple[Shown, ...] = ()
    read_by: Literal["recipe", "general"]
    differs: bool = False  # the outlet's recipe and the general reader found very different texts
    recipe_missed: bool = False  # the recipe found no title or no body where the general reader did

    @property
    def text(self) -> str:
        """The paragraphs with an empty line between."""
        return "\n\n".join(self.paragraphs)

    @property
    def digest(self) -> str:
        """Changes exactly when title, standfirst or text change."""
        return hashlib.sha256("\x1f".join((self.title, self.standfirst, self.text)).encode()).hexdigest()
