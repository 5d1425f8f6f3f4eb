"""One-line steps of the desk's day, each in a transaction of its own, so that tests read like sentences."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.desk.content import ArticleContent
from app.desk.decide import Item, New
from app.desk.policy import Actor
from app.desk.snapshot import digest
from app.models.article import Approval, Article, Stage
from app.models.ids import new_id
from app.models.issue import Issue, IssueStage, Proof, Seal, Signature
from app.models.outlet import Outlet, Source
from app.models.person import Person
from app.models.story import Story
from app.store import arrivals, articles, issues, manuscript, people, sealing, search, sources
from app.store.database import Database
from app.store.operations import Write
from tests.people import AN, HUONG, KHANH, Clock

# What a submitted article says unless the test says otherwise: nothing in it stands in the way.
WORDS = {
    "section": "Người tốt, việc tốt",
    "headline": "Bà con giữ nghề dệt thổ cẩm",
    "standfirst": "Ba mươi hộ ở sóc Bom Bo cùng nhau giữ khung dệt của bà.",
    "byline": "Điểu Lâm",
}
BODY = "Mỗi sáng, bà Điểu Thị Xia ngồi bên khung dệt trước hiên nhà."


@dataclass
class Desk:
    """The desk of one office. Every step passes a minute."""

    database: Database
    clock: Clock = field(default_factory=Clock)

    def actor(self, name: str) -> Actor:
        """The person as whoever acts now, from the browser."""
        with self.database.reading() as session:
            return people.acting(people.by_name(session, name), "web")

    def person(self, name: str) -> Person:
        """The account of this name."""
        with self.database.reading() as session:
            return people.by_name(session, name)

    def receives(
        self, title: str, *, summary: str = "Tóm tắt.", url: str = "", evidence: str = "0" * 64, garbled: str = ""
    ) -> str:
        """A story of an outlet comes in; its id."""
        outlet = Outlet(id="sao-mai", name="Báo Sao Mai", credit="Báo Sao Mai", site="https://x.vn", hosts=["x.vn"])
        source = Source(
            id="sao-mai-1", outlet_id="sao-mai", name="Tin", url="https://x.vn/rss", grade="A", enabled=True
        )
        address = url or f"https://x.vn/{digest(title)[:12]}.html"
        item = Item(url=address, guid="", title=title, summary=summary, garbled=garbled)
        with self.database.writing() as session:
            sources.sync(session, [outlet], [source])
            reading = arrivals.Reading(
                office="ban-dan-toc-tinh",
                outlet_id="sao-mai",
                source_id="sao-mai-1",
                evidence=evidence,
                fetched_from="https://x.vn/rss",
                at=self.clock.tick(),
            )
            new = New((item,), (f"url:{item.url}",))
            arrivals.store(session, [new], reading, judge=lambda *_: (0, []), group=lambda *_: None)
            seq = session.scalar(select(func.max(Story.first_seen_seq))) or 0
            search.index(session, [search.Entry(seq, title, summary)])
        with self.database.reading() as session:
            return arrivals.known(session, "sao-mai", [f"url:{item.url}"])[f"url:{item.url}"].story_id

    def starts(self, *, by: str = AN, stories: tuple[str, ...] = ()) -> str:
        """An empty draft; its id."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            return articles.create(session, story_ids=stories, actor=actor, now=now).id

    def writes(self, *, by: str = AN, stories: tuple[str, ...] = (), body: str = BODY, **words: str) -> str:
        """A whole article that could be submitted; its id."""
        article = self.starts(by=by, stories=stories)
        self.edits(article, by=by, **{**WORDS, **words})
        self.fills(article, ("text", body), by=by)
        return article

    def edits(self, article: str, *, by: str = AN, **words: str) -> None:
        """Sets fields of the article itself."""
        self.applies(
            article,
            *(Write(noun="article", key=article, field=name, value=text) for name, text in words.items()),
            by=by,
        )

    def applies(self, article: str, *writes: Write, by: str = AN) -> None:
        """Saves words as the browser does, operation by operation."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            articles.write(session, article, writes, actor=actor, now=now)

    def fills(self, article: str, *paragraphs: tuple[str, str], by: str = AN) -> None:
        """Sets the whole body."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            articles.set_paragraphs(session, article, paragraphs, actor=actor, now=now)

    def submits(self, article: str, *, by: str = AN, shown: str = "") -> None:
        """Hands the article to a second person."""
        actor, now, shown = self.actor(by), self.clock.tick(), shown or self.hash(article)
        with self.database.writing() as session:
            articles.submit(session, article, shown=shown, actor=actor, now=now)

    def approves(self, article: str, *, by: str = KHANH, shown: str = "") -> Approval:
        """Signs what the page showed."""
        actor, now, shown = self.actor(by), self.clock.tick(), shown or self.hash(article)
        with self.database.writing() as session:
            return articles.approve(session, article, shown=shown, actor=actor, now=now)

    def sends_back(self, article: str, *, by: str = KHANH, remark: str = "Viết rõ ngày nào.") -> None:
        """Returns the article with a sentence."""
        actor, now, shown = self.actor(by), self.clock.tick(), self.hash(article)
        with self.database.writing() as session:
            articles.send_back(session, article, remark=remark, shown=shown, actor=actor, now=now)

    def withdraws(self, article: str, *, by: str = AN) -> None:
        """Takes the article out of the way."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            articles.withdraw(session, article, actor=actor, now=now)

    def restores(self, article: str, *, by: str = AN) -> None:
        """Brings the article back."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            articles.restore(session, article, actor=actor, now=now)

    def has_approved(self, *, author: str = AN, approver: str = KHANH, body: str = BODY, **words: str) -> str:
        """A whole article, written by one and approved by another; its id."""
        article = self.writes(by=author, stories=(), body=body, **words)
        self.submits(article, by=author)
        self.approves(article, by=approver)
        return article

    def opens_issue(self, *, number: int = 11, day: date = date(2026, 11, 27), by: str = AN, pages: int = 8) -> str:
        """A number of the bulletin; its id."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            return issues.create(session, number=number, issue_date=day, actor=actor, now=now, pages=pages).id

    def places(self, issue: str, article: str, *, design: str = "feature", by: str = AN) -> str:
        """Puts the article at the end of the issue; the key of its slot."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            return issues.add_article(session, issue, article, design=design, actor=actor, now=now).key

    def moves(self, issue: str, slot: str, by_places: int, *, by: str = AN) -> None:
        """Moves a slot up or down."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            issues.move_article(session, issue, slot, by_places, actor=actor, now=now)

    def removes(self, issue: str, slot: str, *, by: str = AN) -> None:
        """Takes a slot out of the issue."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            issues.remove_article(session, issue, slot, actor=actor, now=now)

    def sets(self, issue: str, name: str, value: Any, *, by: str = AN) -> None:
        """Sets a small text of the issue."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            issues.set_field(session, issue, name, value, actor=actor, now=now)

    def snapshot(self, issue: str) -> dict[str, Any]:
        """The issue as it would be sealed now."""
        with self.database.reading() as session:
            return sealing.build_snapshot(session, issues.get(session, issue), now=self.clock.now)

    def seals(self, issue: str, *, by: str = AN, snapshot: dict[str, Any] | None = None) -> Seal:
        """Seals what the issue holds, or a snapshot that was built before."""
        actor, now = self.actor(by), self.clock.tick()
        snapshot = snapshot or self.snapshot(issue)
        with self.database.writing() as session:
            return sealing.seal(session, issue, snapshot, actor=actor, now=now)

    def proofs(self, seal: Seal, kind: str = "booklet", findings: tuple[dict[str, Any], ...] = ()) -> None:
        """Keeps a proof of the seal, as if it had been rendered."""
        with self.database.writing() as session:
            proof = Proof(
                id=new_id(self.clock.tick()),
                seal_id=seal.id,
                kind=kind,
                files=[{"name": f"{kind}.pdf", "asset": "0" * 64, "pages": 8}],
                findings=list(findings),
                engine="test",
                made_at=self.clock.now,
            )
            sealing.add_proof(session, proof)

    def signs(
        self, issue: str, *, shown: str, by: str = KHANH, wanted: tuple[tuple[str, str], ...] = (("booklet", ""),)
    ) -> Signature:
        """Signs the seal whose hash the page showed."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            return sealing.sign(session, issue, shown=shown, wanted=wanted, actor=actor, now=now)

    def releases(self, issue: str, *, by: str = HUONG) -> None:
        """Every parcel lies on the shelf."""
        actor, now = self.actor(by), self.clock.tick()
        with self.database.writing() as session:
            sealing.mark_released(session, issue, parcels=1, actor=actor, now=now)

    def content(self, article: str) -> ArticleContent:
        """What a reader would see now."""
        with self.database.reading() as session:
            return manuscript.content(session, article)

    def hash(self, article: str) -> str:
        """What the page shows beside the article now."""
        return digest(self.content(article))

    def stage(self, article: str) -> Stage:
        """Where the article stands."""
        return self.article(article).stage

    def article(self, article: str) -> Article:
        """The article's row."""
        with self.database.reading() as session:
            return articles.get(session, article)

    def issue(self, issue: str) -> Issue:
        """The issue's row."""
        with self.database.reading() as session:
            return issues.get(session, issue)

    def issue_stage(self, issue: str) -> IssueStage:
        """Where the issue stands."""
        return self.issue(issue).stage

    def order(self, issue: str) -> list[str]:
        """The articles of the issue, in order."""
        with self.database.reading() as session:
            return [slot.article_id for slot in issues.composition(session, issue).slots]

    def is_approved(self, article: str) -> bool:
        """Whether an approval of the words that stand now is valid."""
        with self.database.reading() as session:
            return articles.current_approval(session, article) is not None
