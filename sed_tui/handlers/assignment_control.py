"""The steps of those who control: accept, release, return for rework, stop."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.assignment_terms import check_return, shown_day
from sed_tui.domain.term_explanation import lines_of, tell
from sed_tui.domain.text import clean, optional
from sed_tui.errors import NotFound
from sed_tui.handlers.assignment_children import settle_children
from sed_tui.handlers.assignment_current import find_assignment
from sed_tui.handlers.assignment_reply import is_sender_told, reply_warnings
from sed_tui.handlers.assignment_result import attach_results
from sed_tui.handlers.assignment_steps import TEXT_LIMIT, may_take, move, reason_of
from sed_tui.handlers.assignment_warnings import term_warnings
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.references import find_document
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.domain.assignment_flow import Children
    from sed_tui.domain.terms import Deadline
    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_control import (
        AcceptAssignment,
        ReleaseAssignment,
        ReturnAssignment,
        StopAssignment,
    )
    from sed_tui.operations.assignment_moved import AssignmentMoved

PROOF_LIMIT = 500


def accept_assignment(work: Work, request: AcceptAssignment) -> AssignmentMoved:
    """Take the assignment off control on the executor's report (A14, A15)."""
    current = find_assignment(work, request.assignment, version=request.version)
    if request.proof is not None:
        return _released(work, current, request.proof, request.comment, request.children)
    may_take(work, current, Step.ACCEPT)
    comment = optional(request.comment, "comment", limit=TEXT_LIMIT, multiline=True)
    return _ended(work, current, Step.ACCEPT, request.children, text=comment)


def release_assignment(work: Work, request: ReleaseAssignment) -> AssignmentMoved:
    """Take the assignment off control with what proves its execution (A13, A14)."""
    current = find_assignment(work, request.assignment, version=request.version)
    return _released(work, current, request.proof, request.comment, request.children)


def return_assignment(work: Work, request: ReturnAssignment) -> AssignmentMoved:
    """Return the report for rework with a term not before the current one (A2, A15)."""
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.RETURN)
    text = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    clean(request.due, "due", limit=64)
    term = count_term(work, request.due, work.today)
    due = term.effective if term else None
    check_return(due, current.standing.due)
    values = {
        **new_term(current, term, request.due),
        "reported_on": None,
        "reported_at": None,
        "reported_by": None,
    }
    moved = move(work, current, Step.RETURN, values, text=text)
    warnings = term_warnings(work, current, due)
    if due is not None and due < work.today:
        warnings.append(_("The new term {due} is over already.").format(due=shown_day(due)))
    return moved.model_copy(update={"explanation": tell(lines_of(term)), "warnings": warnings})


def stop_assignment(work: Work, request: StopAssignment) -> AssignmentMoved:
    """End an assignment without execution, for a reason (A5, A7)."""
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.STOP)
    moved = move(work, current, Step.STOP, {}, text=reason_of(work, Step.STOP))
    stopped = settle_children(work, current.id, request.children)
    return moved.model_copy(update={"stopped_children": stopped})


def new_term(current: Current, term: Deadline | None, written: str) -> dict[str, Any]:
    """Return the columns of a term that takes the place of the current one."""
    due = term.effective if term else None
    return {
        "due": due,
        "nominal_due": term.nominal if term else None,
        "term": written.strip(),
        "explanation": json.dumps(lines_of(term), ensure_ascii=False),
        "shifts": current.shifts + (due != current.standing.due),
    }


def _released(
    work: Work, current: Current, written: str, comment: str | None, children: Children
) -> AssignmentMoved:
    may_take(work, current, Step.RELEASE)
    proof = clean(written, "proof", limit=PROOF_LIMIT)
    comment = optional(comment, "comment", limit=TEXT_LIMIT, multiline=True)
    told: dict[str, Any] = {"proof": proof}
    try:
        number = find_document(work, proof, "proof").number
    except NotFound:  # a proof may be words: a decree of others, a fact
        pass
    else:
        told |= {"proof": number or proof, **attach_results(work, current, [proof], ())}
    text = f"{told['proof']}. {comment}" if comment else told["proof"]
    return _ended(work, current, Step.RELEASE, children, text=text, told=told)


def _ended(
    work: Work,
    current: Current,
    step: Step,
    children: Children,
    *,
    text: str | None,
    told: Mapping[str, Any] | None = None,
) -> AssignmentMoved:
    """Execute an assignment, and keep whether its sender was told (A13)."""
    is_told = is_sender_told(work, current)
    after = {**(told or {}), **({} if is_told is None else {"is_sender_told": is_told})}
    values = {"proof": after["proof"]} if "proof" in after else {}
    moved = move(work, current, step, values, text=text, told=({}, after))
    stopped = settle_children(work, current.id, children)
    warnings = [*moved.warnings, *reply_warnings(is_told)]
    return moved.model_copy(update={"stopped_children": stopped, "warnings": warnings})
