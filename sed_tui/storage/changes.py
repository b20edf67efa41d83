"""What became of assignments between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.assignment import CLOSED
from sed_tui.storage.names import in_parts
from sed_tui.storage.overdue import LISTED, late, listing
from sed_tui.storage.standing import People, standing
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.assignment_request import ExtensionRequestTable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Select

    from sed_tui.domain.actor import Actor
    from sed_tui.storage.standing import Field, Moment

_CLOSED = sorted(state.value for state in CLOSED)


def overdue_ids(actor: Actor, moment: Moment, people: People) -> Any:
    """Return the query of the ids of what is overdue at a moment."""
    found = standing(actor, moment, ("id",), late(moment, people), is_open=True)
    return select(found.subquery("overdue").c.id)


def closed_since(
    actor: Actor, moment: Moment, people: People, begin: datetime
) -> Select[*tuple[Any, ...]]:
    """Return what was executed or stopped after an instant, as it stands at a moment."""

    def condition(field: Field) -> list[ColumnElement[bool]]:
        closed = [field("closed_at") > begin, field("state").in_(_CLOSED)]
        return [*closed, *people.condition(field)]

    return listing(standing(actor, moment, LISTED, condition))


def open_among(
    actor: Actor, moment: Moment, ids: Collection[UUID]
) -> Iterator[Select[*tuple[Any, ...]]]:
    """Return queries of those that are open at a moment, some hundreds of ids in each."""
    yield from among(actor, moment, People(), ids, is_open=True)


def among(
    actor: Actor,
    moment: Moment,
    people: People,
    ids: Collection[UUID],
    *,
    is_open: bool = False,
) -> Iterator[Select[*tuple[Any, ...]]]:
    """Return queries of assignments by their ids, some hundreds of them in each."""
    for part in in_parts(sorted(ids)):

        def condition(field: Field, part: Any = part) -> list[ColumnElement[bool]]:
            return [field("id").in_(part), *people.condition(field)]

        yield listing(standing(actor, moment, LISTED, condition, is_open=is_open))


def extension_requests(
    organization_id: UUID, begin: datetime, end: datetime
) -> Select[*tuple[Any, ...]]:
    """Return the requests for later terms of a time, with when the assignment was closed."""
    request = ExtensionRequestTable
    columns: Any = request.__table__  # type: ignore[attr-defined]
    return (
        select(columns, col(AssignmentTable.closed_at).label("closed_at"))
        .join(AssignmentTable, col(AssignmentTable.id) == col(request.assignment_id))
        .where(
            col(request.organization_id) == organization_id,
            col(request.requested_at).between(begin, end),
        )
        .order_by(col(request.requested_at), col(request.id))
    )


def on_documents(
    actor: Actor, moment: Moment, documents: Sequence[UUID]
) -> Iterator[Select[*tuple[Any, ...]]]:
    """Return queries of the assignments on documents, some hundreds of documents in each."""
    for part in in_parts(documents):

        def condition(field: Field, part: Any = part) -> list[ColumnElement[bool]]:
            return [field("document_id").in_(part)]

        yield listing(standing(actor, moment, LISTED, condition))
