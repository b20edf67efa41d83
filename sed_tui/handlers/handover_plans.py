"""What a leaver is named in before it is issued: drafts of resolutions, schedules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, tuple_

from sed_tui.domain.handover import Item, Part
from sed_tui.handlers.employee import find_colleague
from sed_tui.handlers.handover_drafts import draft_of, give_draft
from sed_tui.handlers.handover_schedules import give_schedule, schedule_of
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.handover import OpenItem, OpenItemPage
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.open_plans import open_plans

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Collection

    from sed_tui.handlers.employee import EmployeeReference
    from sed_tui.handlers.work import Work
    from sed_tui.operations.handover_plans import ListPlans


def list_plans(work: Work, request: ListPlans) -> OpenItemPage:
    """Return the parts a person has in drafts and schedules, without their texts."""
    person = find_colleague(work, request.employee).id
    plans = open_plans(work.organization_id, person, work.today).subquery("plans").c
    place = (plans.item, plans.id)
    query = select(*place).order_by(*place)
    if request.after is not None:
        query = query.where(tuple_(*place) > decode_cursor(request.after, str, UUID))
    rows = work.db.execute(query.offset(request.skip).limit(request.limit + 1)).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    return OpenItemPage(
        rows=[item for row in rows[: request.limit] for item in _items(work, row, person)],
        next=encode_cursor(last.item, last.id) if last else None,
    )


def hand_plans_over(
    work: Work, leaver: UUID, successors: deque[EmployeeReference], wanted: Collection[Part]
) -> list[OpenItem]:
    """Put successors in the leaver's place; each takes what he may. Raises `NobodyTakes`."""
    rows = work.db.execute(open_plans(work.organization_id, leaver, work.today)).all()
    given = []
    for row in rows:
        items = [item for item in _items(work, row, leaver) if item.part in (wanted or Part)]
        if items:
            give = give_draft if row.item == Item.DRAFT else give_schedule
            parts = {item.part for item in items}
            successor = give(work, row.id, leaver, parts, successors)
            given += [item.model_copy(update={"successor": successor.name}) for item in items]
    return given


def _items(work: Work, row: Any, person: UUID) -> list[OpenItem]:
    plan = (draft_of if row.item == Item.DRAFT else schedule_of)(work, row.id)
    return [
        OpenItem(
            id=row.id,
            short_id=short_id(row.id),
            item=Item(row.item),
            part=part,
            text=None,
            due=None,
            state=plan.row.state,
        )
        for part in Part
        if person in plan.holders(part)
    ]
