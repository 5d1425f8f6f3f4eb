"""The whole main job from the terminal, without any network, and every step of it as a verb."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.cli.terminal import Program

SAMPLE = "MẪU"
SHAPE = ["id", "title", "summary", "outlet", "url", "published_at", "first_seen", "pictures", "score", "reasons"]
SHAPE += ["cluster"]
Demo = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A folder in which the demo has run."""
    made = Program(tmp_path_factory.mktemp("demo") / "var-demo")
    answer = made.process("demo", "--json")
    assert answer.code == 0, answer.err
    (made.data_dir.parent / "demo.json").write_text(answer.out, "utf-8")
    return made


@pytest.fixture(scope="module")
def demo(program: Program) -> Demo:
    """What the demo said it made."""
    said: Demo = json.loads((program.data_dir.parent / "demo.json").read_text("utf-8"))
    return said


def test_it_leaves_booklet_web_page_and_posts(demo: Demo) -> None:
    kinds = [file["kind"] for file in demo["files"]]
    assert {kind: kinds.count(kind) for kind in kinds} == {"booklet": 2, "web": 1, "zalo": 16, "facebook": 16}


def test_every_file_is_what_it_says(demo: Demo) -> None:
    for file in demo["files"]:
        assert hashlib.sha256(Path(file["path"]).read_bytes()).hexdigest() == file["sha256"]


def test_the_booklet_has_eight_pages_each_saying_it_is_a_sample(demo: Demo) -> None:
    path = next(f["path"] for f in demo["files"] if f["kind"] == "booklet" and f["pages"] == 8)
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(texts) == 8
    assert all(SAMPLE in "".join(text.split()) for text in texts)
    assert "Ƀu Prĕ" in texts[6]  # M’nông letters come out whole


def test_the_stories_have_the_shape_scripts_rely_on(program: Program) -> None:
    rows = program.ask("stories", "--limit", "3")
    keys = [
        "id",
        "title",
        "summary",
        "outlet",
        "url",
        "published_at",
        "first_seen",
        "pictures",
        "score",
        "reasons",
        "cluster",
    ]
    assert [list(row) for row in rows] == [keys] * 3
    assert rows[0]["score"] >= rows[1]["score"] >= rows[2]["score"]


def test_search_needs_no_marks(program: Program) -> None:
    assert program.ask("stories", "--search", "cong chieng") == program.ask("stories", "--search", "cồng chiêng") != []


def test_a_text_goes_from_story_to_approval_verb_by_verb(program: Program) -> None:
    story = program.ask("stories", "--limit", "1")[0]
    made = program.ask("article", "new", "--story", story["id"], "--by", "Hoài An")["id"]
    for field, text in (
        ("headline", "Bà con góp đá"),
        ("standfirst", "Một câu."),
        ("section", "Công tác dân tộc"),
        ("body", "Đoạn một.\n\nĐoạn hai."),
    ):
        shown = program.ask("article", "edit", made, "--field", field, "--text", text, "--by", "Hoài An")
    assert [p["text"] for p in shown["paragraphs"]] == ["Đoạn một.", "Đoạn hai."]
    assert program.ask("article", "submit", made, "--by", "Hoài An")["stage"] == "submitted"
    alone = program("article", "approve", made, "--by", "Hoài An")
    assert (alone.code, "Traceback" in alone.err) == (1, False)
    stale = program("article", "approve", made, "--hash", "0" * 64, "--by", "Bảo Khánh")
    assert stale.code == 1
    approved = program.ask("article", "approve", made, "--hash", shown["hash"], "--by", "Bảo Khánh")
    assert approved["stage"] == "approved"
    edited = program.ask("article", "edit", made, "--field", "headline", "--text", "Bà con góp công", "--by", "Hoài An")
    assert edited["stage"] == "draft"


def test_a_text_is_returned_with_a_sentence(program: Program) -> None:
    made = program.ask("article", "new", "--by", "Hoài An")["id"]
    words = {
        "headline": "Họp thôn",
        "standfirst": "Một câu.",
        "section": "Công tác dân tộc",
        "byline": "Hoài An",
        "body": "Một đoạn.",
    }
    for field, text in words.items():
        program.ask("article", "edit", made, "--field", field, "--text", text, "--by", "Hoài An")
    program.ask("article", "submit", made, "--by", "Hoài An")
    back = program.ask("article", "return", made, "--remark", "Nêu rõ ngày họp.", "--by", "Bảo Khánh")
    assert back["stage"] == "returned"


def test_an_unfinished_text_is_not_submitted(program: Program) -> None:
    made = program.ask("article", "new", "--by", "Hoài An")["id"]
    answer = program("article", "submit", made, "--by", "Hoài An")
    assert answer.code == 1
    assert len(answer.err.strip().splitlines()) == 1


def released_issue(program: Program) -> dict[str, Any]:
    """The issue the demo made."""
    found: dict[str, Any] = next(i for i in program.ask("issue", "list") if i["stage"] == "released")
    return found


def test_a_signed_issue_changes_no_more(program: Program) -> None:
    issue = released_issue(program)
    released = next(article["id"] for article in program.ask("article", "list") if article["stage"] == "released")
    assert program("issue", "add", issue["id"], released, "--by", "Hoài An").code == 1
    assert program("article", "edit", released, "--field", "headline", "--text", "Khác", "--by", "Hoài An").code == 1


def test_making_the_parcels_again_changes_nothing(program: Program) -> None:
    before = program.ask("parcels")
    issue = released_issue(program)["id"]
    assert program.ask("release", issue, "--by", "Hoài An") == before
    assert {parcel["state"] for parcel in before} == {"made"}


def test_an_issue_without_articles_is_not_sealed(program: Program) -> None:
    made = program.ask("issue", "new", "--date", "2027-03-05", "--by", "Hoài An")
    answer = program("issue", "seal", made["id"], "--by", "Hoài An")
    assert answer.code == 1
    assert "Traceback" not in answer.err


def test_the_demo_never_empties_a_folder_that_is_not_a_demo(tmp_path: Path) -> None:
    (tmp_path / "ghi-chep.txt").write_text("của văn phòng", "utf-8")
    assert Program(tmp_path)("demo").code == 1
    assert (tmp_path / "ghi-chep.txt").read_text("utf-8") == "của văn phòng"
