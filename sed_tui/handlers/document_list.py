"""Lists of documents: pages by the place in the index, at any depth alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal, select
from sqlmodel import col

from sed_tui.domain.flows import Confidentiality, Execution, Flow, Registration
from sed_tui.handlers.document_query import Selection, select_documents
from sed_tui.i18n import N_, _
from sed_tui.operations.document_list import (
    Count,
    CountDocuments,
    DocumentPage,
    DocumentRow,
    ListDocuments,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row, Select

    from sed_tui.handlers.work import Work

    Place = tuple[date, int]

MASK = N_("For official use only")
_FLOWS = {flow.value: flow for flow in Flow}
_REGISTRATIONS = {state.value: state for state in Registration}
_EXECUTIONS = {state.value: state for state in Execution}
_OPEN = Confidentiality.NONE.value


def list_documents(work: Work, request: ListDocuments) -> DocumentPage:
    """Return the documents after a cursor, the newest first."""
    selected = select_documents(work, request.query)
    place = decode_cursor(request.after, date.fromisoformat, int) if request.after else None
    if request.skip:
        place = _skip(work, selected, place, request.skip)
        if place is None:
            return DocumentPage(rows=[])
    found = work.db.execute(page_query(selected, place, request.limit + 1)).all()
    shown = found[: request.limit]
    cursor = encode_cursor(shown[-1][0], shown[-1][1]) if len(found) > len(shown) else None
    return DocumentPage.model_construct(rows=_rows(work, shown), next=cursor)


def count_documents(work: Work, request: CountDocuments) -> Count:
    """Return how many documents fit, counting no further than asked."""
    selected = select_documents(work, request.query)
    fitting: Any = select(literal(1)).select_from(selected.order.source).where(selected.condition)
    if request.limit is not None:
        fitting = fitting.limit(request.limit + 1)
    total = work.db.scalar(select(func.count()).select_from(fitting.subquery())) or 0
    if request.limit is not None and total > request.limit:
        return Count(total=request.limit, more=True)
    return Count(total=total)


def page_query(selected: Selection, place: Place | None, limit: int) -> Select[Any]:
    """Return the query of a page: a range of the index, then the names for its rows alone."""
    document = (
        select(
            col(DocumentTable.listed_on),
            col(DocumentTable.key),
            col(DocumentTable.id),
            col(DocumentTable.number),
            col(DocumentTable.registered_on),
            col(DocumentTable.flow),
            col(DocumentTable.kind),
            col(DocumentTable.correspondent_id),
            col(DocumentTable.their_number),
            col(DocumentTable.their_date),
            col(DocumentTable.subject),
            col(DocumentTable.registration),
            col(DocumentTable.execution),
            col(DocumentTable.addressee),
            col(DocumentTable.journal_id),
            col(DocumentTable.confidentiality),
        )
        .select_from(selected.order.source)
        .where(selected.condition, *_after(selected, place))
        .order_by(*selected.order.columns)
        .limit(limit)
        .subquery("page")
    )
    columns = document.c
    return (
        select(
            *(
                column
                for column in columns
                if column.name not in {"correspondent_id", "journal_id"}
            ),
            col(CorrespondentTable.name).label("correspondent"),
            col(JournalTable.code).label("journal"),
        )
        .outerjoin(CorrespondentTable, col(CorrespondentTable.id) == columns.correspondent_id)
        .outerjoin(JournalTable, col(JournalTable.id) == columns.journal_id)
        .order_by(columns.listed_on.desc(), columns.key.desc())
    )


def _skip(work: Work, selected: Selection, place: Place | None, count: int) -> Place | None:
    """Return the place of the last row skipped, reading keys alone."""
    row = work.db.execute(
        select(col(DocumentTable.listed_on), col(DocumentTable.key))
        .select_from(selected.order.source)
        .where(selected.condition, *_after(selected, place))
        .order_by(*selected.order.columns)
        .offset(count - 1)
        .limit(1)
    ).one_or_none()
    return None if row is None else (row[0], row[1] or 0)


def _after(selected: Selection, place: Place | None) -> tuple[ColumnElement[bool], ...]:
    return () if place is None else (selected.order.after(*place),)


def _rows(work: Work, found: Sequence[Row[*tuple[Any, ...]]]) -> list[DocumentRow]:
    cleared, masked = work.actor.clearance, f"[{_(MASK)}]"
    # values of our own columns are valid already: 100 rows cost a tenth of the validation
    return [
        DocumentRow.model_construct(
            id=row.id,
            number=row.number,
            registered_on=row.registered_on,
            flow=_FLOWS[row.flow],
            kind=row.kind,
            correspondent=row.correspondent,
            their_number=row.their_number,
            their_date=row.their_date,
            subject=row.subject if cleared or row.confidentiality == _OPEN else masked,
            registration=_REGISTRATIONS[row.registration],
            execution=_EXECUTIONS[row.execution],
            addressee=row.addressee,
            journal=row.journal,
            confidentiality=row.confidentiality,
        )
        for row in found
    ]
