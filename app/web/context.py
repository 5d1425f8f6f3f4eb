"""What every view may need and must not make itself: settings, the doors, the clock, chance, the files."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app
from sqlalchemy.orm import Session

from app.store.assets import Assets
from app.store.database import Database
from app.store.folder import Folder
from config import Config

KEY = "bantin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Handed in by create_app; tests hand in a fixed clock and known chance."""

    config: Config
    database: Database
    lend: Callable[[str], AbstractContextManager[Session]]
    now: Callable[[], datetime]
    random: Callable[[int], bytes]
    assets: Assets
    setup_code: str

    @property
    def folder(self) -> Folder:
        """The opened data folder, as the outbox wants it."""
        return Folder(config=self.config, database=self.database, assets=self.assets)


def context() -> Context:
    """The context of the running application."""
    return cast(Context, current_app.extensions[KEY])
