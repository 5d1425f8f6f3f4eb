"""A desk in the middle of its month: one issue released, the next one open, articles at every stage."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.cli.sample_desk import APPROVER, EDITOR, SampleDesk
from app.desk.snapshot import digest
from app.models.article import Stage
from app.paths import ROOT
from app.store import articles, issues, manuscript, parcels, people, stories
from app.store.folder import Folder
from config import Config


@dataclass(frozen=True)
class BusyDesk:
    """The folder, some ids, and the addresses of all its pages."""

    data_dir: Path
    draft: str
    submitted: str
    released: str
    open_issue: str
    paths: tuple[str, ...]


def make_busy_desk(data_dir: Path) -> BusyDesk:
    """The demo's month, then another eight articles of which some are approved, placed, returned."""
    subprocess.run(
        [sys.executable, "-m", "app.cli", "demo", "--json", "--data-dir", str(data_dir)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    now = datetime.now(UTC)
    folder = Folder.open(Config(data_dir=data_dir), now=now)
    desk = SampleDesk(folder=folder, now=now)
    try:
        written = desk.write()
        desk.approve(written[:5])
        return _arrange(desk, [article for _, article in written])
    finally:
        folder.database.close()


def _arrange(desk: SampleDesk, ids: list[str]) -> BusyDesk:
    now, day = desk.now, desk.now.date() + timedelta(days=30)
    with desk.folder.database.writing() as session:
        editor, approver = (people.acting(people.by_name(session, name), "web") for name in (EDITOR, APPROVER))
        shown = digest(manuscript.content(session, ids[7]))
        articles.send_back(session, ids[7], remark="Xin gọi lại xã.", shown=shown, actor=approver, now=now)
        issue = issues.create(session, number=12, issue_date=day, actor=editor, now=now)
        for article in ids[:2]:
            issues.add_article(session, issue.id, article, design="feature", actor=editor, now=now)
        story = next(story.id for story in stories.listing(session, limit=40))
        parcel = next(parcel.id for parcel in parcels.listing(session) if parcel.kind == "zalo")
        released = articles.listing(session, stages_=[Stage.RELEASED])[0].id
        old = next(one.id for one in issues.listing(session) if one.id != issue.id)
        paths = (
            *("/hom-nay", "/tin-ve", f"/tin-ve/{story}", "/tin-ve?nhom=da-chon", "/tin-ve?tim=khong-co-dau"),
            *("/tin-ve?tim=đồng bào từ:33/1", "/tin-ve/quy-tac"),
            *("/bai", "/bai?nhom=phat-hanh", f"/bai/{ids[7]}", f"/bai/{released}", "/duyet", f"/duyet/{released}"),
            *("/so-ban-tin", f"/so-ban-tin/{issue.id}", f"/so-ban-tin/{old}", "/hop-di", f"/hop-di/{parcel}"),
            *("/noi-nhan", "/he-thong", "/he-thong/nguon", "/he-thong/chu-de", "/phim-tat", "/mau"),
            *("/tin-ve/vi-sao", f"/tin-ve/vi-sao?tin={story}", "/tin-ve/them", "/he-thong/nguon/them"),
        )
        return BusyDesk(desk.folder.config.data_dir, ids[7], ids[6], released, issue.id, paths)
