"""Every setting of the program: its default, its meaning and its unit. Imports only the standard library."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from pathlib import Path
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PERIODICITIES = ("week", "fortnight", "month", "quarter")
PROXY = re.compile(r"http://(?:[^\s@/:]+:[^\s@/]*@)?(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):[0-9]{1,5}/?")


class ConfigError(ValueError):
    """A setting is unknown or unusable: `str()` is the English sentence, the edge words `msgid` with `values`."""

    def __init__(self, msgid: str, /, **values: str) -> None:
        super().__init__(msgid % values)
        self.msgid = msgid
        self.values = values


def setting(default: Any, help: str, *, check: Callable[[Any], bool] | None = None, expected: str = "") -> Any:
    """A field of `Config`: one sentence of help with its unit, and what a good value looks like."""
    return field(default=default, metadata={"help": help, "check": check, "expected": expected})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What an office may set. Read from bantin.toml, then from BANTIN_* in the environment."""

    data_dir: Path = setting(Path("var"), "Folder where the database, pictures and finished issues live.")
    outlets_file: Path | None = setting(None, "TOML file of outlets used in place of the official catalogue.")
    database_url: str = setting("", "Database address; empty means the embedded database in data_dir.")
    fetch_private_networks: bool = setting(False, "Whether feeds on private or local addresses may be read.")
    fetch_every_minutes: int = setting(
        30, "Minutes between two readings of the feeds.", check=lambda n: 5 <= n <= 1440, expected="5 to 1440"
    )
    fetch_timeout_seconds: int = setting(
        30, "Seconds one whole request to an outlet may take.", check=lambda n: 1 <= n <= 300, expected="1 to 300"
    )
    fetch_max_bytes: int = setting(
        5_000_000,
        "Bytes of one feed or page at the most, once unpacked.",
        check=lambda n: n >= 10_000,
        expected="10000 or more",
    )
    fetch_proxy: str = setting(
        "",
        "HTTP proxy of the office network, such as http://10.0.0.1:3128; it then looks outlets' names up and connects, "
        "so that resolved addresses are checked by the proxy and no longer here.",
        check=lambda p: not p or bool(PROXY.fullmatch(p)),
        expected="http://HOST:PORT or http://NAME:PASSWORD@HOST:PORT",
    )
    fetch_daily_megabytes: int = setting(
        0,
        "Megabytes of one day for a line paid by volume: pictures wait first, then pages, then feeds; 0 is no limit.",
        check=lambda n: 0 <= n <= 1_000_000,
        expected="0 to 1000000",
    )
    fetch_pages_each_reading: int = setting(
        6,
        "Article pages read by the timer after each reading, of kept and well scored stories; 0 reads none by itself.",
        check=lambda n: 0 <= n <= 100,
        expected="0 to 100",
    )
    user_agent_contact: str = setting("", "Office name or address told to the outlets in the User-Agent line.")
    host: str = setting("127.0.0.1", "Address the desk listens on; 0.0.0.0 opens it to the office network.")
    port: int = setting(8300, "Port the desk listens on.", check=lambda n: 0 <= n <= 65535, expected="0 to 65535")
    trusted_hosts: str = setting("", "Further host names, with commas between, under which the desk may be opened.")
    periodicity: str = setting(
        "month",
        "How often the bulletin appears.",
        check=lambda p: p in PERIODICITIES,
        expected=", ".join(PERIODICITIES),
    )
    issue_weekday: str = setting(
        "friday", "Weekday on which an issue appears.", check=lambda d: d in WEEKDAYS, expected=", ".join(WEEKDAYS)
    )
    copy_deadline: time = setting(time(16, 0), "Time of day, on the day before the issue, when copy closes (HH:MM).")
    render_seconds: int = setting(
        60, "Seconds of work one render may take.", check=lambda n: 5 <= n <= 600, expected="5 to 600"
    )
    render_megabytes: int = setting(
        1024, "Megabytes of memory one render may take.", check=lambda n: 256 <= n <= 8192, expected="256 to 8192"
    )
    language: str = setting(
        "vi", "Language of the desk before a person chooses.", check=lambda c: c in ("vi", "en"), expected="vi, en"
    )

    @classmethod
    def load(cls, path: Path | None = None, environ: Mapping[str, str] = os.environ, **given: Any) -> "Config":
        """Defaults, then the TOML file, then BANTIN_* variables, then `given`.

        Raises ConfigError, whose sentence names the setting and what was expected.
        """
        values = {**_from_file(path), **_from_environment(environ), **{k: v for k, v in given.items() if v is not None}}
        known = {f.name: f for f in fields(cls)}
        if unknown := sorted(values.keys() - known.keys()):
            raise ConfigError(
                "Unknown setting: %(names)s. Known settings: %(known)s.",
                names=", ".join(unknown),
                known=", ".join(known),
            )
        return cls(**{name: _read(name, value, known[name]) for name, value in values.items()})

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database in use."""
        return self.database_url or f"sqlite:///{self.data_dir / 'bantin.sqlite'}"


def sample() -> str:
    """The commented bantin.toml of all defaults, made from the same help sentences."""
    lines = []
    for f in fields(Config):
        expected = f" ({f.metadata['expected']})" if f.metadata["expected"] else ""
        lines += [f"# {f.metadata['help']}{expected}", f"# {f.name} = {_toml(f.default)}", ""]
    return "\n".join(lines)


def _from_file(path: Path | None) -> dict[str, Any]:
    if path is None or not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError("%(file)s is not a readable TOML file: %(why)s.", file=str(path), why=str(error)) from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, str]:
    skip = {"passphrase", "new_passphrase"}  # read by the terminal itself, never a setting
    names = {k: k.removeprefix("BANTIN_").lower() for k in environ if k.startswith("BANTIN_")}
    return {name: environ[key] for key, name in names.items() if name not in skip}


def _read(name: str, value: Any, field_: Any) -> Any:
    kind = field_.type if isinstance(field_.type, type) else Path
    check = field_.metadata["check"]
    if value == "" and field_.default is None:
        return None
    try:
        read = _convert(value, kind)
    except (TypeError, ValueError):
        read, check = None, lambda _: False
    if check and not check(read):
        raise ConfigError(
            "%(name)s = %(value)s is not usable: expected %(expected)s.",
            name=name,
            value=repr(value),
            expected=_wanted(field_, kind),
        )
    return read


def _convert(value: Any, kind: type) -> Any:
    if kind is bool:
        return _yes_or_no(value)
    if kind is time:
        return value if isinstance(value, time) else time.fromisoformat(str(value))
    if (kind is int and isinstance(value, (bool, float))) or (kind in (str, Path) and not isinstance(value, str)):
        raise ValueError(value)
    if kind is Path and not value:
        raise ValueError(value)
    return Path(value).expanduser() if kind is Path else kind(value)


def _yes_or_no(value: Any) -> bool:
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if isinstance(value, bool):
        return value
    if str(value).lower() not in words:
        raise ValueError(value)
    return words[str(value).lower()]


def _wanted(field_: Any, kind: type) -> str:
    names = {bool: "true or false", time: "a time such as 16:00", int: "a whole number", Path: "a path", str: "text"}
    return str(field_.metadata["expected"] or names[kind])


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, time):
        return f'"{value.isoformat("minutes")}"'
    return f'"{value or ""}"'
