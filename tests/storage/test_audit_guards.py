"""The trail is append-only in the database itself, whoever is connected."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sed_tui.storage.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway

_BOTH = [
    "UPDATE audit_event SET actor = 'nobody'",
    "UPDATE audit_event SET hash = hash",
    "DELETE FROM audit_event",
    "DELETE FROM audit_event WHERE seq = 1",
    "UPDATE audit_head SET seq = seq - 1",
    "UPDATE audit_head SET hash = ''",
    "DELETE FROM audit_head",
    "UPDATE audit_personal SET value = 'nobody'",
    "INSERT INTO audit_event SELECT * FROM audit_event WHERE seq = 1",
    "INSERT INTO audit_event SELECT * FROM audit_event WHERE seq = 1 "
    "ON CONFLICT (organization_id, seq) DO UPDATE SET actor = 'nobody'",
]
_SQLITE = [
    "INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1",
    "REPLACE INTO audit_event SELECT * FROM audit_event WHERE seq = 1",
    "UPDATE OR REPLACE audit_event SET seq = 2 WHERE seq = 1",
    "INSERT OR REPLACE INTO audit_head SELECT organization_id, 1, '' FROM audit_head",
    "INSERT OR REPLACE INTO audit_personal "
    "SELECT organization_id, seq, path, salt, 'nobody' FROM audit_personal",
]
_POSTGRESQL = [
    "TRUNCATE audit_event",
    "TRUNCATE audit_head",
    "TRUNCATE audit_personal",
    "TRUNCATE audit_event, audit_personal CASCADE",
]


@pytest.fixture
def opened(gateway: LocalGateway, settings: Settings) -> Iterator[Engine]:
    engine = open_database(settings.database)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("statement", _BOTH)
def test_entries_are_neither_changed_nor_removed(opened: Engine, statement: str) -> None:
    require_refused(opened, statement)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("statement", _SQLITE)
def test_entries_are_not_replaced_on_sqlite(opened: Engine, statement: str) -> None:
    require_refused(opened, statement)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("recursive", [0, 1])
@pytest.mark.parametrize("statement", [*_BOTH, *_SQLITE])
def test_a_program_without_our_settings_is_refused_as_well(
    settings: Settings, statement: str, recursive: int
) -> None:
    db = sqlite3.connect(settings.database.removeprefix("sqlite:///"))
    db.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = db.execute("SELECT * FROM audit_event ORDER BY seq").fetchall()

    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)

    assert db.execute("SELECT * FROM audit_event ORDER BY seq").fetchall() == before
    db.close()


@pytest.mark.parametrize("engine", ["postgresql"])
@pytest.mark.parametrize("statement", _POSTGRESQL)
def test_the_trail_is_not_truncated_on_postgresql(opened: Engine, statement: str) -> None:
    require_refused(opened, statement)


def test_personal_values_may_be_erased(opened: Engine) -> None:
    with opened.begin() as db:
        db.execute(text("DELETE FROM audit_personal"))

    with opened.connect() as db:
        assert db.scalar(text("SELECT count(*) FROM audit_personal")) == 0


def require_refused(engine: Engine, statement: str) -> None:
    tables = ("audit_event", "audit_head", "audit_personal")
    with engine.connect() as db:
        before = [db.execute(text(f"SELECT * FROM {table}")).all() for table in tables]

    with pytest.raises(DBAPIError), engine.execution_options(writes=True).begin() as db:
        db.execute(text(statement))

    with engine.connect() as db:
        assert [db.execute(text(f"SELECT * FROM {table}")).all() for table in tables] == before
