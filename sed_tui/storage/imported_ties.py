"""What rows of an import say of rows that are no part of it, where no key of a table tells.

Parts of an order point at what other organizations have registered, reminders at any id: an
edited export would take the assignments of those who live here for its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, literal, select

from sed_tui.domain.assignment_part import PART
from sed_tui.storage.exported_rows import foreign
from sed_tui.storage.transfer import ELSEWHERE, ORGANIZATION, table_named

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from sqlalchemy import Connection

    Rows = list[dict[str, Any]]

_NOWHERE: dict[str, Any] = {"target_document_id": None, "target_assignment_id": None}


def tied_parts(db: Connection, path: Path, rows: Rows) -> Rows:
    """Return parts of orders with what is here of them, and nothing of what is not.

    What is named here has to be a part that the named organization was given by the same
    author, and that no other order has. Raises `ForeignRows`.
    """
    asked = [row["target_assignment_id"] for row in rows if row["target_assignment_id"]]
    found = _assignments(db, [*asked, *(row["assignment_id"] for row in rows)])
    parts = table_named("assignment_part")
    pointing = parts.c.target_assignment_id
    taken = set(db.scalars(select(pointing).where(pointing.in_(asked))))
    tied = []
    for row in rows:
        theirs, order = found.get(row["target_assignment_id"]), found.get(row["assignment_id"])
        if theirs is not None and (theirs.id in taken or not _is_the_part(theirs, row)):
            raise foreign(path)
        # whoever gave the order may have handed it over since
        is_given = theirs is not None and order is not None and order.author_id == theirs.author_id
        tied.append(row if is_given else {**row, **_NOWHERE})
    return tied


def _assignments(db: Connection, ids: list[UUID]) -> dict[UUID, Any]:
    names = ("id", "organization_id", "kind", "document_id", "author_id")
    table = table_named("assignment")
    query = select(*(table.c[name] for name in names)).where(table.c.id.in_(ids))
    return {row.id: row for row in db.execute(query)}


def _is_the_part(theirs: Any, row: dict[str, Any]) -> bool:
    """Tell whether an assignment is what the organization of a part was given by an order."""
    told = row["target_id"], PART, row["target_document_id"]
    return (theirs.organization_id, theirs.kind, theirs.document_id) == told


def require_own_reminders(db: Connection, path: Path, organization_id: UUID) -> None:
    """Refuse reminders of assignments of others; forget those of people who work elsewhere here.

    Raises `ForeignRows`.
    """
    reminders, tasks = table_named("reminder"), table_named("assignment")
    people, offices = table_named("employee"), table_named(ORGANIZATION)
    own = reminders.c.organization_id == organization_id
    theirs = select(literal(1)).where(
        own, tasks.c.id == reminders.c.object_id, tasks.c.organization_id != organization_id
    )
    if db.execute(theirs.limit(1)).first() is not None:
        raise foreign(path)
    # their own organization reminds them, under the same key
    reminded = select(people.c.id).where(
        people.c.id == reminders.c.object_id,
        people.c.organization_id != organization_id,
        offices.c.id == people.c.organization_id,
        offices.c.state != ELSEWHERE,
    )
    db.execute(delete(reminders).where(own, reminded.exists()))
