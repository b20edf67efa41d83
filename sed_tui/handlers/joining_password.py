"""The first password of a new organization's administrator, given by the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.identity import FIRST_PASSWORD_LIFE, TokenKind, new_password
from sed_tui.domain.joining import BEFORE_ACCOUNTS, STATE_TITLES
from sed_tui.domain.text import normalized
from sed_tui.errors.identity import RolesElsewhere
from sed_tui.errors.joining import NoAccountsYet, NoFirstPassword, NotListed
from sed_tui.handlers.joining_found import at_applicant, find_application, require_operator
from sed_tui.i18n import _
from sed_tui.operations.joining_password import FirstPassword, GiveFirstPassword
from sed_tui.storage.passwords import hashed, keep_hash
from sed_tui.storage.tables.identity import AccessTokenTable, PasswordTable
from sed_tui.storage.tables.joining import JoiningPersonTable
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable
from sed_tui.storage.tokens import revoke

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work

_L, _P, _G = JoiningPersonTable, PasswordTable, RoleGrantTable


def give_first_password(work: Work, request: GiveFirstPassword) -> FirstPassword:
    """Set a password that ends soon, and tell it once; the applicant's trail has it.

    Raises `OperatorOnly`, `NoAccountsYet`, `NotListed`, `NoFirstPassword`, `RolesElsewhere`.
    """
    found = find_application(work, request.application)
    require_operator(work, found.operator, _("Giving the first password"))
    if found.state in BEFORE_ACCOUNTS:
        raise NoAccountsYet(field="application", state=_(STATE_TITLES[found.state]))
    login = normalized(request.login)
    person, name = _administrator(work, found, login)
    password, until = new_password(), work.now + FIRST_PASSWORD_LIFE
    kept, by = hashed(password), work.actor.employee_id
    keep_hash(work.db, person, found.organization_id, kept, work.now, by, until)
    ended = revoke(
        work.db,
        work.now,
        col(AccessTokenTable.employee_id) == person,
        col(AccessTokenTable.kind) == TokenKind.SESSION.value,
    )
    with at_applicant(work, found) as there:
        told = {"ended_sessions": len(ended), "valid_until": until.isoformat()}
        there.record("password", "employee", person, None, told)
    return FirstPassword(login=login, full_name=name, valid_until=until, password=password)


def _administrator(work: Work, found: Found, login: str) -> tuple[UUID, str]:
    """Return the id and the name of a listed administrator who has set no password himself.

    Whoever knows a password can be its owner wherever he works: here alone, therefore.
    """
    row = work.db.execute(
        select(col(_L.employee_id), col(_L.full_name)).where(
            col(_L.organization_id) == found.organization_id,
            col(_L.login) == login,
            col(_L.withdrawn_on).is_(None),
        )
    ).first()
    if row is None:
        raise NotListed(field="login", login=login)
    if row.employee_id is None:
        reason = _("the account is not opened yet.")
        raise NoFirstPassword(field="login", login=login, reason=reason)
    grants = work.db.execute(
        select(col(_G.organization_id), col(_G.role)).where(col(_G.employee_id) == row.employee_id)
    ).all()
    if {grant.organization_id for grant in grants} - {found.organization_id}:
        raise RolesElsewhere(field="login", login=login)
    if Role.ADMINISTRATOR.value not in {grant.role for grant in grants}:
        reason = _("no administrator of the organization.")
        raise NoFirstPassword(field="login", login=login, reason=reason)
    _require_none_of_his_own(work, found, row.employee_id, login)
    return row.employee_id, row.full_name


def _require_none_of_his_own(work: Work, found: Found, person: UUID, login: str) -> None:
    """Refuse where a password was set by anybody but the operator."""
    setter = work.db.scalar(
        select(col(EmployeeTable.organization_id))
        .join(PasswordTable, col(_P.set_by) == col(EmployeeTable.id))
        .where(col(_P.employee_id) == person)
    )
    if setter not in {None, found.operator.id}:
        reason = _("there is a password already.")
        raise NoFirstPassword(field="login", login=login, reason=reason)
