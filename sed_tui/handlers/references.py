"""What a person types where an id is expected: an id, a short id, a registration number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from sed_tui.errors import NotFound
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.short_ids import id_range, short_id, whole_id
from sed_tui.i18n import N_, _
from sed_tui.storage.planning import unindexed
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.visibility import Shape, shape_of, values_of, visible_by_parameters

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import BindParameter, Select

    from sed_tui.handlers.work import Work

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A document that the actor may see."""

    id: UUID
    key: int
    number: str | None


def find_document(work: Work, text: str, field: str = "document") -> DocumentReference:
    """Return the document that a text names: `01-23/1456`, `ЖУРНАЛ:1456`, `1456@2026`, an id.

    Raises `NotFound`, which does not tell whether there is one that is not the
    actor's to see, and `Ambiguous` that lists the candidates.
    """
    text = text.strip()
    ways = [_by_number(text), *_by_id(text)]
    for way, values in reversed(ways) if whole_id(text) else ways:
        query = _finding(shape_of(work.actor), way)
        rows = work.db.execute(query, {**values_of(work.actor), **values}).all()
        if len(rows) > 1:
            raise Ambiguous(field=field, value=text, candidates="; ".join(map(_candidate, rows)))
        if rows:
            return DocumentReference(rows[0].id, rows[0].key, rows[0].number)
    raise NotFound(field=field, kind=_(N_("Document")), key=text)


def document_of(work: Work, document_id: UUID | None) -> DocumentReference | None:
    """Return a document of the organization that something the actor works on rests upon."""
    if document_id is None:
        return None
    row = work.db.execute(
        select(col(DocumentTable.id), col(DocumentTable.key), col(DocumentTable.number)).where(
            col(DocumentTable.id) == document_id,
            col(DocumentTable.organization_id) == work.organization_id,
        )
    ).one()
    return DocumentReference(row.id, row.key, row.number)


class _Way(Enum):
    """By what a document is looked for; `IN_YEAR` may be added to a number."""

    ID = auto()
    NUMBER = auto()
    JOURNAL = auto()
    NUMBER_IN_YEAR = auto()
    JOURNAL_IN_YEAR = auto()


_IN_YEAR = {_Way.NUMBER: _Way.NUMBER_IN_YEAR, _Way.JOURNAL: _Way.JOURNAL_IN_YEAR}


@cache
def _finding(shape: Shape, way: _Way) -> Select[*tuple[Any, ...]]:
    """Return the query of the candidates, built once: nearly every operation asks it."""
    document = DocumentTable
    query = (
        select(
            *map(col, (document.id, document.key, document.number, document.registered_on)),
            col(JournalTable.code),
        )
        .outerjoin(JournalTable, col(JournalTable.id) == col(document.journal_id))
        .where(visible_by_parameters(shape, is_narrowed=way is _Way.ID))
        # the order of the list is an index too, all of which SQLite would rather read
        .order_by(unindexed(col(document.listed_on)).desc())
        .limit(_SHOWN)
    )
    if way is _Way.ID:
        return query.where(col(document.id).between(*_bounds("first_id", "last_id")))
    query = query.where(col(document.number) == bindparam("number"))
    if way in {_Way.JOURNAL, _Way.JOURNAL_IN_YEAR}:
        query = query.where(col(JournalTable.code) == bindparam("journal"))
    if way in _IN_YEAR.values():
        days = _bounds("first_day", "last_day")
        query = query.where(col(document.registered_on).between(*days))
    return query


def _bounds(first: str, last: str) -> tuple[BindParameter[Any], BindParameter[Any]]:
    return bindparam(first), bindparam(last)


def _by_number(text: str) -> tuple[_Way, dict[str, Any]]:
    number, _at, year = text.rpartition("@")
    if not number or not re.fullmatch(r"[1-9][0-9]{3}", year):
        number, year = text, ""
    way, values = _Way.NUMBER, {"number": number}
    journal, colon, rest = number.partition(":")
    if colon and rest:
        way, values = _Way.JOURNAL, {"journal": journal, "number": rest}
    if not year:
        return way, values
    days = {"first_day": date(int(year), 1, 1), "last_day": date(int(year), 12, 31)}
    return _IN_YEAR[way], {**values, **days}


def _by_id(text: str) -> list[tuple[_Way, dict[str, Any]]]:
    ids = id_range(text)
    return [] if ids is None else [(_Way.ID, {"first_id": ids[0], "last_id": ids[1]})]


def _candidate(row: Any) -> str:
    if not row.registered_on:
        return short_id(row.id)
    return f"{row.code}:{row.number}@{row.registered_on:%Y} ({short_id(row.id)})"
