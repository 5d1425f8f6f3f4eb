"""A line of the log has the fields of its kind and hangs on the line before it."""

from datetime import timedelta
from typing import Any

import pytest

from app.desk.events import GENESIS, SCHEMA, chain
from tests.people import NOW

LINE: dict[str, Any] = {
    "previous": GENESIS,
    "seq": 1,
    "kind": "article.submitted",
    "person": "p1",
    "via": "web",
    "fields": {"article": "a1", "hash": "h"},
    "at": NOW,
}
OTHER: dict[str, Any] = {
    "previous": "1" * 64,
    "seq": 2,
    "kind": "article.returned",
    "person": None,
    "via": "terminal",
    "fields": {"article": "a2", "hash": "h"},
    "at": NOW + timedelta(microseconds=1),
}


@pytest.mark.parametrize("name", LINE)
def test_each_part_of_a_line_is_in_its_hash(name: str) -> None:
    assert chain(**LINE) == chain(**LINE)
    assert chain(**{**LINE, name: OTHER[name]}) != chain(**LINE)


@pytest.mark.parametrize("fields", [{}, {"article": "a1"}, {"article": "a1", "hash": "h", "text": "Chữ của bài"}])
def test_a_line_carries_its_own_fields_and_no_others(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"article\.submitted"):
        chain(**{**LINE, "fields": fields})


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        chain(**{**LINE, "kind": "article.published"})


def test_no_kind_carries_text() -> None:
    words = {"text", "value", "headline", "name_of_person", "phone", "remark", "words", "reason"}
    assert not {kind: fields & words for kind, fields in SCHEMA.items() if fields & words}
