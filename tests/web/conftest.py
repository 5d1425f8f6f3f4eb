"""The desk in a browser: a real application on a real database, with the office's people."""

from pathlib import Path

import pytest
from flask import Flask

from app.store.assets import Assets
from app.store.database import Database
from app.web.application import create_app
from config import Config
from tests.people import Clock
from tests.scenario import Desk
from tests.web.page import Browser


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(data_dir=tmp_path / "var")


@pytest.fixture
def app(config: Config, database: Database, clock: Clock) -> Flask:
    return create_app(config, database, now=clock, setup_code="3f9a2b1c")


@pytest.fixture
def assets(config: Config) -> Assets:
    return Assets(config.data_dir / "assets")


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser nobody has signed in with."""
    return Browser(app)


@pytest.fixture
def an(app: Flask, desk: Desk) -> Browser:
    """Chị Hoài An, biên tập viên, at her browser."""
    return Browser(app).signs_in("Hoài An")


@pytest.fixture
def khanh(app: Flask, desk: Desk) -> Browser:
    """Anh Bảo Khánh, người duyệt, at his."""
    return Browser(app).signs_in("Bảo Khánh")


@pytest.fixture
def tam(app: Flask, desk: Desk) -> Browser:
    """Chị Minh Tâm, quản trị, at hers."""
    return Browser(app).signs_in("Minh Tâm")
