"""Drafts of resolutions handed over: the head's part to a head, the rest to whoever may."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.handover import Part, replaced
from sed_tui.handlers.assignment_people import author_of
from sed_tui.handlers.handover_turn import next_fit
from sed_tui.handlers.resolution_points import load_points, store_points
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.resolution import ResolutionTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.handlers.employee import EmployeeReference
    from sed_tui.handlers.resolution_points import StoredPoint
    from sed_tui.handlers.work import Work

_R = ResolutionTable


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it is stored, with its points."""

    row: Row[*tuple[Any, ...]]
    points: list[StoredPoint]

    def holders(self, part: Part) -> set[UUID | None]:
        """Return who has a part in the draft or in any of its points."""
        match part:
            case Part.AUTHOR:
                return {self.row.author_id}
            case Part.CONTROLLER:
                return {self.row.controller_id, *(point.controller for point in self.points)}
            case Part.EXECUTOR:
                return {point.executor for point in self.points}
            case Part.CO_EXECUTOR:
                return {who for point in self.points for who in point.co_executors}


def draft_of(work: Work, key: UUID) -> Draft:
    """Return a draft of the organization."""
    table: Any = _R.__table__  # type: ignore[attr-defined]
    row = work.db.execute(select(table).where(col(_R.id) == key)).one()
    return Draft(row, load_points(work, key))


def give_draft(
    work: Work,
    key: UUID,
    leaver: UUID,
    parts: Collection[Part],
    successors: deque[EmployeeReference],
) -> EmployeeReference:
    """Put the first successor who may in the leaver's place. Raises `NobodyTakes`."""
    draft = draft_of(work, key)

    def may(who: EmployeeReference) -> bool:
        leads = Part.AUTHOR not in parts or Role.HEAD in author_of(work, who.id).roles
        points = [(point, _given(point, leaver, who.id, parts)) for point in draft.points]
        return leads and not any(_clashes(new) and not _clashes(old) for old, new in points)

    successor = next_fit(successors, may, short_id(key))
    columns = {
        f"{part.value}_id": successor.id
        for part in (Part.AUTHOR, Part.CONTROLLER)
        if part in parts and getattr(draft.row, f"{part.value}_id") == leaver
    }
    _store(work, draft, columns)
    given = [_given(point, leaver, successor.id, parts) for point in draft.points]
    changed = [pair for pair in zip(draft.points, given, strict=True) if pair[0] != pair[1]]
    store_points(work, key, [new for _old, new in changed])
    work.record(
        "handover",
        "resolution",
        key,
        {**dict.fromkeys(columns, leaver), "points": [old.shown() for old, _new in changed]},
        {**columns, "points": [new.shown() for _old, new in changed]},
    )
    return successor


def _store(work: Work, draft: Draft, columns: dict[str, UUID]) -> None:
    change_row(work.db, _R, draft.row.id, columns, draft.row.version, what=_(N_("Resolution")))


def _given(
    point: StoredPoint, leaver: UUID, successor: UUID, parts: Collection[Part]
) -> StoredPoint:
    def other(part: Part, who: UUID | None) -> UUID | None:
        return successor if part in parts and who == leaver else who

    helpers = point.co_executors
    if Part.CO_EXECUTOR in parts:
        helpers = replaced(helpers, leaver, successor)
    return replace(
        point,
        executor=other(Part.EXECUTOR, point.executor),
        controller=other(Part.CONTROLLER, point.controller),
        co_executors=helpers,
    )


def _clashes(point: StoredPoint) -> bool:
    responsible = {point.executor, point.controller} - {None}
    same = point.executor is not None and point.executor == point.controller
    return same or not responsible.isdisjoint(point.co_executors)
