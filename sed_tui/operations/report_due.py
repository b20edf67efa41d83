"""The reminder sheet: what falls due for whom, day by day, and what is overdue already."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation
from sed_tui.operations.report import ListedRow, ReportRequest

LONGEST = 366


class ReportDue(ReportRequest):
    """Ask what each executor has to finish within some days after the day of the report.

    What waits for acceptance is no longer his to do and stands out.
    """

    days: int = Field(default=10, ge=0, le=LONGEST)


class DueRow(ListedRow):
    """An assignment of the sheet; `days_left` is negative for what is overdue."""

    days_left: int
    working_days_overdue: int | None


class DueTotals(Message):
    """How many fall due and how many are overdue, whole, by executor and by day."""

    due: int
    overdue: int
    by: dict[str, int]
    by_day: dict[date, int]


class DueReport(Message):
    """The reminder sheet of a day, by executor, then by term."""

    as_of: date
    until: date
    rows: list[DueRow]
    totals: DueTotals


DUE = Operation("report.due", N_("Report what falls due"), ReportDue, DueReport, Effect.READ)
