"""How operations become text: a field keeps its heads; one head is its value, two are a clash.

Applying is idempotent and order-free: whatever order operations arrive in, the same heads remain.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.desk.content import FIELDS, FIGURE_FIELDS, PARAGRAPH_FIELDS, PARAGRAPH_KINDS
from app.models.errors import Refused

LONGEST = 200_000  # letters of one value
ISSUE_FIELDS = ("things", "days", "corrections", "print_run", "cover", "note", "date", "pages")
SLOT_FIELDS = ("article", "design", "section", "place", "removed")
NOUNS: Mapping[str, Sequence[str]] = {
    "article": FIELDS,
    "paragraph": PARAGRAPH_FIELDS,
    "figure": FIGURE_FIELDS,
    "issue": ISSUE_FIELDS,
    "slot": SLOT_FIELDS,
}
# Values that are no free text: anything else could never be shown again. An empty one takes the value back.
_NUMBER, _MARK = re.compile(r"[0-9]{0,6}"), re.compile(r"1?")
FORMS: Mapping[tuple[str, str], re.Pattern[str]] = {
    ("paragraph", "kind"): re.compile("|".join(("", *PARAGRAPH_KINDS))),
    ("figure", "asset"): re.compile(r"([0-9a-f]{64})?"),
    **{("figure", name): _NUMBER for name in ("width", "height", "focus_x", "focus_y")},
    ("issue", "print_run"): _NUMBER,
    **{(noun, "removed"): _MARK for noun in ("paragraph", "figure", "slot")},
    **{(noun, "place"): re.compile(r"[0-9a-z]{0,400}") for noun in ("paragraph", "figure", "slot")},
}
PARTS = ("paragraph", "figure", "slot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One change of one field. `seen` names the operations whose values the writer had before him."""

    op_id: str
    office: str
    person: str
    seq: int
    noun: str
    key: str
    lang: str
    field: str
    value: str
    seen: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The article or issue this belongs to."""
        return self.key.split("/", 1)[0]

    @property
    def address(self) -> tuple[str, str, str, str]:
        """The field it writes: noun, key, language, field."""
        return (self.noun, self.key, self.lang, self.field)


def check(op: Operation) -> None:
    """Raises Refused unless the operation names a field we know and a value that can be stored."""
    if op.field not in NOUNS.get(op.noun, ()):
        raise Refused("There is no field %(noun)s.%(field)s.", noun=op.noun, field=op.field)
    if (op.noun in PARTS) != ("/" in op.key):
        raise Refused("The key %(key)s does not fit a %(noun)s.", key=op.key, noun=op.noun)
    if len(op.value) > LONGEST:
        raise Refused(
            "The text is too long: %(count)d letters, %(most)d at the most.", count=len(op.value), most=LONGEST
        )
    form = FORMS.get((op.noun, op.field))
    if form and not form.fullmatch(op.value):
        raise Refused("“%(value)s” does not fit the field %(field)s.", value=op.value[:40], field=op.field)


def clean(value: str) -> str:
    """Text as it is stored: NFC, no control characters, no spaces at either end of the whole."""
    kept = (
        c
        for c in unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
        if c in "\n\t" or unicodedata.category(c) != "Cc"
    )
    return "".join(kept).strip()


def missing(op: Operation, known: Iterable[str]) -> frozenset[str]:
    """What the writer had seen and we have not: while there is any, the operation waits."""
    return frozenset(op.seen) - frozenset(known)


def heads(operations: Iterable[Operation]) -> tuple[Operation, ...]:
    """The values that stand, of operations on ONE field: those no other applied operation has seen, oldest first.

    An operation whose `seen` is missing waits and does not count; neither does one that only a waiting one has seen.
    """
    by_id = {op.op_id: op for op in operations}
    applied = _applied(by_id)
    overtaken = {seen for op_id in applied for seen in by_id[op_id].seen}
    return tuple(by_id[op_id] for op_id in sorted(applied - overtaken))


def _applied(by_id: Mapping[str, Operation]) -> set[str]:
    applied: set[str] = set()
    waiting = set(by_id)
    while ready := {op_id for op_id in waiting if set(by_id[op_id].seen) <= applied}:
        applied |= ready
        waiting -= ready
    return applied


def value(standing: Sequence[Operation]) -> str:
    """The text of a field: its one head, or of a clash the head that was written last here."""
    return max(standing, key=lambda op: op.seq).value if standing else ""


def is_clash(standing: Sequence[Operation]) -> bool:
    """Two texts stand that did not know of each other."""
    return len({op.value for op in standing}) > 1
