"""Assignments as lists and cards show them: one query, one reading of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select
from sqlmodel import col

from sed_tui.domain.assignment import OPEN, AssignmentState, Standing, urgency
from sed_tui.domain.flows import Confidentiality
from sed_tui.handlers.mask import MASK
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row, Select

    from sed_tui.handlers.work import Work

_PEOPLE: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
AUTHOR, EXECUTOR, CONTROLLER = map(_PEOPLE.alias, ("author", "executor", "controller"))
CLERK = _PEOPLE.alias("clerk")
_A = AssignmentTable
_COLUMNS = (
    _A.id,
    _A.document_id,
    _A.text,
    _A.author_id,
    _A.executor_id,
    _A.controller_id,
    _A.entered_by,
    _A.issued_on,
    _A.due,
    _A.state,
    _A.control,
    _A.reported_on,
    _A.shifts,
)


def assignment_rows(*more: Any) -> Select[*tuple[Any, ...]]:
    """Return the query of assignments with the names that rows show; it has no condition yet."""
    return (
        select(
            *map(col, _COLUMNS),
            col(DocumentTable.number).label("document_number"),
            col(DocumentTable.confidentiality),
            AUTHOR.c.full_name.label("author"),
            EXECUTOR.c.full_name.label("executor"),
            CONTROLLER.c.full_name.label("controller"),
            *more,
        )
        .join(AUTHOR, AUTHOR.c.id == col(_A.author_id))
        .join(EXECUTOR, EXECUTOR.c.id == col(_A.executor_id))
        .outerjoin(CONTROLLER, CONTROLLER.c.id == col(_A.controller_id))
        .outerjoin(DocumentTable, col(DocumentTable.id) == col(_A.document_id))
    )


def shown_row(work: Work, row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """Return the fields of a row, with what follows from the day it is read on."""
    standing = standing_of(row)
    waiting = standing.state is AssignmentState.ACCEPTANCE
    is_open = standing.state in OPEN
    return {
        "id": row.id,
        "short_id": short_id(row.id),
        "document_id": row.document_id,
        "document_number": row.document_number,
        "text": visible_text(work, row),
        "author": row.author,
        "executor": row.executor,
        "controller": row.controller,
        "issued_on": row.issued_on,
        "due": row.due,
        "days_left": (row.due - work.today).days if row.due and is_open else None,
        "waiting_days": (work.today - row.reported_on).days if waiting else None,
        "state": standing.state,
        "control": row.control,
        "sign": urgency(standing, work.today),
        "shifts": row.shifts,
    }


def standing_of(row: Row[*tuple[Any, ...]]) -> Standing:
    """Return where the assignment of a row stands."""
    return Standing(
        state=AssignmentState(row.state),
        on_control=row.control != "none",
        author=row.author_id,
        executor=row.executor_id,
        controller=row.controller_id,
        due=row.due,
        reported_on=row.reported_on,
        is_special=row.control == "special",
    )


def visible_text(work: Work, row: Row[*tuple[Any, ...]]) -> str:
    """Return the text, masked on an official-use-only document for those who have no part in it."""
    if row.confidentiality in {None, Confidentiality.NONE}:
        return str(row.text)
    if work.options.masked:
        return _(MASK)
    if work.actor.clearance:
        return str(row.text)
    me = work.actor.employee_id
    has_part = me in {row.author_id, row.executor_id, row.controller_id, row.entered_by}
    return str(row.text) if has_part or _helps(work, row.id) else _(MASK)


def _helps(work: Work, assignment: UUID) -> bool:
    """Tell whether the actor is to contribute: whoever does the work reads what it is."""
    helper = CoExecutorTable
    return bool(
        work.db.scalar(
            select(
                exists().where(
                    col(helper.assignment_id) == assignment,
                    col(helper.employee_id) == work.actor.employee_id,
                )
            )
        )
    )
