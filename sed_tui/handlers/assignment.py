"""Assignments: issue one, show one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlmodel import col

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.assignment_people import check_part_in_parent, chosen_control
from sed_tui.domain.assignment_terms import check_co_term
from sed_tui.domain.term_explanation import lines_of, tell
from sed_tui.domain.terms import DEFAULT_PROFILE, require_future
from sed_tui.domain.text import clean
from sed_tui.errors.assignment_terms import TermNeeded
from sed_tui.handlers.assignment_card import assignment_card
from sed_tui.handlers.assignment_children import lock_parent
from sed_tui.handlers.assignment_current import find_assignment
from sed_tui.handlers.assignment_origin import BY_HAND
from sed_tui.handlers.assignment_people import assigned_people
from sed_tui.handlers.assignment_policy import load_policy
from sed_tui.handlers.assignment_steps import TEXT_LIMIT, login_of, write_event
from sed_tui.handlers.assignment_warnings import absence_warnings, parent_warnings
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.co_executors import add_helpers
from sed_tui.handlers.document_execution import follow_assignments, lock_for_assignments
from sed_tui.handlers.exchange_origin import is_followed
from sed_tui.handlers.participants import add_participants
from sed_tui.handlers.references import DocumentReference, find_document
from sed_tui.operations.assignment import (
    AssignmentCard,
    AssignmentIssued,
    IssueAssignment,
    ShowAssignment,
)
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable, ObserverTable

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.domain.terms import Deadline
    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.assignment_origin import Origin
    from sed_tui.handlers.assignment_people import People
    from sed_tui.handlers.work import Work


def issue_assignment(work: Work, request: IssueAssignment) -> AssignmentIssued:
    """Give somebody something to do, in one's own name or a head's."""
    return issue(work, request, BY_HAND)


def issue(work: Work, request: IssueAssignment, origin: Origin) -> AssignmentIssued:
    """Check people and term, store the assignment, let its people see the document."""
    parent = find_assignment(work, request.parent, field="parent") if request.parent else None
    document = origin.document or _document(work, request, parent)
    people = assigned_people(work, request, origin.author)
    return give(work, request, people, document, parent, origin=origin)


def give(
    work: Work,
    request: IssueAssignment,
    people: People,
    document: DocumentReference | None,
    parent: Current | None = None,
    kind: str = "main",
    origin: Origin = BY_HAND,
) -> AssignmentIssued:
    """Give out an assignment to people that are found already, by a term."""
    text = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    request = request.model_copy(update={"profile": _profile(work, request, document, parent)})
    term, co_term = _terms(work, request, _whole_term(work, parent, document))
    warnings = absence_warnings(work, people.expected, term.effective if term else None)
    if parent is not None:
        check_part_in_parent(parent.standing, people.author.id, people.author.name)
        lock_parent(work, parent)
        warnings += parent_warnings(work, parent.id, term.effective if term else None)
    if document is not None:
        lock_for_assignments(work, document.id)
    row = _row(work, request, people, document, term, co_term)
    row |= {"text": text, "kind": kind, "parent_id": parent.id if parent else None}
    row |= origin.columns()
    _store(work, row, people, origin.on_behalf_of)
    if document is not None:
        _join(work, document.id, people)
        follow_assignments(work, document.id)
        if parent is None and kind == "main":
            _tell_sender(work, document, people)
    return _issued(row, document, people, term, parent, warnings)


def _tell_sender(work: Work, document: DocumentReference, people: People) -> None:
    """Tell a subscribed sender of the letter who executes it."""
    if is_followed(work, document.id):
        from sed_tui.handlers.exchange_telling import tell_executor  # lxml, for letters of partners

        tell_executor(work, document.id, people.author.name, people.executor.name)


def show_assignment(work: Work, request: ShowAssignment) -> AssignmentCard:
    """Return everything about one assignment."""
    return assignment_card(work, find_assignment(work, request.assignment))


def _document(
    work: Work, request: IssueAssignment, parent: Current | None
) -> DocumentReference | None:
    if request.document:
        return find_document(work, request.document)
    if parent is None or parent.document_id is None:
        return None
    return find_document(work, str(parent.document_id))


def _issued(
    row: dict[str, Any],
    document: DocumentReference | None,
    people: People,
    term: Deadline | None,
    parent: Current | None,
    warnings: list[str],
) -> AssignmentIssued:
    return AssignmentIssued(
        id=row["id"],
        document_id=row["document_id"],
        document_number=document.number if document else None,
        author=people.author.name,
        executor=people.executor.name,
        executor_login=people.executor.login,
        controller=people.controller.name if people.controller else None,
        co_executors=[person.name for person in people.co_executors],
        observers=[person.name for person in people.observers],
        control=row["control"],
        parent_id=parent.id if parent else None,
        due=row["due"],
        nominal_due=row["nominal_due"],
        co_due=row["co_due"],
        explanation=tell(lines_of(term)),
        state=AssignmentState(row["state"]),
        warnings=warnings,
    )


def _profile(
    work: Work,
    request: IssueAssignment,
    document: DocumentReference | None,
    parent: Current | None,
) -> str | None:
    """Return the profile to count by: without any term that of the document's kind.

    What is given out below another assignment is counted as everything else.
    """
    if request.profile or request.due or document is None or parent is not None:
        return request.profile
    from sed_tui.handlers.kind_terms import profile_of_kind  # for terms that are left out

    return profile_of_kind(work, document.id)


def _whole_term(
    work: Work, parent: Current | None, document: DocumentReference | None
) -> date | None:
    """Return the term that «доложите» takes half of.

    It is that of the assignment above, else the next one on control on the document.
    """
    if parent is not None:
        return parent.standing.due
    if document is None:
        return None
    table = AssignmentTable
    return work.db.scalar(
        select(func.min(col(table.due))).where(
            col(table.document_id) == document.id,
            col(table.closed_at).is_(None),
            col(table.control) != "none",
        )
    )


def _terms(
    work: Work, request: IssueAssignment, whole: date | None
) -> tuple[Deadline | None, Deadline | None]:
    term = count_term(work, request.due, work.today, profile=request.profile, whole=whole)
    if term is not None:
        require_future(term, work.today)
    elif not load_policy(work).allows_no_term:
        raise TermNeeded(field="due")
    if request.co_due is None:
        return term, None
    co_term = count_term(work, request.co_due, work.today, profile=request.profile, field="co_due")
    if co_term is not None:
        require_future(co_term, work.today, "co_due")
        check_co_term(co_term.effective, term.effective if term else None)
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
    control = chosen_control(
        request.control,
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
        **_term_columns(request, term),
        "co_due": co_term.effective if co_term else None,
        "state": AssignmentState.IN_WORK.value,
        "control": control.value,
        "issued_on": work.today,
        "issued_at": work.now,
        "changed_at": work.now,
        "reported_on": None,
        "version": 1,
    }


def _term_columns(request: IssueAssignment, term: Deadline | None) -> dict[str, Any]:
    due = term.effective if term else None
    return {
        "due": due,
        "nominal_due": term.nominal if term else None,
        "original_due": due,
        "shifts": 0,
        "term": (request.due or request.profile or DEFAULT_PROFILE).strip(),
        "explanation": json.dumps(lines_of(term), ensure_ascii=False),
    }


def _store(work: Work, row: dict[str, Any], people: People, on_behalf_of: UUID | None) -> None:
    work.db.execute(insert(AssignmentTable).values(**row))
    for table, others in (
        (CoExecutorTable, people.co_executors),
        (ObserverTable, people.observers),
    ):
        add_helpers(work, row["id"], table, [person.id for person in others])
    write_event(work, row["id"], 1, Step.ISSUE, row, None, on_behalf_of=on_behalf_of)
    shown = (
        *("document_id", "parent_id", "text", "author_id", "executor_id", "controller_id"),
        *("due", "control", "resolution_id", "point", "recurring_id"),
    )
    after = {name: row[name] for name in shown if name in row}
    after["co_executors"] = [person.id for person in people.co_executors] or None
    after["observers"] = [person.id for person in people.observers] or None
    work.record(
        *(Step.ISSUE.value, "assignment", row["id"], None, after),
        on_behalf_of=login_of(work, on_behalf_of),
    )


def _join(work: Work, document_id: UUID, people: People) -> None:
    add_participants(work, document_id, "observer", [p.id for p in people.observers])
    add_participants(work, document_id, "author", [people.author.id])
    add_participants(work, document_id, "executor", [people.executor.id])
    add_participants(work, document_id, "co_executor", [p.id for p in people.co_executors])
    if people.controller is not None:
        add_participants(work, document_id, "controller", [people.controller.id])
