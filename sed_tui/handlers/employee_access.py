"""Roles, dismissal and return; an organization never loses its last administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.text import normalized
from sed_tui.errors import NotFound
from sed_tui.errors.assignments import OpenItems
from sed_tui.errors.people import (
    ClearanceOnCard,
    PersonDismissed,
    RoleNeeded,
)
from sed_tui.handlers.acquaintance import excuse_reader
from sed_tui.handlers.administrators import (
    governed_by,
    lock_administrators,
    require_administrators,
)
from sed_tui.handlers.employee import employee_card, find_colleague
from sed_tui.handlers.joining_accounts import require_account_allowed
from sed_tui.handlers.role_grants import (
    clear_guest,
    grant_roles,
    is_cleared_guest,
    roles_of,
)
from sed_tui.i18n import N_, _
from sed_tui.storage.open_items import count_open_assignments
from sed_tui.storage.open_plans import count_open_plans
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.operations.employee import Employee
    from sed_tui.operations.employee_access import ChangeRoles, DisableEmployee, EnableEmployee


def change_roles(work: Work, request: ChangeRoles) -> Employee:
    """Grant and revoke roles in the organization of the call.

    Raises `PersonDismissed`, `RoleNeeded`, `ClearanceOnCard`, and `ReachFixed` and
    `DepartmentNeeded` for a scope that cannot be.
    """
    if not (request.grant or request.revoke or request.clearance is not None):
        raise RoleNeeded(roles=", ".join(role.value for role in Role))
    person, state, is_guest = _anybody(work, request.employee)
    if request.clearance is not None and not is_guest:
        raise ClearanceOnCard(field="clearance", login=request.employee)
    lock_administrators(work, [work.organization_id])
    if request.grant and state != "active":
        raise PersonDismissed(field="employee", login=request.employee)
    before, was_cleared = roles_of(work, person), is_cleared_guest(work, person)
    if request.grant and set(before) <= {Role.SYSTEM.value}:
        _require_person_allowed(work, person, request.grant)
    work.db.execute(
        delete(RoleGrantTable).where(
            col(RoleGrantTable.employee_id) == person,
            col(RoleGrantTable.organization_id) == work.organization_id,
            col(RoleGrantTable.role).in_([role.value for role in request.revoke]),
        )
    )
    grant_roles(work, person, request.grant, request.scope)
    cleared = was_cleared if request.clearance is None else request.clearance
    clear_guest(work, person, cleared=cleared)
    require_administrators(work, [work.organization_id], person)
    after = roles_of(work, person)
    is_cleared = is_cleared_guest(work, person)
    if (before, was_cleared) != (after, is_cleared):
        told = {} if was_cleared == is_cleared else {"clearance": is_cleared}
        work.record("roles", "employee", person, {"roles": before}, {"roles": after, **told})
    return employee_card(work, person)


def disable_employee(work: Work, request: DisableEmployee) -> Employee:
    """Take the possibility to act away; roles stay on record for a return, readings do not wait.

    Raises `OpenItems` as long as open assignments, drafts and schedules are not handed over.
    """
    colleague = find_colleague(work, request.employee)
    person = colleague.id
    governed = governed_by(work, person)
    lock_administrators(work, governed)
    _set_state(work, person, "active", "dismissed", request.employee)
    require_administrators(work, governed, person)
    still = count_open_assignments(work.db, person)
    plans = count_open_plans(work.db, work.organization_id, person, work.today)
    if still or plans:
        raise OpenItems(field="employee", login=colleague.login, count=still, plans=plans)
    excuse_reader(work, person)
    return employee_card(work, person)


def enable_employee(work: Work, request: EnableEmployee) -> Employee:
    """Let a dismissed person act again."""
    colleague = find_colleague(work, request.employee)
    person = colleague.id
    require_account_allowed(work, colleague.login, colleague.full_name, roles_of(work, person))
    _set_state(work, person, "dismissed", "active", request.employee)
    return employee_card(work, person)


def _set_state(work: Work, person: UUID, before: str, after: str, shown: str) -> None:
    done = work.db.execute(
        update(EmployeeTable)
        .where(
            col(EmployeeTable.id) == person,
            col(EmployeeTable.organization_id) == work.organization_id,
            col(EmployeeTable.state) == before,
        )
        .values(state=after, version=col(EmployeeTable.version) + 1)
    )
    if done.rowcount:
        work.record("edit", "employee", person, {"state": before}, {"state": after})
    elif after == "dismissed":
        raise PersonDismissed(field="employee", login=shown)


def _require_person_allowed(work: Work, person: UUID, roles: Iterable[Role]) -> None:
    """Refuse to make a person of a program's account who is not on the list of joining."""
    own = work.db.execute(
        select(col(EmployeeTable.login), col(EmployeeTable.full_name)).where(
            col(EmployeeTable.id) == person,
            col(EmployeeTable.organization_id) == work.organization_id,
        )
    ).one_or_none()
    if own is not None:
        require_account_allowed(work, own.login, own.full_name, roles)


def _anybody(work: Work, text: str) -> tuple[UUID, str, bool]:
    """Return a colleague, or somebody of another organization by the exact login: a guest."""
    try:
        person = find_colleague(work, text)
    except NotFound:
        guest = work.db.execute(
            select(col(EmployeeTable.id), col(EmployeeTable.state)).where(
                col(EmployeeTable.login) == normalized(text)
            )
        ).one_or_none()
        if guest is None:
            raise NotFound(field="employee", kind=_(N_("Person")), key=text) from None
        return guest.id, guest.state, True
    return person.id, person.state, False
