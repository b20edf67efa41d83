"""Finding out who is acting: a login, or the user of the operating system."""

from __future__ import annotations

import getpass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from sed_tui.domain.access import MATRIX, Actor, Role
from sed_tui.errors.identity import (
    NobodyNamed,
    OrganizationNotChosen,
    UnknownLogin,
    UnknownOrganization,
)
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Connection, Row, Select

    _Grant = Row[*tuple[Any, ...]]


def find_actor(
    db: Connection, login: str | None, organization: str | None, *, spans: str | None = None
) -> Actor:
    """Return the active employee with a login, in one of the organizations of his roles.

    Without a login it is the one mapped to the operating-system user. An operation that
    `spans` them all begins in the first one that permits it. Raises
    `UnknownLogin`, `NobodyNamed`, `UnknownOrganization` or `OrganizationNotChosen`.
    """
    rows = _grants(db, login)
    if not rows:
        if login is not None:
            raise UnknownLogin(kind="employee", key=login, login=login)
        raise NobodyNamed(user=_os_user())
    by_code: dict[str, list[_Grant]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    code = _first_permitting(by_code, spans) if spans else organization or _only(by_code)
    if code not in by_code:
        raise UnknownOrganization(organization=code)
    chosen = by_code[code]
    return Actor(
        employee_id=chosen[0].id,
        login=chosen[0].login,
        name=chosen[0].full_name,
        organization_id=chosen[0].organization_id,
        organization=code,
        roles=frozenset(Role(row.role) for row in chosen),
        clearance=chosen[0].clearance,
        grants=_by_organization(rows),
    )


def _grants(db: Connection, login: str | None) -> Sequence[_Grant]:
    if login is not None:
        rows = db.execute(_grants_of(by_login=True), {"who": login}).all()
    else:
        rows = db.execute(_grants_of(by_login=False), {"who": _os_user()}).all()
    if len({row.login for row in rows}) > 1:  # several people share one account
        return []
    return rows


@cache
def _grants_of(*, by_login: bool) -> Select[*tuple[Any, ...]]:
    """Return the query of a person's roles, built once: every operation asks it."""
    employee, grant = EmployeeTable, RoleGrantTable
    return (
        select(
            *map(col, (employee.id, employee.login, employee.full_name, employee.clearance)),
            *map(col, (grant.organization_id, grant.role, OrganizationTable.code)),
        )
        .join(grant, col(grant.employee_id) == col(employee.id))
        .join(OrganizationTable, col(OrganizationTable.id) == col(grant.organization_id))
        .where(
            col(employee.login if by_login else employee.os_user) == bindparam("who"),
            col(employee.state) == "active",
            col(OrganizationTable.state) == "active",
        )
        .order_by(col(employee.login), col(OrganizationTable.code))
    )


def _only(by_code: dict[str, list[_Grant]]) -> str:
    if len(by_code) > 1:
        raise OrganizationNotChosen(organizations=", ".join(sorted(by_code)))
    return next(iter(by_code))


def _first_permitting(by_code: dict[str, list[_Grant]], operation: str) -> str:
    allowed = MATRIX.get(operation, frozenset())
    permitting = (code for code in by_code if any(row.role in allowed for row in by_code[code]))
    return next(permitting, next(iter(by_code)))


def _by_organization(
    rows: Sequence[_Grant],
) -> tuple[tuple[UUID, frozenset[Role]], ...]:
    grants: dict[UUID, set[Role]] = {}
    for row in rows:
        grants.setdefault(row.organization_id, set()).add(Role(row.role))
    return tuple((organization, frozenset(roles)) for organization, roles in grants.items())


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        return "?"
