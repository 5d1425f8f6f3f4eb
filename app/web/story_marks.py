"""The part of Tin về with what the desk and its rules put on a story: star, tags, who looks at it, what a rule did."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.desk.filters import Actions
from app.models.story import Story
from app.store import marks, people, rule_runs
from app.web.rule_form import tell_actions


def about(session: Session, story: Story) -> dict[str, Any]:
    """What the pane shows of one story."""
    put_on = marks.of_stories(session, [story.id])[story.id]
    everyone = people.everyone(session)
    return {
        "starred": story.starred,
        "tags": put_on.tags,
        "known": [tag for tag in marks.tags(session) if tag not in put_on.tags],
        "person": next((person.name for person in everyone if person.id == put_on.person), ""),
        "person_id": put_on.person,
        "people": [(person.id, person.name) for person in everyone if person.active],
        "rules": [
            {
                "id": rule.id,
                "name": rule.name,
                "at": hit.at,
                "did": ", ".join(tell_actions(_done(hit.before), {person.id: person.name for person in everyone})),
            }
            for hit, rule in rule_runs.hits_of(session, story.id)
        ],
    }


def _done(before: Mapping[str, Any]) -> Actions:
    """What a rule really changed, which may be less than it would."""
    person = before.get("person", ["", ""])[1]
    return Actions(
        drop="triage" in before, star="starred" in before, tag=", ".join(before.get("tags", ())), person=person
    )


def of_rows(session: Session, story_ids: Sequence[str]) -> Mapping[str, dict[str, Any]]:
    """What the rows of the list show: the tags, and the name of who is to look at it."""
    put_on = marks.of_stories(session, story_ids)
    names = {person.id: person.name for person in people.everyone(session)} if put_on else {}
    return {key: {"tags": found.tags, "person": names.get(found.person, "")} for key, found in put_on.items()}
