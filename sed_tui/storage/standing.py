"""Assignments as they stood at the end of a day, the one source of every report on them.

A day that is over sees only what had been recorded by its end: assignments that have
not changed since, as they are, and the superseded steps of those that have. Closed
assignments never change again, so that a superseded step is always one of an open one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import BigInteger, func, select, union_all
from sqlmodel import col

from sed_tui.domain.assignment import OPEN
from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.tables.assignment import AssignmentTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Subquery

    from sed_tui.domain.actor import Actor

    # a condition asks for columns by name: steps hold some of them
    Field = Callable[[str], Any]
    Condition = Callable[[Field], Iterable[ColumnElement[bool]]]

_A = AssignmentTable
# columns that steps change come from the step, all others from the assignment
_STEPPED = {"due", "reported_on", "executor_id", "controller_id", "state", "control", "shifts"}


@dataclass(frozen=True, slots=True)
class Moment:
    """The day of a report; `cutoff` is the end of a day that is over, None for others."""

    day: date
    cutoff: datetime | None


@dataclass(frozen=True, slots=True)
class People:
    """Whose assignments a report is narrowed to; None is everybody."""

    executors: frozenset[UUID] | None = None
    authors: frozenset[UUID] | None = None

    def condition(self, field: Field) -> list[ColumnElement[bool]]:
        """Return the predicate of an assignment of theirs."""
        chosen = (("executor_id", self.executors), ("author_id", self.authors))
        return [field(name).in_(sorted(ids)) for name, ids in chosen if ids is not None]


def standing(
    actor: Actor,
    moment: Moment,
    names: Sequence[str],
    condition: Condition,
    *,
    is_open: bool = False,
) -> Any:
    """Return the query of columns of the assignments that fit, as they stood at a moment.

    `is_open` leaves out what was executed or stopped, and reads the index of open ones.
    """
    parts = _parts(actor, moment, names, condition, is_open=is_open)
    return parts[0] if len(parts) == 1 else union_all(*parts)


def standing_counts(
    actor: Actor, moment: Moment, name: str, condition: Condition, *, is_open: bool = False
) -> Subquery:
    """Return how many assignments fit by a column: its values as `key`, `count`.

    Each part is counted where it lies, which spares copying every row into their union.
    """
    parts = [_grouped(p) for p in _parts(actor, moment, (name,), condition, is_open=is_open)]
    if len(parts) == 1:
        return cast("Subquery", parts[0].subquery())
    counted = union_all(*parts).subquery()
    key, count = counted.columns.values()
    total = func.sum(count).cast(BigInteger)  # PostgreSQL would sum to a decimal
    return select(key.label("key"), total.label("count")).group_by(key).subquery()


def _grouped(part: Any) -> Any:
    [key] = part.selected_columns
    return part.with_only_columns(key.label("key"), func.count().label("count")).group_by(key)


def _parts(
    actor: Actor, moment: Moment, names: Sequence[str], condition: Condition, *, is_open: bool
) -> list[Any]:
    """Return the queries that make up a moment: the present, and for a past day what changed."""
    now: Any = select(*(_current(name).label(name) for name in names)).where(
        visible_assignments(actor),
        *([col(_A.closed_at).is_(None)] if is_open else []),
        *condition(_current),
    )
    if moment.cutoff is None:
        return [now]
    return [
        now.where(col(_A.changed_at) <= moment.cutoff),
        _changed_since(actor, moment.cutoff, names, condition),
    ]


def _current(name: str) -> Any:
    return col(getattr(_A, name))


def _changed_since(
    actor: Actor, cutoff: datetime, names: Sequence[str], condition: Condition
) -> Any:
    from sed_tui.storage.tables.assignment_event import AssignmentEventTable  # for past days

    step = AssignmentEventTable

    def field(name: str) -> Any:
        return col(getattr(step if name in _STEPPED else _A, name))

    found: Any = select(*(field(name).label(name) for name in names))
    return found.join_from(step, _A, col(_A.id) == col(step.assignment_id)).where(
        visible_assignments(actor),
        col(step.organization_id) == actor.organization_id,
        col(step.superseded_at) > cutoff,
        col(step.at) <= cutoff,
        col(step.state).in_([state.value for state in OPEN]),
        *condition(field),
    )
