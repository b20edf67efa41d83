"""Operations on journals: their numbers, gaps and reservations."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.flows import Flow
from sed_tui.domain.numbering import Period, Scope
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddJournal(Request):
    """Add a journal; a formula that could not make numbers is refused here and now."""

    code: str
    name: str
    flow: Flow
    formula: str = "{journal}-{ordinal}/{year2}"
    period: Period = Period.YEAR
    scope: Scope = Scope.NONE
    start: int = Field(default=1, ge=1, le=999_999_999)
    group_code: str | None = None
    is_default: bool = False


class ChangeJournal(Request):
    """Change a journal; formula, period, scope and start are frozen once it has documents.

    `next_ordinal` sets the next number of the current period, which may only grow.
    `closed_before` refuses registration dates before a day: a closed year. With the `version`
    that was seen nothing changes when somebody else has changed it since.
    """

    journal: str
    name: str | None = None
    formula: str | None = None
    period: Period | None = None
    scope: Scope | None = None
    start: int | None = Field(default=None, ge=1, le=999_999_999)
    group_code: str | None = None
    is_default: bool | None = None
    is_closed: bool | None = None
    closed_before: date | None = None
    next_ordinal: int | None = Field(default=None, ge=1, le=999_999_999)
    version: int | None = None


class JournalRow(Message):
    """A journal as lists show it; `next` is the preliminary number of a document of today."""

    id: UUID
    code: str
    name: str
    flow: Flow
    formula: str
    period: Period
    scope: Scope
    start: int
    is_default: bool
    state: str
    closed_before: date | None
    documents: int
    next: str | None
    version: int


class JournalList(Message):
    """Journals by flow and code."""

    rows: list[JournalRow]
    next: None = None


class ListJournals(Request):
    """Ask for the journals of the organization."""

    flow: Flow | None = None


class ShowJournal(Request):
    """Ask for one journal by its code."""

    journal: str


class PreviewNumbers(Request):
    """Ask what numbers a journal, or a formula that is not stored yet, would give.

    Without `since` the numbers run over the next New Year, which shows the counter
    start again.
    """

    journal: str | None = None
    formula: str | None = None
    period: Period = Period.YEAR
    scope: Scope = Scope.NONE
    count: int = Field(default=20, ge=1, le=1000)
    since: date | None = None


class PreviewedNumber(Message):
    """A number that would be given on a day; it is preliminary."""

    day: date
    ordinal: int
    number: str


class Preview(Message):
    """Numbers in the order in which they would be given."""

    rows: list[PreviewedNumber]
    next: None = None


class FindGaps(Request):
    """Ask for the control of gaps of one journal, in a year or in all its life."""

    journal: str
    year: int | None = None


class Gap(Message):
    """An ordinal that carries no document, or a document out of its place.

    `problem`: cancelled, renumbered, lapsed, skipped (never carried a document), reserved,
    format (the number does not fit the formula), chronology (a greater number than one of
    a later date). Skipped ordinals are told in runs, from `ordinal` up to `through`.
    """

    period: str
    ordinal: int | None
    through: int | None = None
    number: str | None
    problem: str
    reason: str | None = None
    document_id: UUID | None = None
    see: str | None = None


class Gaps(Message):
    """Everything that a reader of the journal would ask about."""

    rows: list[Gap]
    next: None = None


class ReserveNumbers(Request):
    """Hold the next numbers of a journal for documents of a day.

    They lapse at the end of `until` (by default of that day) and become gaps.
    """

    journal: str
    count: int = Field(default=1, ge=1, le=500)
    on: date | None = None
    until: date | None = None
    unit: str | None = None
    leading: str | None = None


class Reserved(Message):
    """A reserved number."""

    number: str
    ordinal: int
    journal: str
    on: date
    lapses_on: date


class Reservations(Message):
    """Reserved numbers in their order."""

    rows: list[Reserved]
    next: None = None


class ReleaseLapsed(Request):
    """Turn reservations whose day is over into gaps."""


class Released(Message):
    """How many reservations have lapsed."""

    lapsed: list[str]


ADD = Operation("journal.add", N_("Add a journal"), AddJournal, JournalRow, Effect.WRITE)
CHANGE = Operation(
    "journal.change", N_("Change a journal"), ChangeJournal, JournalRow, Effect.WRITE
)
LIST = Operation("journal.list", N_("List journals"), ListJournals, JournalList, Effect.READ)
SHOW = Operation("journal.show", N_("Show a journal"), ShowJournal, JournalRow, Effect.READ)
PREVIEW = Operation(
    "journal.preview", N_("Preview the numbers of a journal"), PreviewNumbers, Preview, Effect.READ
)
GAPS = Operation("journal.gaps", N_("Control of gaps"), FindGaps, Gaps, Effect.READ)
RESERVE = Operation(
    "journal.reserve", N_("Reserve numbers"), ReserveNumbers, Reservations, Effect.WRITE
)
RELEASE = Operation(
    "journal.release", N_("Release lapsed reservations"), ReleaseLapsed, Released, Effect.WRITE
)
