"""Names of people as reports show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Connection, Row, Select

_AT_ONCE = 500  # ids in one query


@dataclass(frozen=True, slots=True)
class Person:
    """A person as reports name him."""

    login: str
    name: str
    department: str | None


def named_people(*more: Any) -> Select[*tuple[Any, ...]]:
    """Return the query of people with the names of their departments."""
    employee = EmployeeTable
    return select(
        *map(col, (employee.id, employee.login, employee.full_name, employee.unit_id)),
        col(UnitTable.name).label("unit"),
        *more,
    ).outerjoin_from(employee, UnitTable, col(UnitTable.id) == col(employee.unit_id))


def find_people(db: Connection, people: Collection[UUID]) -> list[Row[*tuple[Any, ...]]]:
    """Return the rows of people by their ids."""
    among = col(EmployeeTable.id).in_
    parts = in_parts(sorted(people))
    return [row for part in parts for row in db.execute(named_people().where(among(part)))]


def as_recorded(
    db: Connection,
    organization_id: UUID,
    rows: Sequence[Row[*tuple[Any, ...]]],
    cutoff: datetime | None,
) -> dict[UUID, Person]:
    """Return people as they are; with a cutoff, named and placed as recorded then."""
    if cutoff is None:
        return {row.id: Person(row.login, row.full_name, row.unit) for row in rows}
    from sed_tui.storage.past_names import people_before  # the audit trail, for past days alone

    return people_before(db, organization_id, rows, cutoff)


def in_parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Return ids in pieces that one query takes."""
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
