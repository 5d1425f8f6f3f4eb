"""Signing and the shelf: the proofs' own bytes, once each, whole or not at all, whatever is killed."""

import hashlib
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.models.errors import NotAllowed, Refused, Stale
from app.models.issue import IssueStage
from app.models.parcel import ParcelState
from app.paths import ROOT
from app.store import articles, issues, parcels
from app.store.operations import Write
from outbox import release
from tests.outbox.sample_issue import NOW, Made

KILLS, PARCELS = 6, 18


def test_only_the_approver_signs(sealed: Made, tmp_path: Path) -> None:
    assert sealed.sealed
    with sealed.copy(tmp_path / "var") as desk:
        actor = desk.person("Hoài An")
        with pytest.raises(NotAllowed):
            release.sign(desk.folder, sealed.issue.id, shown=sealed.sealed.snapshot_hash, actor=actor, now=NOW)


def test_another_hash_than_the_one_shown_is_not_signed(sealed: Made, tmp_path: Path) -> None:
    with sealed.copy(tmp_path / "var") as desk:
        with pytest.raises(Stale):
            release.sign(desk.folder, sealed.issue.id, shown="0" * 64, actor=desk.person("Bảo Khánh"), now=NOW)
        with desk.folder.database.reading() as session:
            assert parcels.listing(session) == []


def test_a_missing_proof_keeps_the_issue_from_being_signed(sealed: Made, tmp_path: Path) -> None:
    assert sealed.sealed
    with sealed.copy(tmp_path / "var") as desk:
        with desk.folder.database.writing() as session:
            session.delete(issues.proofs(session, sealed.sealed.id)[0])
        with pytest.raises(Refused, match="no proof"):
            desk.sign(sealed.issue, sealed.sealed)


def test_an_edit_after_sealing_keeps_the_issue_from_being_signed(sealed: Made, tmp_path: Path) -> None:
    assert sealed.sealed
    with sealed.copy(tmp_path / "var") as desk:
        article = next(iter(sealed.sealed.snapshot["articles"]))
        with desk.folder.database.writing() as session:
            change = Write(noun="article", key=article, field="kicker", value="Đổi")
            articles.write(session, article, [change], actor=desk.person("Hoài An"), now=NOW)
        with pytest.raises(Stale):
            desk.sign(sealed.issue, sealed.sealed)


def test_the_shelf_holds_the_bytes_that_were_proofed(sealed: Made, tmp_path: Path) -> None:
    assert sealed.sealed
    with sealed.copy(tmp_path / "var") as desk:
        desk.sign(sealed.issue, sealed.sealed)
        desk.release(sealed.issue)
        with desk.folder.database.reading() as session:
            proofed = {f["asset"] for p in issues.proofs(session, sealed.sealed.id) for f in p.files}
            made = [f for p in parcels.listing(session) for f in p.files]
            assert issues.get(session, sealed.issue.id).stage == IssueStage.RELEASED
        shelf = {hashlib.sha256((desk.folder.config.data_dir / f["path"]).read_bytes()).hexdigest() for f in made}
    assert shelf == proofed


def test_signed_and_killed_again_and_again_every_parcel_appears_once_and_whole(sealed: Made, tmp_path: Path) -> None:
    assert sealed.sealed
    data_dir = tmp_path / "var"
    with sealed.copy(data_dir) as desk:
        desk.sign(sealed.issue, sealed.sealed)
    command = [
        sys.executable,
        "-m",
        "app.cli",
        "release",
        sealed.issue.id,
        "--by",
        "Hoài An",
        "--data-dir",
        str(data_dir),
    ]
    chance, interrupted = random.Random(11), 0
    for _ in range(KILLS):
        program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for_work(program, data_dir / "xuat-ban")
        time.sleep(chance.random() * 0.03)
        program.send_signal(signal.SIGKILL)
        program.wait(10)
        interrupted += len(manifests(data_dir / "xuat-ban")) < PARCELS
        assert_whole(data_dir / "xuat-ban")
    assert interrupted >= 2  # the control: the kills did fall into the work
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=True).returncode == 0
    assert_whole(data_dir / "xuat-ban")
    with Made(data_dir, sealed.issue).copy(tmp_path / "after") as desk, desk.folder.database.reading() as session:
        made = parcels.listing(session)
        assert [p.state for p in made] == [ParcelState.MADE] * PARCELS
    assert len(manifests(data_dir / "xuat-ban")) == PARCELS


def manifests(shelf: Path) -> list[Path]:
    """The manifests of the folders people can see."""
    return [path for path in shelf.rglob("manifest.json") if ".dang-lam-" not in str(path)]


def wait_for_work(program: subprocess.Popen[bytes], shelf: Path) -> None:
    """Until one more parcel lies on the shelf, or the program has ended."""
    before = len(manifests(shelf))
    while program.poll() is None and len(manifests(shelf)) <= before:
        time.sleep(0.005)


def assert_whole(shelf: Path) -> None:
    """Every folder people can see has its manifest, and every file in it is as the manifest says."""
    for folder in {path.parent for path in shelf.rglob("*") if path.is_file() and ".dang-lam-" not in str(path)}:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        for entry in manifest["files"]:
            assert hashlib.sha256((folder / entry["name"]).read_bytes()).hexdigest() == entry["sha256"]
