"""What the list of Tin về was asked for: group, outlet, days, marks, words, and where the page before ended."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from app.models.story import Triage
from app.store.stories import Wanted
from app.web.access import actor
from app.web.context import context
from app.web.phrases import tr

GROUPS = {
    "chua-xem": (Triage.NEW, "Not looked at"),
    "de-sau": (Triage.LATER, "Later"),
    "da-chon": (Triage.KEPT, "Kept"),
    "da-bo": (Triage.DROPPED, "Dropped"),
}
DAYS = {"": "Any day", "1": "Today", "3": "Last 3 days", "7": "Last 7 days"}
MARKS = {"": "Any mark", "sao": "With a star", "toi": "For me"}
TAGGED = "the:"  # before a tag in the address
AFTER = re.compile(r"(-?\d{1,9})\.(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Question:
    """What the list was asked for; travels in the address, so that Back and bookmarks work."""

    group: str
    outlet: str
    days: str
    mark: str
    words: str
    dense: bool
    after: tuple[int, int] | None  # where the page before ended: standing or closeness, and first_seen_seq

    @classmethod
    def of(cls, args: "MultiDict[str, str]") -> "Question":
        """Reads the address; anything unknown becomes the default."""
        group = args.get("nhom", "chua-xem")
        days = args.get("ngay", "")
        mark = args.get("dau", "")
        after = AFTER.fullmatch(args.get("sau", ""))
        return cls(
            group=group if group in GROUPS else "chua-xem",
            outlet=args.get("bao", ""),
            days=days if days in DAYS else "",
            mark=mark if mark in MARKS or mark.startswith(TAGGED) else "",
            words=args.get("tim", "")[:200],
            dense=args.get("gon") == "1",
            after=(int(after[1]), int(after[2])) if after else None,
        )

    def href(self, story_id: str = "", **changed: str) -> str:
        """The address of the same question, about one story or with something changed."""
        values = {
            "nhom": "" if self.group == "chua-xem" else self.group,
            "bao": self.outlet,
            "ngay": self.days,
            "dau": self.mark,
            "tim": self.words,
            "gon": "1" if self.dense else "",
            "sau": "{}.{}".format(*self.after) if self.after else "",
            **changed,
        }
        kept = urlencode({name: value for name, value in values.items() if value})
        path = f"/tin-ve/{story_id}" if story_id else "/tin-ve"
        return f"{path}?{kept}" if kept else path

    def wanted(self) -> Wanted:
        """The same as the store asks it; a search looks through every group."""
        return Wanted(
            triage=None if self.words else GROUPS[self.group][0],
            outlet_id=self.outlet or None,
            since=context().now() - timedelta(days=int(self.days)) if self.days else None,
            starred=self.mark == "sao",
            tag=self.mark.removeprefix(TAGGED) if self.mark.startswith(TAGGED) else "",
            person_id=actor().person if self.mark == "toi" else "",
        )


def label_of(group: str) -> str:
    """The words of a group's tab."""
    return tr(GROUPS[group][1])


def days() -> list[tuple[str, str]]:
    """The choices of days."""
    return [(key, tr(words)) for key, words in DAYS.items()]


def marks_of(tags: Sequence[str]) -> list[tuple[str, str]]:
    """What the list can be narrowed to: star, whose, each tag in use."""
    fixed = [(key, tr(words)) for key, words in MARKS.items()]
    return [*fixed, *((f"{TAGGED}{tag}", tr("Tag: %(tag)s", tag=tag)) for tag in tags)]
