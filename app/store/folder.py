"""The data folder of an office: database, kept files, finished issues, and the lock that one program holds."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from app.machine import lock_file, protect
from app.models.errors import Refused
from app.store.assets import Assets
from app.store.backup import finish_restore
from app.store.database import Database
from app.store.upgrade import upgrade
from config import Config

SHELF = "xuat-ban"


@dataclass(frozen=True)
class Folder:
    """An opened data folder, its schema up to date."""

    config: Config
    database: Database
    assets: Assets

    @classmethod
    def open(cls, config: Config, *, now: datetime) -> "Folder":
        """Opens and upgrades. Raises Refused when the folder cannot be used."""
        finish_restore(config.data_dir)
        try:
            config.data_dir.mkdir(parents=True, exist_ok=True)
            protect(config.data_dir)
        except OSError as error:
            raise Refused(
                "The data folder %(path)s cannot be used: %(why)s.", path=config.data_dir, why=error.strerror
            ) from error
        database = Database.open(config)
        upgrade(database, now=now, backups=config.data_dir / "sao-luu")
        return cls(config=config, database=database, assets=Assets(config.data_dir / "assets"))

    @property
    def shelf(self) -> Path:
        """Where finished issues lie in plain sight."""
        return self.config.data_dir / SHELF

    @property
    def backups(self) -> Path:
        """Where backups lie unless a stick is named."""
        return self.config.data_dir / "sao-luu"

    def lock(self) -> IO[str]:
        """Holds the folder for this program. Raises Refused while another one serves it."""
        held = lock_file(self.config.data_dir / "bantin.lock")
        if held is None:
            raise Refused(
                "bantin is already running on this data folder: open http://%(host)s:%(port)d in the browser.",
                host=self.config.host,
                port=self.config.port,
            )
        return held
