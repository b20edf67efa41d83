"""Drafts of resolutions and schedules that name a person, as one SQL query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, literal, or_, select, union_all
from sqlmodel import col

from sed_tui.domain.handover import Item
from sed_tui.domain.recurrence import ScheduleState
from sed_tui.domain.resolution import DraftState
from sed_tui.storage.tables.recurring_assignment import (
    RecurringAssignmentTable,
    RecurringExecutorTable,
)
from sed_tui.storage.tables.resolution import ResolutionPointTable, ResolutionTable

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Connection, Select

_R, _P = ResolutionTable, ResolutionPointTable
_S, _E = RecurringAssignmentTable, RecurringExecutorTable


def open_plans(organization_id: UUID, person: UUID, day: date) -> Any:
    """Return the subquery `item, id`: whoever executed a schedule before the day does not count."""
    return union_all(_drafts(organization_id, person), _schedules(organization_id, person, day))


def count_open_plans(db: Connection, organization_id: UUID, person: UUID, day: date) -> int:
    """Count the drafts and schedules that name a person."""
    plans = open_plans(organization_id, person, day).subquery("plans")
    return db.scalar(select(func.count()).select_from(plans)) or 0


def _drafts(organization_id: UUID, person: UUID) -> Select[*tuple[Any, ...]]:
    named = exists().where(
        col(_P.resolution_id) == col(_R.id),
        or_(
            col(_P.executor_id) == person,
            col(_P.controller_id) == person,
            col(_P.co_executors).contains(str(person)),
        ),
    )
    return select(literal(Item.DRAFT.value).label("item"), col(_R.id).label("id")).where(
        col(_R.organization_id) == organization_id,
        col(_R.state).in_([DraftState.DRAFT.value, DraftState.RETURNED.value]),
        or_(col(_R.author_id) == person, col(_R.controller_id) == person, named),
    )


def _schedules(organization_id: UUID, person: UUID, day: date) -> Select[*tuple[Any, ...]]:
    changes = select(col(_E.executor_id)).where(
        col(_E.recurring_id) == col(_S.id), col(_E.from_day) <= day
    )
    latest = changes.order_by(col(_E.from_day).desc()).limit(1).scalar_subquery()
    later = exists().where(
        col(_E.recurring_id) == col(_S.id), col(_E.from_day) > day, col(_E.executor_id) == person
    )
    return select(literal(Item.SCHEDULE.value), col(_S.id)).where(
        col(_S.organization_id) == organization_id,
        col(_S.state) == ScheduleState.ACTIVE.value,
        or_(
            col(_S.author_id) == person,
            col(_S.controller_id) == person,
            func.coalesce(latest, col(_S.executor_id)) == person,
            col(_S.co_executors).contains(str(person)),
            later,
        ),
    )
