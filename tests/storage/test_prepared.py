"""Statements made ready: the same rows, the same refusals and the same listeners as Core's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import bindparam, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col

from sed_tui.storage.database import open_database
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from sed_tui.config import Settings

ORGANIZATION: Any = OrganizationTable.__table__  # type: ignore[attr-defined]
OF_CODE = ORGANIZATION.c.code == bindparam("code")
BY_CODE = select(ORGANIZATION).where(OF_CODE)
NAMES = [column.key for column in ORGANIZATION.c]
MADE = {
    **dict.fromkeys(NAMES),
    "id": uuid4(),
    "code": "П-1",
    "name": "Управление «Ё»",
    "short_name": "Управление",
    "state": "active",
    "created_at": datetime(2026, 11, 30, 9, 5, tzinfo=UTC),
    "version": 1,
}


@pytest.fixture
def database(settings: Settings) -> Iterator[Engine]:
    made = open_database(settings.database)
    yield made
    made.dispose()


@pytest.fixture
def db(database: Engine) -> Iterator[Connection]:
    """Return a connection whose work is taken back."""
    with database.connect() as connection:
        yield connection


def test_values_go_in_and_come_out_as_with_core(db: Connection) -> None:
    Prepared(insert(OrganizationTable), NAMES).run(db, MADE)
    of_core = db.execute(BY_CODE, {"code": "П-1"}).one()
    [row] = Prepared(BY_CODE).all(db, {"code": "П-1"})
    assert row._asdict() == of_core._asdict()
    assert (row.id, row.created_at) == (MADE["id"], MADE["created_at"])
    assert Prepared(BY_CODE).one_or_none(db, {"code": "П-2"}) is None
    changed = Prepared(update(OrganizationTable).where(OF_CODE), ["name"])
    changed.run_each(db, [{"code": "П-1", "name": name} for name in ("один", "два")])
    assert db.execute(BY_CODE, {"code": "П-1"}).one().name == "два"


def test_a_statement_with_a_list_within_is_run_by_core(db: Connection) -> None:
    codes = col(OrganizationTable.code).in_(bindparam("codes", expanding=True))
    query = select(col(OrganizationTable.code)).where(codes)
    [known] = db.execute(select(col(OrganizationTable.code)).limit(1)).scalars()
    asked = Prepared(query)
    assert [row.code for row in asked.all(db, {"codes": [known, "?"]})] == [known]
    assert asked.all(db, {"codes": []}) == []


def test_a_value_left_out_and_columns_of_python_are_refused(db: Connection) -> None:
    with pytest.raises(KeyError, match="code"):
        Prepared(BY_CODE).all(db, {})
    with pytest.raises(ValueError, match="not to be made ready"):
        Prepared(insert(OrganizationTable), ["id"]).run(db, {"id": uuid4()})
    with pytest.raises(ValueError, match="one row"):
        Prepared(text("SELECT 1 UNION SELECT 2").columns(ORGANIZATION.c.code)).one_or_none(db, {})


def test_a_refusal_is_raised_as_by_core_and_shows_no_values(db: Connection) -> None:
    added = Prepared(insert(OrganizationTable), NAMES)
    added.run(db, MADE)
    with pytest.raises(IntegrityError) as refused:
        added.run(db, MADE)
    assert refused.value.params is None
    assert not refused.value.connection_invalidated


def test_listeners_hear_and_a_transaction_is_begun(database: Engine) -> None:
    heard: list[tuple[str, Any]] = []
    begun: list[Connection] = []
    event.listen(
        database,
        "before_cursor_execute",
        lambda _d, _c, sql, values, *_: heard.append((sql, values)),
    )
    event.listen(database, "begin", begun.append)
    with database.connect() as db:
        Prepared(BY_CODE).all(db, {"code": "П-1"})
        assert len(begun) == 1
        assert db.in_transaction()
    [(_sql, values)] = [one for one in heard if "FROM organization" in one[0]]
    assert values in ({"code": "П-1"}, ("П-1",))


@pytest.mark.parametrize("engine", ["postgresql"])
def test_of_a_connection_that_is_gone_the_whole_pool_learns(database: Engine) -> None:
    with database.connect() as other:
        stale = other.connection.driver_connection
    with database.connect() as lost, database.connect() as killer:
        killer.execute(
            text("SELECT pg_terminate_backend(:pid)"),
            {"pid": lost.execute(text("SELECT pg_backend_pid()")).scalar_one()},
        )
        with pytest.raises(DBAPIError) as gone:
            Prepared(BY_CODE).all(lost, {"code": "П-1"})
        assert gone.value.connection_invalidated
    with database.connect() as fresh:
        assert Prepared(BY_CODE).all(fresh, {"code": "?"}) == []
        assert fresh.connection.driver_connection is not stale
