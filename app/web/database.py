"""Flask-SQLAlchemy lends one session to a request, through our own engine and our two doors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.models.tables import metadata
from app.store.database import Database


class WebDatabase(SQLAlchemy):
    """Never makes an engine of its own: left alone it would open the standard library's SQLite."""

    def __init__(self, database: Database) -> None:
        super().__init__(metadata=metadata, session_options={"expire_on_commit": False})
        self._database = database

    def init_app(self, app: Flask) -> None:
        app.config["SQLALCHEMY_DATABASE_URI"] = self._database.url
        super().init_app(app)

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:  # noqa: ARG002
        return self._database.engine

    @contextmanager
    def lend(self, door: str) -> Iterator[Session]:
        """The request's session behind one of the doors; commits at the end, rolls back on any error."""
        session = self.session()
        try:
            session.connection(execution_options={"door": door})
            yield session
            session.commit()
        finally:
            self.session.remove()
