"""Steps of an assignment as they are stored: its row, its history, the audit trail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.assignment import CLOSED
from sed_tui.domain.assignment_flow import transition
from sed_tui.errors import NotFound
from sed_tui.errors.references import Ambiguous, ChangedMeanwhile
from sed_tui.handlers.assignment_rows import standing_of
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_event import AssignmentEventTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Row

    from sed_tui.domain.assignment import Standing
    from sed_tui.domain.assignment_flow import Step, Taken, Transition
    from sed_tui.handlers.work import Work

_SHOWN = 10
# what steps change, kept with each of them
_KEPT = ("state", "control", "executor_id", "controller_id", "due", "reported_on", "shifts")


@dataclass(frozen=True, slots=True)
class Current:
    """An assignment that the actor may see, as it was read."""

    id: UUID
    document_id: UUID | None
    version: int
    control: str
    shifts: int
    standing: Standing

    def kept(self) -> dict[str, Any]:
        """Return what steps change, as columns."""
        return {
            "state": self.standing.state.value,
            "control": self.control,
            "executor_id": self.standing.executor,
            "controller_id": self.standing.controller,
            "due": self.standing.due,
            "reported_on": self.standing.reported_on,
            "shifts": self.shifts,
        }


def find_assignment(work: Work, text: str) -> Current:
    """Return the assignment that an id or a short id names.

    Raises `NotFound`, also for one that is not the actor's to see, and `Ambiguous`.
    """
    condition = by_id(col(AssignmentTable.id), text.strip())
    rows = [] if condition is None else _read(work, condition)
    if len(rows) > 1:
        candidates = "; ".join(short_id(row.id) for row in rows)
        raise Ambiguous(field="assignment", value=text, candidates=candidates)
    if not rows:
        raise NotFound(field="assignment", kind=_(N_("Assignment")), key=text)
    return _current(work, rows[0])


def require_version(current: Current, seen: int | None) -> None:
    """Refuse a step on what has changed since it was read. Raises `ChangedMeanwhile`."""
    if seen is not None and seen != current.version:
        raise _changed(current, seen, current.version)


def may_take(work: Work, current: Current, step: Step) -> Taken:
    """Return the row of the flow that the actor may take now, and for whom.

    Raises what `transition` raises.
    """
    return transition(step, current.standing, work.actor.employee_id, work.actor.stands_for)


def take_step(
    work: Work,
    current: Current,
    step: Step,
    values: Mapping[str, Any],
    *,
    text: str | None,
) -> Transition:
    """Move an assignment as the flow allows, and write the step down.

    Raises what `transition` raises, and `ChangedMeanwhile` when somebody was faster.
    """
    taken = may_take(work, current, step)
    row = taken.row
    change = {**values, "state": row.target.value}
    if row.target in CLOSED:
        change["closed_at"] = work.now
        change["control"] = "none" if current.control == "none" else "released"
    _store(work, current, change)
    after = {**current.kept(), **{k: v for k, v in change.items() if k in _KEPT}}
    write_event(
        work, current.id, current.version + 1, step, after, text, on_behalf_of=taken.on_behalf_of
    )
    work.record(
        step.value,
        "assignment",
        current.id,
        current.kept(),
        {**after, **({"text": text} if text else {})},
        on_behalf_of=login_of(work, taken.on_behalf_of),
    )
    return row


def write_event(
    work: Work,
    assignment_id: UUID,
    version: int,
    step: Step,
    kept: Mapping[str, Any],
    text: str | None,
    *,
    on_behalf_of: UUID | None = None,
) -> None:
    """Add a step to the history; what stood before it stands no longer."""
    work.db.execute(
        update(AssignmentEventTable)
        .where(
            col(AssignmentEventTable.assignment_id) == assignment_id,
            col(AssignmentEventTable.version) == version - 1,
        )
        .values(superseded_at=work.now)
    )
    work.db.execute(
        insert(AssignmentEventTable).values(
            id=uuid4(),
            organization_id=work.organization_id,
            assignment_id=assignment_id,
            version=version,
            at=work.now,
            event=step.value,
            actor_id=work.actor.employee_id,
            on_behalf_of=on_behalf_of,
            text=text,
            **{name: kept[name] for name in _KEPT},
        )
    )


def _store(work: Work, current: Current, change: Mapping[str, Any]) -> None:
    stored = work.db.execute(
        update(AssignmentTable)
        .where(
            col(AssignmentTable.id) == current.id,
            col(AssignmentTable.organization_id) == work.organization_id,
            col(AssignmentTable.version) == current.version,
        )
        .values(version=current.version + 1, changed_at=work.now, **change)
    )
    if stored.rowcount == 0:
        now = work.db.scalar(
            select(col(AssignmentTable.version)).where(col(AssignmentTable.id) == current.id)
        )
        raise _changed(current, current.version, now or current.version)


def _changed(current: Current, seen: int, now: int) -> ChangedMeanwhile:
    what = _("Assignment {id}").format(id=short_id(current.id))
    return ChangedMeanwhile(field="version", what=what, seen=seen, current=now)


def login_of(work: Work, employee_id: UUID | None) -> str | None:
    """Return the login of a person, None for nobody."""
    if employee_id is None:
        return None
    query = select(col(EmployeeTable.login)).where(col(EmployeeTable.id) == employee_id)
    return work.db.scalar(query)


_A = AssignmentTable
_READ = (
    *(_A.id, _A.document_id, _A.version, _A.control, _A.shifts, _A.state, _A.author_id),
    *(_A.entered_by, _A.executor_id, _A.controller_id, _A.due, _A.reported_on, _A.reported_by),
)


def _read(work: Work, condition: Any) -> list[Row[*tuple[Any, ...]]]:
    query = select(*map(col, _READ)).where(condition, visible_assignments(work.actor))
    return list(work.db.execute(query.limit(_SHOWN)))


def _current(work: Work, row: Row[*tuple[Any, ...]]) -> Current:
    helpers = select(col(CoExecutorTable.employee_id)).where(
        col(CoExecutorTable.assignment_id) == row.id
    )
    return Current(
        id=row.id,
        document_id=row.document_id,
        version=row.version,
        control=row.control,
        shifts=row.shifts,
        standing=replace(
            standing_of(row),
            entered_by=row.entered_by,
            reported_by=row.reported_by,
            co_executors=frozenset(work.db.scalars(helpers)),
        ),
    )
