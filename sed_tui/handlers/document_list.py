"""Lists of documents: pages by the place in the index, at any depth alike."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, String, bindparam, func, literal, select, type_coerce
from sqlmodel import col

from sed_tui.domain.flows import Confidentiality, Execution, Flow, Registration
from sed_tui.handlers.document_query import Selection, common_selection, select_documents
from sed_tui.handlers.mask import MASK
from sed_tui.i18n import _
from sed_tui.operations.document_list import (
    Count,
    CountDocuments,
    DocumentPage,
    DocumentRow,
    ListDocuments,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor, trusted
from sed_tui.storage.raw import made_id
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row, Select

    from sed_tui.domain.actor import Actor
    from sed_tui.handlers.work import Work

    Place = tuple[date, int]
    Rows = Sequence[Row[*tuple[Any, ...]]]

_COLUMNS = (
    type_coerce(col(DocumentTable.listed_on), String),
    col(DocumentTable.key),
    col(DocumentTable.confidentiality),
    type_coerce(col(DocumentTable.id), String),
    col(DocumentTable.number),
    col(DocumentTable.registered_on),
    col(DocumentTable.flow),
    col(DocumentTable.kind),
    col(CorrespondentTable.name),
    col(DocumentTable.their_number),
    col(DocumentTable.their_date),
    col(DocumentTable.subject),
    col(DocumentTable.registration),
    col(DocumentTable.execution),
    col(DocumentTable.addressee),
    col(JournalTable.code),
)
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
    found = work.db.execute(
        _page_of(work, selected, is_later=place is not None),
        {"count": request.limit + 1, **selected.parameters, **selected.order.at(place)},
    ).all()
    shown = found[: request.limit]
    cursor = encode_cursor(shown[-1][0], shown[-1][1]) if len(found) > len(shown) else None
    return DocumentPage.model_construct(rows=_rows(work, shown), next=cursor)


def count_documents(work: Work, request: CountDocuments) -> Count:
    """Return how many documents fit, counting no further than asked."""
    selected = select_documents(work, request.query, is_whole=True)
    fitting: Any = select(literal(1)).select_from(selected.order.source).where(selected.condition)
    if request.limit is not None:
        fitting = fitting.limit(request.limit + 1)
    total = (
        work.db.scalar(select(func.count()).select_from(fitting.subquery()), selected.parameters)
        or 0
    )
    if request.limit is not None and total > request.limit:
        return Count(total=request.limit, more=True)
    return Count(total=total)


def _page_of(work: Work, selected: Selection, *, is_later: bool) -> Select[Any]:
    if not selected.is_common:
        return _page(selected, is_later)
    return _common_page(work.actor, work.db.dialect.name, selected.has_words, is_later)


@lru_cache(maxsize=64)
def _common_page(actor: Actor, dialect: str, has_words: bool, is_later: bool) -> Select[Any]:
    """Return a page that is made once: making it takes as long as running it."""
    return _page(common_selection(actor, dialect, has_words=has_words), is_later)


def _page(selected: Selection, is_later: bool) -> Select[Any]:
    """Return the query of a page: a range of the index, and the names for its rows alone."""
    order = selected.order
    columns: tuple[Any, ...] = _COLUMNS  # more than the typing of select counts
    return (
        select(*columns)
        .select_from(order.source)
        .outerjoin(
            CorrespondentTable, col(CorrespondentTable.id) == col(DocumentTable.correspondent_id)
        )
        .outerjoin(JournalTable, col(JournalTable.id) == col(DocumentTable.journal_id))
        .where(selected.condition, *([order.after] if is_later else []))
        .order_by(*order.columns)
        .limit(bindparam("count", type_=Integer))
    )


def _skip(work: Work, selected: Selection, place: Place | None, count: int) -> Place | None:
    """Return the place of the last row skipped, reading keys alone."""
    order = selected.order
    row = work.db.execute(
        select(col(DocumentTable.listed_on), col(DocumentTable.key))
        .select_from(order.source)
        .where(selected.condition, *([order.after] if place else []))
        .order_by(*order.columns)
        .offset(count - 1)
        .limit(1),
        {**selected.parameters, **order.at(place)},
    ).one_or_none()
    return None if row is None else (row[0], row[1] or 0)


def _rows(work: Work, found: Rows) -> list[DocumentRow]:
    cleared, masked = work.actor.clearance, f"[{_(MASK)}]"
    rows = (
        {
            "id": made_id(document),
            "number": number,
            "registered_on": registered_on,
            "flow": _FLOWS[flow],
            "kind": kind,
            "correspondent": correspondent,
            "their_number": their_number,
            "their_date": their_date,
            "subject": subject if cleared or confidentiality == _OPEN else masked,
            "registration": _REGISTRATIONS[registration],
            "execution": _EXECUTIONS[execution],
            "addressee": addressee,
            "journal": journal,
            "confidentiality": confidentiality,
        }
        for (
            _day,
            _key,
            confidentiality,
            document,
            number,
            registered_on,
            flow,
            kind,
            correspondent,
            their_number,
            their_date,
            subject,
            registration,
            execution,
            addressee,
            journal,
        ) in found
    )
    return trusted(DocumentRow, rows)
