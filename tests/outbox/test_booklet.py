"""The printed booklet, from the sealed snapshot to the pages a reader holds."""

import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from app.models.errors import Unprintable
from config import Config
from outbox import booklet, check

Assets = Callable[[str], bytes]
ROOT = Path(__file__).parents[2]

BUILD = """
import copy, hashlib, json, pathlib, sys
from config import Config
from outbox import booklet
from tests.outbox.conftest import SAMPLE, draw_picture

if __name__ == "__main__":
    snapshot = json.loads(SAMPLE.read_text("utf-8"))
    runs = {run["design"]: run for run in snapshot["runs"]}
    designs = ("cover", "short", "feature", "last")
    snapshot["runs"] = [{**runs[design], "page": page} for page, design in enumerate(designs, 1)]
    snapshot["issue"]["pages"] = 4
    snapshot["cover"]["article"] = runs["feature"]["articles"][0]
    pdf = booklet.build(snapshot, draw_picture, Config(data_dir=pathlib.Path(sys.argv[1])))
    print(hashlib.sha256(pdf).hexdigest())
    print("weasyprint" in sys.modules)
"""


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return texts


def test_it_has_eight_a5_pages_and_passes_its_own_preflight(printed: bytes, sample: dict[str, Any]) -> None:
    assert check.booklet(printed, sample) == ()
    with pikepdf.open(io.BytesIO(printed)) as document:
        assert len(document.pages) == 8
        assert str(document.docinfo["/Title"]) == "Bản tin Dân tộc thiểu số và miền núi – Số 11/2026"


def test_a_sample_issue_says_so_on_every_page(printed: bytes) -> None:
    assert ["mẫukhôngpháthành" in check.letters_of(text) for text in text_of(printed)] == [True] * 8


def test_letters_of_the_mnong_and_stieng_alphabets_are_printed_whole(printed: bytes) -> None:
    page = text_of(printed)[6]

    for letter in ("ƀon", "čăk", "gŭ", "tĭng", "lŏ", "ê̆ng", "ñŭl"):
        assert letter in page


def test_every_code_leads_to_the_source_of_its_article(printed: bytes, sample: dict[str, Any]) -> None:
    document = pypdfium2.PdfDocument(printed)
    features = [run for run in sample["runs"] if run["design"] == "feature"]
    for run in features:
        page = document[run["page"] + run["pages"] - 2]
        codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil().convert("L"))
        assert [code.text for code in codes] == [sample["articles"][run["articles"][0]]["sources"][0]["url"]]
        page.close()
    document.close()


def test_the_same_snapshot_gives_the_same_bytes_in_two_fresh_processes(tmp_path: Path) -> None:
    def start(folder: str) -> subprocess.Popen[str]:
        place = tmp_path / folder
        place.mkdir()
        script = place / "build.py"
        script.write_text(BUILD, "utf-8")
        return subprocess.Popen(
            [sys.executable, str(script), str(place)],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )

    first = start("one")
    time.sleep(1.2)  # PDF times are whole seconds: two renders in one second would prove nothing
    second = start("two")
    outputs = [process.communicate(timeout=120)[0].split() for process in (first, second)]

    assert outputs[0][0] == outputs[1][0] != ""
    assert [weasyprint_loaded for _, weasyprint_loaded in outputs] == ["False", "False"]


def test_a_run_that_does_not_fit_is_named_with_what_it_lacks(
    snapshot: dict[str, Any], assets: Assets, config: Config
) -> None:
    story = snapshot["articles"]["a6"]
    story["paragraphs"] *= 3

    with pytest.raises(Unprintable) as refused:
        booklet.build(snapshot, assets, config)

    assert refused.value.values["page"] == 5
    assert int(str(refused.value.values["lines"])) > 10
    assert "Gương người tốt, việc tốt" in str(refused.value)


def test_a_page_map_with_a_gap_is_refused_before_any_work(
    snapshot: dict[str, Any], assets: Assets, config: Config
) -> None:
    del snapshot["runs"][3]

    with pytest.raises(Unprintable, match="page 5 is missing or doubled"):
        booklet.build(snapshot, assets, config)


def test_a_picture_that_is_none_is_one_clear_sentence(snapshot: dict[str, Any], config: Config) -> None:
    with pytest.raises(Unprintable, match="cannot be read"):
        booklet.measure(snapshot, snapshot["runs"][0], lambda _: b"GIF89a, or so it says", config)


def test_a_real_issue_carries_no_sample_mark(snapshot: dict[str, Any], assets: Assets, config: Config) -> None:
    snapshot["mode"] = "real"
    runs = {run["design"]: run for run in snapshot["runs"]}
    snapshot["runs"] = [{**runs["last"], "page": 1}]
    snapshot["issue"]["pages"] = 1

    pages = text_of(booklet.build(snapshot, assets, config))

    assert "mẫu" not in check.letters_of(pages[0].replace("Nguyễn Văn Mẫu", ""))
