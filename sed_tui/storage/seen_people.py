"""Whose documents, assignments and papers an actor sees as his own: he, or his department too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlmodel import col

from sed_tui.domain.access import Sight

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from sed_tui.domain.actor import Actor


def is_mine(person: Any, actor: Actor) -> ColumnElement[bool]:
    """Return the predicate that a column names somebody whose things the actor sees.

    These are he himself and those he stands in for, and for the head of a department
    everybody who works in it or in a unit below it (rules §1.3).
    """
    mine: ColumnElement[bool] = person.in_(actor.acts_for)
    return or_(mine, person.in_(_department(actor))) if actor.sight is Sight.DEPARTMENT else mine


def _department(actor: Actor) -> Select[UUID]:
    # for those alone whose role reaches a department
    from sed_tui.storage.tables.organization import EmployeeTable as Employee
    from sed_tui.storage.tables.unit import UnitTable as Unit

    here = actor.organization_id
    units: Any = (
        select(col(Employee.unit_id).label("id"))
        .where(col(Employee.id) == actor.employee_id, col(Employee.organization_id) == here)
        .cte(recursive=True)
    )
    units = units.union(select(col(Unit.id)).join(units, col(Unit.parent_id) == units.c.id))
    return select(col(Employee.id)).where(
        col(Employee.organization_id) == here, col(Employee.unit_id).in_(select(units.c.id))
    )
