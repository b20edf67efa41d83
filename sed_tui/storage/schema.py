"""Making and upgrading the schema with Alembic."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy.exc import IntegrityError

from sed_tui.storage.database import sqlite_path
from sed_tui.storage.wall import build_wall, require_roles

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine


# where further revisions lie: what an installation adds, and the tests of the upgrade
VERSIONS = ["sed_tui:storage/migrations/versions"]


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to a revision in one transaction, making the SQLite file if need be.

    A migration that fails changes nothing. Raises `RolesNeeded`.
    """
    path = sqlite_path(engine)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # whoever holds the file holds the data: nobody but its owner reads it
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with engine.execution_options(writes=True).connect() as db:
        if path is not None:
            _prepare_sqlite(db)
        with db.begin():
            require_roles(db)
            command.upgrade(alembic_config(db), revision)
            if path is not None:
                _require_whole_references(db)
            build_wall(db)
        # the connection goes back to others, who rely on the references
        db.invalidate()


def alembic_config(db: Connection) -> Config:
    """Return Alembic's configuration over an open connection: there is no ini file."""
    config = Config()
    config.set_main_option("script_location", "sed_tui:storage/migrations")
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(VERSIONS))
    config.attributes["connection"] = db
    return config


def _prepare_sqlite(db: Connection) -> None:
    cursor = db.connection.cursor()
    # the journal mode is a property of the file; neither can change in a transaction
    cursor.execute("PRAGMA journal_mode = WAL")
    # a table that is made anew is dropped first, and with it what refers to it
    cursor.execute("PRAGMA foreign_keys = OFF")


def _require_whole_references(db: Connection) -> None:
    broken = db.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise IntegrityError(str(broken), None, ValueError(f"{broken[0]} refers to nothing"))
