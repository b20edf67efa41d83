"""A row of an organization in every table that has none, so that each kind can be asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import String, TypeDecorator, insert, select, text

from sed_tui.storage.database import open_database
from sed_tui.storage.tables import everything

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

    from sed_tui.config import Settings

SECRET = "тайна чужой организации"


def fill(settings: Settings, code: str) -> list[str]:
    """Put a row into each empty table of an organization on PostgreSQL; return the tables.

    A row refers to nothing that exists: the wall between organizations is asked, not the sense.
    """
    engine = open_database(settings.database)
    filled = []
    with engine.begin() as db:
        db.execute(text("SET LOCAL session_replication_role = replica"))
        own = db.scalar(text("SELECT id FROM organization WHERE code = :code"), {"code": code})
        for table in everything().sorted_tables:
            if "organization_id" not in table.c or "id" not in table.c:
                continue
            mine = select(table.c.id).where(table.c.organization_id == own).limit(1)
            if db.scalar(mine) is None:
                db.execute(insert(table).values(_row(table, own)))
                filled.append(table.name)
    engine.dispose()
    return filled


def _row(table: Table, organization: Any) -> dict[str, Any]:
    row = {column.name: _value(column) for column in table.columns if column.identity is None}
    return {**row, "organization_id": organization}


def _value(column: Column[Any]) -> Any:
    kind = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(kind, String):
        return SECRET[: kind.length]
    made: dict[type, object] = {
        UUID: uuid4(),
        bytes: SECRET.encode(),
        int: 1,
        bool: False,
        date: date(2026, 11, 23),
        datetime: datetime(2026, 11, 23, tzinfo=UTC),
    }
    return made[kind.python_type]
