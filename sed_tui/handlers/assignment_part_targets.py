"""Which organizations get a part of an order, and who gets it there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.errors.assignment_parts import NobodyNamed, NoHead, NotSubordinate
from sed_tui.handlers.employee import EmployeeReference
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_part import SendParts

_O = OrganizationTable
_E = EmployeeTable


@dataclass(frozen=True, slots=True)
class Target:
    """An organization below the one that orders."""

    id: UUID
    code: str
    name: str


def chosen_targets(work: Work, request: SendParts) -> list[Target]:
    """Return the organizations named, by code. Raises `NotSubordinate`, `NobodyNamed`."""
    below = _branch(work, work.organization_id)
    by_code = {target.code: target for target in below if target.id != work.organization_id}
    chosen = {code: _named(work, by_code, code) for code in request.organizations}
    if request.branch is not None:
        top = _named(work, by_code, request.branch)
        chosen |= {target.code: target for target in _branch(work, top.id)}
    left_out = {_named(work, by_code, code).code for code in request.except_for}
    found = sorted((t for code, t in chosen.items() if code not in left_out), key=lambda t: t.code)
    if not found:
        raise NobodyNamed(field="organizations")
    return found


def head_of(work: Work, target: Target) -> EmployeeReference:
    """Return the head of an organization, the one outside of departments first.

    Raises `NoHead`.
    """
    row = work.db.execute(
        select(*map(col, (_E.id, _E.login, _E.full_name, _E.position, _E.unit_id, _E.clearance)))
        .join(RoleGrantTable, col(RoleGrantTable.employee_id) == col(_E.id))
        .where(
            col(RoleGrantTable.organization_id) == target.id,
            col(RoleGrantTable.role) == Role.HEAD.value,
            col(_E.organization_id) == target.id,
            col(_E.state) == "active",
        )
        .order_by(col(_E.unit_id).is_not(None), col(_E.created_at), col(_E.login))
        .limit(1)
    ).one_or_none()
    if row is None:
        raise NoHead(organization=target.name)
    return EmployeeReference(
        row.id, row.login, row.full_name, row.position, row.unit_id, row.clearance
    )


def _named(work: Work, by_code: dict[str, Target], code: str) -> Target:
    if code not in by_code:
        raise NotSubordinate(
            field="organizations", organization=code, above=work.actor.organization
        )
    return by_code[code]


def _branch(work: Work, top: UUID) -> list[Target]:
    """Return an organization and every active one below it."""
    here: Any = select(col(_O.id).label("id")).where(col(_O.id) == top)
    tree = here.cte("branch", recursive=True)
    tree = tree.union(select(col(_O.id)).join(tree, col(_O.parent_id) == tree.c.id))
    rows = work.db.execute(
        select(*map(col, (_O.id, _O.code, _O.name))).where(
            col(_O.id).in_(select(tree.c.id)), col(_O.state) == "active"
        )
    )
    return [Target(row.id, row.code, row.name) for row in rows]
