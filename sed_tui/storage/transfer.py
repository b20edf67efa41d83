"""Which rows are an organization's own, and how a row is written as JSON and read back.

Nothing is listed by hand: a table with `organization_id` travels, and a test refuses a new
one without it. `document.key` stays behind, since another database has its own order; the
index of words is made anew from what arrives.
"""

from __future__ import annotations

import base64
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Date, LargeBinary, Uuid

from sed_tui.storage.tables import everything
from sed_tui.storage.types import UtcInstant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Column, Table

FORMAT = 1
ORGANIZATION = "organization"
ELSEWHERE = "elsewhere"
"""The state of an organization that is known here by its name alone."""

# what lets people into one installation stays there: hashes of passwords and tokens too
STAYING = frozenset(
    {
        *("password", "access_token", "sign_in_failure", "joining_operator"),
        "organization_storage",  # its limit is of the installation, its sum is made anew
    }
)
# tables of the whole database; an import brings what the other database lacks
COMMON = ("calendar_year",)
# what may point at rows of another organization, which do not travel
OUTWARD = frozenset(
    {("assignment_part", "target_document_id"), ("assignment_part", "target_assignment_id")}
)
# of people who work elsewhere only what the organization's own papers show of them
NEIGHBOUR = ("id", "organization_id", "login", "full_name", "folded_name", "position")
_LEFT_OUT = frozenset({("document", "key")})


@cache
def own_tables() -> tuple[Table, ...]:
    """Return the tables of an organization, those that are referred to first."""
    tables = everything().sorted_tables
    return tuple(t for t in tables if "organization_id" in t.c and t.name not in STAYING)


def table_named(name: str) -> Table:
    """Return a table by its name."""
    return everything().tables[name]


def owner_of(table: Table) -> Column[Any]:
    """Return the column that says whose a row is; an organization is its own."""
    return table.c.id if table.name == ORGANIZATION else table.c.organization_id


def columns_of(table: Table) -> list[Column[Any]]:
    """Return the columns that travel."""
    return [one for one in table.columns if (table.name, one.name) not in _LEFT_OUT]


def references_within(table: Table) -> list[Column[Any]]:
    """Return the columns by which rows of a table refer to others of the same table."""
    return [key.parent for key in table.foreign_keys if key.column.table is table]


def references_to(target: str) -> list[Column[Any]]:
    """Return the columns of an organization's rows that refer to a table, but for its own id."""
    return [
        key.parent
        for table in own_tables()
        for key in table.foreign_keys
        if key.column.table.name == target and key.parent.name != "organization_id"
    ]


def written(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as JSON holds it."""
    return {name: _written(value) for name, value in row.items()}


def read_back(table: Table, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row from its JSON. Raises `KeyError`, `TypeError` and `ValueError`."""
    if set(record) - set(table.columns.keys()):
        raise KeyError(table.name)
    return {name: _reader(table.columns[name])(value) for name, value in record.items()}


def _written(value: Any) -> Any:
    match value:
        case UUID():
            return str(value)
        case date():  # an instant is one too
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
    return value


@cache
def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    known: list[tuple[Any, Callable[[Any], Any]]] = [
        (Uuid, UUID),
        (UtcInstant, datetime.fromisoformat),
        (Date, date.fromisoformat),
        (LargeBinary, base64.b64decode),
    ]
    read = next((read for kind, read in known if isinstance(column.type, kind)), None)
    if read is None:
        return lambda value: value
    return lambda value: None if value is None else read(value)
