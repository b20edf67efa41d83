"""Finding out who is acting: a login, or the user of the operating system."""

from __future__ import annotations

import getpass
from dataclasses import replace
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from sed_tui.domain.access import SIGHT, Role, Sight
from sed_tui.domain.actor import Actor
from sed_tui.domain.joining_rights import READING_STATES
from sed_tui.domain.reach import allows
from sed_tui.errors.identity import (
    BadToken,
    NobodyNamed,
    OrganizationNotChosen,
    UnknownLogin,
    UnknownOrganization,
)
from sed_tui.storage.department import with_department
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import Connection, Row, Select

    from sed_tui.storage.tokens import Presented

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
    return with_department(db, _in_organization(rows, organization, spans))


def find_bearer(
    db: Connection, presented: Presented, organization: str | None, *, spans: str | None = None
) -> Actor:
    """Return the active employee who holds a token, with what its scopes allow him.

    Raises `BadToken`, `UnknownOrganization` or `OrganizationNotChosen`.
    """
    rows = db.execute(
        _grants_of(_By.TOKEN), {"who": presented.hash, "expires_at": presented.at}
    ).all()
    if not rows:
        raise BadToken
    actor = _in_organization(rows, organization, spans)
    scopes = allowed_by(rows[0].scopes) if rows[0].scopes else None
    return replace(with_department(db, actor), token_id=rows[0].token_id, scopes=scopes)


@cache
def allowed_by(scopes: str) -> frozenset[str]:
    """Return the names of the operations that the scopes of a token allow."""
    from sed_tui.domain.identity import within
    from sed_tui.operations.registry import Effect, operations  # half a second, on servers alone

    known = operations()
    reads = frozenset(name for name, one in known.items() if one.effect is Effect.READ)
    return within(tuple(scopes.split()), reads, frozenset(known))


def _in_organization(rows: Sequence[_Grant], organization: str | None, spans: str | None) -> Actor:
    by_code: dict[str, list[_Grant]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append(row)
    code = _first_permitting(by_code, spans) if spans else organization or _only(by_code)
    if code not in by_code:
        raise UnknownOrganization(organization=code)
    chosen, cleared = by_code[code], _cleared_in(rows)
    return Actor(
        employee_id=chosen[0].id,
        login=chosen[0].login,
        name=chosen[0].full_name,
        organization_id=chosen[0].organization_id,
        organization=code,
        roles=frozenset(Role(row.role) for row in chosen),
        clearance=chosen[0].organization_id in cleared,
        cleared_in=cleared,
        reads_only=chosen[0].state in READING_STATES,
        grants=_by_organization(rows),
        chosen=frozenset(
            (row.organization_id, Role(row.role), Sight(row.scope)) for row in rows if row.scope
        ),
    )


def _grants(db: Connection, login: str | None) -> Sequence[_Grant]:
    if login is not None:
        rows = db.execute(_grants_of(_By.LOGIN), {"who": login}).all()
    else:
        rows = db.execute(_grants_of(_By.OS_USER), {"who": _os_user()}).all()
    if len({row.login for row in rows}) > 1:  # several people share one account
        return []
    return rows


class _By(Enum):
    """How the person is known who calls."""

    LOGIN = auto()
    OS_USER = auto()
    TOKEN = auto()


@cache
def _grants_of(by: _By) -> Select[*tuple[Any, ...]]:
    """Return the query of a person's roles, built once: every operation asks it."""
    employee, grant = EmployeeTable, RoleGrantTable
    query = (
        select(
            *map(col, (employee.id, employee.login, employee.full_name, employee.clearance)),
            *map(col, (grant.organization_id, grant.role, grant.scope, OrganizationTable.code)),
            *(col(OrganizationTable.state), col(employee.organization_id).label("employer")),
            col(grant.clearance).label("cleared_as_guest"),
        )
        .join(grant, col(grant.employee_id) == col(employee.id))
        .join(OrganizationTable, col(OrganizationTable.id) == col(grant.organization_id))
        .where(
            col(employee.state) == "active",
            col(OrganizationTable.state).in_(("active", *READING_STATES)),
        )
        .order_by(col(employee.login), col(OrganizationTable.code))
    )
    if by is _By.TOKEN:
        from sed_tui.storage.tables.identity import AccessTokenTable as Token  # servers alone

        return (
            query.add_columns(col(Token.id).label("token_id"), col(Token.scopes))
            .join(Token, col(Token.employee_id) == col(employee.id))
            .where(
                col(Token.hash) == bindparam("who"),
                col(Token.revoked_at).is_(None),
                col(Token.expires_at) > bindparam("expires_at"),
            )
        )
    known = employee.login if by is _By.LOGIN else employee.os_user
    return query.where(col(known) == bindparam("who"))


def _only(by_code: dict[str, list[_Grant]]) -> str:
    # those that are only read, of a predecessor above all, are never meant without being named
    written = [code for code, rows in by_code.items() if rows[0].state not in READING_STATES]
    if len(written) == 1:
        return written[0]
    if len(by_code) > 1:
        homes = (code for code, (row, *_) in by_code.items() if row.employer == row.organization_id)
        own = next(homes, None)
        raise OrganizationNotChosen(organizations=", ".join(sorted(by_code)), own=own)
    return next(iter(by_code))


def _first_permitting(by_code: dict[str, list[_Grant]], operation: str) -> str:
    permitting = (code for code, rows in by_code.items() if any(_has(r, operation) for r in rows))
    return next(permitting, next(iter(by_code)))


def _has(row: _Grant, operation: str) -> bool:
    role = Role(row.role)
    return allows(operation, role, Sight(row.scope) if row.scope else SIGHT[role])


def _by_organization(
    rows: Sequence[_Grant],
) -> tuple[tuple[UUID, frozenset[Role]], ...]:
    grants: dict[UUID, set[Role]] = {}
    for row in rows:
        grants.setdefault(row.organization_id, set()).add(Role(row.role))
    return tuple((organization, frozenset(roles)) for organization, roles in grants.items())


def _cleared_in(rows: Sequence[_Grant]) -> frozenset[UUID]:
    """Return the organizations that show a person what is for official use only.

    Each decides for itself: what an employer says of his people binds no other organization.
    """
    return frozenset(
        row.organization_id
        for row in rows
        if (row.clearance if row.employer == row.organization_id else row.cleared_as_guest)
    )


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        return "?"
