"""The demo's people at work: what an editor, an approver and a clerk would do, on the sample stories."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.desk.content import FIELDS
from app.desk.folding import fold
from app.desk.places import spread
from app.desk.policy import Actor
from app.desk.snapshot import digest
from app.models.ids import new_id
from app.models.issue import Issue, Seal
from app.models.office import Mode
from app.models.person import Role
from app.models.story import Triage
from app.store import articles, assets, issues, manuscript, office, people, stories
from app.store.folder import Folder
from app.store.operations import Write
from feeds.intake import ReadReport
from feeds.pictures import to_print
from feeds.samples.editors import Draft, Picture, days_to_remember, read_drafts, read_plan
from feeds.samples.load import load_samples
from feeds.samples.stories import PICTURES, read_stories
from outbox import proof, release

EDITOR, APPROVER, ADMINISTRATOR = "Hoài An", "Bảo Khánh", "Minh Tâm"
POSTS = {EDITOR: "Biên tập viên", APPROVER: "Người duyệt", ADMINISTRATOR: "Quản trị"}
ROLES = {ADMINISTRATOR: Role.ADMINISTRATOR, EDITOR: Role.EDITOR, APPROVER: Role.APPROVER}
PASSPHRASE = "bốn từ dễ nhớ"  # noqa: S105  a demo folder asks for none; the desk in the browser does
BULLETIN = "Dân tộc thiểu số và miền núi"


@dataclass(frozen=True)
class SampleDesk:
    """The office of the samples, in one data folder, at one moment."""

    folder: Folder
    now: datetime

    def set_up(self, mode: Mode = Mode.DEMO) -> None:
        """The invented office and its three people."""
        plan = read_plan(self.now)
        with self.folder.database.writing() as session:
            house = office.make(
                session, name=plan.office["name"], preset="khac", mode=mode, now=self.now, bulletin=BULLETIN
            )
            house.facts = {name: value for name, value in plan.office.items() if name != "name"}
            house.imprint = dict(plan.imprint)
            house.phones = [{"label": label, "number": number} for label, number in plan.phones]
            actor: Actor | None = None
            for name, role in ROLES.items():
                person = people.add(
                    session,
                    name=name,
                    post=POSTS[name],
                    role=role,
                    passphrase=PASSPHRASE,
                    office=house.code,
                    actor=actor,
                    now=self.now,
                )
                actor = actor or people.acting(person, "terminal")

    def read(self) -> ReadReport:
        """Reads the sample feeds through the ordinary way in."""
        return load_samples(self.folder.database, self.folder.config, self.folder.assets, now=self.now)

    def write(self) -> list[tuple[Draft, str]]:
        """The editor keeps the stories, writes the eight articles and submits them."""
        titles = {sample.id: sample.title for sample in read_stories(self.now)}
        return [(draft, self._write(draft, titles)) for draft in read_drafts(self.now)]

    def approve(self, written: Sequence[tuple[Draft, str]]) -> None:
        """The second person approves what he reads."""
        for _, article_id in written:
            with self.folder.database.writing() as session:
                shown = digest(manuscript.content(session, article_id))
                articles.approve(session, article_id, shown=shown, actor=self._actor(session, APPROVER), now=self.now)

    def compose(self, written: Sequence[tuple[Draft, str]], *, day: date) -> Issue:
        """The editor opens the issue, places the articles and fills its small texts."""
        plan, ids = read_plan(self.now), {draft.key: article_id for draft, article_id in written}
        things = [{"lead": lead, "text": text} for lead, text in plan.things]
        days = [{"date": when.isoformat(), "text": text} for when, text in days_to_remember(day)]
        with self.folder.database.writing() as session:
            actor = self._actor(session, EDITOR)
            issue = issues.create(session, number=day.month, issue_date=day, actor=actor, now=self.now)
            for design, keys in (("short", plan.short), ("feature", plan.features)):
                for key in keys:
                    issues.add_article(session, issue.id, ids[key], design=design, actor=actor, now=self.now)
            corrections = [{"text": text} for text in plan.corrections]
            small = {"cover": ids[plan.cover], "things": things, "days": days, "corrections": corrections}
            for field, value in small.items():
                issues.set_field(session, issue.id, field, value, actor=actor, now=self.now)
        return issue

    def seal(self, issue: Issue) -> Seal:
        """The editor seals it; the proofs are made."""
        actor = self.person(EDITOR)
        sealed = proof.seal(self.folder, issue.id, actor=actor, now=self.now)
        proof.make_proofs(self.folder, sealed, actor=actor, now=self.now)
        return sealed

    def sign(self, issue: Issue, sealed: Seal) -> None:
        """The approver signs exactly what was sealed."""
        actor = self.person(APPROVER)
        release.sign(self.folder, issue.id, shown=sealed.snapshot_hash, actor=actor, now=self.now)

    def release(self, issue: Issue) -> None:
        """The parcels are put on the shelf."""
        release.make_parcels(self.folder, actor=self.person(EDITOR), now=self.now, issue_id=issue.id)

    def _write(self, draft: Draft, titles: dict[str, str]) -> str:
        pictures = [self._keep(picture) for picture in draft.pictures]
        with self.folder.database.writing() as session:
            actor = self._actor(session, EDITOR)
            found = [self._story(session, titles[key]) for key in draft.stories]
            stories.triage(session, found, Triage.KEPT, actor=actor, now=self.now)
            article = articles.create(session, story_ids=found, actor=actor, now=self.now)
            own = [Write(noun="article", key=article.id, field=f, value=v) for f in FIELDS if (v := getattr(draft, f))]
            figures = [w for n, kept in enumerate(pictures) for w in _figure(article.id, n, *kept, now=self.now)]
            articles.write(session, article.id, [*own, *figures], actor=actor, now=self.now)
            articles.set_paragraphs(session, article.id, draft.paragraphs, actor=actor, now=self.now)
            shown = digest(manuscript.content(session, article.id))
            articles.submit(session, article.id, shown=shown, actor=actor, now=self.now)
        return article.id

    def _keep(self, picture: Picture) -> tuple[Picture, str, int, int]:
        made = to_print((PICTURES / picture.file).read_bytes())
        name = self.folder.assets.put(made.data)
        with self.folder.database.writing() as session:
            assets.register(
                session,
                name=name,
                media_type="image/jpeg",
                size=len(made.data),
                now=self.now,
                width=made.width,
                height=made.height,
            )
        return picture, name, made.width, made.height

    def _story(self, session: Session, title: str) -> str:
        found = stories.listing(session, search=title, limit=5)
        return next(story.id for story in found if fold(story.title) == fold(title))

    def _actor(self, session: Session, name: str) -> Actor:
        return people.acting(people.by_name(session, name), "terminal")

    def person(self, name: str) -> Actor:
        """One of the three people, as whoever acts now."""
        with self.folder.database.reading() as session:
            return self._actor(session, name)


def _figure(
    article_id: str, number: int, picture: Picture, asset: str, width: int, height: int, *, now: datetime
) -> list[Write]:
    values = {
        "asset": asset,
        "width": str(width),
        "height": str(height),
        "caption": picture.caption,
        "alt": picture.alt,
        "credit": picture.credit,
        "focus_x": str(picture.focus[0]),
        "focus_y": str(picture.focus[1]),
        "place": spread(number + 1)[number],
    }
    key = f"{article_id}/{new_id(now)}"
    return [Write(noun="figure", key=key, field=field, value=value) for field, value in values.items()]
