"""A rule as a form and as a sentence: what a person typed becomes conditions and actions, and these become words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from app.desk.filters import Actions, Conditions
from app.desk.folding import fold
from app.models.errors import Refused
from app.models.rule import Rule
from app.web.phrases import tr

SPANS = {"": "All stories there are", "7": "Of the last 7 days", "30": "Of the last 30 days"}


@dataclass(frozen=True, slots=True)
class RuleForm:
    """What the form holds; `id` is empty for a new rule, `days` says over which stories it is tried."""

    id: str = ""
    name: str = ""
    conditions: Conditions = field(default_factory=Conditions)
    actions: Actions = field(default_factory=Actions)
    days: str = ""

    @classmethod
    def of(cls, sent: "MultiDict[str, str]") -> "RuleForm":
        """As it was typed. Raises Refused for a score that is no number."""
        return cls(
            id=sent.get("quy-tac", ""),
            name=sent.get("ten", "").strip(),
            conditions=Conditions(
                any_words=words(sent.get("mot-trong", "")),
                all_words=words(sent.get("du-ca", "")),
                no_words=words(sent.get("khong-co", "")),
                title_only=sent.get("o-dau") == "tieu-de",
                outlets=tuple(filter(None, sent.getlist("bao"))),
                sources=tuple(filter(None, sent.getlist("nguon"))),
                least=_score(sent.get("tu-diem", "")),
                most=_score(sent.get("den-diem", "")),
                only_one_outlet=sent.get("mot-bao") == "1",
            ),
            actions=Actions(
                drop=sent.get("bo") == "1",
                star=sent.get("sao") == "1",
                tag=" ".join(sent.get("the", "").split()),
                person=sent.get("giao", ""),
            ),
            days=sent.get("trong", "") if sent.get("trong", "") in SPANS else "",
        )

    @classmethod
    def about(cls, rule: Rule) -> "RuleForm":
        """A rule that is to be changed."""
        return cls(rule.id, rule.name, Conditions.of(rule.conditions), Actions.of(rule.actions))

    def values(self) -> dict[str, Any]:
        """For the fields of the page."""
        c = self.conditions
        return {
            "id": self.id,
            "name": self.name,
            "any": ", ".join(c.any_words),
            "all": ", ".join(c.all_words),
            "none": ", ".join(c.no_words),
            "title_only": c.title_only,
            "outlets": c.outlets,
            "sources": c.sources,
            "least": "" if c.least is None else c.least,
            "most": "" if c.most is None else c.most,
            "only_one": c.only_one_outlet,
            "drop": self.actions.drop,
            "star": self.actions.star,
            "tag": self.actions.tag,
            "person": self.actions.person,
            "days": self.days,
        }


def words(text: str) -> tuple[str, ...]:
    """`bóng đá, V.League` as two words or groups of words; a comma, a semicolon or a new line parts them."""
    parts = (" ".join(part.split()).strip("“”\"'") for part in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(part for part in parts if fold(part)))


def spans() -> list[tuple[str, str]]:
    """Over which stories a rule may be tried and applied."""
    return [(key, tr(said)) for key, said in SPANS.items()]


def tell_conditions(conditions: Conditions, names: Mapping[str, str]) -> str:
    """“có “bóng đá” hoặc “V.League” ở tiêu đề; của Báo A”. `names`: of outlets and sources, by id."""
    c = conditions
    parts = []
    if c.any_words:
        parts.append(tr("has %(words)s", words=_listed(c.any_words, tr("or"))))
    if c.all_words:
        parts.append(tr("has all of %(words)s", words=_listed(c.all_words, tr("and"))))
    if c.no_words:
        parts.append(tr("has no %(words)s", words=_listed(c.no_words, tr("or"))))
    if c.title_only and parts:
        parts.append(tr("looked for in the title only"))
    if named := [names.get(key, key) for key in (*c.outlets, *c.sources)]:
        parts.append(tr("from %(names)s", names=_joined(named, tr("or"))))
    return "; ".join([*parts, *_tell_numbers(c)])


def _tell_numbers(c: Conditions) -> list[str]:
    parts = []
    if c.least is not None:
        parts.append(tr("scores %(score)d or more", score=c.least))
    if c.most is not None:
        parts.append(tr("scores %(score)d or less", score=c.most))
    if c.only_one_outlet:
        parts.append(tr("told by one outlet only"))
    return parts


def tell_actions(actions: Actions, people: Mapping[str, str]) -> list[str]:
    """Each thing the rule does, as a verb."""
    said = []
    if actions.drop:
        said.append(tr("drop the story"))
    if actions.star:
        said.append(tr("put a star on"))
    if actions.tag:
        said.append(tr("put the tag “%(tag)s” on", tag=actions.tag))
    if actions.person:
        said.append(tr("hand it to %(name)s", name=people.get(actions.person, "?")))
    return said


def _listed(parts: Sequence[str], word: str) -> str:
    return _joined([f"“{part}”" for part in parts], word)


def _joined(parts: Sequence[str], word: str) -> str:
    return f" {word} ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def _score(text: str) -> int | None:
    if not text.strip():
        return None
    if not re.fullmatch(r"[-−]?\d{1,4}", text.strip()):
        raise Refused("“%(text)s” is not a score. A score is a whole number.", text=text.strip())
    return int(text.strip().replace("−", "-"))
