"""What a database refuses: a failure with a status instead of a traceback."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from sed_tui.errors.installation import (
    Collision,
    DatabaseUnavailable,
    NotADatabase,
    ReadOnlyStorage,
    ValueRefused,
)
from sed_tui.gateway.local import LocalGateway
from sed_tui.gateway.refusals import may_run_again, refusal
from sed_tui.operations.correspondent import ADD, AddCorrespondent
from sed_tui.operations.correspondent_list import LIST, ListCorrespondents
from sed_tui.operations.registry import CallOptions

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings


def refused(url: str, *statements: str) -> DBAPIError:
    """Run statements until the database refuses one, and return what it says."""
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as db:
            for statement in statements:
                db.execute(text(statement))
    except DBAPIError as error:
        return error
    finally:
        engine.dispose()
    raise AssertionError("nothing was refused")


def test_a_taken_value_is_a_conflict(settings: Settings) -> None:
    error = refused(
        settings.database,
        "CREATE TABLE numbers (id INTEGER PRIMARY KEY)",
        "INSERT INTO numbers VALUES (1)",
        "INSERT INTO numbers VALUES (1)",
    )
    failure = refusal(error, "here")

    assert isinstance(failure, Collision)
    assert failure.exit_code == 5
    assert not may_run_again(error, is_safe=True)


def test_an_append_only_table_is_our_own_bug(settings: Settings) -> None:
    error = refused(settings.database, "DELETE FROM audit_event")

    assert refusal(error, "here") is error


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    error = refused(
        f"sqlite:///{tmp_path}/small.db",
        "PRAGMA max_page_count = 2",
        "CREATE TABLE a (x)",
        "CREATE TABLE b (x)",
    )
    failure = refusal(error, "small.db")

    assert isinstance(failure, ReadOnlyStorage)
    assert failure.exit_code == 7


def test_a_database_that_may_only_be_read_is_told(office_url: str) -> None:
    error = refused(office_url, "CREATE TABLE never (x INTEGER)")

    assert isinstance(refusal(error, "here"), ReadOnlyStorage)


@pytest.fixture
def office_url(settings: Settings) -> str:
    """Return the address of an office that may only be read."""
    if settings.database.startswith("sqlite"):
        path = settings.database.removeprefix("sqlite:///")
        return f"sqlite:///file:{path}?mode=ro&uri=true"
    return f"{settings.database}&options=-c%20default_transaction_read_only%3Don"


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"words " * 100)
    error = refused(f"sqlite:///{tmp_path}/notes.txt", "SELECT * FROM sqlite_master")

    assert isinstance(refusal(error, "notes.txt"), NotADatabase)


def test_a_number_without_room_is_invalid(settings: Settings) -> None:
    if settings.database.startswith("sqlite"):
        pytest.skip("SQLite takes any number into any column")
    error = refused(settings.database, "SELECT CAST('99999999999' AS INTEGER)")

    assert isinstance(refusal(error, "here"), ValueRefused)


def test_a_server_that_is_away_does_not_answer() -> None:
    error = refused("postgresql+psycopg://u@127.0.0.1:1/x", "SELECT 1")
    failure = refusal(error, "there")

    assert isinstance(failure, DatabaseUnavailable)
    assert failure.exit_code == 7


def test_twins_with_one_key_make_one_change(settings: Settings) -> None:
    def add(_twin: int) -> str:
        gateway = LocalGateway(settings)
        try:
            options = CallOptions(idempotency_key="twin")
            return str(gateway.call(ADD, AddCorrespondent(name="Минздрав"), options).id)
        finally:
            gateway.close()

    with ThreadPoolExecutor(4) as twins:
        made = set(twins.map(add, range(4)))
    gateway = LocalGateway(settings)
    rows = gateway.call(LIST, ListCorrespondents()).rows
    gateway.close()

    assert len(made) == 1
    assert [str(row.id) for row in rows] == list(made)
