"""Whose password, tokens and sessions a person may touch: his own, and a subordinate's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.program_rights import is_program, of_people
from sed_tui.errors import NotFound
from sed_tui.errors.identity import RolesElsewhere
from sed_tui.handlers.employee import find_colleague
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.organization import RoleGrantTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work


@dataclass(frozen=True, slots=True)
class Account:
    """The person whose secrets a call is about."""

    id: UUID
    login: str
    name: str
    is_own: bool


def find_governed(work: Work, text: str | None) -> Account:
    """Return an account whose secrets the caller may set.

    Whoever sets another person's password can be that person, everywhere: it is done by
    an administrator of every organization in which the person holds a role. Raises
    `NotFound` and `RolesElsewhere`.
    """
    account = find_account(work, text)
    if not account.is_own:
        held = select(col(RoleGrantTable.organization_id)).where(
            col(RoleGrantTable.employee_id) == account.id
        )
        governed = {place for place, roles in work.actor.grants if Role.ADMINISTRATOR in roles}
        if not set(work.db.scalars(held)) <= governed:
            raise RolesElsewhere(field="employee", login=account.login)
    return account


def is_system(work: Work, account: Account) -> bool:
    """Tell whether a program works under the account: it has no role of a person."""
    roles = work.db.scalars(
        select(col(RoleGrantTable.role)).where(col(RoleGrantTable.employee_id) == account.id)
    )
    held = {Role(role) for role in roles}
    return is_program(held) and not of_people(held)


def find_account(work: Work, text: str | None) -> Account:
    """Return the caller's account, or to an administrator a colleague's.

    To anybody else a colleague's account looks as if there were none. Raises `NotFound`.
    """
    actor = work.actor
    if text is None:
        return Account(actor.employee_id, actor.login, actor.name, is_own=True)
    person = find_colleague(work, text)
    if person.id != actor.employee_id and Role.ADMINISTRATOR not in actor.roles:
        raise NotFound(field="employee", kind=_(N_("Person")), key=text)
    return Account(person.id, person.login, person.full_name, is_own=person.id == actor.employee_id)
