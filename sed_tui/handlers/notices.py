"""Letters at once about a step of an assignment, where the office has a rule for it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.assignment_flow import EVENT_TITLES
from sed_tui.domain.reminders import NOTICES, Audience
from sed_tui.handlers.mask import MASK
from sed_tui.handlers.outbox import Letter, post
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _, speaking
from sed_tui.storage.due_terms import OPEN_TO_ALL, workers
from sed_tui.storage.reminders import notice_codes
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.domain.assignment_flow import Step
    from sed_tui.domain.digests import Worker
    from sed_tui.handlers.work import Work

_WIDTH = 76


def tell_of_step(
    work: Work, assignment_id: UUID, version: int, step: Step, text: str | None
) -> None:
    """Write to whom a step concerns, if a rule says so; nobody hears of what he did himself."""
    concerned = [who for steps, who in _rules(work) if step in steps]
    if not concerned:
        return
    row = _assignment(work, assignment_id)
    recipients = {_recipient(row, audience) for audience in concerned} - {work.actor.employee_id}
    for person in workers(work.db, recipients).values():
        if person.is_active and person.email is not None:
            key = f"step:{assignment_id}:{version}:{person.id}"
            with speaking(person.language):
                letter = _letter(work, row, key, person, person.email, step, text)
            post(work, letter)


def _rules(work: Work) -> list[tuple[frozenset[Step], Audience]]:
    codes = notice_codes(work.db, work.organization_id)
    return [rule for code, rule in NOTICES.items() if code in codes]


def _assignment(work: Work, assignment_id: UUID) -> Row[*tuple[Any, ...]]:
    a, document = AssignmentTable, DocumentTable
    return work.db.execute(
        select(
            *map(col, (a.id, a.text, a.author_id, a.executor_id, a.controller_id, a.due)),
            *map(col, (document.number, document.confidentiality)),
        )
        .outerjoin(document, col(document.id) == col(a.document_id))
        .where(col(a.id) == assignment_id)
    ).one()


def _recipient(row: Row[*tuple[Any, ...]], audience: Audience) -> UUID:
    person: UUID = (
        row.executor_id if audience is Audience.EXECUTOR else row.controller_id or row.author_id
    )
    return person


def _letter(
    work: Work,
    row: Row[*tuple[Any, ...]],
    key: str,
    person: Worker,
    email: str,
    step: Step,
    text: str | None,
) -> Letter:
    is_open = row.confidentiality in OPEN_TO_ALL
    due = f"{row.due:%d.%m.%Y}" if row.due else "—"
    title = _(EVENT_TITLES[step])
    lines = [
        f"{person.name},",
        "",
        _("{actor}: {step}.").format(actor=work.actor.name, step=title),
        _("Assignment {id}, term {due}").format(id=short_id(row.id), due=due),
        *([_("Document {number}").format(number=row.number)] if row.number else []),
        "",
        *textwrap.wrap(row.text if is_open else _(MASK), _WIDTH),
        *(["", *textwrap.wrap(text, _WIDTH)] if text and is_open else []),
        "",
        _("This letter was sent automatically; it needs no answer."),
    ]
    return Letter(
        key=key,
        recipient=email,
        employee_id=person.id,
        subject=_("Assignment {id}: {step}, term {due}").format(
            id=short_id(row.id), step=title, due=due
        ),
        body="\n".join(lines) + "\n",
    )
