"""The language of the search box: words, “phrases”, -words, and operators such as báo:, ngày:, là:."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.desk.days import read_days
from app.desk.folding import fold
from app.models.errors import BantinError, Refused

# Operators as typed without marks, in Vietnamese and English.
OPERATORS = {
    **dict.fromkeys(("bao", "outlet"), "outlet"),
    **dict.fromkeys(("nguon", "source"), "source"),
    **dict.fromkeys(("noi", "place"), "place"),
    **dict.fromkeys(("ngay", "day", "date"), "day"),
    **dict.fromkeys(("tu", "from", "since"), "from"),
    **dict.fromkeys(("den", "to", "until"), "to"),
    **dict.fromkeys(("la", "state", "is"), "state"),
    **dict.fromkeys(("the", "tag"), "tag"),
    **dict.fromkeys(("cua", "of"), "person"),
}
STARRED = "starred"
STATES = {
    **dict.fromkeys(("chua xem", "moi", "new"), "new"),
    **dict.fromkeys(("da chon", "chon", "kept"), "kept"),
    **dict.fromkeys(("de sau", "later"), "later"),
    **dict.fromkeys(("da bo", "bo", "dropped"), "dropped"),
    **dict.fromkeys(("co sao", "sao", "starred"), STARRED),
}
ME = ("toi", "me", "minh")
TOKEN = re.compile(
    r'(?P<no>-(?=[^\s-]))?(?:(?P<op>[^\W\d_]+):\s*)?(?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s"]+)|(?P<end>$))'
)
LONGEST_VALUE = 4  # words of a name or a date behind an operator that stand without quotation marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What an operator may name: id to name; `me` is the id of whoever asks."""

    outlets: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    me: str = ""

    def of(self, operator: str) -> Mapping[str, str]:
        """The ids and names behind this operator."""
        everyone = {"outlet": self.outlets, "source": self.sources, "tag": {tag: tag for tag in self.tags}}
        return {**self.people, **dict.fromkeys(ME, "toi")} if operator == "person" else everyone.get(operator, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was asked. A set of ids that is None was not asked for; an empty one fits no story.

    `words` are as typed, marks and all; `phrases` must stand in the text word by word; `without` must not.
    """

    words: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    outlets: frozenset[str] | None = None
    sources: frozenset[str] | None = None
    tags: frozenset[str] | None = None
    people: frozenset[str] | None = None
    states: frozenset[str] | None = None  # values of Triage
    starred: bool = False  # only those with a star
    first: date | None = None  # the days asked for, both included
    last: date | None = None
    mistakes: tuple[BantinError, ...] = ()  # what could not be understood, each as a sentence

    @property
    def sought(self) -> tuple[str, ...]:
        """The words and phrases to mark in what was found."""
        return (*((self.words,) if self.words else ()), *self.phrases)


def parse(text: str, *, names: Names, today: date) -> Query:
    """Reads the search box. Nothing is an error: an unknown operator is a word, a mistake is told beside the list."""
    return _Reader(names, today).read(text)


@dataclass
class _Reader:
    names: Names
    today: date
    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    named: dict[str, set[str]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None
    mistakes: list[BantinError] = field(default_factory=list)

    def read(self, text: str) -> Query:
        typed = unicodedata.normalize("NFC", text).replace("“", '"').replace("”", '"').strip()
        tokens = [found for found in TOKEN.finditer(typed) if found[0]]
        while tokens:
            self._take(tokens.pop(0), tokens)
        if self.first and self.last and self.first > self.last:
            self.mistakes.append(Refused("The day after “từ” is later than the day after “đến”, so nothing can fit."))
        found = {key: frozenset(ids) for key, ids in self.named.items()}
        states = found.get("state")
        starred = states is not None and STARRED in states
        return Query(
            words=" ".join(self.words),
            phrases=tuple(self.phrases),
            without=tuple(self.without),
            outlets=found.get("outlet"),
            sources=found.get("source"),
            tags=found.get("tag"),
            people=found.get("person"),
            states=(states - {STARRED} or None) if states and starred else states,
            starred=starred,
            first=self.first,
            last=self.last,
            mistakes=tuple(self.mistakes),
        )

    def _take(self, token: re.Match[str], rest: list[re.Match[str]]) -> None:
        operator = OPERATORS.get(fold(token["op"] or ""), "")
        value = token["quoted"] if token["quoted"] is not None else token["word"] or ""
        if token["no"] or not operator:
            self._take_words(token, value)
        elif not fold(value):
            self.mistakes.append(Refused("Nothing stands behind “%(operator)s:”.", operator=token["op"]))
        elif operator in ("day", "from", "to"):
            self._take_day(operator, token, value, rest)
        elif operator == "place":
            self.phrases.append(value)
        else:
            self._take_name(operator, token, value, rest)

    def _take_words(self, token: re.Match[str], value: str) -> None:
        text = " ".join(filter(None, (token["op"], value)))
        if not fold(text):
            return
        if token["no"]:
            self.without.append(text)
        elif token["quoted"] is not None and not token["op"]:
            self.phrases.append(text)
        else:
            self.words.append(text)

    def _take_day(self, operator: str, token: re.Match[str], value: str, rest: list[re.Match[str]]) -> None:
        """The longest run of words that is a date: “7 ngày”, “hôm qua”."""
        for count, longer in reversed(list(enumerate(_longer(token, value, rest)))):
            if days := read_days(longer, self.today):
                del rest[:count]
                self.first = days[0] if operator != "to" else self.first
                self.last = days[1] if operator != "from" else self.last
                return
        self.mistakes.append(
            Refused("“%(day)s” is not a day. Days are written like 20/11/2026, “hôm qua” or “7 ngày”.", day=value)
        )

    def _take_name(self, operator: str, token: re.Match[str], value: str, rest: list[re.Match[str]]) -> None:
        """The longest run of words that names something."""
        known = dict.fromkeys(STATES) if operator == "state" else self.names.of(operator)
        for count, longer in reversed(list(enumerate(_longer(token, value, rest)))):
            if ids := self._ids(operator, fold(longer.replace("-", " ")), known):
                del rest[:count]
                self.named.setdefault(operator, set()).update(ids)
                return
        self.named.setdefault(operator, set())
        self.mistakes.append(_unknown(operator, value))

    def _ids(self, operator: str, said: str, known: Mapping[str, str | None]) -> Iterable[str]:
        if operator == "state":
            return [STATES[said]] if said in STATES else []
        if operator == "person" and said in ME:
            return [self.names.me]
        whole = [
            key for key, name in known.items() if said in (fold(name or ""), fold(key), fold(key.replace("-", " ")))
        ]
        return whole or [key for key, name in known.items() if f" {said} " in f" {fold(name or '')} "]


def _longer(token: re.Match[str], value: str, rest: Sequence[re.Match[str]]) -> list[str]:
    """The value, and the value with one, two and three of the words behind it; what is quoted stands alone."""
    values = [value]
    if token["quoted"] is None:
        for following in rest[: LONGEST_VALUE - 1]:
            if following["no"] or following["op"] or not following["word"]:
                break
            values.append(f"{values[-1]} {following['word']}")
    return values


def _unknown(operator: str, value: str) -> BantinError:
    if operator == "outlet":
        return Refused("No outlet is called “%(name)s”.", name=value)
    if operator == "source":
        return Refused("No source is called “%(name)s”.", name=value)
    if operator == "tag":
        return Refused("No story has the tag “%(name)s”.", name=value)
    if operator == "person":
        return Refused("Nobody at this desk is called “%(name)s”.", name=value)
    return Refused("“%(name)s” is no state. There are: chưa-xem, đã-chọn, để-sau, đã-bỏ, có-sao.", name=value)
