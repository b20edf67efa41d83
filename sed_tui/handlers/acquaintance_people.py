"""Who is on the list of an acquaintance: people, units with those below, everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select
from sqlmodel import col

from sed_tui.domain.acquaintance import Reader, check_readers
from sed_tui.domain.substitution import Scope, scopes_of
from sed_tui.handlers.employee import find_colleague
from sed_tui.handlers.unit import find_unit
from sed_tui.storage.tables.acquaintance import AcquaintedPersonTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.substitution import SubstitutionTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.operations.acquaintance import StartAcquaintance

_E = EmployeeTable


def chosen_readers(
    work: Work, request: StartAcquaintance, previous: UUID | None, *, is_official_use: bool
) -> list[UUID]:
    """Return the people of the list, each once. Raises what `check_readers` does."""
    found = {find_colleague(work, name, "people").id: None for name in request.people}
    if previous is not None:
        found |= dict.fromkeys(_those_before(work, previous))
    found |= dict.fromkeys(_of_units(work, request.units))
    if request.everybody:
        found |= dict.fromkeys(_active(work))
    left_out = {find_colleague(work, name, "except_for").id for name in request.except_for}
    people = [person for person in found if person not in left_out]
    check_readers(_readers(work, people), is_official_use=is_official_use)
    return people


def _those_before(work: Work, previous: UUID) -> list[UUID]:
    table = AcquaintedPersonTable
    query = select(col(table.employee_id)).where(col(table.acquaintance_id) == previous)
    return list(work.db.scalars(query.order_by(col(table.employee_id))))


def _of_units(work: Work, units: tuple[str, ...]) -> list[UUID]:
    if not units:
        return []
    roots = [find_unit(work, name, "units") for name in units]
    here: Any = select(col(UnitTable.id).label("id")).where(col(UnitTable.id).in_(roots))
    branch = here.cte("branch", recursive=True)
    below = select(col(UnitTable.id)).join(branch, col(UnitTable.parent_id) == branch.c.id)
    branch = branch.union(below)
    return _active(work, col(_E.unit_id).in_(select(branch.c.id)))


def _active(work: Work, *conditions: Any) -> list[UUID]:
    query = select(col(_E.id)).where(
        col(_E.organization_id) == work.organization_id, col(_E.state) == "active", *conditions
    )
    return list(work.db.scalars(query.order_by(col(_E.folded_name), col(_E.id))))


def _readers(work: Work, people: list[UUID]) -> list[Reader]:
    rows = work.db.execute(
        select(*map(col, (_E.id, _E.full_name, _E.state, _E.clearance)))
        .where(col(_E.id).in_(people))
        .order_by(col(_E.folded_name), col(_E.id))
    ).all()
    replaced = _replaced(work, [row.id for row in rows if row.state != "active"])
    return [
        Reader(row.id, row.full_name, row.state == "active" or row.id in replaced, row.clearance)
        for row in rows
    ]


def _replaced(work: Work, people: list[UUID]) -> set[UUID]:
    """Return those of the people for whom somebody active reads today."""
    table = SubstitutionTable
    if not people:
        return set()
    active = exists().where(col(_E.id) == col(table.substitute_id), col(_E.state) == "active")
    rows = work.db.execute(
        select(col(table.absent_id), col(table.scope)).where(
            col(table.organization_id) == work.organization_id,
            col(table.absent_id).in_(people),
            col(table.starts_on) <= work.today,
            col(table.ends_on) >= work.today,
            col(table.cancelled_at).is_(None),
            active,
        )
    )
    return {row.absent_id for row in rows if Scope.ACQUAINTANCE in scopes_of(row.scope)}
