"""Orders to many organizations: parts given, followed, and decided by who gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.assignment_part import OPEN_PARTS, PartState
from sed_tui.domain.text import optional
from sed_tui.errors.assignment_parts import NoPart, PartThere
from sed_tui.errors.assignment_terms import TermNeeded
from sed_tui.errors.assignments import NotYourPart
from sed_tui.handlers.assignment_children import lock_parent, stop_below
from sed_tui.handlers.assignment_control import (
    accept_assignment,
    return_assignment,
    stop_assignment,
)
from sed_tui.handlers.assignment_current import find_assignment
from sed_tui.handlers.assignment_extension import deny_extension, grant_extension
from sed_tui.handlers.assignment_part_sending import order_of, send_part
from sed_tui.handlers.assignment_part_targets import chosen_targets
from sed_tui.handlers.assignment_steps import TEXT_LIMIT, may_take
from sed_tui.handlers.other_organization import working_in
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment import IssueAssignment
from sed_tui.operations.assignment_control import (
    AcceptAssignment,
    ReturnAssignment,
    StopAssignment,
)
from sed_tui.operations.assignment_extension import DenyExtension, GrantExtension
from sed_tui.operations.assignment_part import (
    AcceptPart,
    DenyPart,
    GrantPart,
    ListParts,
    Part,
    PartList,
    ReturnPart,
    SendParts,
    StopPart,
)
from sed_tui.storage.tables.assignment_outcome import AssignmentPartTable
from sed_tui.storage.tables.assignment_request import ExtensionRequestTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_part import OnPart

_P = AssignmentPartTable
_R = ExtensionRequestTable


def send_parts(work: Work, request: SendParts) -> PartList:
    """Give each organization its part; all of them or none. Raises `PartThere`."""
    current = find_assignment(work, request.assignment)
    may_take(work, current, Step.AMEND)
    lock_parent(work, current)
    order = order_of(work, current)
    due = request.due or _written(current)
    text = optional(request.text, "text", limit=TEXT_LIMIT, multiline=True) or current.text
    targets = chosen_targets(work, request)
    there, last = _given(work, current.id)
    for number, target in enumerate(targets, start=last + 1):
        if target.id in there:
            raise PartThere(field="organizations", organization=target.name)
        issue = IssueAssignment(text=text, executor="", due=due, control=_watch(current))
        send_part(work, current, order, target, number, issue)
    return _parts(work, current)


def list_parts(work: Work, request: ListParts) -> PartList:
    """Return how far the organizations have come."""
    return _parts(work, find_assignment(work, request.assignment))


def accept_part(work: Work, request: AcceptPart) -> Part:
    """Accept the report of an organization; its assignment leaves control."""
    return _decide(
        work,
        request,
        lambda theirs, task: accept_assignment(
            theirs,
            AcceptAssignment(assignment=task, comment=request.comment, proof=request.proof),
        ),
    )


def return_part(work: Work, request: ReturnPart) -> Part:
    """Return the report of an organization for rework."""
    return _decide(
        work,
        request,
        lambda theirs, task: return_assignment(
            theirs, ReturnAssignment(assignment=task, text=request.text, due=request.due)
        ),
    )


def grant_part(work: Work, request: GrantPart) -> Part:
    """Grant a later term."""
    return _decide(
        work,
        request,
        lambda theirs, task: grant_extension(
            theirs, GrantExtension(assignment=task, due=request.due)
        ),
    )


def deny_part(work: Work, request: DenyPart) -> Part:
    """Refuse a later term."""
    return _decide(
        work,
        request,
        lambda theirs, task: deny_extension(theirs, DenyExtension(assignment=task)),
    )


def stop_part(work: Work, request: StopPart) -> Part:
    """Stop the part, and what the organization has given out below it."""
    return _decide(
        work,
        request,
        lambda theirs, task: stop_assignment(theirs, StopAssignment(assignment=task)),
    )


def stop_parts(work: Work, assignment_id: UUID) -> int:
    """Stop every open part with the order itself, and return how many."""
    open_parts = work.db.execute(
        _targets().where(
            col(_P.assignment_id) == assignment_id,
            col(_P.state).in_([state.value for state in OPEN_PARTS]),
        )
    ).all()
    for row in open_parts:
        with working_in(work, row.target_id, row.code) as theirs:
            stop_below(theirs, row.target_assignment_id)
    return len(open_parts)


def count_open_parts(work: Work, assignment_id: UUID) -> int:
    """Return how many parts are not done."""
    query = select(func.count()).where(
        col(_P.assignment_id) == assignment_id,
        col(_P.state).in_([state.value for state in OPEN_PARTS]),
    )
    return work.db.scalar(query) or 0


def _written(current: Current) -> str:
    if current.standing.due is None:
        raise TermNeeded(field="due")
    return current.standing.due.isoformat()


def _given(work: Work, assignment_id: UUID) -> tuple[set[UUID], int]:
    rows = work.db.execute(
        select(col(_P.target_id), col(_P.number)).where(col(_P.assignment_id) == assignment_id)
    ).all()
    return {row.target_id for row in rows}, max((row.number for row in rows), default=0)


def _watch(current: Current) -> Any:
    from sed_tui.domain.assignment_people import Watch

    return Watch.SPECIAL if current.standing.is_special else Watch.CONTROL


def _decide(work: Work, request: OnPart, step: Callable[[Work, str], Any]) -> Part:
    """Take a step of the author or the controller in the other organization."""
    current = find_assignment(work, request.assignment)
    giver = {current.standing.author, current.standing.controller, current.standing.entered_by}
    if not giver & {work.actor.employee_id, *work.actor.stands_for}:
        raise NotYourPart(part=_(N_("its author or its controller")))
    row = work.db.execute(
        _targets().where(
            col(_P.assignment_id) == current.id,
            col(OrganizationTable.code) == request.organization,
        )
    ).one_or_none()
    if row is None:
        raise NoPart(field="organization", organization=request.organization)
    _in_target(work, row, step)
    return _rows(work, col(_P.id) == row.id)[0]


def _in_target(work: Work, row: Any, step: Callable[[Work, str], Any]) -> None:
    with working_in(work, row.target_id, row.code) as theirs:
        step(theirs, str(row.target_assignment_id))


def _targets() -> Any:
    return (
        select(
            *map(col, (_P.id, _P.target_id, _P.target_assignment_id)), col(OrganizationTable.code)
        )
        .join(OrganizationTable, col(OrganizationTable.id) == col(_P.target_id))
        .order_by(col(_P.number))
    )


def _parts(work: Work, current: Current) -> PartList:
    rows = _rows(work, col(_P.assignment_id) == current.id)
    return PartList(
        assignment_id=current.id,
        executed=sum(row.state is PartState.EXECUTED for row in rows),
        total=len(rows),
        rows=rows,
    )


def _rows(work: Work, condition: ColumnElement[bool]) -> list[Part]:
    """Return parts of the organization; of the other side nothing but what flows back."""
    columns = (
        *(_P.id, _P.number, _P.state, _P.due, _P.their_number, _P.their_date),
        *(_P.report_text, _P.reported_on),
    )
    rows = work.db.execute(
        select(
            *map(col, columns),
            col(OrganizationTable.code).label("organization"),
            col(OrganizationTable.name).label("organization_name"),
            col(_R.wanted_due),
            col(_R.reason).label("wanted_reason"),
        )
        .join(OrganizationTable, col(OrganizationTable.id) == col(_P.target_id))
        .outerjoin(
            _R,
            (col(_R.assignment_id) == col(_P.target_assignment_id)) & (col(_R.state) == "asked"),
        )
        .where(condition, col(_P.organization_id) == work.organization_id)
        .order_by(col(_P.number))
    )
    return [Part(**row._mapping, is_overdue=_is_overdue(row, work)) for row in rows]


def _is_overdue(row: Any, work: Work) -> bool:
    running = row.state in {PartState.SENT.value, PartState.REWORK.value}
    return running and row.due is not None and row.due < work.today
