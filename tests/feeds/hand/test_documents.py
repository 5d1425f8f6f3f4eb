"""Word documents give their words and pictures; bombs, macros and outside links give nothing."""

import io
import resource
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from app.models.errors import Unreadable
from feeds.hand.documents import read_docx
from feeds.outcomes import OUTCOMES
from feeds.workbench import Workbench
from tests.feeds.brought import document, photo, repacked

MAIN = "word/document.xml"
READ = "feeds.hand.documents.read_docx"


def refused(data: bytes) -> str:
    """How it ends in the limited child."""
    with Workbench(seconds=5) as bench, pytest.raises(Unreadable) as trouble:
        bench.call(READ, data)
    return next(name for name, outcome in OUTCOMES.items() if outcome.msgid == trouble.value.msgid)


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def test_a_heading_is_the_title_and_the_paragraphs_follow() -> None:
    paper = read_docx(document("Sáng 20/11, bà con ra đồng.", "Lúa tốt.", heading="Mừng lúa mới", title="Cũ"))
    assert (paper.title, paper.paragraphs) == ("Mừng lúa mới", ("Sáng 20/11, bà con ra đồng.", "Lúa tốt."))


@pytest.mark.parametrize(
    ("title", "found"), [("Mừng lúa mới", "Mừng lúa mới"), ("Microsoft Word - Document1", "Dòng đầu"), ("", "Dòng đầu")]
)
def test_without_a_heading_what_the_document_says_of_itself_or_its_first_line(title: str, found: str) -> None:
    assert read_docx(document("Dòng đầu", "Dòng hai", title=title)).title == found


def test_tables_tracked_changes_and_pictures_are_read_as_they_stand() -> None:
    made, out = docx.Document(), io.BytesIO()
    made.add_heading("Danh sách", level=1)
    made.add_table(1, 2).rows[0].cells[1].text = "Trong bảng"
    paragraph = made.add_paragraph("Giữ. ")
    for tag, text, words in (("w:ins", "w:t", "Thêm."), ("w:del", "w:delText", "Bỏ.")):
        change, run, word = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text)
        word.text = words
        run.append(word)
        change.append(run)
        paragraph._p.append(change)
    made.add_picture(io.BytesIO(photo()))
    made.add_paragraph("Bà con ra đồng", style="Caption")
    made.save(out)
    paper = read_docx(out.getvalue())
    assert paper.paragraphs == ("Trong bảng", "Giữ. Thêm.")
    assert [(one.caption, one.data == photo()) for one in paper.pictures] == [("Bà con ra đồng", True)]


def test_pictures_linked_from_elsewhere_are_not_fetched_but_counted() -> None:
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph("Bà con vui.")
    made.add_picture(io.BytesIO(photo()))
    blip = next(made.element.body.iter(qn("a:blip")))
    link = made.part.relate_to("http://169.254.169.254/x.png", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image", is_external=True)  # fmt: skip # noqa: E501
    del blip.attrib[qn("r:embed")]
    blip.set(qn("r:link"), link)
    made.save(out)
    paper = read_docx(out.getvalue())
    assert (paper.pictures, paper.left_out) == ((), 1)


def test_a_document_with_macros_is_read_without_them() -> None:
    plain = document("Bà con vui.", heading="Tin")
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        types = package.read("[Content_Types].xml")
    macros = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    data = repacked(plain, **{"[Content_Types].xml": macros, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Shell"})
    assert read_docx(data).title == "Tin"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    started = time.monotonic()
    for data in (
        repacked(document("Tin"), **{MAIN: b"<w:p/>" * 40_000_000}),  # 240 MB of nothing
        packed(**{f"word/media/{n}.bin": bytes(2_000_000) for n in range(40)}),
        packed(**{f"{n}.xml": b"" for n in range(3_000)}),
    ):
        assert refused(data) in ("doc_large", "doc_broken")
    assert time.monotonic() - started < 10
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before < 200_000


def test_without_the_limit_the_bomb_would_unpack() -> None:
    """The control: the archive is a good one, only too large."""
    data = repacked(document("Tin"), **{MAIN: b" " * 6_000_000})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert len(package.read(MAIN)) == 6_000_000
    assert len(data) < 100_000
    assert refused(data) == "doc_large"


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000), "doc_old"),
        (b"%PDF-1.7 ...", "doc_pdf"),
        (b"PK\x03\x04 cut off", "doc_broken"),
        (b"just text", "doc_broken"),
        (packed(**{"hello.txt": b"no document"}), "doc_broken"),
        (repacked(document("Tin"), **{MAIN: b"<w:document"}), "doc_broken"),
        (repacked(document("Tin"), **{MAIN: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "doc_broken"),
        (document(""), "doc_empty"),
    ],
)
def test_what_is_no_document_is_told_with_what_to_do(data: bytes, outcome: str) -> None:
    assert refused(data) == outcome
    assert OUTCOMES[outcome].advice


def test_a_document_under_a_password_is_told(tmp_path: Path) -> None:
    data = bytearray(document("Tin"))
    at = data.find(b"PK\x01\x02")
    while at >= 0:  # the flag “encrypted” of every entry
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert refused(bytes(data)) == "doc_old"
    assert not list(tmp_path.iterdir())


def test_hostile_archives_write_nothing_and_are_refused(material: Path, tmp_path: Path) -> None:
    archives = [path for path in (material / "hostile" / "archives").rglob("*") if path.suffix in (".zip", ".tar")]
    assert archives
    for path in archives:
        assert refused(path.read_bytes()).startswith("doc_")
    assert not list(tmp_path.iterdir())
