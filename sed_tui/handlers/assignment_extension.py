"""A later term: asked for by the executor, granted or refused by the giver (A7, A10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.assignment_policy import LateExtension
from sed_tui.domain.assignment_terms import check_later, is_filed_late, shown_day
from sed_tui.domain.calendar import Direction
from sed_tui.domain.term_explanation import lines_of, tell
from sed_tui.domain.text import clean
from sed_tui.errors.assignment_terms import ExtensionTooLate, NoTermToExtend, NotLater
from sed_tui.errors.assignments import AlreadyAsked, NothingAsked
from sed_tui.handlers.assignment_children import shift_children
from sed_tui.handlers.assignment_control import new_term
from sed_tui.handlers.assignment_current import find_assignment
from sed_tui.handlers.assignment_policy import load_policy
from sed_tui.handlers.assignment_steps import may_take, move, reason_of
from sed_tui.handlers.assignment_warnings import term_warnings
from sed_tui.handlers.calendar import count_term
from sed_tui.i18n import _
from sed_tui.storage.tables.assignment_request import ExtensionRequestTable

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sed_tui.domain.terms import Deadline
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_extension import (
        DenyExtension,
        ExtendAssignment,
        GrantExtension,
    )
    from sed_tui.operations.assignment_moved import AssignmentMoved

_R = ExtensionRequestTable


def extend_assignment(work: Work, request: ExtendAssignment) -> AssignmentMoved:
    """Ask for a later term, one request at a time.

    Raises `NotLater`, `NotAWorkingDay`, `NoTermToExtend`, `AlreadyAsked`, and
    `ExtensionTooLate` where the organization refuses late ones.
    """
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.EXTEND)
    reason = reason_of(work, Step.EXTEND)
    before = _current_term(current.standing.due)
    wanted = _later_term(work, request.due, before).effective
    is_late = _is_late(work, before)
    if _waiting(work, current.id) is not None:
        raise AlreadyAsked(field="assignment")
    moved = move(work, current, Step.EXTEND, {}, text=f"{shown_day(wanted)}. {reason}")
    work.db.execute(
        insert(_R).values(
            id=uuid4(),
            organization_id=work.organization_id,
            assignment_id=current.id,
            requested_by=work.actor.employee_id,
            requested_at=work.now,
            reason=reason,
            current_due=before,
            wanted_due=wanted,
            is_late=is_late,
            state="asked",
            shifted_children=0,
        )
    )
    warnings = [_("The request comes too late and is marked so.")] if is_late else []
    return moved.model_copy(update={"warnings": warnings})


def grant_extension(work: Work, request: GrantExtension) -> AssignmentMoved:
    """Give the later term; the chain of terms keeps the one before.

    Raises `NothingAsked`, `NotLater` and `NotAWorkingDay`.
    """
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.GRANT)
    wanted = _asked(work, current.id)
    before = _current_term(current.standing.due)
    term = _later_term(work, request.due or f"{wanted:%d.%m.%Y}", before)
    values = new_term(current, term, request.due or shown_day(wanted))
    moved = move(work, current, Step.GRANT, values, text=work.options.reason)
    shifted = 0
    if request.shift_children:
        shifted = shift_children(work, current.id, before, term.effective)
    decision = {"granted_due": term.effective, "shifted_children": shifted}
    _decide(work, current.id, "granted", comment=work.options.reason, **decision)
    warnings = term_warnings(work, current, term.effective)
    return moved.model_copy(update={"explanation": tell(lines_of(term)), "warnings": warnings})


def deny_extension(work: Work, request: DenyExtension) -> AssignmentMoved:
    """Leave the term as it is, for a reason. Raises `NothingAsked`."""
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.DENY)
    reason = reason_of(work, Step.DENY)
    _asked(work, current.id)
    moved = move(work, current, Step.DENY, {}, text=reason)
    _decide(work, current.id, "denied", comment=reason)
    return moved


def _later_term(work: Work, written: str, current: date) -> Deadline:
    """Return a term after the current one; a day off named by its date is refused, not moved."""
    term = count_term(work, clean(written, "due", limit=64), work.today, days_off=Direction.REFUSE)
    if term is None or term.effective < work.today:
        raise NotLater(field="due", due=written, current=shown_day(current))
    check_later(term.effective, current)
    return term


def _current_term(due: date | None) -> date:
    if due is None:
        raise NoTermToExtend
    return due


def _is_late(work: Work, due: date) -> bool:
    policy = load_policy(work)
    notice = policy.extension_notice
    late = is_filed_late(work.today, due, notice, work.calendar)
    if late and policy.late_extension is LateExtension.REFUSE:
        raise ExtensionTooLate(due=shown_day(due), notice=notice)
    return late


def _waiting(work: Work, assignment_id: UUID) -> date | None:
    return work.db.scalar(
        select(col(_R.wanted_due)).where(
            col(_R.assignment_id) == assignment_id, col(_R.state) == "asked"
        )
    )


def _asked(work: Work, assignment_id: UUID) -> date:
    wanted = _waiting(work, assignment_id)
    if wanted is None:
        raise NothingAsked(field="assignment")
    return wanted


def _decide(work: Work, assignment_id: UUID, state: str, **decision: Any) -> None:
    work.db.execute(
        update(_R)
        .where(col(_R.assignment_id) == assignment_id, col(_R.state) == "asked")
        .values(state=state, decided_by=work.actor.employee_id, decided_at=work.now, **decision)
    )
