"""Who takes part in a new assignment, and whether they may."""

from __future__ import annotations

from contextlib import suppress
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
from sed_tui.errors import NotFound
from sed_tui.errors.assignments import NobodyHere
from sed_tui.errors.input import EmptyText
from sed_tui.errors.people import PersonDismissed
from sed_tui.handlers.employee import (
    find_by_post,
    find_person,
    require_person,
    resolve_employee,
)
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable

if TYPE_CHECKING:
    from collections.abc import Iterable
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
    observers: list[EmployeeReference]

    @property
    def expected(self) -> list[UUID]:
        """Return those who have to be there when the term ends."""
        return [self.executor.id, *(person.id for person in self.co_executors)]


def assigned_people(work: Work, request: IssueAssignment, author: Author | None = None) -> People:
    """Find the people of a new assignment and check their parts and rights (A6).

    An `author` that is given is one in whose name it was decided already.
    """
    author = author or find_author(work, request.author)
    executor = find_colleague_at_work(work, request.executor, "executor")
    controller = None
    if request.controller:
        controller = find_colleague_at_work(work, request.controller, "controller")
    co_executors = find_colleagues_at_work(work, request.co_executors, "co_executors")
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
    taking_part = {author.id, executor.id, *(person.id for person in co_executors)}
    observers = [
        person
        for person in find_colleagues_at_work(work, request.observers, "observers")
        if person.id not in taking_part and person != controller
    ]
    return People(author, executor, controller, co_executors, observers)


def find_colleague_at_work(work: Work, text: str, field: str) -> EmployeeReference:
    """Return the person of the organization that a text names, if only by the post.

    Raises `EmptyText`, `NobodyHere`, `AmbiguousPerson`, `ProgramNamed`, and `PersonDismissed`
    for one who works here no more.
    """
    if not text.strip():
        raise EmptyText(field=field)
    with suppress(NotFound):
        return require_person(resolve_employee(work, text, field), field)
    if (holder := find_by_post(work, text, field)) is not None:
        return require_person(holder, field)
    try:
        gone = find_person(work, text, field, active=False)
    except NotFound as unknown:
        raise NobodyHere(field=field, **unknown.details) from None
    raise PersonDismissed(field=field, login=gone.login)


def find_colleagues_at_work(
    work: Work, texts: Iterable[str], field: str
) -> list[EmployeeReference]:
    """Return the people that texts name, each once; empty ones name nobody."""
    named = [find_colleague_at_work(work, text, field) for text in texts if text.strip()]
    return list({person.id: person for person in named}.values())


def author_of(work: Work, author_id: UUID) -> Author:
    """Return the author of an assignment that is there already."""
    row = work.db.execute(
        select(col(EmployeeTable.full_name), col(EmployeeTable.unit_id)).where(
            col(EmployeeTable.id) == author_id
        )
    ).one()
    return Author(author_id, row.full_name, row.unit_id, _roles(work, author_id))


def find_author(work: Work, named: str | None) -> Author:
    """Return in whose name the actor issues. Raises `AuthorNeeded`, `ForeignAuthor`."""
    actor = work.actor
    if named is None:
        require_own_author(actor.roles)
        return Author(actor.employee_id, actor.name, _unit(work, actor.employee_id), actor.roles)
    person = require_person(resolve_employee(work, named, "author"), "author")
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
