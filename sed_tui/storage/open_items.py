"""The parts that a person has in open assignments, as one SQL query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, select, union_all
from sqlmodel import col

from sed_tui.domain.handover import Part
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_people import CoExecutorTable

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from sqlalchemy import Connection

_A = AssignmentTable


def open_items(person: UUID, parts: Collection[Part] = ()) -> Any:
    """Return the subquery `id, part`; without parts named it has them all."""
    wanted = parts or list(Part)
    found = []
    for part in Part:
        query: Any = select(col(_A.id), literal(part.value).label("part"))
        query = query.where(col(_A.closed_at).is_(None))
        if part is Part.CO_EXECUTOR:
            helps = CoExecutorTable
            query = query.join(helps, col(helps.assignment_id) == col(_A.id))
            query = query.where(col(helps.employee_id) == person)
        else:
            query = query.where(col(getattr(_A, f"{part.value}_id")) == person)
        if part in wanted:
            found.append(query)
    return union_all(*found).subquery("items")


def count_open_assignments(db: Connection, person: UUID) -> int:
    """Count the open assignments in which a person has a part, each once."""
    items = open_items(person)
    return db.scalar(select(func.count(items.c.id.distinct()))) or 0
