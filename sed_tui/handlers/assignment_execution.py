"""The steps of those who do the work: report, interim information, contribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update
from sqlmodel import col

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.text import clean
from sed_tui.handlers.assignment_children import settle_children
from sed_tui.handlers.assignment_current import find_assignment
from sed_tui.handlers.assignment_result import attach_results
from sed_tui.handlers.assignment_steps import TEXT_LIMIT, may_take, move
from sed_tui.handlers.assignment_warnings import contribution_warnings
from sed_tui.storage.tables.assignment_people import CoExecutorTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_execution import (
        ContributeAssignment,
        InformAssignment,
        ReportAssignment,
    )
    from sed_tui.operations.assignment_moved import AssignmentMoved


def report_assignment(work: Work, request: ReportAssignment) -> AssignmentMoved:
    """Take the executor's report (A1); where nobody accepts, it executes the assignment.

    Raises `ChildrenAlive` where it is not decided what becomes of what is open below (A5).
    """
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.REPORT)
    text = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    told = attach_results(work, current, request.results, request.files)
    values = {
        "report_text": text,
        "reported_on": work.today,
        "reported_at": work.now,
        "reported_by": work.actor.employee_id,
    }
    moved = move(work, current, Step.REPORT, values, text=text, told=({}, told))
    stopped = settle_children(work, current.id, request.children)
    silent = contribution_warnings(work, current.id)
    return moved.model_copy(update={"stopped_children": stopped, "warnings": silent})


def inform_assignment(work: Work, request: InformAssignment) -> AssignmentMoved:
    """Take interim information, which is no ground to take anything off control (A11)."""
    current = find_assignment(work, request.assignment, version=request.version)
    may_take(work, current, Step.INTERIM)
    text = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    told = attach_results(work, current, request.results, request.files)
    return move(work, current, Step.INTERIM, {}, text=text, told=({}, told))


def contribute_assignment(work: Work, request: ContributeAssignment) -> AssignmentMoved:
    """Take a co-executor's contribution; a later one replaces it."""
    current = find_assignment(work, request.assignment, version=request.version)
    taken = may_take(work, current, Step.CONTRIBUTE)
    text = clean(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    told = attach_results(work, current, request.results, request.files)
    moved = move(work, current, Step.CONTRIBUTE, {}, text=text, told=({}, told))
    work.db.execute(
        update(CoExecutorTable)
        .where(
            col(CoExecutorTable.assignment_id) == current.id,
            col(CoExecutorTable.employee_id) == (taken.on_behalf_of or work.actor.employee_id),
        )
        .values(state="done", report_text=text, reported_at=work.now)
    )
    return moved
