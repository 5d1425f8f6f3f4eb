"""Two people who look at the same content hold the same sixty-four letters."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.desk.content import ArticleContent, Figure, Paragraph, SourceRef
from app.desk.snapshot import canonical, digest, short

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
)
CONTENT = ArticleContent(
    id="bai-1",
    headline="Bà con S’tiêng",
    paragraphs=(Paragraph(key="p1", text="Một."),),
    figures=(Figure(key="f1", asset="a" * 64, width=1200, height=800, alt="Khung dệt"),),
    sources=(SourceRef(story_id="s", outlet="Báo", title="Tin", url="https://x.vn", published_at=None, digest="d"),),
)


@settings(max_examples=40)
@given(st.dictionaries(st.text(), VALUES))
def test_the_order_of_the_keys_does_not_matter(value: dict[str, Any]) -> None:
    turned = dict(reversed(list(value.items())))
    assert canonical(turned) == canonical(value)
    assert json.loads(canonical(value)) == value


def test_the_bytes_are_what_is_promised() -> None:
    assert canonical({"b": "đồng bào", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"đồng bào"}'.encode()
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert short(digest({})) == "4413-6FA3"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"x": object()}, b"bytes"])
def test_what_has_no_one_spelling_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical(value)


@pytest.mark.parametrize("name", [f.name for f in fields(ArticleContent)])
def test_every_field_a_reader_can_see_is_in_the_hash(name: str) -> None:
    other: Any = () if isinstance(getattr(CONTENT, name), tuple) else "khác"
    assert digest(replace(CONTENT, **{name: other})) != digest(CONTENT)


@pytest.mark.parametrize("name", [f.name for f in fields(Figure)])
def test_every_part_of_a_picture_is_in_the_hash(name: str) -> None:
    figure = CONTENT.figures[0]
    other: Any = 7 if isinstance(getattr(figure, name), int) else "khác"
    assert digest(replace(CONTENT, figures=(replace(figure, **{name: other}),))) != digest(CONTENT)
