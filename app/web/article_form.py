"""What an editor's form says, as writes: only what he changed from what his page showed."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from app.desk import ops
from app.desk.content import FIELDS
from app.models.errors import Refused
from app.models.operation import OperationRow
from app.store import manuscript
from app.store.operations import Write

# article.headline, paragraph.<key>.text, figure.<key>.caption: the names of the fields on the page.
NAME = re.compile(r"(article)\.(\w{1,20})|(paragraph|figure)\.([0-9a-f-]{36})\.(\w{1,20})")
OP_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
OPEN_FIELDS = {
    "article": FIELDS,
    "paragraph": ("kind", "text"),
    "figure": ("caption", "alt", "credit", "focus_x", "focus_y"),
}


def seen_by_name(session: Session, article_id: str) -> dict[str, list[str]]:
    """What a page shows, for it to send back: op ids by the field's name on the page."""
    found = {}
    for address, op_ids in manuscript.seen(session, article_id).items():
        noun, key, field = address.split(" ")
        found[field_name(noun, key, field)] = op_ids
    return found


def field_name(noun: str, key: str, field: str) -> str:
    """`headline` of an article, or `text` of its paragraph, as the page names it."""
    return f"{noun}.{field}" if noun == "article" else f"{noun}.{key.split('/', 1)[1]}.{field}"


def writes(session: Session, article_id: str, form: Mapping[str, str]) -> list[Write]:
    """Every changed field of a whole form. Raises Refused when the form is not one of ours."""
    shown = _shown(form.get("da-thay", "{}"))
    names = [name for name in form if NAME.fullmatch(name)]
    texts = _texts(session, [op_id for name in names for op_id in shown.get(name, [])])
    return [
        write
        for name in names
        if (write := _write(article_id, name, form[name], [op for op in shown.get(name, []) if op in texts]))
        and _changed(write, texts)
    ]


def one_write(session: Session, article_id: str, said: Mapping[str, object]) -> Write:
    """The write of one field, sent by a script at a pause. Raises Refused when it is not one of ours."""
    name, value, op_id, seen = (said.get(key) for key in ("name", "value", "op_id", "seen"))
    if not (isinstance(name, str) and isinstance(value, str) and isinstance(op_id, str) and OP_ID.fullmatch(op_id)):
        raise Refused("This field cannot be saved from here.")
    ids = [str(one) for one in seen] if isinstance(seen, list) else []
    write = _write(article_id, name, value, list(_texts(session, ids)), op_id=op_id)
    if write is None:
        raise Refused("This field cannot be saved from here.")
    return write


def _write(article_id: str, name: str, value: str, seen: Sequence[str], op_id: str | None = None) -> Write | None:
    match = NAME.fullmatch(name)
    if match is None:
        return None
    noun, field = match[1] or match[3], match[2] or match[5]
    if field not in OPEN_FIELDS[noun]:
        return None
    key = f"{article_id}/{match[4]}" if match[4] else article_id
    return Write(noun=noun, key=key, field=field, value=value, seen=tuple(seen), op_id=op_id)


def _changed(write: Write, texts: Mapping[str, str]) -> bool:
    """Whether the words differ from those the page showed; a settled clash counts as a change."""
    before = {texts[op_id] for op_id in write.seen or ()} or {""}
    return before != {ops.clean(write.value)}


def _shown(text: str) -> dict[str, list[str]]:
    try:
        read = json.loads(text)
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise Refused("The page was incomplete, so nothing was saved. Open it again.")
    return {str(name): [str(op_id) for op_id in op_ids] for name, op_ids in read.items() if isinstance(op_ids, list)}


def _texts(session: Session, op_ids: Iterable[str]) -> dict[str, str]:
    """The words of those operations that are known here; an unknown one would make the write wait for ever."""
    rows = (session.get(OperationRow, op_id) for op_id in op_ids)
    return {row.op_id: row.value for row in rows if row is not None}
