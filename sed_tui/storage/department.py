"""The people of a department, found once at the beginning of an operation of its head."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from sed_tui.domain.access import Sight

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Connection

    from sed_tui.domain.actor import Actor

BROAD = 5_000
"""So many parts in documents, and it is quicker to go through the list than to gather them."""


def with_department(db: Connection, actor: Actor) -> Actor:
    """Return the actor with the people whose documents a role for a department shows him.

    They are those who work in his department or in a unit below it (rules §1.3).
    """
    if not any(sight is Sight.DEPARTMENT for _place, _role, sight in actor.chosen):
        return actor
    colleagues = _colleagues(db, actor.employee_id)
    return replace(actor, colleagues=colleagues, is_broad=_is_broad(db, colleagues))


def _colleagues(db: Connection, person: UUID) -> frozenset[UUID]:
    return frozenset(db.scalars(_working_under(), {"person": person}))


def _is_broad(db: Connection, people: frozenset[UUID]) -> bool:
    return bool(db.scalar(_parts_counted(), {"people": sorted(people)}) == BROAD)


@cache
def _working_under() -> Any:
    """Return the query of the people of a department, built once: each of its calls asks it."""
    # for those alone whose role reaches a department
    from sed_tui.storage.tables.organization import EmployeeTable as Employee
    from sed_tui.storage.tables.unit import UnitTable as Unit

    is_he = col(Employee.id) == bindparam("person")
    units: Any = (
        select(col(Employee.unit_id).label("id"))
        .where(is_he, col(Employee.unit_id).is_not(None))
        .cte(recursive=True)
    )
    units = units.union(select(col(Unit.id)).join(units, col(Unit.parent_id) == units.c.id))
    home = select(col(Employee.organization_id)).where(is_he)
    return select(col(Employee.id)).where(
        col(Employee.organization_id) == home.scalar_subquery(),
        col(Employee.unit_id).in_(select(units.c.id)),
    )


@cache
def _parts_counted() -> Any:
    """Return the query that counts the parts of people in documents, as far as `BROAD`."""
    from sed_tui.storage.tables.participant import ParticipantTable as Participant

    parts = select(col(Participant.document_id)).where(
        col(Participant.employee_id).in_(bindparam("people", expanding=True))
    )
    return select(func.count()).select_from(parts.limit(BROAD).subquery())
