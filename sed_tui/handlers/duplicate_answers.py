"""What is done about a letter that is registered already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.duplicates import Likeness
from sed_tui.errors.registration import AlreadyRegistered, ReasonNeeded
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.registration import (
    DuplicatePolicy,
    PossibleDuplicate,
    RegisterDocument,
)
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.numbers import Journal
    from sed_tui.handlers.work import Work

_WARNINGS: dict[Likeness, str] = {
    Likeness.EXACT: N_("It is registered already: {number} of {day}."),
    Likeness.SAME_FILE: N_("The same file is attached to {number} of {day}."),
    Likeness.SIMILAR_NUMBER: N_("A letter with a similar number is registered: {number} of {day}."),
    Likeness.REPEATED_APPEAL: N_("This person has appealed before: {number} of {day}."),
}
# letters of suffixes: without those that are read as digits or as each other
_LETTERS = "абвгдежиклмнпрстуфхцшщэюя"


def answer_duplicates(
    request: RegisterDocument, earlier: Sequence[PossibleDuplicate], reason: str | None
) -> list[str]:
    """Refuse the same letter, or return warnings that name the earlier numbers.

    Raises `AlreadyRegistered`, and `ReasonNeeded` where it is forced without a reason.
    """
    if earlier and earlier[0].likeness is Likeness.EXACT:
        if request.on_duplicate is DuplicatePolicy.REFUSE:
            raise _already(earlier[0])
        if request.on_duplicate is DuplicatePolicy.FORCE and not reason:
            raise ReasonNeeded(field="reason", what=_("Registering the same letter again"))
    return [
        _(_WARNINGS[one.likeness]).format(number=one.number, day=f"{one.registered_on:%d.%m.%Y}")
        for one in earlier
    ]


def duplicate_number(
    work: Work, journal: Journal, period: str, first: PossibleDuplicate
) -> tuple[int, str] | None:
    """Return the ordinal of the first registration and the next free letter beside it.

    A duplicate has no ordinal of its own; None where the first one is of another journal
    or period, or has used all letters up.
    """
    table = DocumentTable
    place = work.db.execute(
        select(*map(col, (table.journal_id, table.period, table.scope, table.ordinal))).where(
            col(table.id) == first.id
        )
    ).one()
    if (place.journal_id, place.period) != (journal.id, period) or place.ordinal is None:
        return None
    used = work.db.scalars(
        select(col(table.suffix)).where(
            col(table.journal_id) == place.journal_id,
            col(table.period) == place.period,
            col(table.scope) == place.scope,
            col(table.ordinal) == place.ordinal,
        )
    ).all()
    free = (letter for letter in _LETTERS if not {letter, f"-{letter}"} & set(used))
    letter = next(free, None)
    return None if letter is None else (place.ordinal, f"-{letter}")


def _already(first: PossibleDuplicate) -> AlreadyRegistered:
    return AlreadyRegistered(
        field="their_number",
        number=first.number,
        day=f"{first.registered_on:%d.%m.%Y}",
        correspondent=first.correspondent or "—",
        their_number=first.their_number or "—",
        id=short_id(first.id),
    )
