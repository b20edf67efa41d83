"""What a number of a report is made of, and how long what is overdue has been so."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from sed_tui.domain.report_period import Basis
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation
from sed_tui.operations.report import ListedRow, ReportRequest
from sed_tui.operations.report_figures import FigureGrouping, PeriodRequest

MOST = 10_000
MOST_PRINTED = 1_000_000


class Figure(StrEnum):
    """A number of a report: of the summary, of discipline, of what is overdue or falls due.

    `overdue_now` and `due_sheet` are of the end of the day, whatever the period.
    """

    TOTAL = "total"
    EXECUTED = "executed"
    EXECUTED_LATE = "executed_late"
    IN_WORK = "in_work"
    IN_WORK_LATE = "in_work_late"
    STOPPED = "stopped"
    SHIFTED = "shifted"
    IN_TIME = "in_time"
    LATE = "late"
    RUNNING = "running"
    OVERDUE = "overdue"
    CAME_DUE = "came_due"
    CAME_DUE_IN_TIME = "came_due_in_time"
    OVERDUE_NOW = "overdue_now"
    DUE_SHEET = "due_sheet"


class ReportRows(PeriodRequest):
    """Ask which assignments a number of a report counts.

    `group` is the name of a row of the report by the same `by`, all rows without it;
    `days` is how far ahead the sheet of `due_sheet` looks.
    """

    figure: Figure
    by: FigureGrouping = FigureGrouping.DEPARTMENT
    group: str | None = None
    days: int = Field(default=10, ge=0, le=366)
    limit: int = Field(default=MOST, ge=1, le=MOST_PRINTED)


class TermRow(ListedRow):
    """An assignment with what became of its term.

    `working_days_late` is how late the report came, or is by now; None where it is not late,
    and beyond the known years.
    """

    reported_on: str | None
    working_days_late: int | None


class FigureRows(Message):
    """The assignments by their terms; `total` counts those too that are over the limit."""

    as_of: date
    since: date
    until: date
    by_date: Basis
    total: int
    rows: list[TermRow]


class ReportAgeing(ReportRequest):
    """Ask how long what is overdue at the end of a day has been overdue."""


class AgeSpan(Message):
    """How many are overdue for so many calendar days; without `last` for `first` or more."""

    first: int
    last: int | None
    count: int


class AgeingReport(Message):
    """The spans from the shortest; their counts make up the total."""

    as_of: date
    total: int
    spans: list[AgeSpan]


ROWS = Operation(
    "report.rows", N_("List what a number is made of"), ReportRows, FigureRows, Effect.READ
)
AGEING = Operation(
    "report.ageing",
    N_("Report how long what is overdue has been so"),
    ReportAgeing,
    AgeingReport,
    Effect.READ,
)
