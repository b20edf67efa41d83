"""The open assignments of somebody who leaves: listed, and handed over."""

from __future__ import annotations

from collections import deque
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlmodel import col

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.handover import Part, may_follow
from sed_tui.errors import NotFound
from sed_tui.errors.assignments import AlreadyHis
from sed_tui.handlers.assignment_change import let_see
from sed_tui.handlers.assignment_current import read_assignments
from sed_tui.handlers.assignment_people import find_colleagues_at_work
from sed_tui.handlers.assignment_rows import assignment_rows, visible_text
from sed_tui.handlers.assignment_steps import take_step
from sed_tui.handlers.co_executors import change_helpers
from sed_tui.handlers.employee import find_colleague
from sed_tui.handlers.handover_plans import hand_plans_over
from sed_tui.handlers.handover_turn import next_fit
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.handover import (
    HandedOver,
    HandOver,
    ListOpenItems,
    OpenItem,
    OpenItemPage,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.open_items import open_items
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.employee import EmployeeReference
    from sed_tui.handlers.work import Work

_A = AssignmentTable
_LAST_DAY = date(9999, 12, 31)


def list_open_items(work: Work, request: ListOpenItems) -> OpenItemPage:
    """Return what a person has open, by term; texts only of what the actor may see."""
    person = find_colleague(work, request.employee)
    items = open_items(person.id, request.parts)
    place = (func.coalesce(col(_A.due), _LAST_DAY), col(_A.id), items.c.part)
    query = (
        assignment_rows(items.c.part, visible_assignments(work.actor).label("is_visible"))
        .join(items, items.c.id == col(_A.id))
        .where(col(_A.organization_id) == work.organization_id)
        .order_by(*place)
    )
    if request.after is not None:
        query = query.where(
            tuple_(*place) > decode_cursor(request.after, date.fromisoformat, UUID, str)
        )
    rows = work.db.execute(query.offset(request.skip).limit(request.limit + 1)).all()
    last = rows[request.limit - 1] if len(rows) > request.limit else None
    return OpenItemPage(
        rows=[_item(work, row) for row in rows[: request.limit]],
        next=encode_cursor(last.due or _LAST_DAY, last.id, last.part) if last else None,
    )


def hand_over(work: Work, request: HandOver) -> HandedOver:
    """Give the parts to the successors in turn; each takes what he may, or nothing is changed.

    Raises `AlreadyHis`, `NobodyTakes`, and `NotFound` for an assignment that is not the person's.
    """
    leaver = find_colleague(work, request.employee)
    successors = deque(find_colleagues_at_work(work, request.to, "to"))
    for one in successors:
        if one.id == leaver.id:
            raise AlreadyHis(field="to", name=one.name)
    items = open_items(leaver.id, request.parts)
    found = read_assignments(work, col(_A.id).in_(select(items.c.id)))
    rows = []
    for current in _named(found, request.assignments):
        parts = _parts(current, leaver.id, request.parts)
        successor = _next_fit(current, parts, successors)
        _give(work, current, parts, leaver.id, successor)
        rows += [_given(current, part, successor) for part in parts]
    if not request.assignments:
        rows += hand_plans_over(work, leaver.id, successors, request.parts)
    return HandedOver(rows=rows)


def _named(found: list[Current], texts: Sequence[str]) -> list[Current]:
    """Return those that texts name by their ids or the beginnings of them, all without texts."""
    if not texts:
        return found
    named = []
    for text in texts:
        digits = text.strip().lower().replace("-", "")
        fits = [one for one in found if digits and one.id.hex.startswith(digits)]
        if not fits:
            raise NotFound(field="assignments", kind=_(N_("Assignment")), key=text)
        named += fits
    return list({one.id: one for one in named}.values())


def _parts(current: Current, leaver: UUID, wanted: Sequence[Part]) -> list[Part]:
    standing = current.standing
    held = {
        Part.EXECUTOR: standing.executor == leaver,
        Part.CO_EXECUTOR: leaver in standing.co_executors,
        Part.CONTROLLER: standing.controller == leaver,
        Part.AUTHOR: standing.author == leaver,
    }
    return [part for part in Part if held[part] and part in (wanted or Part)]


def _next_fit(
    current: Current, parts: list[Part], successors: deque[EmployeeReference]
) -> EmployeeReference:
    """Return the first in turn who may take the parts."""
    standing = current.standing

    def may(successor: EmployeeReference) -> bool:
        return may_follow(
            parts,
            successor.id,
            author=standing.author,
            executor=standing.executor,
            controller=standing.controller,
            co_executors=standing.co_executors,
            on_control=standing.on_control,
        )

    return next_fit(successors, may, short_id(current.id))


def _give(
    work: Work, current: Current, parts: list[Part], leaver: UUID, successor: EmployeeReference
) -> None:
    columns = {f"{part.value}_id": successor.id for part in parts if part is not Part.CO_EXECUTOR}
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    if Part.AUTHOR in parts:
        before["author_id"], after["author_id"] = leaver, successor.id
    if Part.CO_EXECUTOR in parts:
        before["co_executors"], after["co_executors"] = [leaver], [successor.id]
        _replace_helper(work, current, leaver, successor.id)
    take_step(work, current, Step.HANDOVER, columns, text=work.options.reason, told=(before, after))
    for part in parts:
        let_see(work, current, part.value, [successor.id])


def _replace_helper(work: Work, current: Current, leaver: UUID, successor: UUID) -> None:
    """Put the successor in the leaver's place with what he contributed, if he has none yet."""
    if successor in current.standing.co_executors:
        there = [who for who in current.standing.co_executors if who != leaver]
        change_helpers(work, current.id, CoExecutorTable, there)
        return
    work.db.execute(
        update(CoExecutorTable)
        .where(
            col(CoExecutorTable.assignment_id) == current.id,
            col(CoExecutorTable.employee_id) == leaver,
        )
        .values(employee_id=successor)
    )


def _item(work: Work, row: Any) -> OpenItem:
    return OpenItem(
        id=row.id,
        short_id=short_id(row.id),
        part=row.part,
        text=visible_text(work, row) if row.is_visible else None,
        due=row.due,
        state=row.state,
    )


def _given(current: Current, part: Part, successor: EmployeeReference) -> OpenItem:
    return OpenItem(
        id=current.id,
        short_id=short_id(current.id),
        part=part,
        text=None,
        due=current.standing.due,
        state=current.standing.state,
        successor=successor.name,
    )
