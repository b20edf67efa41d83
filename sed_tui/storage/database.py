"""Engines: the settings that make SQLite and PostgreSQL behave alike."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from sed_tui.errors.causes import database_cause
from sed_tui.errors.installation import (
    DatabaseUnavailable,
    NoDatabase,
    NotADatabase,
    SchemaNewer,
    SchemaOutdated,
    UnsupportedDatabase,
)
from sed_tui.storage.last_statements import ask_no_more, commit_behind_them
from sed_tui.storage.prepared import send

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

REVISIONS = (
    *("0001", "0002", "0003", "0004", "0007", "0009", "0005", "0012", "0006", "0016"),
    *("0014", "0013", "0015", "0017", "0023", "0018"),
)
PATIENCE_SECONDS = 30
# kept open for the threads of a server, which used to make one anew where more than five
# were at work; the one used last comes first, so that a single caller opens a single one
_KEPT = 24
_LOGIN = re.compile(r"//[^/]*@")


def open_database(url: str) -> Engine:
    """Return an engine; nothing is read or made yet.

    Raises `UnsupportedDatabase` for a URL of another system.
    """
    try:
        # hidden parameters keep official texts out of logs and tracebacks
        engine = create_engine(
            url,
            hide_parameters=True,
            connect_args=_patience(url),
            pool_size=_KEPT,
            pool_use_lifo=True,
        )
    except (ArgumentError, ImportError, NoSuchModuleError, ValueError) as error:
        raise UnsupportedDatabase(database=_LOGIN.sub("//", url)) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    elif engine.dialect.name == "postgresql":
        event.listen(engine, "begin", _begin_postgresql)
        event.listen(engine, "commit", commit_behind_them)
        event.listen(engine, "rollback", ask_no_more)
    else:
        raise UnsupportedDatabase(database=shown(url))
    return engine


def sqlite_path(engine: Engine) -> Path | None:
    """Return the file of an SQLite database, None for a server."""
    return Path(engine.url.database or "") if engine.dialect.name == "sqlite" else None


def shown(url: str) -> str:
    """Return a URL that may be shown: a path as it is, a server without its password."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return parsed.database or url
    return (
        parsed.difference_update_query(["options"])
        .set(drivername="postgresql")
        .render_as_string(hide_password=True)
    )


def found_revision(engine: Engine) -> str | None:
    """Return the revision of the schema, None where there is no database of ours.

    Raises `DatabaseUnavailable`, `NotADatabase`.
    """
    path = sqlite_path(engine)
    if path is not None and not (path.is_file() and path.stat().st_size):
        return None
    try:
        with engine.connect() as db:
            found = _revision(db)
    except OperationalError as error:
        raise DatabaseUnavailable(
            database=shown(str(engine.url)), reason=database_cause(str(error.orig))
        ) from error
    except DBAPIError as error:
        raise NotADatabase(
            database=shown(str(engine.url)), reason=database_cause(str(error.orig))
        ) from error
    return found


def require_schema(engine: Engine) -> None:
    """Refuse a database that is not there, or whose schema this program does not work with.

    Raises `NoDatabase`, `SchemaNewer`, `SchemaOutdated`.
    """
    found = found_revision(engine)
    where = shown(str(engine.url))
    if found is None:
        raise NoDatabase(database=where)
    if found not in REVISIONS:
        raise SchemaNewer(database=where, found=found)
    if found != REVISIONS[-1]:
        raise SchemaOutdated(database=where, found=found, needed=REVISIONS[-1])


def _revision(db: Connection) -> str | None:
    if db.dialect.name == "sqlite":
        query = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
    else:
        query = "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL"
    if db.scalar(text(query)) is None:
        return None
    found: str | None = db.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def _patience(url: str) -> dict[str, str]:
    """Return how long a server lets us wait for a lock, unless the URL says it."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql" or "options" in parsed.query:
        return {}
    return {"options": f"-c lock_timeout={PATIENCE_SECONDS}s"}


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own
    connection.execute("PRAGMA foreign_keys = ON")
    # INSERT OR REPLACE slips past DELETE triggers without it
    connection.execute("PRAGMA recursive_triggers = ON")
    # five tries of the gateway make the half minute after which a lock is reported
    connection.execute("PRAGMA busy_timeout = 6000")
    connection.execute("PRAGMA synchronous = FULL")


def _begin_sqlite(connection: Connection) -> None:
    # a writer takes the lock at once: one that read first could only fail, never wait
    writes = connection.get_execution_options().get("writes", False)
    send(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    """Begin with a message of ours: the driver's own, alone, is one more way to the server.

    Whoever has chosen an isolation level leaves the beginning to the driver.
    """
    options = connection.get_execution_options()
    if "isolation_level" in options:
        return
    driver: Any = connection.connection.driver_connection
    if not driver.autocommit:  # a new connection, or one whose isolation level was chosen before
        driver.autocommit = True
    send(connection, options.get("beginning", "BEGIN"))
