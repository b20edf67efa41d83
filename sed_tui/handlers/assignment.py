"""Assignments: issue, report, accept, return for rework."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.assignment_people import is_on_control
from sed_tui.domain.term_explanation import lines_of, tell
from sed_tui.domain.terms import DEFAULT_PROFILE, require_future
from sed_tui.domain.text import clean, optional
from sed_tui.errors.assignments import TermEarlier, TermTooLate
from sed_tui.handlers.assignment_card import assignment_card
from sed_tui.handlers.assignment_people import assigned_people
from sed_tui.handlers.assignment_steps import (
    find_assignment,
    may_take,
    require_version,
    take_step,
    write_event,
)
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.document_execution import follow_assignments, lock_for_assignments
from sed_tui.handlers.participants import add_participants
from sed_tui.handlers.references import find_document
from sed_tui.i18n import _
from sed_tui.operations.assignment import (
    AcceptAssignment,
    AssignmentCard,
    AssignmentIssued,
    AssignmentMoved,
    IssueAssignment,
    ReportAssignment,
    ReturnAssignment,
    ShowAssignment,
)
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable

if TYPE_CHECKING:
    from sed_tui.domain.terms import Deadline
    from sed_tui.handlers.assignment_people import People
    from sed_tui.handlers.assignment_steps import Current
    from sed_tui.handlers.references import DocumentReference
    from sed_tui.handlers.work import Work

TEXT_LIMIT = 4000


def issue_assignment(work: Work, request: IssueAssignment) -> AssignmentIssued:
    """Check people and term, store the assignment, let its people see the document."""
    text = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    document = find_document(work, request.document) if request.document else None
    people = assigned_people(work, request)
    term, co_term = _terms(work, request)
    if document is not None:
        lock_for_assignments(work, document.id)
    row = _row(work, request, people, document, term, co_term)
    _store(work, {**row, "text": text}, people)
    if document is not None:
        _join(work, document.id, people)
        follow_assignments(work, document.id)
    return AssignmentIssued(
        id=row["id"],
        document_id=row["document_id"],
        document_number=document.number if document else None,
        author=people.author.name,
        executor=people.executor.name,
        executor_login=people.executor.login,
        controller=people.controller.name if people.controller else None,
        co_executors=[person.name for person in people.co_executors],
        due=row["due"],
        nominal_due=row["nominal_due"],
        co_due=row["co_due"],
        explanation=tell(lines_of(term)),
        state=AssignmentState(row["state"]),
    )


def report_assignment(work: Work, request: ReportAssignment) -> AssignmentMoved:
    """Take the executor's report (A1); where nobody accepts, it executes the assignment."""
    current = find_assignment(work, request.assignment)
    require_version(current, request.version)
    text = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    values = {
        "report_text": text,
        "reported_on": work.today,
        "reported_at": work.now,
        "reported_by": work.actor.employee_id,
    }
    return _moved(work, current, Step.REPORT, values, text)


def accept_assignment(work: Work, request: AcceptAssignment) -> AssignmentMoved:
    """Take the assignment off control on the executor's report (A14, A15)."""
    current = find_assignment(work, request.assignment)
    require_version(current, request.version)
    comment = optional(request.comment, "comment", limit=TEXT_LIMIT, multiline=True)
    return _moved(work, current, Step.ACCEPT, {}, comment)


def return_assignment(work: Work, request: ReturnAssignment) -> AssignmentMoved:
    """Return the report for rework with a term not before the current one (A2, A15)."""
    current = find_assignment(work, request.assignment)
    require_version(current, request.version)
    may_take(work, current, Step.RETURN)
    text = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    clean(request.due, "due", limit=64)
    term = count_term(work, request.due, work.today)
    due = term.effective if term else None
    planned = current.standing.due
    if planned is not None and (due is None or due < planned):
        raise TermEarlier(field="due", due=_shown(due), current=_shown(planned))
    lines = lines_of(term)
    values = {
        "due": due,
        "nominal_due": term.nominal if term else None,
        "term": request.due.strip(),
        "explanation": json.dumps(lines, ensure_ascii=False),
        "reported_on": None,
        "reported_at": None,
        "reported_by": None,
        "shifts": current.shifts + (due != planned),
    }
    moved = _moved(work, current, Step.RETURN, values, text)
    late = due is not None and due < work.today
    warnings = [_("The new term {due} is over already.").format(due=_shown(due))] if late else []
    return moved.model_copy(update={"explanation": tell(lines), "warnings": warnings})


def show_assignment(work: Work, request: ShowAssignment) -> AssignmentCard:
    """Return everything about one assignment."""
    return assignment_card(work, find_assignment(work, request.assignment))


def _moved(
    work: Work, current: Current, step: Step, values: dict[str, Any], text: str | None
) -> AssignmentMoved:
    row = take_step(work, current, step, values, text=text)
    if current.document_id is not None:
        follow_assignments(work, current.document_id)
    after = {**current.kept(), **values}
    return AssignmentMoved(
        id=current.id,
        state=row.target,
        due=after["due"],
        reported_on=after["reported_on"],
        version=current.version + 1,
    )


def _terms(work: Work, request: IssueAssignment) -> tuple[Deadline | None, Deadline | None]:
    term = count_term(work, request.due, work.today, profile=request.profile)
    if term is not None:
        require_future(term, work.today)
    if request.co_due is None:
        return term, None
    co_term = count_term(work, request.co_due, work.today, profile=request.profile, field="co_due")
    if co_term is not None:
        require_future(co_term, work.today, "co_due")
        if term is not None and co_term.effective > term.effective:
            raise TermTooLate(
                field="co_due", co_due=_shown(co_term.effective), due=_shown(term.effective)
            )
    return term, co_term


def _row(
    work: Work,
    request: IssueAssignment,
    people: People,
    document: DocumentReference | None,
    term: Deadline | None,
    co_term: Deadline | None,
) -> dict[str, Any]:
    controller = people.controller.id if people.controller else None
    controlled = is_on_control(
        author=people.author.id,
        executor=people.executor.id,
        controller=controller,
        has_term=term is not None,
    )
    return {
        "id": uuid4(),
        "organization_id": work.organization_id,
        "document_id": document.id if document else None,
        "author_id": people.author.id,
        "entered_by": work.actor.employee_id,
        "executor_id": people.executor.id,
        "controller_id": controller,
        "due": term.effective if term else None,
        "nominal_due": term.nominal if term else None,
        "co_due": co_term.effective if co_term else None,
        "term": (request.due or request.profile or DEFAULT_PROFILE).strip(),
        "explanation": json.dumps(lines_of(term), ensure_ascii=False),
        "state": AssignmentState.IN_WORK.value,
        "control": "control" if controlled else "none",
        "issued_on": work.today,
        "issued_at": work.now,
        "changed_at": work.now,
        "reported_on": None,
        "original_due": term.effective if term else None,
        "shifts": 0,
        "version": 1,
    }


def _store(work: Work, row: dict[str, Any], people: People) -> None:
    work.db.execute(insert(AssignmentTable).values(**row))
    if people.co_executors:
        work.db.execute(
            insert(CoExecutorTable),
            [
                {
                    "assignment_id": row["id"],
                    "employee_id": person.id,
                    "organization_id": work.organization_id,
                }
                for person in people.co_executors
            ],
        )
    write_event(work, row["id"], 1, Step.ISSUE, row, None)
    shown = ("document_id", "text", "author_id", "executor_id", "controller_id", "due", "control")
    after = {name: row[name] for name in shown}
    after["co_executors"] = [person.id for person in people.co_executors] or None
    work.record(Step.ISSUE.value, "assignment", row["id"], None, after)


def _join(work: Work, document_id: UUID, people: People) -> None:
    add_participants(work, document_id, "author", [people.author.id])
    add_participants(work, document_id, "executor", [people.executor.id])
    add_participants(work, document_id, "co_executor", [p.id for p in people.co_executors])
    if people.controller is not None:
        add_participants(work, document_id, "controller", [people.controller.id])


def _shown(day: Any) -> str:
    return f"{day:%d.%m.%Y}" if day else "—"
