"""Who is written to of joining: the applicant's people by its own data, the operator's admins."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.handlers.outbox import Letter, post_all
from sed_tui.storage.tables.joining import JoiningPersonTable
from sed_tui.storage.tables.mail import OutgoingMailTable
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    from sed_tui.handlers.work import Work

_L, _E, _G, _M = JoiningPersonTable, EmployeeTable, RoleGrantTable, OutgoingMailTable
_AT_ONCE = 500
_PAPERS_SPEAK = "ru"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to write to; `key` tells him apart in the keys of letters."""

    key: str
    name: str
    email: str
    language: str | None
    employee_id: UUID | None = None


@dataclass(frozen=True)
class Notice:
    """A letter that may have been written already: its text is made for a new one alone."""

    key: str
    recipient: Recipient
    write: Callable[[Recipient], tuple[str, str]]


def applicants(work: Work, rows: Sequence[Any]) -> dict[UUID, list[Recipient]]:
    """Return whom to write to of applications: the contact, administrators with accounts.

    What the operator has of them is the application and the list of accounts, nothing else.
    """
    found: dict[UUID, list[Recipient]] = {
        row.id: [Recipient("contact", row.contact or row.name, row.email, _PAPERS_SPEAK)]
        if row.email
        else []
        for row in rows
    }
    of = defaultdict(list)
    for row in rows:
        of[row.organization_id].append(row.id)
    people = work.db.execute(
        select(*map(col, (_L.organization_id, _L.login, _L.full_name, _L.email, _L.roles))).where(
            col(_L.organization_id).in_(of),
            col(_L.employee_id).is_not(None),
            col(_L.withdrawn_on).is_(None),
            col(_L.email).is_not(None),
        )
    )
    for one in people:
        if Role.ADMINISTRATOR.value not in one.roles.split():
            continue
        told = Recipient(one.login, one.full_name, one.email, _PAPERS_SPEAK)
        for joining in of[one.organization_id]:
            if told.email not in {known.email for known in found[joining]}:
                found[joining].append(told)
    return found


def administrators(work: Work) -> list[Recipient]:
    """Return the administrators of the organization who have an address."""
    rows = work.db.execute(
        select(*map(col, (_E.id, _E.full_name, _E.email, _E.language)))
        .join(_G, col(_G.employee_id) == col(_E.id))
        .where(
            col(_G.organization_id) == work.organization_id,
            col(_G.role) == Role.ADMINISTRATOR.value,
            col(_E.state) == "active",
            col(_E.email).is_not(None),
        )
        .order_by(col(_E.folded_name), col(_E.id))
    )
    return [
        Recipient(row.id.hex, row.full_name, row.email, row.language, row.id)
        for row in rows
        if row.email
    ]


def post_new(work: Work, notices: Iterable[Notice]) -> int:
    """Post the letters that were not written yet and return how many that is."""
    wanted = {one.key: one for one in notices}
    keys = sorted(wanted)
    known: set[str] = set()
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        known |= set(
            work.db.scalars(
                select(col(_M.key)).where(
                    col(_M.organization_id) == work.organization_id, col(_M.key).in_(part)
                )
            )
        )
    letters = [_letter(wanted[key]) for key in keys if key not in known]
    return sum(one is not None for one in post_all(work, letters)) if letters else 0


def _letter(one: Notice) -> Letter:
    subject, body = one.write(one.recipient)
    return Letter(
        key=one.key,
        recipient=one.recipient.email,
        employee_id=one.recipient.employee_id,
        subject=subject,
        body=body,
    )
