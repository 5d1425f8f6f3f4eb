"""The one table of what can leave the house: kind, destination, limits, and who makes and checks it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.desk.findings import Finding
from config import Config
from outbox import booklet, check, impose, posts, website
from outbox.render import Snapshot
from outbox.runs import Assets

PDF, HTML, TEXT, JPEG = "application/pdf", "text/html", "text/plain", "image/jpeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One finished file: its name on the shelf, its bytes, and its pages (0 when it has none)."""

    name: str
    data: bytes
    media_type: str
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a channel takes, in letters and bytes. `folds`: letters after which a phone or a computer hides the rest."""

    letters: int = 0
    letters_better: int = 0
    folds: tuple[int, ...] = ()
    picture_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of output. `make` gets the subject: an article's id, or "" for the whole issue."""

    name: str
    destination: str
    make: Callable[[Snapshot, str, Assets, Config], Iterable[File]]
    inspect: Callable[[File, Snapshot], Iterable[Finding]]
    each_article: bool = False
    limits: Limits = Limits()

    def subjects(self, snapshot: Mapping[str, Any]) -> list[str]:
        """What this kind is made of: every article on the page map in reading order, or the issue itself as ""."""
        if not self.each_article:
            return [""]
        return list(dict.fromkeys(key for run in snapshot["runs"] for key in run["articles"]))

    def build(self, snapshot: Mapping[str, Any], subject: str, assets: Assets, config: Config) -> list[File]:
        """The finished files. Raises Unprintable."""
        return list(self.make(snapshot, subject, assets, config))

    def check(self, file: File, snapshot: Mapping[str, Any], subject: str) -> tuple[Finding, ...]:  # noqa: ARG002
        """What the finished bytes, read back, are found to lack."""
        return tuple(self.inspect(file, snapshot))


def _stem(snapshot: Snapshot) -> str:
    issue = snapshot["issue"]
    tail = f"-sua-{issue['revision']}" if issue["revision"] > 1 else ""
    return f"ban-tin-{issue['year']}-so-{issue['number']:02d}{tail}"


def _make_booklet(snapshot: Snapshot, subject: str, assets: Assets, config: Config) -> list[File]:  # noqa: ARG001
    pages = booklet.build(snapshot, assets, config)
    count = snapshot["issue"]["pages"]
    return [
        File(name=f"{_stem(snapshot)}-doc-A5.pdf", data=pages, media_type=PDF, pages=count),
        File(name=f"{_stem(snapshot)}-in-A4.pdf", data=impose.saddle(pages), media_type=PDF, pages=-(-count // 4) * 2),
    ]


def _inspect_booklet(file: File, snapshot: Snapshot) -> tuple[Finding, ...]:
    return check.imposed(file.data, snapshot) if file.name.endswith("-A4.pdf") else check.booklet(file.data, snapshot)


def _make_web(snapshot: Snapshot, subject: str, assets: Assets, config: Config) -> list[File]:  # noqa: ARG001
    return [File(name=f"{_stem(snapshot)}.html", data=website.build(snapshot, assets, config), media_type=HTML)]


def _inspect_web(file: File, snapshot: Snapshot) -> tuple[Finding, ...]:
    return check.web(file.data, snapshot)


def _poster(channel: str) -> Callable[[Snapshot, str, Assets, Config], list[File]]:
    def make(snapshot: Snapshot, subject: str, assets: Assets, config: Config) -> list[File]:
        post = posts.build(snapshot, subject, channel, assets, config)
        stem = re.sub(r"[^\w-]+", "-", f"{snapshot['articles'][subject]['code']}-{channel}")
        return [
            File(name=f"{stem}.txt", data=post.text.encode(), media_type=TEXT),
            File(name=f"{stem}.jpg", data=post.picture, media_type=JPEG),
        ]

    return make


def _post_inspector(limits: Limits) -> Callable[[File, Snapshot], tuple[Finding, ...]]:
    def inspect(file: File, snapshot: Snapshot) -> tuple[Finding, ...]:  # noqa: ARG001
        if file.media_type == TEXT:
            return check.post_text(file.data.decode(), most=limits.letters)
        return check.post_picture(file.data, most=limits.picture_bytes)

    return inspect


# Group chats take about 2,000 letters and read well up to 1,000. A page takes far more, but folds after some 125
# letters on a phone and 477 on a computer. A picture above 1 MB is refused by one, and never arrives on a weak network.
ZALO = Limits(letters=2_000, letters_better=1_000, picture_bytes=1_000_000)
FACEBOOK = Limits(letters=10_000, letters_better=1_500, folds=(125, 477), picture_bytes=1_000_000)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="booklet", destination="print", make=_make_booklet, inspect=_inspect_booklet),
        Kind(name="web", destination="website", make=_make_web, inspect=_inspect_web),
        Kind(
            name="zalo",
            destination="zalo",
            make=_poster("zalo"),
            inspect=_post_inspector(ZALO),
            each_article=True,
            limits=ZALO,
        ),
        Kind(
            name="facebook",
            destination="facebook",
            make=_poster("facebook"),
            inspect=_post_inspector(FACEBOOK),
            each_article=True,
            limits=FACEBOOK,
        ),
    )
}
