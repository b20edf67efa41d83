"""Operations that report on documents: registers, document flow, citizens' appeals."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from typing_extensions import TypedDict

from sed_tui.domain.flows import Flow
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation
from sed_tui.operations.report import DayRequest


class DocumentsRequest(DayRequest):
    """A report on what was registered in a period; without limits, in the year up to the day."""

    since: date | None = None
    until: date | None = None


class ReportJournal(DocumentsRequest):
    """Ask for the register of a flow, of one journal or of all."""

    flow: Flow = Flow.INCOMING
    journal: str | None = None


class RegisterRow(TypedDict):
    """A line of a register; `correspondent` is the sender, or the addressees.

    `assignments` and `directed_to` are those of the document at the end of the day.
    """

    place: int
    organization: str | None
    number: str
    registered_on: str
    journal: str | None
    correspondent: str | None
    their_number: str | None
    their_date: str | None
    subject: str
    assignments: str | None
    directed_to: str | None
    drafter: str | None
    note: str | None


class RegisterReport(Message):
    """The register of a flow, in the order of registration."""

    as_of: date
    since: date
    until: date
    flow: Flow
    rows: list[RegisterRow]


class ReportVolume(DocumentsRequest):
    """Ask how many documents were registered, by flow and month."""


class VolumeRow(Message):
    """Documents of a flow in a month; `cumulative` counts from the first day of the period.

    `originals` are documents, `copies` those made of them.
    """

    flow: Flow
    month: str
    originals: int
    copies: int
    total: int
    cumulative: int


class VolumeReport(Message):
    """Document flow of a period; `totals` by flow and in all."""

    as_of: date
    since: date
    until: date
    rows: list[VolumeRow]
    totals: dict[str, int]


class ReportAppeals(DocumentsRequest):
    """Ask about citizens' appeals of a period: how they came, what about, how they are done."""


class AppealSection(StrEnum):
    """What a line of the report on appeals counts."""

    RECEIVED = "received"
    DELIVERY = "delivery"
    KIND = "kind"
    REPETITION = "repetition"
    COLLECTIVE = "collective"
    EXECUTION = "execution"
    TOPIC = "topic"
    OVERDUE_BY_HEAD = "overdue_by_head"


class AppealRow(Message):
    """A figure of the report; `name` is what is counted within its section."""

    section: AppealSection
    name: str
    count: int


class AppealsReport(Message):
    """Citizens' appeals of a period in figures."""

    as_of: date
    since: date
    until: date
    rows: list[AppealRow]


JOURNAL = Operation(
    "report.journal", N_("Report a register"), ReportJournal, RegisterReport, Effect.READ
)
VOLUME = Operation(
    "report.volume", N_("Report the volume of documents"), ReportVolume, VolumeReport, Effect.READ
)
APPEALS = Operation(
    "report.appeals", N_("Report on citizens' appeals"), ReportAppeals, AppealsReport, Effect.READ
)
