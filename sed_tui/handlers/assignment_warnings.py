"""What the giver is told of a term: who will be absent, and what ends before it (A4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.assignment_policy import ChildTerm
from sed_tui.domain.assignment_terms import ends_after_parent, forbid_after_parent, shown_day
from sed_tui.handlers.assignment_policy import load_policy
from sed_tui.i18n import _
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.substitution import SubstitutionTable

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work


def term_warnings(work: Work, current: Current, due: date | None) -> list[str]:
    """Return what is to be said of a new term. Raises `ChildTermTooLate`."""
    people = {current.standing.executor, *current.standing.co_executors}
    return absence_warnings(work, people, due) + parent_warnings(work, current.parent_id, due)


def absence_warnings(work: Work, people: Collection[UUID], due: date | None) -> list[str]:
    """Return a sentence for each of the people who is absent on the day of the term."""
    if due is None:
        return []
    absence = SubstitutionTable
    rows = work.db.execute(
        select(col(EmployeeTable.full_name), col(absence.starts_on), col(absence.ends_on))
        .join(EmployeeTable, col(EmployeeTable.id) == col(absence.absent_id))
        .where(
            col(absence.absent_id).in_(people),
            col(absence.cancelled_at).is_(None),
            col(absence.starts_on) <= due,
            col(absence.ends_on) >= due,
        )
        .order_by(col(EmployeeTable.folded_name), col(absence.starts_on))
    )
    return [
        _("{name} is absent from {start} to {end}, and the term is {due}.").format(
            name=row.full_name,
            start=shown_day(row.starts_on),
            end=shown_day(row.ends_on),
            due=shown_day(due),
        )
        for row in rows
    ]


def contribution_warnings(work: Work, assignment_id: UUID) -> list[str]:
    """Return a sentence that names the co-executors who have contributed nothing so far."""
    helps = CoExecutorTable
    silent = work.db.scalars(
        select(col(EmployeeTable.full_name))
        .join(helps, col(helps.employee_id) == col(EmployeeTable.id))
        .where(col(helps.assignment_id) == assignment_id, col(helps.state) != "done")
        .order_by(col(EmployeeTable.folded_name))
    ).all()
    told = _("Reported without the parts of: {names}.").format(names=", ".join(silent))
    return [told] if silent else []


def parent_warnings(work: Work, parent_id: UUID | None, due: date | None) -> list[str]:
    """Return what is to be said of a term after that of the assignment above (A4).

    Raises `ChildTermTooLate` where the organization forbids it.
    """
    if parent_id is None:
        return []
    above = work.db.scalar(
        select(col(AssignmentTable.due)).where(col(AssignmentTable.id) == parent_id)
    )
    if not ends_after_parent(due, above):
        return []
    if load_policy(work).child_term is ChildTerm.FORBID:
        forbid_after_parent(due, above)
    sentence = _("The term {due} lies after that of the assignment above, {parent_due}.")
    return [sentence.format(due=shown_day(due), parent_due=shown_day(above))]
