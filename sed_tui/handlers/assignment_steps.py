"""Steps of an assignment as they are stored: its row, its history, the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.assignment import CLOSED
from sed_tui.domain.assignment_flow import STEP_TITLES, Step, transition
from sed_tui.domain.assignment_part import PART
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.handlers.document_execution import follow_assignments
from sed_tui.handlers.exchange_course import tell_course
from sed_tui.handlers.notices import tell_of_step
from sed_tui.i18n import _
from sed_tui.operations.assignment_moved import AssignmentMoved
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_event import AssignmentEventTable
from sed_tui.storage.tables.assignment_request import ExtensionRequestTable, StatusRequestTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.domain.assignment_flow import Taken
    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work

# what steps change, kept with each of them
_KEPT = ("state", "control", "executor_id", "controller_id", "due", "reported_on", "shifts")
TEXT_LIMIT = 4000


def may_take(work: Work, current: Current, step: Step) -> Taken:
    """Return the row of the flow that the actor may take now, and for whom.

    Raises what `transition` raises.
    """
    return transition(step, current.standing, work.actor.employee_id, work.actor.stands_for)


def reason_of(work: Work, step: Step) -> str:
    """Return why a step is taken, as the call says. Raises `ReasonNeeded`."""
    if not work.options.reason:
        title = _(STEP_TITLES[step])
        raise ReasonNeeded(field="reason", what=title[:1].upper() + title[1:])
    return work.options.reason


def move(
    work: Work,
    current: Current,
    step: Step,
    values: Mapping[str, Any],
    *,
    text: str | None,
    told: tuple[Mapping[str, Any], Mapping[str, Any]] = ({}, {}),
) -> AssignmentMoved:
    """Take a step, let the document follow, and tell where the assignment stands."""
    taken = take_step(work, current, step, values, text=text, told=told)
    if current.document_id is not None:
        follow_assignments(work, current.document_id)
    after = {**current.kept(), **values}
    return AssignmentMoved(
        id=current.id,
        state=taken.row.target,
        due=after["due"],
        reported_on=after["reported_on"],
        version=current.version + 1,
    )


def take_step(
    work: Work,
    current: Current,
    step: Step,
    values: Mapping[str, Any],
    *,
    text: str | None,
    told: tuple[Mapping[str, Any], Mapping[str, Any]] = ({}, {}),
) -> Taken:
    """Move an assignment as the flow allows, and write the step down.

    `told` is what else the audit trail is to hold, before and after. Raises what
    `transition` raises, and `ChangedMeanwhile` when somebody was faster.
    """
    taken = may_take(work, current, step)
    change = {**values, "state": taken.row.target.value}
    if taken.row.target in CLOSED:
        change["closed_at"] = work.now
        change["control"] = "none" if current.control == "none" else "released"
    _store(work, current, change)
    if taken.row.target in CLOSED:
        _let_requests_lapse(work, current.id)
    after = {**current.kept(), **{k: v for k, v in change.items() if k in _KEPT}}
    write_event(
        work, current.id, current.version + 1, step, after, text, on_behalf_of=taken.on_behalf_of
    )
    said = {"text": text} if text else {}
    work.record(
        step.value,
        "assignment",
        current.id,
        {**current.kept(), **told[0]},
        {**after, **said, **told[1]},
        on_behalf_of=login_of(work, taken.on_behalf_of),
    )
    tell_course(work, current, step, after)
    if current.kind == PART:
        from sed_tui.handlers.assignment_part_state import follow_part  # for parts alone

        follow_part(work, current.id)
    return taken


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
    tell_of_step(work, assignment_id, version, step, text)


def _store(work: Work, current: Current, change: Mapping[str, Any]) -> None:
    values = {**change, "changed_at": work.now}
    change_row(
        *(work.db, AssignmentTable, current.id, values, current.version), what=current.called
    )


def _let_requests_lapse(work: Work, assignment_id: UUID) -> None:
    """Close what was asked of an assignment that is over."""
    for table in (ExtensionRequestTable, StatusRequestTable):
        work.db.execute(
            update(table)
            .where(col(table.assignment_id) == assignment_id, col(table.state) == "asked")
            .values(state="lapsed")
        )


def login_of(work: Work, employee_id: UUID | None) -> str | None:
    """Return the login of a person, None for nobody."""
    if employee_id is None:
        return None
    query = select(col(EmployeeTable.login)).where(col(EmployeeTable.id) == employee_id)
    return work.db.scalar(query)
