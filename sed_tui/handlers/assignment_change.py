"""Who does an assignment, what and by when, changed after issue: redirect, amend (A7, A9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.assignment_people import check_people
from sed_tui.errors.assignments import AlreadyHis, NobodyAccepts
from sed_tui.handlers.assignment_amendment import Amendment
from sed_tui.handlers.assignment_current import find_assignment
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.handlers.assignment_steps import may_take, move, reason_of
from sed_tui.handlers.assignment_warnings import absence_warnings, term_warnings
from sed_tui.handlers.co_executors import change_helpers
from sed_tui.handlers.participants import add_participants
from sed_tui.storage.names import find_people
from sed_tui.storage.tables.assignment_people import CoExecutorTable, ObserverTable
from sed_tui.storage.versioned import require_seen

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_change import AmendAssignment, RedirectAssignment
    from sed_tui.operations.assignment_moved import AssignmentMoved


def redirect_assignment(work: Work, request: RedirectAssignment) -> AssignmentMoved:
    """Forward the execution, or the control, to somebody who has no part in it yet (A9).

    Raises `AlreadyHis`, `NobodyAccepts`.
    """
    step = Step.REDIRECT_CONTROL if request.control else Step.REDIRECT
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, step)
    to = find_colleague_at_work(work, request.to, "to")
    standing = current.standing
    if to.id == (standing.controller if request.control else standing.executor):
        raise AlreadyHis(field="to", name=to.name)
    executor = standing.executor if request.control else to.id
    controller = to.id if request.control else standing.controller
    if standing.on_control and controller is None and executor == standing.author:
        raise NobodyAccepts(field="to")
    check_people(executor, controller, standing.co_executors, _names(work, current, to.id))
    column = "controller_id" if request.control else "executor_id"
    moved = move(work, current, step, {column: to.id}, text=work.options.reason)
    let_see(work, current, "controller" if request.control else "executor", [to.id])
    warnings = [] if request.control else absence_warnings(work, [to.id], standing.due)
    return moved.model_copy(update={"warnings": warnings})


def amend_assignment(work: Work, request: AmendAssignment) -> AssignmentMoved:
    """Change what was given out, for a reason, as its giver (A7, A10).

    Raises `ChangedMeanwhile`, `NothingToAmend`, `FixedOnAcceptance`, and what issuing raises.
    """
    current = find_assignment(work, request.assignment)
    amendment = Amendment(work, current, request)
    require_seen(request.version, current.version, current.called, amendment.differences)
    may_take(work, current, Step.AMEND)
    reason = reason_of(work, Step.AMEND)
    values, told = amendment.checked()
    warnings = []
    if "due" in values or "executor_id" in values:
        warnings = term_warnings(work, current, values.get("due", current.standing.due))
    moved = move(work, current, Step.AMEND, values, text=reason, told=told)
    change_helpers(work, current.id, CoExecutorTable, amendment.co_executors)
    change_helpers(work, current.id, ObserverTable, amendment.observers)
    let_see(work, current, "executor", [amendment.executor])
    let_see(work, current, "controller", [amendment.controller])
    let_see(work, current, "co_executor", amendment.co_executors)
    let_see(work, current, "observer", amendment.observers)
    return moved.model_copy(update={"explanation": amendment.explanation, "warnings": warnings})


def let_see(work: Work, current: Current, capacity: str, people: list[Any]) -> None:
    """Let people who take part now see the document; those of before still may."""
    if current.document_id is not None:
        add_participants(work, current.document_id, capacity, people)


def _names(work: Work, current: Current, *more: UUID) -> dict[UUID, str]:
    people = {current.standing.executor, *current.standing.co_executors, *more}
    return {row.id: row.full_name for row in find_people(work.db, people)}
