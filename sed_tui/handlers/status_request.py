"""The status request: a question in mid-term and its answer; the term is not touched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.assignment_terms import shown_day
from sed_tui.domain.text import clean
from sed_tui.errors.assignments import AlreadyAsked, NothingAsked
from sed_tui.errors.terms import DueInThePast
from sed_tui.handlers.assignment_current import find_assignment
from sed_tui.handlers.assignment_steps import TEXT_LIMIT, may_take, move
from sed_tui.storage.tables.assignment_request import StatusRequestTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_moved import AssignmentMoved
    from sed_tui.operations.status_request import (
        AcceptAnswer,
        AnswerStatus,
        AskStatus,
        ReturnAnswer,
    )

_R = StatusRequestTable


def ask_status(work: Work, request: AskStatus) -> AssignmentMoved:
    """Ask the executor; an answer that nobody has judged yet counts as accepted.

    Raises `DueInThePast`, and `AlreadyAsked` while a question waits.
    """
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.ASK)
    question = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    by = request.answer_by
    if by is not None and by < work.today:
        raise DueInThePast(field="answer_by", due=shown_day(by), today=shown_day(work.today))
    if _is_there(work, current.id, "asked"):
        raise AlreadyAsked(field="assignment")
    moved = move(work, current, Step.ASK, {}, text=question)
    _change(work, current.id, "answered", {"state": "accepted"})
    work.db.execute(
        insert(_R).values(
            id=uuid4(),
            organization_id=work.organization_id,
            assignment_id=current.id,
            asked_by=work.actor.employee_id,
            asked_at=work.now,
            question=question,
            answer_by=by,
            state="asked",
        )
    )
    return moved


def answer_status(work: Work, request: AnswerStatus) -> AssignmentMoved:
    """Answer the question that waits. Raises `NothingAsked`."""
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.ANSWER)
    text = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    moved = move(work, current, Step.ANSWER, {}, text=text)
    answer = {"state": "answered", "answer": text, "answered_by": work.actor.employee_id}
    _change(work, current.id, "asked", {**answer, "answered_at": work.now}, needed=True)
    return moved


def accept_answer(work: Work, request: AcceptAnswer) -> AssignmentMoved:
    """Be content with the answer. Raises `NothingAsked` where there is none to judge."""
    current = find_assignment(work, request.assignment, version=request.version)
    moved = move(work, current, Step.ACCEPT_ANSWER, {}, text=None)
    _change(work, current.id, "answered", {"state": "accepted"}, needed=True)
    return moved


def return_answer(work: Work, request: ReturnAnswer) -> AssignmentMoved:
    """Put the question again, saying what the answer lacks. Raises `NothingAsked`."""
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.RETURN_ANSWER)
    comment = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    moved = move(work, current, Step.RETURN_ANSWER, {}, text=comment)
    _change(work, current.id, "answered", {"state": "asked", "comment": comment}, needed=True)
    return moved


def _is_there(work: Work, assignment_id: UUID, state: str) -> bool:
    query = select(col(_R.id)).where(col(_R.assignment_id) == assignment_id, col(_R.state) == state)
    return work.db.scalar(query.limit(1)) is not None


def _change(
    work: Work, assignment_id: UUID, state: str, values: dict[str, Any], *, needed: bool = False
) -> None:
    done = work.db.execute(
        update(_R)
        .where(col(_R.assignment_id) == assignment_id, col(_R.state) == state)
        .values(**values)
    )
    if needed and done.rowcount == 0:
        raise NothingAsked(field="assignment")
