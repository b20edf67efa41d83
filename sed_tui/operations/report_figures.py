"""Operations that count: the summary of a period, and execution discipline."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from sed_tui.domain.report_period import Basis
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation
from sed_tui.operations.report import Grouping, ListedRow, ReportRequest


class FigureGrouping(StrEnum):
    """What the rows of figures are."""

    DEPARTMENT = "department"
    EXECUTOR = "executor"
    AUTHOR = "author"
    MONTH = "month"

    @property
    def person(self) -> Grouping:
        """Return by whom assignments are counted, before months are made of their days."""
        return Grouping.EXECUTOR if self is FigureGrouping.MONTH else Grouping(self.value)


class PeriodRequest(ReportRequest):
    """A report of a period: of which days, by which date of an assignment.

    Without limits it is the year of the report up to its day.
    """

    since: date | None = None
    until: date | None = None
    by_date: Basis = Basis.REGISTRATION


class ReportSummary(PeriodRequest):
    """Ask how many assignments there are, executed and in work, and how many in violation."""

    by: FigureGrouping = FigureGrouping.DEPARTMENT


class SummaryFigures(Message):
    """Figures of a group; `total` is executed, in work and stopped together.

    `percent` is the executed of those not stopped. `shifted` had their term shifted,
    `shifts` times in all.
    """

    total: int
    executed: int
    executed_late: int
    in_work: int
    in_work_late: int
    stopped: int
    percent: int | None
    shifted: int
    shifts: int


class SummaryRow(SummaryFigures):
    """The figures of one group."""

    group: str


class SummaryReport(Message):
    """The summary of a period at the end of a day."""

    as_of: date
    since: date
    until: date
    by_date: Basis
    by: FigureGrouping
    rows: list[SummaryRow]
    totals: SummaryFigures


class ReportDiscipline(PeriodRequest):
    """Ask for execution discipline by three formulas.

    With `rows` those assignments are listed that the formulas count differently, with
    `months` the figures come by month too.
    """

    by: FigureGrouping = FigureGrouping.DEPARTMENT
    by_date: Basis = Basis.TERM
    rows: bool = False
    months: bool = False


class DisciplineFigures(Message):
    """What the formulas are made of, and their values in per cent, None of nothing.

    `came_due` are those not stopped whose term came in the period, `came_due_in_time`
    the ones of them executed in time.
    """

    in_time: int
    late: int
    running: int
    overdue: int
    stopped: int
    came_due: int
    came_due_in_time: int
    f1: int | None
    f2: int | None
    f3: int | None


class DisciplineRow(DisciplineFigures):
    """The figures of one group."""

    group: str


class DifferingRow(ListedRow):
    """An assignment that formulas count differently: for, against, None not at all."""

    reported_on: str | None
    outcome: str
    f1: bool | None
    f2: bool | None
    f3: bool | None


class DisciplineReport(Message):
    """Execution discipline of a period at the end of a day, with its formulas."""

    as_of: date
    since: date
    until: date
    by_date: Basis
    by: FigureGrouping
    formulas: dict[str, str]
    rows: list[DisciplineRow]
    totals: DisciplineFigures
    months: list[DisciplineRow] = Field(default_factory=list)
    differing: list[DifferingRow] = Field(default_factory=list)


SUMMARY = Operation(
    "report.summary",
    N_("Report the summary of execution"),
    ReportSummary,
    SummaryReport,
    Effect.READ,
)
DISCIPLINE = Operation(
    "report.discipline",
    N_("Report execution discipline"),
    ReportDiscipline,
    DisciplineReport,
    Effect.READ,
)
