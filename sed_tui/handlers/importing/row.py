"""A row of an import on its way: what was read, what is wrong, what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from sed_tui.errors.imports import LooksAlike, RowTwice
from sed_tui.operations.imports import Outcome, RowError, RowResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from sed_tui.errors import SedError
    from sed_tui.operations.imports import ImportRows


class Importer(Protocol):
    """Takes the rows of one noun, a chunk at a time, in the transaction of the call."""

    def take(self, rows: Sequence[ImportedRow]) -> None:
        """Store what can be stored and give every row its outcome."""
        ...


class ImportedRow:
    """One row; without an outcome it is still to be decided.

    `id` is 32 hex digits, as bulk writing takes it.
    """

    __slots__ = (
        *("fields", "files", "first", "id", "notes", "number", "outcome", "resembled", "row"),
        "texts",
    )

    def __init__(self, row: int, texts: tuple[str, ...]) -> None:
        self.row = row
        self.texts = texts
        self.fields: dict[str, Any] = {}
        self.files: tuple[Any, ...] = ()
        self.notes: list[RowError] = []
        self.outcome: Outcome | None = None
        self.id: str | None = None
        self.number: str | None = None
        self.first: ImportedRow | None = None
        self.resembled: ImportedRow | None = None

    def refuse(self, error: SedError) -> None:
        """Say what is wrong; a row may be refused for several reasons."""
        self.outcome = Outcome.REFUSED
        self.id = None
        self.note(error)

    def note(self, error: SedError) -> None:
        """Say what is worth a look, and take the row all the same."""
        self.notes.append(row_error(error))

    def settle(self, outcome: Outcome, identity: UUID | str | None, number: str | None) -> None:
        """Decide what became of the row."""
        self.outcome, self.number = outcome, number
        self.id = identity.hex if isinstance(identity, UUID) else identity

    def follow(self, first: ImportedRow, outcome: Outcome) -> None:
        """Decide that an earlier row of the same chunk says the same."""
        self.first, self.outcome = first, outcome

    def settle_with_first(self) -> None:
        """Take over what became of an earlier row, once that is known."""
        other = self.resembled
        if other is not None and self.outcome is other.outcome is Outcome.CREATED:
            self.note(looks_alike(other.number, other.fields["day"]))
        if self.first is None:
            return
        if self.first.outcome is Outcome.REFUSED:
            self.refuse(RowTwice(field="row", value=str(self.row), other=self.first.row))
        else:
            self.id, self.number = self.first.id, self.first.number

    @property
    def result(self) -> RowResult:
        """Return the answer for the row."""
        return RowResult.model_construct(
            row=self.row,
            outcome=self.outcome or Outcome.REFUSED,
            id=UUID(self.id) if self.id else None,
            number=self.number,
            errors=self.notes,
        )


def looks_alike(number: str | None, day: date) -> LooksAlike:
    """Say of a card that another letter of the sender has a like number."""
    return LooksAlike(field="their_number", number=number, day=f"{day:%d.%m.%Y}")


def row_error(error: SedError) -> RowError:
    """Return a failure as the answer to a row says it."""
    return RowError(
        code=error.code, field=error.field, message=str(error), hint=error.advice or None
    )


def rows_of(request: ImportRows) -> list[ImportedRow]:
    """Return the rows of a batch; those that their reader found wrong are refused already."""
    rows = [
        ImportedRow(number, texts)
        for number, texts in zip(request.numbers, request.rows, strict=True)
    ]
    for row in rows:
        if request.files:
            row.files = request.files.get(row.row, ())
        fault = request.faults.get(row.row) if request.faults else None
        if fault is not None:
            row.outcome = Outcome.REFUSED
            row.notes.append(fault)
    return rows


def undecided(rows: Iterable[ImportedRow]) -> list[ImportedRow]:
    """Return the rows that nothing was decided about yet."""
    return [row for row in rows if row.outcome is None]


def dashed(identity: str) -> str:
    """Return an id of 32 hex digits as ids are shown."""
    return f"{identity[:8]}-{identity[8:12]}-{identity[12:16]}-{identity[16:20]}-{identity[20:]}"


class Remembered:
    """A conversion of texts that repeat: days, names of people, ways of delivery."""

    _MOST = 20_000

    def __init__(self, convert: Callable[[str], Any]) -> None:
        self._convert = convert
        self._known: dict[str, Any] = {}

    def __call__(self, text: str) -> Any:
        """Return what the text means; what it raises is not remembered."""
        try:
            return self._known[text]
        except KeyError:
            value = self._convert(text)
            if len(self._known) >= self._MOST:
                self._known.clear()
            self._known[text] = value
            return value
