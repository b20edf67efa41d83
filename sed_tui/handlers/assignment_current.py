"""An assignment as it was read before a step: found by what a person typed, or by condition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.errors import NotFound
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.assignment_rows import standing_of
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.names import find_people
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_event import AssignmentEventTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable
from sed_tui.storage.versioned import differing, require_seen

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from sed_tui.domain.assignment import Standing
    from sed_tui.handlers.work import Work

_SHOWN = 10
_A, _E = AssignmentTable, AssignmentEventTable
_PEOPLE = {"executor_id": "executor", "controller_id": "controller"}
_READ = (
    *(_A.id, _A.document_id, _A.parent_id, _A.version, _A.control, _A.shifts, _A.state),
    *(_A.author_id, _A.entered_by, _A.executor_id, _A.controller_id, _A.due, _A.co_due),
    *(_A.text, _A.reported_on, _A.reported_by, _A.kind),
)


@dataclass(frozen=True, slots=True)
class Current:
    """An assignment as it was read."""

    id: UUID
    document_id: UUID | None
    parent_id: UUID | None
    version: int
    control: str
    shifts: int
    text: str
    co_due: date | None
    kind: str
    standing: Standing

    @property
    def called(self) -> str:
        """Return what messages call it."""
        return _("Assignment {id}").format(id=short_id(self.id))

    def kept(self) -> dict[str, Any]:
        """Return what steps change, as columns of the history."""
        return {
            "state": self.standing.state.value,
            "control": self.control,
            "executor_id": self.standing.executor,
            "controller_id": self.standing.controller,
            "due": self.standing.due,
            "reported_on": self.standing.reported_on,
            "shifts": self.shifts,
        }


def find_assignment(
    work: Work, text: str, *, version: int | None = None, field: str = "assignment"
) -> Current:
    """Return the assignment that an id or a short id names.

    Raises `NotFound`, also for one that is not the actor's to see, `Ambiguous`, and
    `ChangedMeanwhile` when it is no more at the version that was seen.
    """
    condition = by_id(col(_A.id), text.strip())
    rows = []
    if condition is not None:
        rows = _read(work, condition & visible_assignments(work.actor), _SHOWN)
    if len(rows) > 1:
        candidates = "; ".join(short_id(row.id) for row in rows)
        raise Ambiguous(field=field, value=text, candidates=candidates)
    if not rows:
        raise NotFound(field=field, kind=_(N_("Assignment")), key=text)
    current = _currents(work, rows)[0]
    require_seen(version, current.version, current.called, lambda: _since(work, current, version))
    return current


def _since(work: Work, current: Current, seen: int | None) -> dict[str, list[Any]]:
    """Return what steps have changed since a version was seen: what it is now, what it was."""
    columns = {name: col(getattr(_E, name)) for name in current.kept() if name != "shifts"}
    row = work.db.execute(
        select(*columns.values()).where(
            col(_E.assignment_id) == current.id, col(_E.version) == seen
        )
    ).one_or_none()
    if row is None:
        return {}
    now, was = dict(current.kept()), row._asdict()
    people = {side[name] for side in (now, was) for name in _PEOPLE} - {None}
    names = {one.id: one.full_name for one in find_people(work.db, people)}
    for side in (now, was):
        side |= {called: names.get(side[name]) for name, called in _PEOPLE.items()}
    return differing(now, was)


def read_assignments(work: Work, condition: ColumnElement[bool]) -> list[Current]:
    """Return assignments of the organization, whether or not the actor sees them.

    What follows from a step on another assignment is done to them all.
    """
    within = col(_A.organization_id) == work.organization_id
    return _currents(work, _read(work, condition & within, None))


def _read(
    work: Work, condition: ColumnElement[bool], limit: int | None
) -> list[Row[*tuple[Any, ...]]]:
    query = select(*map(col, _READ)).where(condition).order_by(col(_A.due), col(_A.id))
    return list(work.db.execute(query.limit(limit)))


def _currents(work: Work, rows: list[Row[*tuple[Any, ...]]]) -> list[Current]:
    helpers = _helpers(work, [row.id for row in rows])
    return [
        Current(
            id=row.id,
            document_id=row.document_id,
            parent_id=row.parent_id,
            version=row.version,
            control=row.control,
            shifts=row.shifts,
            text=row.text,
            co_due=row.co_due,
            kind=row.kind,
            standing=replace(
                standing_of(row),
                entered_by=row.entered_by,
                reported_by=row.reported_by,
                co_executors=frozenset(helpers.get(row.id, ())),
            ),
        )
        for row in rows
    ]


def _helpers(work: Work, assignments: list[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    for first in range(0, len(assignments), _AT_ONCE):
        rows = work.db.execute(
            select(col(CoExecutorTable.assignment_id), col(CoExecutorTable.employee_id)).where(
                col(CoExecutorTable.assignment_id).in_(assignments[first : first + _AT_ONCE])
            )
        )
        for assignment, person in rows:
            found.setdefault(assignment, []).append(person)
    return found


# a statement takes a limited number of parameters
_AT_ONCE = 500
