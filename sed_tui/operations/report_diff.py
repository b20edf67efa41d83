"""What happened between two days: what became overdue, what was closed, which terms moved."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation
from sed_tui.operations.report import ListedRow, ReportRequest


class Change(StrEnum):
    """What became of an assignment between two days."""

    BECAME_OVERDUE = "became_overdue"
    EXECUTED = "executed"
    STOPPED = "stopped"
    NO_LONGER_OVERDUE = "no_longer_overdue"


class ReportDiff(ReportRequest):
    """Ask what changed from the end of one day to the end of another, `as_of`."""

    since: date


class DiffRow(ListedRow):
    """An assignment that changed; `was_overdue` is how it stood at the end of the first day."""

    change: str
    was_overdue: bool
    reported_on: str | None
    days_overdue: int | None


class DiffTotals(Message):
    """How many changed, and how many were overdue at the end of either day.

    `overdue_before` + `became_overdue` - `closed_overdue` - `no_longer_overdue` is
    `overdue_after`.
    """

    overdue_before: int
    overdue_after: int
    became_overdue: int
    executed: int
    stopped: int
    closed_overdue: int
    no_longer_overdue: int


class DiffReport(Message):
    """What changed between two days, by the sort of change, then by term."""

    as_of: date
    since: date
    rows: list[DiffRow]
    totals: DiffTotals


DIFF = Operation(
    "report.diff", N_("Report what changed between two days"), ReportDiff, DiffReport, Effect.READ
)
