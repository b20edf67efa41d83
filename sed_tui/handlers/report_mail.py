"""Mailing a report: a letter to each address, once a day."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.domain.access import Role, Sight
from sed_tui.domain.contacts import checked_email
from sed_tui.domain.text import clean, folded
from sed_tui.errors.correspondents import BadEmail
from sed_tui.errors.mail import NobodyToMail
from sed_tui.handlers.outbox import Letter, post
from sed_tui.operations.report_mail import MailReport, ReportMailed
from sed_tui.storage.outbox import Attachment, waiting_letter
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work

_SUBJECT_LIMIT = 200


def mail_report(work: Work, request: MailReport) -> ReportMailed:
    """Put the letters into the outbox. Raises `BadEmail`, `NobodyToMail`."""
    people, without = _heads(work) if request.heads else ({}, [])
    for address in request.to:
        people.setdefault(_address(address), None)
    if not people:
        raise NobodyToMail(organization=work.actor.organization)
    if request.rows == 0 and not request.even_empty:
        return _answer(work, [], is_empty=True)
    letters: list[UUID] = []
    already: list[str] = []
    posted = 0
    for address, person in people.items():
        letter = _letter(work, request, address, person)
        created = post(work, letter)
        posted += created is not None
        waiting = created or waiting_letter(work.db, work.organization_id, letter.key)
        if waiting is None:
            already.append(address)
        else:
            letters.append(waiting)
    if posted:
        told = {"report": request.report, "as_of": request.as_of, "letters": posted}
        work.record("mail", "report", request.report, None, told)
    return _answer(work, letters, already, without)


def _address(text: str) -> str:
    address = checked_email(text, "mail")
    if address is None:
        raise BadEmail(field="mail", value=text)
    return address


def _heads(work: Work) -> tuple[dict[str, UUID | None], list[str]]:
    employee, grant = EmployeeTable, RoleGrantTable
    rows = work.db.execute(
        select(*map(col, (employee.id, employee.full_name, employee.email)))
        .join(grant, col(grant.employee_id) == col(employee.id))
        .where(
            col(grant.organization_id) == work.organization_id,
            col(grant.role) == Role.HEAD.value,
            # what is mailed is whole: not for those who see a department only
            func.coalesce(col(grant.scope), Sight.ORGANIZATION) == Sight.ORGANIZATION,
            col(employee.state) == "active",
        )
        .order_by(col(employee.folded_name), col(employee.id))
    ).all()
    with_address: dict[str, UUID | None] = {row.email: row.id for row in rows if row.email}
    return with_address, [row.full_name for row in rows if not row.email]


def _letter(work: Work, request: MailReport, address: str, person: UUID | None) -> Letter:
    file = Attachment(request.file_name, request.media_type, request.content)
    return Letter(
        key=_key(work, request, address),
        recipient=address,
        employee_id=person,
        subject=clean(request.subject, "subject", limit=_SUBJECT_LIMIT),
        body=request.body,
        attachments=(file,),
    )


def _key(work: Work, request: MailReport, address: str) -> str:
    which = [request.report, request.variant, str(request.as_of), request.organization or ""]
    digest = hashlib.sha256("\n".join([*which, folded(address)]).encode()).hexdigest()
    return f"report:{request.report}:{work.today}:{digest}"


def _answer(
    work: Work,
    letters: list[UUID],
    already: list[str] | None = None,
    without: list[str] | None = None,
    *,
    is_empty: bool = False,
) -> ReportMailed:
    return ReportMailed(
        organization=work.actor.organization,
        organization_id=work.organization_id,
        letters=letters,
        already=already or [],
        without_address=without or [],
        is_empty=is_empty,
    )
