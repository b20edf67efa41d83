"""What hangs below an assignment: found at any depth, stopped or moved with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.domain.assignment import STATE_TITLES, TO_EXECUTE, AssignmentState
from sed_tui.domain.assignment_flow import Children, Step
from sed_tui.domain.assignment_terms import shifted
from sed_tui.errors.assignments import ChildrenAlive, ParentClosed
from sed_tui.handlers.assignment_current import read_assignments
from sed_tui.handlers.assignment_steps import take_step
from sed_tui.handlers.document_execution import follow_assignments
from sed_tui.i18n import _
from sed_tui.storage.tables.assignment import AssignmentTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Select

    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work

_A = AssignmentTable


def below(assignment_id: UUID) -> Select[UUID]:
    """Return the query of the ids of everything under an assignment, at any depth."""
    first = select(col(_A.id)).where(col(_A.parent_id) == assignment_id)
    tree = first.cte("below", recursive=True)
    tree = tree.union_all(select(col(_A.id)).where(col(_A.parent_id) == tree.c.id))
    return select(tree.c.id)


def settle_children(work: Work, above: UUID, decision: Children | None) -> int:
    """Do to the open sub-assignments what was decided, and return how many were stopped (A5).

    The caller has moved the assignment above already, so that nothing can be given out
    under it any more. Raises `ChildrenAlive` where nothing was decided.
    """
    stopped = _settle_parts(work, above, decision)
    while still := _open_below(work, above):
        if decision is None:
            raise ChildrenAlive(field="children", count=len(still))
        if decision is Children.LEAVE:
            break
        for child in still:
            take_step(work, child, Step.STOP_AUTOMATICALLY, {}, text=None)
        _follow(work, still)
        stopped += len(still)
    return stopped


def stop_below(work: Work, assignment_id: UUID) -> None:
    """Stop an assignment because of what is above it, with everything under it."""
    for one in read_assignments(work, col(_A.id) == assignment_id):
        take_step(work, one, Step.STOP_AUTOMATICALLY, {}, text=None)
        settle_children(work, one.id, Children.STOP)
        _follow(work, [one])


def shift_children(work: Work, above: UUID, before: date, after: date) -> int:
    """Move the terms of the open sub-assignments by the same working days; return how many."""
    moved = [
        child
        for child in _open_below(work, above)
        if child.standing.due is not None and child.standing.state in TO_EXECUTE
    ]
    for child in moved:
        due = child.standing.due
        if due is not None:
            later = shifted(due, before, after, work.calendar)
            co_due = child.co_due and shifted(child.co_due, before, after, work.calendar)
            values = {
                "due": later,
                "nominal_due": later,
                "co_due": co_due,
                "term": f"{later:%d.%m.%Y}",
                "explanation": json.dumps([]),
                "shifts": child.shifts + 1,
            }
            take_step(work, child, Step.SHIFT, values, text=work.options.reason)
    return len(moved)


def lock_parent(work: Work, parent: Current) -> None:
    """Hold the assignment above until the end of the transaction. Raises `ParentClosed`."""
    state = AssignmentState(
        work.db.execute(
            select(col(_A.state)).where(col(_A.id) == parent.id).with_for_update()
        ).scalar_one()
    )
    if state not in TO_EXECUTE:
        raise ParentClosed(field="parent", state=_(STATE_TITLES[state]))


def count_children(work: Work, assignment_id: UUID) -> tuple[int, int]:
    """Return how many assignments hang directly under one, and how many of them are open."""
    row = work.db.execute(
        select(func.count(), func.count().filter(col(_A.closed_at).is_(None))).where(
            col(_A.parent_id) == assignment_id
        )
    ).one()
    return row[0], row[1]


def _settle_parts(work: Work, above: UUID, decision: Children | None) -> int:
    """Do to what other organizations have not done what was decided."""
    from sed_tui.handlers.assignment_part import count_open_parts, stop_parts  # it settles as well

    still = count_open_parts(work, above)
    if not still or decision is Children.LEAVE:
        return 0
    if decision is None:
        raise ChildrenAlive(field="children", count=still)
    return stop_parts(work, above)


def _open_below(work: Work, above: UUID) -> list[Current]:
    return read_assignments(work, col(_A.id).in_(below(above)) & col(_A.closed_at).is_(None))


def _follow(work: Work, moved: Iterable[Current]) -> None:
    for document in sorted({one.document_id for one in moved if one.document_id is not None}):
        follow_assignments(work, document)
