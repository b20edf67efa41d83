"""Letters about approvals: who is asked, what came of it, who is late."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.approval_flow import RUN_TITLES
from sed_tui.handlers.outbox import Letter, post
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _, speaking
from sed_tui.storage.due_terms import workers
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from sed_tui.domain.approval_flow import RunState
    from sed_tui.domain.digests import Worker
    from sed_tui.handlers.references import DocumentReference
    from sed_tui.handlers.work import Work

_WIDTH = 76


def tell_asked(work: Work, document: DocumentReference, people: Iterable[UUID]) -> None:
    """Write to those whose turn has come."""

    def title() -> str:
        return _("Document {id} waits for your approval").format(id=short_id(document.id))

    write(work, document, people, "asked", title)


def tell_outcome(
    work: Work,
    document: DocumentReference,
    people: Iterable[UUID],
    state: RunState,
    comment: str | None = None,
) -> None:
    """Write what came of an approval: approved, sent back, withdrawn."""

    def title() -> str:
        told = _(RUN_TITLES[state])
        return _("Document {id}: {state}").format(id=short_id(document.id), state=told)

    write(work, document, people, state.value, title, comment)


def write(
    work: Work,
    document: DocumentReference,
    people: Iterable[UUID],
    occasion: str,
    title: Callable[[], str],
    comment: str | None = None,
) -> int:
    """Post a letter to everybody who has an address; nobody hears of what he did himself."""
    subject = work.db.scalar(
        select(col(DocumentTable.subject)).where(col(DocumentTable.id) == document.id)
    )
    posted = 0
    for person in workers(work.db, set(people) - {work.actor.employee_id}).values():
        if not person.is_active or person.email is None:
            continue
        with speaking(person.language):
            letter = Letter(
                key=f"approval:{occasion}:{document.id}:{work.now.isoformat()}:{person.id}",
                recipient=person.email,
                employee_id=person.id,
                subject=title(),
                body=_body(person, title(), subject or "", comment),
            )
        posted += post(work, letter) is not None
    return posted


def _body(person: Worker, title: str, subject: str, comment: str | None) -> str:
    lines = [
        f"{person.name},",
        "",
        f"{title}.",
        *textwrap.wrap(subject, _WIDTH),
        *(["", *textwrap.wrap(comment, _WIDTH)] if comment else []),
        "",
        _("This letter was sent automatically; it needs no answer."),
    ]
    return "\n".join(lines) + "\n"
