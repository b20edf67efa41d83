"""Operations on acquaintance: lists of people who read one version of a document."""

from __future__ import annotations

from datetime import date
from uuid import UUID  # noqa: TC003 - pydantic reads it

from pydantic import Field

from sed_tui.domain.acquaintance import AcquaintanceKind, ReadingState
from sed_tui.i18n import N_
from sed_tui.operations.acquaintance_list import AcquaintanceRow
from sed_tui.operations.registry import Effect, Message, Operation, Request


class StartAcquaintance(Request):
    """Give a document to people to read, as its files are now.

    People are named one by one, by units (with those below) or all at once; `except_for`
    leaves some out. `again` takes the list of an earlier acquaintance on a new version,
    which needs no other people. `due` is written as a term of an assignment.
    """

    document: str | None = None
    people: tuple[str, ...] = Field(default=(), max_length=5000)
    units: tuple[str, ...] = Field(default=(), max_length=500)
    everybody: bool = False
    except_for: tuple[str, ...] = Field(default=(), max_length=5000)
    kind: AcquaintanceKind = AcquaintanceKind.ELECTRONIC
    due: str | None = None
    text: str | None = None
    again: str | None = None


class ShowAcquaintance(Request):
    """Ask for one with its sheet: everybody of the list, and who has read."""

    acquaintance: str


class ConfirmAcquaintance(Request):
    """Confirm reading: one's own, an absent person's, or a signature on paper.

    `person` is left out for oneself, or for the one person stood in for. `signed_on` is
    the date on paper.
    """

    acquaintance: str
    person: str | None = None
    signed_on: date | None = None
    note: str | None = None


class StopAcquaintance(Request):
    """Stop waiting for those who have not read; a reason is told with the call."""

    acquaintance: str


class SheetRow(Message):
    """One person of the sheet; `entered_by` is who confirmed, if not the person."""

    login: str
    name: str
    position: str | None
    department: str | None
    state: ReadingState
    acquainted_on: date | None
    entered_by: str | None
    note: str | None


class VersionRead(Message):
    """A file that was fixed for reading."""

    name: str
    version: int
    sha256: str


class Acquaintance(AcquaintanceRow):
    """An acquaintance with its sheet and the version it fixes."""

    text: str | None
    files: list[VersionRead]
    is_current: bool
    explanation: list[str]
    previous: UUID | None
    sheet: list[SheetRow]


START = Operation(
    "acquaintance.start",
    N_("Start an acquaintance"),
    StartAcquaintance,
    Acquaintance,
    Effect.WRITE,
)
SHOW = Operation(
    "acquaintance.show",
    N_("Show an acquaintance sheet"),
    ShowAcquaintance,
    Acquaintance,
    Effect.READ,
)
CONFIRM = Operation(
    "acquaintance.confirm",
    N_("Confirm reading"),
    ConfirmAcquaintance,
    Acquaintance,
    Effect.WRITE,
)
STOP = Operation(
    "acquaintance.stop",
    N_("Stop an acquaintance"),
    StopAcquaintance,
    Acquaintance,
    Effect.DESTROY,
)
