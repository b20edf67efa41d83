"""What is asked on the screen of reports: which report, of which days, grouped how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sed_tui.domain.report_period import Basis
from sed_tui.i18n import N_
from sed_tui.operations.report import Grouping, ReportOverdue
from sed_tui.operations.report_due import ReportDue
from sed_tui.operations.report_figures import FigureGrouping, ReportDiscipline, ReportSummary
from sed_tui.operations.report_rows import Figure, ReportAgeing, ReportRows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


class Report(StrEnum):
    """The reports of the screen, in the order of its keys."""

    OVERVIEW = "overview"
    OVERDUE = "overdue"
    DUE = "due"
    SUMMARY = "summary"
    DISCIPLINE = "discipline"


TITLES = {
    Report.OVERVIEW: N_("Overview"),
    Report.OVERDUE: N_("Overdue assignments"),
    Report.DUE: N_("Reminder sheet"),
    Report.SUMMARY: N_("Summary of execution"),
    Report.DISCIPLINE: N_("Execution discipline"),
}
_PEOPLE = (FigureGrouping.DEPARTMENT, FigureGrouping.EXECUTOR, FigureGrouping.AUTHOR)
GROUPINGS: dict[Report, Sequence[FigureGrouping]] = {
    Report.OVERVIEW: _PEOPLE,
    Report.OVERDUE: _PEOPLE,
    Report.DUE: (FigureGrouping.EXECUTOR,),
    Report.SUMMARY: tuple(FigureGrouping),
    Report.DISCIPLINE: tuple(FigureGrouping),
}
_WITH_PERIOD = {Report.OVERVIEW, Report.SUMMARY, Report.DISCIPLINE}


@dataclass(frozen=True, slots=True)
class Asked:
    """A report and what narrows it; what is None is left to the report itself."""

    report: Report = Report.OVERVIEW
    grouping: FigureGrouping = FigureGrouping.DEPARTMENT
    as_of: date | None = None
    since: date | None = None
    until: date | None = None
    basis: Basis | None = None
    department: str | None = None
    organization: str | None = None
    days: int = 10

    @property
    def by(self) -> FigureGrouping:
        """Return the grouping, or the first one that the report has."""
        possible = GROUPINGS[self.report]
        return self.grouping if self.grouping in possible else possible[0]

    @property
    def by_date(self) -> Basis:
        """Return the date that the period selects by."""
        usual = Basis.TERM if self.report is Report.DISCIPLINE else Basis.REGISTRATION
        return self.basis or usual

    @property
    def has_period(self) -> bool:
        """Tell whether the report is of a period."""
        return self.report in _WITH_PERIOD

    def turned(self, step: int) -> Asked:
        """Return the same asked of the next report."""
        every = list(Report)
        return replace(self, report=every[(every.index(self.report) + step) % len(every)])

    def regrouped(self) -> Asked:
        """Return the same by the next grouping."""
        possible = GROUPINGS[self.report]
        return replace(self, grouping=possible[(possible.index(self.by) + 1) % len(possible)])

    def overdue(self, *, rows: bool) -> ReportOverdue:
        """Return the request of what is overdue."""
        return ReportOverdue(by=Grouping(self.by.value), rows=rows, **self._whose())

    def ageing(self) -> ReportAgeing:
        """Return the request of its ages."""
        return ReportAgeing(**self._whose())

    def due(self) -> ReportDue:
        """Return the request of the reminder sheet."""
        return ReportDue(days=self.days, **self._whose())

    def summary(self) -> ReportSummary:
        """Return the request of the summary."""
        return ReportSummary(by=self.by, by_date=self.by_date, **self._period(), **self._whose())

    def discipline(self, *, months: bool) -> ReportDiscipline:
        """Return the request of the three formulas."""
        whose = {**self._period(), **self._whose()}
        return ReportDiscipline(by=self.by, by_date=self.by_date, months=months, **whose)

    def rows(self, figure: Figure, group: str | None) -> ReportRows:
        """Return the request of what a number is made of."""
        whose = {**self._period(), **self._whose(), "by_date": self.by_date, "days": self.days}
        return ReportRows(figure=figure, by=self.by, group=group, **whose)

    def words(self, report: Report) -> tuple[str, ...]:
        """Return the command of a report, for a schedule too."""
        of_report = replace(self, report=report)
        options: list[tuple[str, Any]] = [
            ("--by", None if report is Report.DUE else of_report.by.value),
            ("--days", self.days if report is Report.DUE else None),
            *(
                [("--since", self.since), ("--until", self.until), ("--by-date", self.basis)]
                if of_report.has_period
                else []
            ),
            ("--as-of", self.as_of),
            ("--department", self.department),
            ("--org", self.organization),
            ("--output", f"{report.value}.xlsx"),
        ]
        given = ((name, str(value)) for name, value in options if value is not None)
        return ("report", report.value, *(word for pair in given for word in pair))

    def _whose(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of,
            "organization": self.organization,
            "department": self.department,
        }

    def _period(self) -> dict[str, Any]:
        return {"since": self.since, "until": self.until}
