"""Operations at rest: the one way text and order are written, from browser, terminal or stick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.desk import ops
from app.desk.ops import Operation
from app.desk.policy import Actor
from app.models.errors import Refused
from app.models.ids import new_id
from app.models.operation import Head, OperationRow
from app.store.events import next_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A value for one field, before it becomes an operation. `seen` None means: I saw what stands now."""

    noun: str
    key: str
    field: str
    value: str
    lang: str = "vi"
    seen: tuple[str, ...] | None = None
    op_id: str | None = None


def apply(session: Session, write: Write, *, actor: Actor, now: datetime) -> Operation:
    """Turns one write into an operation and brings the field's heads up to date. Idempotent by `op_id`.

    Raises Refused for an unknown field or a value that cannot be stored.
    """
    if kept := _kept(session, write):
        return kept
    value = ops.clean(write.value)
    standing = _field(session, write.noun, write.key, write.lang, write.field)
    seen = tuple(op.op_id for op in standing) if write.seen is None else write.seen
    op = Operation(
        op_id=write.op_id or new_id(now),
        office=actor.office,
        person=actor.person,
        seq=next_number(session, f"seq:{actor.office}"),
        noun=write.noun,
        key=write.key,
        lang=write.lang,
        field=write.field,
        value=value,
        seen=seen,
    )
    ops.check(op)
    _store(session, op, actor=actor, now=now)
    _settle(session, op)
    return op


def same(session: Session, write: Write) -> bool:
    """Whether this very change is kept, or the field already says just this, so that nothing need be written."""
    if _kept(session, write):
        return True
    standing = _field(session, write.noun, write.key, write.lang, write.field)
    return not ops.is_clash(standing) and ops.value(standing) == ops.clean(write.value)


def standing(session: Session, root: str) -> dict[tuple[str, str, str, str], tuple[Operation, ...]]:
    """Every value that stands under an article or issue, by address."""
    query = select(OperationRow).join(Head, Head.op_id == OperationRow.op_id).where(Head.root == root)
    found: dict[tuple[str, str, str, str], tuple[Operation, ...]] = {}
    for row in session.scalars(query.order_by(OperationRow.seq)):
        op = _operation(row)
        found[op.address] = (*found.get(op.address, ()), op)
    return found


def many_standing(session: Session, roots: Sequence[str], nouns: Sequence[str]) -> dict[str, dict[str, str]]:
    """For lists: the values of the roots' own fields, {root: {field: value}}."""
    query = (
        select(OperationRow)
        .join(Head, Head.op_id == OperationRow.op_id)
        .where(Head.root.in_(roots), Head.noun.in_(nouns))
        .order_by(OperationRow.seq)
    )
    found: dict[str, dict[str, str]] = {root: {} for root in roots}
    for row in session.scalars(query):
        found[row.root][row.field] = row.value
    return found


def authors_since(session: Session, root: str, seq: int) -> frozenset[str]:
    """Ids of everyone who wrote a value that stands now and did not yet stand at this number."""
    query = select(OperationRow.person_id).join(Head, Head.op_id == OperationRow.op_id)
    return frozenset(session.scalars(query.where(Head.root == root, Head.since > seq)))


def history(session: Session, root: str, *, limit: int = 200) -> Sequence[OperationRow]:
    """Every operation under an article or issue, newest first."""
    query = select(OperationRow).where(OperationRow.root == root).order_by(OperationRow.seq.desc()).limit(limit)
    return session.scalars(query).all()


def _kept(session: Session, write: Write) -> Operation | None:
    """The operation of this id when it came before. Raises Refused when other words go by the same id."""
    row = session.get(OperationRow, write.op_id) if write.op_id else None
    if row is None:
        return None
    kept, wanted = _operation(row), (write.noun, write.key, write.lang, write.field)
    if kept.address != wanted or kept.value != ops.clean(write.value):
        raise Refused("This change came before with other words. Open the page again, then save.")
    return kept


def _field(session: Session, noun: str, key: str, lang: str, field: str) -> tuple[Operation, ...]:
    query = select(OperationRow).join(Head, Head.op_id == OperationRow.op_id)
    query = query.where(Head.noun == noun, Head.key == key, Head.lang == lang, Head.field == field)
    return tuple(_operation(row) for row in session.scalars(query.order_by(OperationRow.seq)))


def _store(session: Session, op: Operation, *, actor: Actor, now: datetime) -> None:
    session.add(
        OperationRow(
            op_id=op.op_id,
            office=op.office,
            person_id=op.person,
            seq=op.seq,
            noun=op.noun,
            key=op.key,
            root=op.root,
            lang=op.lang,
            field=op.field,
            value=op.value,
            seen=list(op.seen),
            made_at=now,
            via=actor.via,
        )
    )
    session.flush()


def _settle(session: Session, op: Operation) -> None:
    """Works the heads of the field out anew, from all its operations: whatever order they came in."""
    noun, key, lang, field = op.address
    query = select(OperationRow).where(OperationRow.noun == noun, OperationRow.key == key)
    rows = session.scalars(query.where(OperationRow.lang == lang, OperationRow.field == field)).all()
    all_ops = [_operation(row) for row in rows]
    heads = {head.op_id for head in ops.heads(all_ops)}
    _mark_waiting(rows)
    where = (Head.noun == noun, Head.key == key, Head.lang == lang, Head.field == field)
    stood = set(session.scalars(select(Head.op_id).where(*where)))
    session.execute(delete(Head).where(*where, Head.op_id.not_in(heads)))
    session.add_all(
        Head(noun=noun, key=key, lang=lang, field=field, op_id=op_id, root=op.root, since=op.seq)
        for op_id in heads - stood
    )
    session.flush()


def _mark_waiting(rows: Iterable[OperationRow]) -> None:
    rows = list(rows)
    known = {row.op_id for row in rows}
    for row in rows:
        waits = bool(ops.missing(_operation(row), known))
        if row.waiting != waits:
            row.waiting = waits


def _operation(row: OperationRow) -> Operation:
    return Operation(
        op_id=row.op_id,
        office=row.office,
        person=row.person_id,
        seq=row.seq,
        noun=row.noun,
        key=row.key,
        lang=row.lang,
        field=row.field,
        value=row.value,
        seen=tuple(row.seen),
    )
