"""The people of a department, found once at the beginning of an operation of its head."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
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
    # for those alone whose role reaches a department
    from sed_tui.storage.tables.organization import EmployeeTable as Employee
    from sed_tui.storage.tables.unit import UnitTable as Unit

    units: Any = (
        select(col(Employee.unit_id).label("id"))
        .where(col(Employee.id) == person, col(Employee.unit_id).is_not(None))
        .cte(recursive=True)
    )
    units = units.union(select(col(Unit.id)).join(units, col(Unit.parent_id) == units.c.id))
    home = select(col(Employee.organization_id)).where(col(Employee.id) == person)
    return frozenset(
        db.scalars(
            select(col(Employee.id)).where(
                col(Employee.organization_id) == home.scalar_subquery(),
                col(Employee.unit_id).in_(select(units.c.id)),
            )
        )
    )


def _is_broad(db: Connection, people: frozenset[UUID]) -> bool:
    from sed_tui.storage.tables.participant import ParticipantTable as Participant

    parts = select(col(Participant.document_id)).where(
        col(Participant.employee_id).in_(sorted(people))
    )
    counted = select(func.count()).select_from(parts.limit(BROAD).subquery())
    return db.scalar(counted) == BROAD
