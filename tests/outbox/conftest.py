"""A sample issue with texts of its own, pictures drawn on the spot, and presses that give up early."""

import copy
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from config import Config
from outbox import booklet
from tests.outbox.sample_issue import Made, compose, seal

Snapshot = dict[str, Any]
SAMPLE = Path(__file__).parent / "data" / "issue.json"


def draw_picture(name: str) -> bytes:
    """A JPEG of coloured stripes; its colours depend on the name, its shape is that of a landscape photograph."""
    seed = hashlib.sha256(name.encode()).digest()
    picture = Image.new("RGB", (1600, 960), tuple(seed[:3]))
    pen = ImageDraw.Draw(picture)
    for number in range(8):
        pen.rectangle((number * 200, 120 * (number % 4), number * 200 + 90, 900), fill=tuple(seed[number : number + 3]))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=85)
    return target.getvalue()


@pytest.fixture(scope="session")
def sample() -> Snapshot:
    """The sealed issue of Sơn Lâm, an invented province; nobody may change it."""
    snapshot: Snapshot = json.loads(SAMPLE.read_text("utf-8"))
    return snapshot


@pytest.fixture
def snapshot(sample: Snapshot) -> Snapshot:
    """A copy of the sample issue that a test may change."""
    return copy.deepcopy(sample)


@pytest.fixture(scope="session")
def assets() -> Callable[[str], bytes]:
    """The pictures of the sample issue."""
    return draw_picture


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """A data folder of its own."""
    return Config(data_dir=tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def printed(sample: Snapshot, assets: Callable[[str], bytes], config: Config) -> bytes:
    """The sample issue's booklet, made once for all tests that only read it."""
    return booklet.build(sample, assets, config)


@pytest.fixture(scope="session")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample issue, composed."""
    return compose(tmp_path_factory.mktemp("composed") / "var")


@pytest.fixture(scope="session")
def sealed(composed: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample issue, sealed and proofed."""
    return seal(tmp_path_factory.mktemp("sealed") / "var", composed)
