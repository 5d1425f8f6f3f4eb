"""The outlet on 127.0.0.1 and the real material beside the repository."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.feeds.outlet_server import OutletServer, serving

MATERIAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def outlet() -> Iterator[OutletServer]:
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def material() -> Path:
    if not MATERIAL.is_dir():
        pytest.skip("the folder shared/data is not beside the repository")
    return MATERIAL
