"""Which cards of an import are there already: by external id, by number, as duplicates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col

from sed_tui.domain.duplicates import Letter, Likeness, likeness
from sed_tui.errors.imports import DiffersFromStored
from sed_tui.errors.numbering import NumberTaken
from sed_tui.handlers.importing.row import ImportedRow, looks_alike, undecided
from sed_tui.operations.imports import Outcome
from sed_tui.storage import bulk
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, FromClause, Row

    from sed_tui.handlers.work import Work

_Earlier = TypeVar("_Earlier")

_COMPARED = ("registered_on", "subject", "their_number", "their_date", "received_on")
# what says which letter it is, when the number is all that tells them apart
_TELLING = ("subject", "their_number")
_IDENTIFYING = (
    *(DocumentTable.id, DocumentTable.number, DocumentTable.journal_id, DocumentTable.period),
    *(DocumentTable.scope, DocumentTable.external_id),
    *(getattr(DocumentTable, name) for name in _COMPARED),
)
_LIKE_NUMBERS = {Likeness.EXACT, Likeness.SIMILAR_NUMBER}
# the sender, the flow and the key of a letter: those that may be alike share them
_GROUP = 3
_UUID_LENGTHS = {32, 36}


def settle_known(work: Work, rows: list[ImportedRow]) -> None:
    """Settle the rows whose cards are stored already, or stand earlier among the rows.

    A card is the same one under its external id, else under its number, journal and
    date. The same letter of the same sender is a duplicate and no error (rules §1.8).
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
    letters = [(row, _letter(row.fields)) for row in rows if "their_key" in row.fields]
    letters = [(row, letter) for row, letter in letters if letter.sender is not None]
    earlier = _earlier(work, letters)
    seen: dict[tuple[Any, ...], list[tuple[ImportedRow, Letter]]] = defaultdict(list)
    for row, letter in letters:
        group = letter[:_GROUP]
        stored = _most_alike(letter, earlier.get(group, ()))
        before = _most_alike(letter, seen[group])
        if stored is not None and stored[1] is Likeness.EXACT:
            row.settle(Outcome.DUPLICATE, stored[0].id, stored[0].number)
        elif before is not None and before[1] is Likeness.EXACT:
            row.follow(before[0], Outcome.DUPLICATE)
        else:
            seen[group].append((row, letter))
            if stored is not None:
                row.note(looks_alike(stored[0].number, stored[0].registered_on))
            elif before is not None:
                row.resembled = before[0]


def _most_alike(
    letter: Letter, earlier: Iterable[tuple[_Earlier, Letter]]
) -> tuple[_Earlier, Likeness] | None:
    """Return the earlier letter of the like number that a letter is, or looks like."""
    alike = None
    for one, known in earlier:
        like = likeness(known, letter)
        # registers of past years leave days out, and the numbers begin anew every year
        if like is Likeness.EXACT and letter.day is not None:
            return one, like
        if alike is None and like in _LIKE_NUMBERS:
            alike = one, Likeness.SIMILAR_NUMBER
    return alike


def _earlier(
    work: Work, letters: Iterable[tuple[ImportedRow, Letter]]
) -> dict[tuple[Any, ...], list[tuple[Row[*tuple[Any, ...]], Letter]]]:
    # a correspondent of this very transaction has no letters yet
    wanted = dict.fromkeys(
        (letter.sender, letter.key)
        for row, letter in letters
        if not row.fields["outside"][0].is_new
    )
    table = DocumentTable
    given = bulk.given(
        work.db,
        sender=(bulk.UUIDS, [cast("str", sender) for sender, _key in wanted]),
        key=(bulk.TEXTS, [key for _sender, key in wanted]),
    )
    condition = and_(
        col(table.correspondent_id) == given.c.sender,
        col(table.their_key) == given.c.key,
        col(table.registration) == "registered",
    )
    columns = (
        *(table.id, table.number, table.registered_on, table.correspondent_id, table.flow),
        *(table.their_key, table.their_number, table.their_date),
    )
    found: dict[tuple[Any, ...], list[tuple[Row[*tuple[Any, ...]], Letter]]] = defaultdict(list)
    for row in _stored(work, given, condition, columns):
        letter = _letter({**row._mapping, "correspondent_id": row.correspondent_id.hex})
        found[letter[:_GROUP]].append((row, letter))
    return found


def _letter(fields: Mapping[Any, Any]) -> Letter:
    get = fields.get
    return Letter(
        sender=get("correspondent_id"),
        flow=fields["flow"],
        key=fields["their_key"],
        number=get("their_number"),
        day=get("their_date"),
    )


def _stored(
    work: Work,
    given: FromClause,
    condition: ColumnElement[bool],
    columns: Sequence[Any] = _IDENTIFYING,
) -> Sequence[Row[*tuple[Any, ...]]]:
    mine = col(DocumentTable.organization_id) == work.organization_id
    return bulk.look_up(work.db, given, DocumentTable, and_(mine, condition), map(col, columns))


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
