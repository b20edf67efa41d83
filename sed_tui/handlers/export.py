"""Tables for other programs and for importing again, read page by page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import literal, select, tuple_
from sqlmodel import col

from sed_tui.operations.export import (
    ExportCorrespondents,
    ExportDocuments,
    ExportedRows,
    ExportPeople,
)
from sed_tui.operations.import_columns import COLUMNS, Noun
from sed_tui.operations.pages import decode_cursor, encode_cursor

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sed_tui.handlers.work import Work

# the bytes of files are no part of a table
_DOCUMENTS = tuple(name for name in COLUMNS[Noun.DOCUMENTS] if name != "files")


def export_documents(work: Work, request: ExportDocuments) -> ExportedRows:
    """Return registered cards that the reader may see, oldest first: answers after letters."""
    from sed_tui.handlers.exported_cards import card_values, cards  # tables of cards

    place = decode_cursor(request.after, date.fromisoformat, int) if request.after else None
    found = cards(work, request.query, place, request.limit + 1)
    shown = found[: request.limit]
    rows = card_values(work, shown, _DOCUMENTS)
    last = shown[-1] if len(found) > len(shown) else None
    cursor = encode_cursor(last.listed_on, last.key) if last is not None else None
    return _exported(_DOCUMENTS, rows, cursor)


def export_correspondents(work: Work, request: ExportCorrespondents) -> ExportedRows:
    """Return correspondents by name; each is known by its id where it has no external one."""
    from sed_tui.storage.tables.correspondent import CorrespondentTable

    table: Any = CorrespondentTable.__table__  # type: ignore[attr-defined]
    query = select(table).where(
        table.c.organization_id == work.organization_id, table.c.merged_into.is_(None)
    )
    found = _page(work, request, query, (table.c.folded_name, table.c.id))
    shown = found[: request.limit]
    columns = COLUMNS[Noun.CORRESPONDENTS]
    rows = [
        values(columns, {**row, "external_id": row["external_id"] or row["id"]}) for row in shown
    ]
    last = shown[-1] if len(found) > len(shown) else None
    cursor = encode_cursor(last["folded_name"], last["id"]) if last is not None else None
    return _exported(columns, rows, cursor)


def export_people(work: Work, request: ExportPeople) -> ExportedRows:
    """Return people by name, with their roles in the organization."""
    from sed_tui.handlers.role_grants import held_roles, written
    from sed_tui.storage.tables.organization import EmployeeTable
    from sed_tui.storage.tables.unit import UnitTable

    table: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
    query = (
        select(table, col(UnitTable.code).label("unit"))
        .outerjoin(UnitTable, col(UnitTable.id) == table.c.unit_id)
        .where(table.c.organization_id == work.organization_id, table.c.state == "active")
    )
    found = _page(work, request, query, (table.c.folded_name, table.c.id))
    shown = found[: request.limit]
    held = held_roles(work, [row["id"] for row in shown])
    roles = {person: "; ".join(written(found)) for person, found in held.items()}
    columns = COLUMNS[Noun.PEOPLE]
    rows = [values(columns, {**row, "roles": roles.get(row["id"], "")}) for row in shown]
    last = shown[-1] if len(found) > len(shown) else None
    cursor = encode_cursor(last["folded_name"], last["id"]) if last is not None else None
    return _exported(columns, rows, cursor)


def values(columns: Sequence[str], row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a row as the texts that an import reads."""
    return tuple([_text(row[name]) for name in columns])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _page(
    work: Work,
    request: ExportCorrespondents | ExportPeople,
    query: Any,
    place: tuple[Any, Any],
) -> Sequence[Any]:
    if request.after is not None:
        name, identity = decode_cursor(request.after, str, UUID)
        query = query.where(tuple_(*place) > tuple_(literal(name), literal(identity)))
    return work.db.execute(query.order_by(*place).limit(request.limit + 1)).mappings().all()


def _exported(
    columns: tuple[str, ...], rows: list[tuple[str, ...]], cursor: str | None
) -> ExportedRows:
    return ExportedRows.model_construct(columns=columns, rows=rows, next=cursor)
