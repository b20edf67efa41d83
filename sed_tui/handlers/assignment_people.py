"""Who takes part in a new assignment, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.assignment_people import (
    check_author,
    check_people,
    check_right_over,
    require_own_author,
)
from sed_tui.handlers.employee import resolve_employee
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.employee import EmployeeReference
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment import IssueAssignment


@dataclass(frozen=True, slots=True)
class Author:
    """In whose name an assignment is issued."""

    id: UUID
    name: str
    unit_id: UUID | None
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class People:
    """Everybody an assignment names."""

    author: Author
    executor: EmployeeReference
    controller: EmployeeReference | None
    co_executors: list[EmployeeReference]


def assigned_people(work: Work, request: IssueAssignment) -> People:
    """Find the people of a new assignment and check their parts and rights (A6)."""
    author = _author(work, request.author)
    executor = resolve_employee(work, request.executor, "executor")
    controller = (
        resolve_employee(work, request.controller, "controller") if request.controller else None
    )
    named = [resolve_employee(work, text, "co_executors") for text in request.co_executors]
    co_executors = list({person.id: person for person in named}.values())
    check_people(
        executor.id,
        controller.id if controller else None,
        {person.id for person in co_executors},
        {person.id: person.name for person in (executor, *co_executors)},
    )
    check_right_over(
        author.roles,
        author.unit_id,
        [(p.unit_id, p.name) for p in (executor, *co_executors) if p.id != author.id],
    )
    return People(author, executor, controller, co_executors)


def _author(work: Work, named: str | None) -> Author:
    actor = work.actor
    if named is None:
        require_own_author(actor.roles)
        return Author(actor.employee_id, actor.name, _unit(work, actor.employee_id), actor.roles)
    person = resolve_employee(work, named, "author")
    roles = _roles(work, person.id)
    check_author(
        is_self=person.id == actor.employee_id,
        actor_roles=actor.roles,
        author_roles=roles,
        author=person.name,
    )
    return Author(person.id, person.name, person.unit_id, roles)


def _unit(work: Work, employee_id: UUID) -> UUID | None:
    return work.db.scalar(
        select(col(EmployeeTable.unit_id)).where(col(EmployeeTable.id) == employee_id)
    )


def _roles(work: Work, employee_id: UUID) -> frozenset[Role]:
    rows = work.db.scalars(
        select(col(RoleGrantTable.role)).where(
            col(RoleGrantTable.employee_id) == employee_id,
            col(RoleGrantTable.organization_id) == work.organization_id,
        )
    )
    return frozenset(map(Role, rows))
