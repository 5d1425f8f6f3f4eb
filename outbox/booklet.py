"""The A5 booklet: runs set one by one, joined in reading order, heads and folios stamped on; same bytes each time."""

import io
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pikepdf

from app.desk.wording import typeset
from app.models.errors import Unprintable
from config import Config
from outbox import cover, feature, last, plans, short
from outbox.geometry import RunFit
from outbox.pdf import Press
from outbox.plans import Composed
from outbox.render import Snapshot, page
from outbox.runs import Assets, Job, is_sample, sealed_at, title

_DESIGNS: Mapping[str, Callable[[Job, Press], Composed]] = {
    "cover": cover.compose,
    "short": short.compose,
    "feature": feature.compose,
    "last": last.compose,
}
_WORKERS = 2  # presses at a time: one a core on the smallest office machine


def measure(snapshot: Snapshot, run: Mapping[str, Any], assets: Assets, config: Config) -> RunFit:
    """Lays one run out on the pages it was given and says how it fits. Raises Unprintable."""
    job = Job(snapshot, run, assets, config)
    known = plans.find(job)
    if known is None:
        with job.press() as press:
            known = _compose(job, press)
    return known[1].fit


def build(snapshot: Snapshot, assets: Assets, config: Config) -> bytes:
    """The booklet's A5 pages in reading order. Raises Unprintable, naming the run that does not fit its pages."""
    _check_map(snapshot)
    jobs = [Job(snapshot, run, assets, config) for run in snapshot["runs"]]
    with ThreadPoolExecutor(_WORKERS) as pool:
        frames = pool.submit(_frames, snapshot, assets, config)
        runs = list(pool.map(_set_run, jobs))
    return _join(snapshot, runs, frames.result())


def _set_run(job: Job) -> bytes:
    with job.press() as press:
        html, fitted = plans.find(job) or _compose(job, press)
        if fitted.fit.over_lines or fitted.layout.pages != job.run["pages"]:
            raise Unprintable(
                "Page %(page)s: “%(section)s” does not fit: %(lines)d lines over, %(pages)d pages needed.",
                page=job.run["page"],
                section=job.run["section"] or job.run["design"],
                lines=fitted.fit.over_lines,
                pages=fitted.layout.pages,
            )
        return press.print(html)


def _compose(job: Job, press: Press) -> Composed:
    composed = _design(job.run)(job, press)
    plans.keep(job, composed)
    return composed


def _design(run: Mapping[str, Any]) -> Callable[[Job, Press], Composed]:
    design = _DESIGNS.get(run["design"])
    if design is None:
        raise Unprintable("There is no page design called %(design)s.", design=run["design"])
    return design


def _check_map(snapshot: Snapshot) -> None:
    """The runs must follow one another from page 1 to the promised last page."""
    expected = 1
    for run in snapshot["runs"]:
        if run["page"] != expected:
            raise Unprintable("The page map is broken: page %(page)d is missing or doubled.", page=expected)
        expected += int(run["pages"])
    if expected - 1 != snapshot["issue"]["pages"]:
        raise Unprintable(
            "The page map holds %(pages)d pages, the issue promises %(promised)d.",
            pages=expected - 1,
            promised=snapshot["issue"]["pages"],
        )


def _frames(snapshot: Snapshot, assets: Assets, config: Config) -> bytes:
    """One page a page of the issue, empty but for head, folio, foot band and, on a sample, the word MẪU."""
    job = Job(snapshot, {"design": "frame", "section": "", "page": 1, "pages": 1, "articles": []}, assets, config)
    issue = snapshot["issue"]
    pages = [
        {"design": run["design"], "section": run["section"], "number": run["page"] + offset}
        for run in snapshot["runs"]
        for offset in range(run["pages"])
    ]
    html = page(
        "bulletin/frame.html",
        **job.common(),
        pages=pages,
        sample=is_sample(snapshot),
        name=typeset(snapshot["bulletin"]["name"]),
        when=f"Số {issue['number']} · Tháng {job.date.month}/{job.date.year}",
    )
    with job.press() as press:
        return press.print(html)


def _join(snapshot: Snapshot, runs: list[bytes], frames: bytes) -> bytes:
    with pikepdf.new() as joined, pikepdf.open(io.BytesIO(frames)) as stamps:
        for run in runs:
            with pikepdf.open(io.BytesIO(run)) as source:
                joined.pages.extend(source.pages)
        if len(stamps.pages) != len(joined.pages):
            raise Unprintable("The page map is broken: page %(page)d is missing or doubled.", page=len(joined.pages))
        for sheet, stamp in zip(joined.pages, stamps.pages, strict=True):
            _stamp(joined, sheet, stamp)
        _describe(joined, snapshot)
        target = io.BytesIO()
        joined.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return target.getvalue()


def _stamp(joined: pikepdf.Pdf, sheet: pikepdf.Page, stamp: pikepdf.Page) -> None:
    # By hand: pikepdf's own add_overlay gives the form a random name, and the bytes would differ each time.
    resources = dict(sheet.obj.get("/Resources", pikepdf.Dictionary()).items())
    names = pikepdf.Dictionary(dict(resources.get("/XObject", pikepdf.Dictionary()).items()))
    names["/Frame"] = joined.copy_foreign(stamp.as_form_xobject())
    own = pikepdf.Dictionary(resources)
    own["/XObject"] = names
    sheet.obj["/Resources"] = own
    sheet.contents_add(b"q\n", prepend=True)
    sheet.contents_add(b"\nQ q /Frame Do Q\n")


def _describe(joined: pikepdf.Pdf, snapshot: Snapshot) -> None:
    when = sealed_at(snapshot).strftime("D:%Y%m%d%H%M%SZ")
    joined.docinfo["/Title"] = pikepdf.String(title(snapshot))
    joined.docinfo["/Author"] = pikepdf.String(snapshot["office"]["name"])
    joined.docinfo["/CreationDate"] = pikepdf.String(when)
    joined.docinfo["/ModDate"] = pikepdf.String(when)
    joined.Root["/Lang"] = pikepdf.String(snapshot["bulletin"]["lang"])
