"""The sample issue's booklet against Chromium printing the same issue's web page."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from outbox import booklet, website
from tests.bench.figures import Told
from tests.outbox.sample_issue import compose, seal

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def test_the_booklet_beside_chromium(tmp_path: Path, told: Told) -> None:
    made = seal(tmp_path / "sealed", compose(tmp_path / "composed"))
    assert made.sealed
    snapshot = made.sealed.snapshot
    with made.copy(tmp_path / "var") as desk:
        assets, config = desk.folder.assets.get, desk.folder.config
        booklet.build(snapshot, assets, config)  # children are born once
        began = time.perf_counter()
        booklet.build(snapshot, assets, config)
        ours = time.perf_counter() - began
        page = tmp_path / "issue.html"
        page.write_bytes(website.build(snapshot, assets, config))
    told("booklet of 8 pages, set, joined and stamped", ours)
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not installed")
    began = time.perf_counter()
    command = [chromium, *FLAGS, f"--user-data-dir={tmp_path / 'chromium'}", f"--print-to-pdf={tmp_path / 'issue.pdf'}"]
    subprocess.run([*command, page.as_uri()], capture_output=True, check=True, timeout=120)
    told("Chromium printing the web page of the issue", theirs := time.perf_counter() - began)
    told("ratio ours to Chromium's", ours / theirs, unit="×")
