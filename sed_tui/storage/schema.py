"""Making and upgrading the schema with Alembic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from sed_tui.storage.database import sqlite_path

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision in one transaction, making the SQLite file if need be."""
    path = sqlite_path(engine)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with engine.connect() as db:
            # the journal mode is a property of the file; it cannot change in a transaction
            db.connection.cursor().execute("PRAGMA journal_mode = WAL")
    with engine.execution_options(writes=True).begin() as db:
        command.upgrade(alembic_config(db), revision)


def alembic_config(db: Connection) -> Config:
    """Return Alembic's configuration over an open connection: there is no ini file."""
    config = Config()
    config.set_main_option("script_location", "sed_tui:storage/migrations")
    config.attributes["connection"] = db
    return config
