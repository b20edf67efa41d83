"""Finding out who is acting: a login, or the user of the operating system."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select
from sqlmodel import col

from sed_tui.domain.access import Actor, Role
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

    from sqlalchemy import Connection, Row

    _Grant = Row[*tuple[Any, ...]]


def find_actor(db: Connection, login: str | None, organization: str | None) -> Actor:
    """Return the active employee with a login, in one of the organizations of his roles.

    Without a login it is the one mapped to the operating-system user. Raises
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
    code = organization or _only(by_code)
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
    who = (
        col(EmployeeTable.login) == login
        if login is not None
        else col(EmployeeTable.os_user) == _os_user()
    )
    query = (
        select(
            col(EmployeeTable.id),
            col(EmployeeTable.login),
            col(EmployeeTable.full_name),
            col(EmployeeTable.clearance),
            col(RoleGrantTable.organization_id),
            col(RoleGrantTable.role),
            col(OrganizationTable.code),
        )
        .join(RoleGrantTable, col(RoleGrantTable.employee_id) == col(EmployeeTable.id))
        .join(
            OrganizationTable,
            and_(
                col(OrganizationTable.id) == col(RoleGrantTable.organization_id),
                col(OrganizationTable.state) == "active",
            ),
        )
        .where(who, col(EmployeeTable.state) == "active")
        .order_by(col(EmployeeTable.login), col(OrganizationTable.code))
    )
    rows = db.execute(query).all()
    if len({row.login for row in rows}) > 1:  # several people share one account
        return []
    return rows


def _only(by_code: dict[str, list[_Grant]]) -> str:
    if len(by_code) > 1:
        raise OrganizationNotChosen(organizations=", ".join(sorted(by_code)))
    return next(iter(by_code))


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
