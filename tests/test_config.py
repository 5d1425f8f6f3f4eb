"""Settings: each one explained, every mistake one sentence, the nearer word wins."""

import tomllib
from dataclasses import FrozenInstanceError, fields
from datetime import time
from pathlib import Path

import pytest

from app.desk.cadence import WEEKDAYS
from config import WEEKDAYS as KNOWN_WEEKDAYS
from config import Config, ConfigError, sample

GOOD = {
    "data_dir": "/srv/bantin",
    "outlets_file": "outlets.toml",
    "database_url": "postgresql+psycopg://bantin@db/bantin",
    "fetch_private_networks": "true",
    "fetch_every_minutes": "60",
    "fetch_timeout_seconds": "10",
    "fetch_max_bytes": "1000000",
    "fetch_proxy": "http://van-thu:mat-khau@10.0.0.1:3128",
    "fetch_daily_megabytes": "200",
    "fetch_pages_each_reading": "3",
    "user_agent_contact": "Ban Dân tộc",
    "host": "0.0.0.0",
    "port": "8301",
    "trusted_hosts": "bantin.local",
    "periodicity": "week",
    "issue_weekday": "monday",
    "copy_deadline": "09:30",
    "render_seconds": "30",
    "render_megabytes": "512",
    "language": "en",
}
BAD = {
    "data_dir": [""],
    "fetch_private_networks": ["perhaps", "2"],
    "fetch_every_minutes": ["4", "1441", "half an hour", "30.5", ""],
    "fetch_timeout_seconds": ["0", "301"],
    "fetch_max_bytes": ["9999"],
    "fetch_proxy": ["10.0.0.1:3128", "socks5://10.0.0.1:1080", "http://10.0.0.1", "http://a@b:1/x y"],
    "fetch_daily_megabytes": ["-1", "a lot"],
    "fetch_pages_each_reading": ["-1", "101", "all"],
    "port": ["-1", "65536", "http"],
    "periodicity": ["daily", "Month"],
    "issue_weekday": ["thứ sáu"],
    "copy_deadline": ["25:00", "chiều"],
    "render_seconds": ["4", "601"],
    "render_megabytes": ["255", "8193"],
    "language": ["fr"],
}


def load(tmp_path: Path, toml: str = "", **environ: str) -> Config:
    path = tmp_path / "bantin.toml"
    path.write_text(toml, "utf-8")
    return Config.load(path, environ)


@pytest.mark.parametrize("field", fields(Config), ids=lambda field: str(field.name))
def test_every_setting_says_what_it_means(field: object) -> None:
    help_ = field.metadata["help"]  # type: ignore[attr-defined]
    assert help_[0].isupper()
    assert help_.endswith((".", "(HH:MM)."))
    assert help_ in sample()
    assert field.name in GOOD  # type: ignore[attr-defined]


def test_nobody_needs_to_set_anything(tmp_path: Path) -> None:
    assert load(tmp_path) == Config() == Config.load(tmp_path / "not-there.toml", {})


def test_the_sample_uncommented_is_the_defaults(tmp_path: Path) -> None:
    lines = [line.removeprefix("# ") for line in sample().splitlines() if " = " in line]
    assert set(tomllib.loads("\n".join(lines))) == {field.name for field in fields(Config)}
    assert load(tmp_path, "\n".join(lines)) == Config()


def test_the_environment_wins_over_the_file_and_the_command_line_over_both(tmp_path: Path) -> None:
    toml = "port = 8301\nhost = '10.0.0.1'\nlanguage = 'en'"
    config = load(tmp_path, toml, BANTIN_PORT="8302", BANTIN_HOST="10.0.0.2")
    assert (config.language, config.host, config.port) == ("en", "10.0.0.2", 8302)
    given = Config.load(tmp_path / "bantin.toml", {"BANTIN_PORT": "8302"}, port=8303, host=None)
    assert (given.port, given.host) == (8303, "10.0.0.1")


@pytest.mark.parametrize("name", GOOD)
def test_every_setting_can_be_set_in_the_environment(tmp_path: Path, name: str) -> None:
    assert getattr(load(tmp_path, **{f"BANTIN_{name.upper()}": GOOD[name]}), name) != getattr(Config(), name)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_a_bad_value_is_one_sentence_with_its_name_and_what_was_expected(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load(tmp_path, **{f"BANTIN_{name.upper()}": value})
    said = str(raised.value)
    assert name in said
    assert repr(value) in said
    assert "expected" in said
    assert said.endswith(".")
    assert "\n" not in said


@pytest.mark.parametrize("toml", ["port = true", "port = 1.5", "host = 5", "data_dir = 3", "port = [1]"])
def test_a_value_of_the_wrong_kind_is_refused(tmp_path: Path, toml: str) -> None:
    with pytest.raises(ConfigError, match="expected"):
        load(tmp_path, toml)


def test_a_time_may_be_written_as_toml_writes_times(tmp_path: Path) -> None:
    assert load(tmp_path, "copy_deadline = 09:30:00").copy_deadline == time(9, 30)


@pytest.mark.parametrize(("toml", "environ"), [("prot = 8300", {}), ("", {"BANTIN_PROT": "8300"})])
def test_an_unknown_setting_stops_the_start(tmp_path: Path, toml: str, environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=r"Unknown setting: prot\. Known settings: data_dir, "):
        load(tmp_path, toml, **environ)


def test_a_passphrase_in_the_environment_is_no_setting(tmp_path: Path) -> None:
    assert load(tmp_path, BANTIN_PASSPHRASE="x", PATH="/bin") == Config()


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe", b"[[["])
def test_a_file_nobody_can_read_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bantin.toml").write_bytes(content)
    with pytest.raises(ConfigError, match=r"bantin\.toml is not a readable TOML file"):
        Config.load(tmp_path / "bantin.toml", {})


def test_a_folder_in_place_of_the_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not a readable TOML file"):
        Config.load(tmp_path, {})


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises((FrozenInstanceError, AttributeError)):
        Config().port = 1  # type: ignore[misc]


def test_the_weekdays_are_those_the_cadence_knows() -> None:
    assert KNOWN_WEEKDAYS == WEEKDAYS


def test_the_database_lies_in_the_data_folder_unless_told_otherwise() -> None:
    assert Config(data_dir=Path("/srv/x")).database == "sqlite:////srv/x/bantin.sqlite"
    assert Config(database_url="postgresql+psycopg://db/x").database == "postgresql+psycopg://db/x"
