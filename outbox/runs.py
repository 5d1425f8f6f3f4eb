"""One run of an issue as a job: its words, its pictures, its style sheets, and the press that sets it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from app.models.errors import Unprintable
from app.paths import TEMPLATES
from config import Config
from outbox import brocade, fonts, pictures, qr
from outbox.pdf import Press
from outbox.render import Snapshot, sheet
from outbox.slots import MEASURE, picture_name

Assets = Callable[[str], bytes]
_SHEETS = {
    "cover": ("tokens", "bulletin", "cover"),
    "last": ("tokens", "bulletin", "last"),
    "frame": ("tokens", "bulletin", "booklet", "frame"),
}
_PLAIN = ("tokens", "bulletin", "booklet")
PICKS = (
    ("news", "Tin tức"),
    ("farm", "Rẫy vườn"),
    ("health", "Sức khỏe"),
    ("policy", "Chính sách"),
    ("culture", "Văn hóa"),
    ("easy", "Dễ đọc"),
    ("hard", "Khó đọc"),
)


@dataclass(frozen=True, slots=True)
class Job:
    """One run to be set: `run` is one element of `snapshot["runs"]`."""

    snapshot: Snapshot
    run: Mapping[str, Any]
    assets: Assets
    config: Config

    @property
    def articles(self) -> list[Mapping[str, Any]]:
        """The run's articles in order; of the cover, the one it shows. Raises Unprintable when one is missing."""
        every = self.snapshot["articles"]
        wanted = [self.snapshot["cover"]["article"]] if self.run["design"] == "cover" else self.run["articles"]
        if missing := [key for key in wanted if key not in every]:
            raise Unprintable("Article %(article)s is on the page map but not in the issue.", article=missing[0])
        return [every[key] for key in wanted]

    @property
    def date(self) -> date:
        """The day the issue appears."""
        return date.fromisoformat(self.snapshot["issue"]["date"])

    def common(self) -> dict[str, Any]:
        """Values every page design needs."""
        return {"lang": self.snapshot["bulletin"]["lang"], "title": title(self.snapshot)}

    def press(self) -> Press:
        """A fresh press for this run; use it in a `with`."""
        names = _SHEETS.get(self.run["design"], _PLAIN)
        return Press(
            sheets=(fonts.rules(), *(sheet(f"bulletin/{name}.css") for name in names)),
            assets=self._bytes(),
            config=self.config,
            made_at=sealed_at(self.snapshot),
            about=self._about(),
        )

    def _about(self) -> str:
        heads = [self.snapshot["articles"][key]["headline"] for key in self.run["articles"][:1]]
        return heads[0] if heads else f"trang {self.run.get('page', '')}"

    def _bytes(self) -> dict[str, bytes]:
        given = {**fonts.assets(), **brocade.bands()}
        if self.run["design"] == "last":
            given |= pictograms()
        for article in self.articles if self.run["design"] != "frame" else []:
            for figure in article["figures"]:
                given[picture_name(figure)] = pictures.for_print(figure, self.assets, points=MEASURE)
            if article["sources"]:
                given[qr_name(article)] = qr.svg(article["sources"][0]["url"])
        return given


def qr_name(article: Mapping[str, Any]) -> str:
    """The asset name of an article's QR code."""
    return f"qr-{article['id']}.svg"


def sealed_at(snapshot: Snapshot) -> datetime:
    """The sealing time: the only time written into any output."""
    return datetime.fromisoformat(snapshot["sealed_at"])


def title(snapshot: Snapshot) -> str:
    """`Bản tin <name> – Số 11/2026`."""
    issue = snapshot["issue"]
    return f"Bản tin {snapshot['bulletin']['name']} – Số {issue['number']}/{issue['year']}"


def is_sample(snapshot: Snapshot) -> bool:
    """Whether every page must say MẪU."""
    return bool(snapshot["mode"] != "real")


@cache
def pictograms() -> dict[str, bytes]:
    """Asset name → SVG of the reply slip's signs."""
    folder = TEMPLATES / "bulletin" / "pictograms"
    return {f"pick-{name}.svg": (folder / f"{name}.svg").read_bytes() for name in [*(n for n, _ in PICKS), "cut"]}
