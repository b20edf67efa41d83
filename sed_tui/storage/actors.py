"""Finding out who is acting: a login, or the user of the operating system."""

from __future__ import annotations

import getpass
from dataclasses import replace
from enum import Enum, auto
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import String, and_, bindparam, case, func, null, select, type_coerce
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
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.raw import made_id
from sed_tui.storage.substitutes import covering, is_in_force, substitution_table
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable
from sed_tui.storage.tenancy import enter, entering

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection, Select

    from sed_tui.storage.tokens import Presented

    _Grant = Any  # a row of `_held`


class Wanted(NamedTuple):
    """In which of his organizations a person acts, and on which day.

    An operation that `spans` them all begins in the first one that permits it. On the `day`
    he stands in for the absent; without one he does for nobody. With `enters` the rest of the
    transaction sees the organization and no other (`tenancy.enter`).
    """

    organization: str | None
    day: date | None = None
    spans: str | None = None
    enters: bool = False


def find_actor(db: Connection, login: str | None, wanted: Wanted) -> Actor:
    """Return the active employee with a login, in one of the organizations of his roles.

    Without a login it is the one mapped to the operating-system user. Raises
    `UnknownLogin`, `NobodyNamed`, `UnknownOrganization` or `OrganizationNotChosen`.
    """
    rows = _grants(db, login, wanted)
    if not rows:
        if login is not None:
            raise UnknownLogin(kind="employee", key=login, login=login)
        raise NobodyNamed(user=_os_user())
    return _placed(db, rows, _acting(tuple(rows), wanted), wanted)


def acts_anywhere(db: Connection, login: str) -> bool:
    """Tell whether a login belongs to somebody who may act in an organization."""
    return bool(_grants(db, login, Wanted(None)))


def find_bearer(db: Connection, presented: Presented, wanted: Wanted) -> Actor:
    """Return the active employee who holds a token, with what its scopes allow him.

    Raises `BadToken`, `UnknownOrganization` or `OrganizationNotChosen`.
    """
    who = {"who": presented.hash, "expires_at": presented.at, "day": wanted.day}
    rows = _asked(db, _By.TOKEN, wanted, who)
    if not rows:
        raise BadToken
    return _placed(db, rows, _bearing(tuple(rows), wanted), wanted)


@cache
def allowed_by(scopes: str) -> frozenset[str]:
    """Return the names of the operations that the scopes of a token allow."""
    from sed_tui.domain.identity import within
    from sed_tui.operations.registry import Effect, operations  # half a second, on servers alone

    known = operations()
    reads = frozenset(name for name, one in known.items() if one.effect is Effect.READ)
    return within(tuple(scopes.split()), reads, frozenset(known))


@lru_cache(maxsize=1024)
def _bearing(rows: tuple[_Grant, ...], wanted: Wanted) -> Actor:
    scopes = allowed_by(rows[0].scopes) if rows[0].scopes else None
    return replace(_acting(rows, wanted), token_id=made_id(rows[0].token_id), scopes=scopes)


# what is remembered follows from the rows alone, which every operation reads anew: a right that
# was taken away is another row, and so another actor
@lru_cache(maxsize=1024)
def _acting(found: tuple[_Grant, ...], wanted: Wanted) -> Actor:
    """Return who acts, made of his roles and of those whom he stands in for."""
    chosen, cleared = _in_organization(found, wanted), _cleared_in(found)
    place = made_id(chosen[0].organization_id)
    standing = covering((made_id(row.absent_id), row.scope) for row in chosen if row.absent_id)
    return Actor(
        employee_id=made_id(chosen[0].id),
        login=chosen[0].login,
        name=chosen[0].full_name,
        organization_id=place,
        organization=chosen[0].code,
        roles=frozenset(Role(row.role) for row in chosen),
        clearance=place in cleared,
        cleared_in=cleared,
        day=wanted.day,
        reads_only=chosen[0].state in READING_STATES,
        grants=_by_organization(found),
        chosen=_chosen_sights(found),
        stands_for=standing.stands_for,
        reads_for=standing.reads_for,
        approves_for=standing.approves_for,
    )


def _in_organization(found: Sequence[_Grant], wanted: Wanted) -> list[_Grant]:
    by_code: dict[str, list[_Grant]] = {}
    for row in found:
        by_code.setdefault(row.code, []).append(row)
    if wanted.spans:
        code = _first_permitting(by_code, wanted.spans)
    else:
        code = wanted.organization or _only(by_code)
    if code not in by_code:
        raise UnknownOrganization(organization=code)
    return by_code[code]


def _chosen_sights(found: Sequence[_Grant]) -> frozenset[tuple[UUID, Role, Sight]]:
    return frozenset(
        (made_id(row.organization_id), Role(row.role), Sight(row.sight))
        for row in found
        if row.sight
    )


def _placed(db: Connection, rows: Sequence[_Grant], actor: Actor, wanted: Wanted) -> Actor:
    """Return the actor with his department, in his organization if it is to be entered.

    A role for a department is one where he works: who is there already sees all of it.
    """
    actor = with_department(db, actor)
    if wanted.enters and rows[0].entered != str(actor.organization_id):
        enter(db, actor.organization_id)
    return actor


def _grants(db: Connection, login: str | None, wanted: Wanted) -> Sequence[_Grant]:
    by = _By.OS_USER if login is None else _By.LOGIN
    rows = _asked(db, by, wanted, {"who": login or _os_user(), "day": wanted.day})
    if len({row.login for row in rows}) > 1:  # several people share one account
        return []
    return rows


def _asked(db: Connection, by: _By, wanted: Wanted, who: dict[str, Any]) -> Sequence[_Grant]:
    enters = wanted.enters and db.dialect.name == "postgresql"
    return _asking(by, enters=enters).all(db, who)


class _By(Enum):
    """How the person is known who calls."""

    LOGIN = auto()
    OS_USER = auto()
    TOKEN = auto()


@cache
def _asking(by: _By, *, enters: bool) -> Prepared:
    return Prepared(_entering(by) if enters else _grants_of(by))


def _grants_of(by: _By) -> Select[*tuple[Any, ...]]:
    """Return the query of a person's roles."""
    if by is not _By.TOKEN:
        known = EmployeeTable.login if by is _By.LOGIN else EmployeeTable.os_user
        return _held().where(col(known) == bindparam("who"))
    from sed_tui.storage.tables.identity import AccessTokenTable as Token  # servers alone

    return (
        _held()
        .add_columns(_bare(Token.id).label("token_id"), col(Token.scopes))
        .join(Token, col(Token.employee_id) == col(EmployeeTable.id))
        .where(
            col(Token.hash) == bindparam("who"),
            col(Token.revoked_at).is_(None),
            col(Token.expires_at) > bindparam("expires_at"),
        )
    )


def _entering(by: _By) -> Select[*tuple[Any, ...]]:
    """Return the same for PostgreSQL, which enters the organization where it is the only one.

    It would be one more way to the server and back, of five. All rows are read before: they
    are counted. `_placed` compares what was entered with where the person acts.
    """
    found = _grants_of(by).cte("found").prefix_with("MATERIALIZED")
    places = select(func.count(found.c.organization_id.distinct())).scalar_subquery()
    columns = [column for column in found.c if column.key != "entered"]
    entered = case((places == 1, entering(found.c.organization_id)))
    return select(*columns, entered.label("entered")).order_by(found.c.login, found.c.code)


def _held() -> Select[*tuple[Any, ...]]:
    """Return the query of the roles that active people hold.

    Each comes once for everybody whom its holder stands in for there. Ids are left as the
    database gives them: who acts is not made anew where the same rows were read before.
    """
    employee, grant, standing = EmployeeTable, RoleGrantTable, substitution_table().c
    columns: tuple[Any, ...] = (
        *map(_bare, (employee.id, grant.organization_id, standing.absent_id)),
        *map(col, (employee.login, employee.full_name, employee.clearance)),
        *map(col, (grant.role, OrganizationTable.code, OrganizationTable.state)),
        _bare(employee.organization_id).label("employer"),
        col(grant.scope).label("sight"),
        col(grant.clearance).label("cleared_as_guest"),
        standing.scope,
        null().label("entered"),
    )
    at_work = and_(
        standing.substitute_id == col(employee.id),
        standing.organization_id == col(grant.organization_id),
        is_in_force(),
    )
    return (
        select(*columns)
        .select_from(employee)
        .join(grant, col(grant.employee_id) == col(employee.id))
        .join(OrganizationTable, col(OrganizationTable.id) == col(grant.organization_id))
        .outerjoin(substitution_table(), at_work)
        .where(
            col(employee.state) == "active",
            col(OrganizationTable.state).in_(("active", *READING_STATES)),
        )
        .order_by(col(employee.login), col(OrganizationTable.code))
    )


def _bare(column: Any) -> ColumnElement[str]:
    return type_coerce(col(column), String).label(column.key)


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
    return allows(operation, role, Sight(row.sight) if row.sight else SIGHT[role])


def _by_organization(
    rows: Sequence[_Grant],
) -> tuple[tuple[UUID, frozenset[Role]], ...]:
    grants: dict[UUID, set[Role]] = {}
    for row in rows:
        grants.setdefault(made_id(row.organization_id), set()).add(Role(row.role))
    return tuple((organization, frozenset(roles)) for organization, roles in grants.items())


def _cleared_in(rows: Sequence[_Grant]) -> frozenset[UUID]:
    """Return the organizations that show a person what is for official use only.

    Each decides for itself: what an employer says of his people binds no other organization.
    """
    return frozenset(
        made_id(row.organization_id)
        for row in rows
        if (row.clearance if row.employer == row.organization_id else row.cleared_as_guest)
    )


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number that has no name
        return "?"
