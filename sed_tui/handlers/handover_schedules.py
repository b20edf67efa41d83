"""Schedules of recurring assignments handed over, from today on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlmodel import col

from sed_tui.domain.assignment_people import Watch
from sed_tui.domain.handover import Part, may_follow, replaced
from sed_tui.handlers.handover_turn import next_fit
from sed_tui.handlers.recurring_periods import SCHEDULES, executor_on, executors_of
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.recurring_assignment import (
    RecurringAssignmentTable,
    RecurringExecutorTable,
)
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Collection
    from datetime import date

    from sed_tui.handlers.employee import EmployeeReference
    from sed_tui.handlers.recurring_periods import StoredSchedule
    from sed_tui.handlers.work import Work

_R, _E = RecurringAssignmentTable, RecurringExecutorTable


@dataclass(frozen=True, slots=True)
class Planned:
    """A schedule as it is stored: who executes it now and from which days on others do."""

    row: StoredSchedule
    executor: UUID
    later: dict[date, UUID]

    @property
    def helpers(self) -> tuple[UUID, ...]:
        """Return the co-executors."""
        return tuple(map(UUID, json.loads(self.row.co_executors)))

    def holders(self, part: Part) -> set[UUID | None]:
        """Return who has a part in what the schedule still is to issue."""
        match part:
            case Part.AUTHOR:
                return {self.row.author_id}
            case Part.CONTROLLER:
                return {self.row.controller_id}
            case Part.EXECUTOR:
                return {self.executor, *self.later.values()}
            case Part.CO_EXECUTOR:
                return {*self.helpers}


def schedule_of(work: Work, key: UUID) -> Planned:
    """Return a schedule of the organization."""
    row = work.db.execute(select(SCHEDULES).where(col(_R.id) == key)).one()
    executors = executors_of(work, row)
    later = {day: who for day, who in executors.items() if day > work.today}
    return Planned(row, executor_on(row, executors, work.today), later)


def give_schedule(
    work: Work,
    key: UUID,
    leaver: UUID,
    parts: Collection[Part],
    successors: deque[EmployeeReference],
) -> EmployeeReference:
    """Put the first successor who may in the leaver's place. Raises `NobodyTakes`."""
    planned = schedule_of(work, key)
    row = planned.row

    def may(who: EmployeeReference) -> bool:
        return all(
            may_follow(
                parts,
                who.id,
                author=row.author_id,
                executor=executor,
                controller=row.controller_id,
                co_executors=planned.helpers,
                on_control=row.control != Watch.NONE,
            )
            for executor in {planned.executor, *planned.later.values()}
        )

    successor = next_fit(successors, may, short_id(key))
    values = _values(planned, leaver, successor.id, parts)
    _store(work, row, values)
    if Part.EXECUTOR in parts:
        _replace_executor(work, planned, leaver, successor.id)
        values["executor_id"] = successor.id
    work.record("handover", "recurring", key, {name: leaver for name in values}, values)
    return successor


def _values(
    planned: Planned, leaver: UUID, successor: UUID, parts: Collection[Part]
) -> dict[str, Any]:
    values: dict[str, Any] = {
        f"{part.value}_id": successor for part in (Part.AUTHOR, Part.CONTROLLER) if part in parts
    }
    if Part.CO_EXECUTOR in parts:
        helpers = replaced(planned.helpers, leaver, successor)
        values["co_executors"] = json.dumps([str(helper) for helper in helpers])
    return values


def _store(work: Work, row: StoredSchedule, values: dict[str, Any]) -> None:
    change_row(work.db, _R, row.id, values, row.version, what=_(N_("Schedule")))


def _replace_executor(work: Work, planned: Planned, leaver: UUID, successor: UUID) -> None:
    """Let the successor execute from today on what the leaver was to; the past stays."""
    key = planned.row.id
    days = [day for day, who in planned.later.items() if who == leaver]
    if planned.executor == leaver:
        days.append(work.today)
    work.db.execute(delete(_E).where(col(_E.recurring_id) == key, col(_E.from_day).in_(days)))
    work.db.execute(
        insert(_E),
        [
            {
                "recurring_id": key,
                "from_day": day,
                "organization_id": work.organization_id,
                "executor_id": successor,
            }
            for day in days
        ],
    )
