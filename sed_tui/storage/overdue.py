"""What is overdue at the end of a day, as SQL over the partial index of open assignments.

A day that is over sees only what had been recorded by its end: assignments that have
not changed since, as they are, and the superseded steps of those that have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, union_all
from sqlmodel import col

from sed_tui.domain.assignment import OPEN
from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.names import named_people
from sed_tui.storage.raw import raw
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Select

    from sed_tui.domain.access import Actor

_A = AssignmentTable


@dataclass(frozen=True, slots=True)
class Moment:
    """The day of a report; `cutoff` is the end of a day that is over, None for others."""

    day: date
    cutoff: datetime | None


def overdue_listing(actor: Actor, moment: Moment) -> Select[*tuple[Any, ...]]:
    """Return every overdue assignment of the actor's organization, the longest overdue first."""
    document = DocumentTable
    found = _found(actor, moment, _LISTED).subquery("overdue")
    columns = [c if c.name in _TEXTS else raw(c).label(c.name) for c in found.c]
    return (
        select(*columns, col(document.number), col(document.confidentiality))
        .outerjoin(document, col(document.id) == found.c.document_id)
        .order_by(found.c.due, found.c.id)
    )


def overdue_counts(actor: Actor, moment: Moment, person: str) -> Select[*tuple[Any, ...]]:
    """Return how many are overdue by `executor_id` or `author_id`, with who that is."""
    key = _found(actor, moment, (person,)).subquery("overdue").c[person]
    counted = select(key.label("key"), func.count().label("overdue")).group_by(key).subquery()
    return named_people(counted.c.overdue).join(counted, counted.c.key == col(EmployeeTable.id))


# columns that steps change come from the step, all others from the assignment
_STEPPED = {"due", "reported_on", "executor_id", "controller_id", "state", "control"}
_TEXTS = {"text", "state", "control"}
_LISTED = (
    "id",
    "document_id",
    "text",
    "author_id",
    "executor_id",
    "entered_by",
    "controller_id",
    "due",
    "reported_on",
    "state",
    "control",
)


def _found(actor: Actor, moment: Moment, names: tuple[str, ...]) -> Any:
    now: Any = select(*(col(getattr(_A, name)).label(name) for name in names)).where(
        visible_assignments(actor), col(_A.closed_at).is_(None), *_late(_A, moment.day)
    )
    if moment.cutoff is None:
        return now
    return union_all(
        now.where(col(_A.changed_at) <= moment.cutoff),
        _changed_since(actor, moment, moment.cutoff, names),
    )


def _changed_since(actor: Actor, moment: Moment, cutoff: datetime, names: tuple[str, ...]) -> Any:
    from sed_tui.storage.tables.assignment_event import AssignmentEventTable  # for past days

    step = AssignmentEventTable
    changed: Any = select(
        *(col(getattr(step if name in _STEPPED else _A, name)).label(name) for name in names)
    )
    return changed.join(_A, col(_A.id) == col(step.assignment_id)).where(
        visible_assignments(actor),
        col(step.organization_id) == actor.organization_id,
        col(step.superseded_at) > cutoff,
        col(step.at) <= cutoff,
        col(step.state).in_([state.value for state in OPEN]),
        *_late(step, moment.day),
    )


def _late(table: Any, day: date) -> tuple[ColumnElement[bool], ...]:
    """Return the predicate of lateness: a report in time stops the clock (A15, A16)."""
    reported = col(table.reported_on)
    return col(table.due) < day, reported.is_(None) | (reported > col(table.due))
