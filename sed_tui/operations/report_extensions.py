"""Later terms: who asked for them, who granted or denied, how often."""

from __future__ import annotations

from datetime import date

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation
from sed_tui.operations.report import ListedRow, ReportRequest


class ReportExtensions(ReportRequest):
    """Ask which later terms were requested in a period, by the day of the request.

    Without limits it is the year of the report up to its day.
    """

    since: date | None = None
    until: date | None = None


class ExtensionRow(ListedRow):
    """A request for a later term, and its decision as known at the end of the day.

    `due` and `shifts` are those of the assignment at the end of the day.
    """

    requested_on: str
    requested_by: str
    due_before: str
    wanted_due: str
    is_late: bool
    decision: str
    decided_on: str | None
    decided_by: str | None
    granted_due: str | None


class ExtensionTotals(Message):
    """How many were requested, with what decision, by whom asked and by whom granted."""

    requested: int
    granted: int
    denied: int
    waiting: int
    lapsed: int
    late: int
    by_executor: dict[str, int]
    granted_by: dict[str, int]


class ExtensionReport(Message):
    """The requests of a period, in the order in which they were made."""

    as_of: date
    since: date
    until: date
    rows: list[ExtensionRow]
    totals: ExtensionTotals


EXTENSIONS = Operation(
    "report.extensions",
    N_("Report requests for later terms"),
    ReportExtensions,
    ExtensionReport,
    Effect.READ,
)
