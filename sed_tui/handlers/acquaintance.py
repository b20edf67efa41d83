"""Acquaintance: started on a version, confirmed person by person, complete or stopped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import col

from sed_tui.domain.acquaintance import (
    STATE_TITLES,
    AcquaintanceKind,
    AcquaintanceState,
    ReadingState,
    may_enter,
)
from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.term_explanation import lines_of
from sed_tui.domain.terms import require_future
from sed_tui.domain.text import optional
from sed_tui.errors.acquaintance import (
    AcquaintanceClosed,
    AlreadyAcquainted,
    ForeignReading,
    NotOnTheList,
    PaperAcquaintance,
)
from sed_tui.errors.input import EmptyText
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.handlers.acquaintance_card import acquaintance_card, find_acquaintance, fixed_files
from sed_tui.handlers.acquaintance_people import chosen_readers
from sed_tui.handlers.approval_following import follow_route
from sed_tui.handlers.assignment_steps import login_of
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.employee import find_colleague
from sed_tui.handlers.outbox import Letter, post
from sed_tui.handlers.participants import add_participants
from sed_tui.handlers.references import find_document
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.storage.tables.acquaintance import AcquaintanceTable, AcquaintedPersonTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from sed_tui.handlers.acquaintance_card import Found
    from sed_tui.handlers.work import Work
    from sed_tui.operations.acquaintance import (
        Acquaintance,
        ConfirmAcquaintance,
        ShowAcquaintance,
        StartAcquaintance,
        StopAcquaintance,
    )

_A = AcquaintanceTable
_P = AcquaintedPersonTable
_TEXT = 4000


def start_acquaintance(work: Work, request: StartAcquaintance) -> Acquaintance:
    """Fix the version, make the list, let its people see the document. Raises `EmptyText`."""
    previous = find_acquaintance(work, request.again) if request.again else None
    if request.document is not None:
        document_id = find_document(work, request.document).id
    elif previous is not None:
        document_id = previous.document_id
    else:
        raise EmptyText(field="document")
    people = chosen_readers(
        work,
        request,
        previous.id if previous else None,
        is_official_use=_is_official_use(work, document_id),
    )
    term = count_term(work, request.due, work.today) if request.due else None
    if term is not None:
        require_future(term, work.today)
    row = {
        "document_id": document_id,
        "previous_id": previous.id if previous else None,
        "kind": request.kind.value,
        "files": json.dumps(fixed_files(work, document_id), ensure_ascii=False),
        "text": optional(request.text, "text", limit=_TEXT, multiline=True),
        "due": term.effective if term else None,
        "explanation": json.dumps(lines_of(term) if request.due else [], ensure_ascii=False),
    }
    return acquaintance_card(work, _store(work, row, people))


def show_acquaintance(work: Work, request: ShowAcquaintance) -> Acquaintance:
    """Return one with its sheet."""
    return acquaintance_card(work, find_acquaintance(work, request.acquaintance).id)


def confirm_acquaintance(work: Work, request: ConfirmAcquaintance) -> Acquaintance:
    """Mark a person as acquainted, once; the last one completes the list."""
    found = find_acquaintance(work, request.acquaintance)
    _hold(work, found)
    person = _whose(work, found, request.person)
    note = optional(request.note, "note", limit=500)
    done = work.db.execute(
        update(_P)
        .where(
            col(_P.acquaintance_id) == found.id,
            col(_P.employee_id) == person,
            col(_P.state) == ReadingState.WAITING,
        )
        .values(
            state=ReadingState.ACQUAINTED.value,
            acquainted_at=work.now,
            signed_on=request.signed_on,
            entered_by=work.actor.employee_id if person != work.actor.employee_id else None,
            note=note,
        )
    )
    if done.rowcount == 0:
        _refuse_second(work, found.id, person)
    behalf = person if person in work.actor.reads_for else None
    after = {"employee_id": person, "note": note}
    login = login_of(work, behalf)
    work.record("confirm", "acquaintance", found.id, None, after, on_behalf_of=login)
    _complete(work, found.id)
    return acquaintance_card(work, found.id)


def stop_acquaintance(work: Work, request: StopAcquaintance) -> Acquaintance:
    """Close a list before everybody has read. Raises `ReasonNeeded`, `AcquaintanceClosed`."""
    found = find_acquaintance(work, request.acquaintance)
    if not work.options.reason:
        raise ReasonNeeded(field="reason", what=_("Stopping an acquaintance"))
    _close(work, found.id, AcquaintanceState.STOPPED)
    return acquaintance_card(work, found.id)


def excuse_reader(work: Work, person: UUID) -> None:
    """Take somebody who leaves off the lists that wait for him: nobody reads in his place.

    A list that waited for him alone is complete, one that had nobody else is stopped.
    """
    running = select(col(_A.id)).where(
        col(_A.organization_id) == work.organization_id,
        col(_A.state) == AcquaintanceState.RUNNING,
    )
    waited = work.db.scalars(
        delete(_P)
        .where(
            col(_P.employee_id) == person,
            col(_P.state) == ReadingState.WAITING,
            col(_P.acquaintance_id).in_(running),
        )
        .returning(col(_P.acquaintance_id))
    ).all()
    for acquaintance in sorted(waited):
        work.record("excuse", "acquaintance", acquaintance, {"employee_id": person}, None)
        if work.db.scalar(select(func.count()).where(col(_P.acquaintance_id) == acquaintance)):
            _complete(work, acquaintance)
        else:
            _close(work, acquaintance, AcquaintanceState.STOPPED)


def _is_official_use(work: Work, document_id: UUID) -> bool:
    query = select(col(DocumentTable.confidentiality)).where(col(DocumentTable.id) == document_id)
    return bool(work.db.scalar(query) != Confidentiality.NONE)


def _store(work: Work, row: dict[str, Any], people: list[UUID]) -> UUID:
    made = uuid4()
    common = {"organization_id": work.organization_id}
    work.db.execute(
        insert(_A).values(
            id=made, started_by=work.actor.employee_id, started_at=work.now, **common, **row
        )
    )
    work.db.execute(
        insert(_P), [{"acquaintance_id": made, "employee_id": who, **common} for who in people]
    )
    add_participants(work, row["document_id"], "reader", [*people, work.actor.employee_id])
    work.record("start", "acquaintance", made, None, {**row, "people": people})
    return made


def _whose(work: Work, found: Found, named: str | None) -> UUID:
    """Return whose reading is confirmed. Raises what says why not."""
    me = work.actor.employee_id
    if named is not None:
        person = find_colleague(work, named)
        who, name = UUID(str(person.id)), str(person.full_name)
    else:
        who, name = _waiting_for(work, found.id), work.actor.name
    if may_enter(work.actor.roles, found.kind, is_own=who == me):
        return who
    if found.kind is AcquaintanceKind.SIGNATURE:
        raise PaperAcquaintance
    if who in work.actor.reads_for:
        return who
    raise ForeignReading(name=name)


def _waiting_for(work: Work, acquaintance: UUID) -> UUID:
    """Return the caller when he is on the list, else the one absent person who is."""
    listed = set(
        work.db.scalars(
            select(col(_P.employee_id)).where(
                col(_P.acquaintance_id) == acquaintance,
                col(_P.employee_id).in_(work.actor.acts_for),
            )
        )
    )
    me = work.actor.employee_id
    if me in listed:
        return me
    absent = listed & work.actor.reads_for
    if len(absent) != 1:
        raise NotOnTheList
    return absent.pop()


def _hold(work: Work, found: Found) -> None:
    """Make others who confirm on the list wait: one of them is the last. Raises when it is over."""
    held = work.db.execute(
        update(_A)
        .where(col(_A.id) == found.id, col(_A.state) == AcquaintanceState.RUNNING)
        .values(version=_A.version + 1)
    )
    if held.rowcount == 0:
        raise AcquaintanceClosed(state=_(STATE_TITLES[found.state]))


def _refuse_second(work: Work, acquaintance: UUID, person: UUID) -> None:
    row = work.db.execute(
        select(col(_P.acquainted_at), col(EmployeeTable.full_name))
        .join(EmployeeTable, col(EmployeeTable.id) == col(_P.employee_id))
        .where(col(_P.acquaintance_id) == acquaintance, col(_P.employee_id) == person)
    ).one_or_none()
    if row is None or row.acquainted_at is None:
        raise NotOnTheList
    raise AlreadyAcquainted(name=row.full_name, day=f"{row.acquainted_at:%d.%m.%Y}")


def _complete(work: Work, acquaintance: UUID) -> None:
    waiting = work.db.scalar(
        select(func.count()).where(
            col(_P.acquaintance_id) == acquaintance, col(_P.state) == ReadingState.WAITING
        )
    )
    if not waiting:
        _close(work, acquaintance, AcquaintanceState.COMPLETED)
        _tell_starter(work, acquaintance)


def _tell_starter(work: Work, acquaintance: UUID) -> None:
    """Promise a letter to whoever started it; the subject of the document stays out of it."""
    row = work.db.execute(
        select(col(EmployeeTable.id), col(EmployeeTable.email), col(DocumentTable.number))
        .join(_A, col(_A.started_by) == col(EmployeeTable.id))
        .join(DocumentTable, col(DocumentTable.id) == col(_A.document_id))
        .where(col(_A.id) == acquaintance)
    ).one()
    if row.email is None or row.id == work.actor.employee_id:
        return
    number = row.number or short_id(acquaintance)
    post(
        work,
        Letter(
            key=f"acquaintance:{acquaintance}:completed",
            recipient=row.email,
            subject=_("{number}: everybody has read").format(number=number),
            body=_("Everybody on the list is acquainted with {number}.").format(number=number),
            employee_id=row.id,
        ),
    )


def _close(work: Work, acquaintance: UUID, state: AcquaintanceState) -> None:
    done = work.db.execute(
        update(_A)
        .where(col(_A.id) == acquaintance, col(_A.state) == AcquaintanceState.RUNNING)
        .values(state=state.value, closed_at=work.now, version=_A.version + 1)
    )
    if done.rowcount == 0:
        raise AcquaintanceClosed(state=_(STATE_TITLES[state]))
    work.record("close", "acquaintance", acquaintance, None, {"state": state.value})
    document = select(col(_A.document_id)).where(col(_A.id) == acquaintance)
    follow_route(work, work.db.execute(document).scalar_one())
