"""Which cards of an import are there already: by external id, by number, as duplicates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlmodel import col

from sed_tui.domain.duplicates import SIMILAR_WITHIN_DAYS
from sed_tui.errors.imports import DiffersFromStored, LooksAlike
from sed_tui.errors.numbering import NumberTaken
from sed_tui.handlers.importing.row import ImportedRow, undecided
from sed_tui.operations.imports import Outcome
from sed_tui.storage import bulk
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, FromClause, Row

    from sed_tui.handlers.work import Work

_COMPARED = ("registered_on", "subject", "their_number", "their_date", "received_on")
# what says which letter it is, when the number is all that tells them apart
_TELLING = ("subject", "their_number")
_UUID_LENGTHS = {32, 36}


def settle_known(work: Work, rows: list[ImportedRow]) -> None:
    """Settle the rows whose cards are stored already, or stand earlier among the rows.

    A card is the same one under its external id, else under its number, journal and
    date. The same letter of the same sender is a duplicate and no error (domain: §1.8).
    """
    _by_external_id(work, rows)
    _by_number(work, undecided(rows))
    _duplicates(work, undecided(rows))


def as_id(text: str) -> str | None:
    """Return a text that is an id as 32 hex digits, None for another one."""
    if len(text) not in _UUID_LENGTHS:
        return None
    try:
        return UUID(text).hex
    except ValueError:
        return None


def _by_external_id(work: Work, rows: list[ImportedRow]) -> None:
    named = [row for row in rows if "external_id" in row.fields]
    names = [row.fields["external_id"] for row in named]
    table = DocumentTable
    given = bulk.given(work.db, text=(bulk.TEXTS, names))
    stored = {
        row.external_id: row for row in _stored(work, given, col(table.external_id) == given.c.text)
    }
    # an export names by its id a card that has no external one
    identities = [hexed for name in names if (hexed := as_id(name))]
    if identities:
        given = bulk.given(work.db, text=(bulk.UUIDS, identities))
        found = _stored(work, given, col(table.id) == given.c.text)
        stored |= {row.id.hex: row for row in found}
    seen: dict[str, ImportedRow] = {}
    for row, name in zip(named, names, strict=True):
        known = stored.get(name) or stored.get(as_id(name) or "")
        if known is not None:
            _settle(row, known)
        elif seen.setdefault(name, row) is not row:
            _follow(row, seen[name])


def _by_number(work: Work, rows: list[ImportedRow]) -> None:
    numbered = [row for row in rows if "number" in row.fields]
    numbers = list({row.fields["number"] for row in numbered})
    given = bulk.given(work.db, text=(bulk.TEXTS, numbers))
    stored = {
        (row.journal_id, row.period, row.scope, row.number): row
        for row in _stored(work, given, col(DocumentTable.number) == given.c.text)
    }
    seen: dict[tuple[Any, ...], ImportedRow] = {}
    for row in numbered:
        fields = row.fields
        key = (fields["of"].id, fields["period"], fields["scope"], fields["number"])
        known, first = stored.get(key), seen.setdefault(key, row)
        if known is not None:
            if _is_stored(row, known):
                _settle(row, known)
            else:
                _refuse_taken(row, known.registered_on)
        elif first is not row:
            if _is_repeated(row, first):
                _follow(row, first)
            else:
                _refuse_taken(row, first.fields["registered_on"])


def _duplicates(work: Work, rows: list[ImportedRow]) -> None:
    letters = [
        row for row in rows if "their_key" in row.fields and "correspondent_id" in row.fields
    ]
    earlier = _earlier(work, letters)
    seen: dict[tuple[Any, ...], ImportedRow] = {}
    for row in letters:
        fields = row.fields
        same = earlier.get((fields["correspondent_id"], fields["their_key"], fields["flow"]), ())
        day = fields.get("their_date")
        exact = next((one for one in same if day is not None and one.their_date == day), None)
        if exact is not None:
            row.settle(Outcome.DUPLICATE, exact.id, exact.number)
            continue
        if day is not None:
            key = (fields["correspondent_id"], fields["their_key"], fields["flow"], day)
            first = seen.setdefault(key, row)
            if first is not row:
                row.follow(first, Outcome.DUPLICATE)
                continue
        for one in same:
            if not fields.get("historic") and _near(one.their_date, day):
                shown = f"{one.registered_on:%d.%m.%Y}"
                row.note(LooksAlike(field="their_number", number=one.number, day=shown))
                break


def _earlier(
    work: Work, rows: list[ImportedRow]
) -> dict[tuple[Any, ...], list[Row[*tuple[Any, ...]]]]:
    # a correspondent of this very transaction has no letters yet
    known = [row for row in rows if not row.fields["outside"][0].is_new]
    table = DocumentTable
    given = bulk.given(
        work.db,
        text=(bulk.TEXTS, [row.fields["their_key"] for row in known]),
        correspondent=(bulk.UUIDS, [row.fields["correspondent_id"] for row in known]),
    )
    condition = and_(
        col(table.correspondent_id) == given.c.correspondent,
        col(table.their_key) == given.c.text,
        col(table.registration) == "registered",
    )
    found: dict[tuple[Any, ...], list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    for row in {row.id: row for row in _stored(work, given, condition)}.values():
        found[row.correspondent_id.hex, row.their_key, row.flow].append(row)
    return found


def _stored(
    work: Work, given: FromClause, condition: ColumnElement[bool]
) -> Sequence[Row[*tuple[Any, ...]]]:
    table = DocumentTable
    source, where = bulk.matching(
        work.db,
        given,
        table,
        and_(col(table.organization_id) == work.organization_id, condition),
    )
    return work.db.execute(
        select(
            *map(col, (table.id, table.number, table.journal_id, table.period, table.scope)),
            *map(col, (table.external_id, table.correspondent_id, table.their_key, table.flow)),
            *map(col, (table.registered_on, table.subject, table.their_number)),
            *map(col, (table.their_date, table.received_on)),
        )
        .select_from(source)
        .where(where)
    ).all()


def _settle(row: ImportedRow, known: Row[*tuple[Any, ...]]) -> None:
    row.settle(Outcome.UNCHANGED, known.id, known.number)
    stored = {name: getattr(known, name) for name in _COMPARED}
    _note_differences(row, stored)


def _follow(row: ImportedRow, first: ImportedRow) -> None:
    row.follow(first, Outcome.UNCHANGED)
    _note_differences(row, first.fields)


def _note_differences(row: ImportedRow, stored: Any) -> None:
    differing = [
        name
        for name in _COMPARED
        if row.fields.get(name) is not None and row.fields[name] != stored.get(name)
    ]
    if differing:
        row.note(DiffersFromStored(fields=", ".join(differing)))


def _is_stored(row: ImportedRow, known: Row[*tuple[Any, ...]]) -> bool:
    # one of the two may have been mended since; where both differ it is another letter
    stored = {name: getattr(known, name) for name in _TELLING}
    is_other = _told_apart(row, stored) == len(_TELLING)
    return _is_same(row, known.registered_on, known.external_id) and not is_other


def _is_repeated(row: ImportedRow, first: ImportedRow) -> bool:
    # nobody mended a row of this very table: any difference tells
    day, external_id = first.fields["registered_on"], first.fields.get("external_id")
    return _is_same(row, day, external_id) and not _told_apart(row, first.fields)


def _is_same(row: ImportedRow, registered_on: object, external_id: str | None) -> bool:
    if row.fields["registered_on"] != registered_on:
        return False
    own = row.fields.get("external_id")
    return own is None or external_id is None or own == external_id


def _told_apart(row: ImportedRow, other: Mapping[str, Any]) -> int:
    """Return by how many of the telling fields the row is another document."""
    pairs = [(row.fields.get(name), other.get(name)) for name in _TELLING]
    return sum(own is not None and theirs is not None and own != theirs for own, theirs in pairs)


def _refuse_taken(row: ImportedRow, registered_on: Any) -> None:
    row.refuse(
        NumberTaken(
            field="number",
            number=row.fields["number"],
            journal=row.fields["of"].code,
            holder=f"{registered_on:%d.%m.%Y}",
        )
    )


def _near(one: date | None, other: date | None) -> bool:
    if one is None or other is None:
        return True
    return abs((one - other).days) <= SIMILAR_WITHIN_DAYS
