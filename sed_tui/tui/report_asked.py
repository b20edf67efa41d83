"""What is asked on the screen of reports: which report, of which days, grouped how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sed_tui.domain.clock import SystemClock, office_day
from sed_tui.domain.flows import Flow
from sed_tui.domain.report_period import Basis
from sed_tui.i18n import N_
from sed_tui.operations.report import Grouping, ReportOverdue
from sed_tui.operations.report_documents import ReportAppeals, ReportJournal, ReportVolume
from sed_tui.operations.report_due import ReportDue
from sed_tui.operations.report_extensions import ReportExtensions
from sed_tui.operations.report_figures import FigureGrouping, ReportDiscipline, ReportSummary
from sed_tui.operations.report_rows import Figure, ReportAgeing, ReportRows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date


class Report(StrEnum):
    """The reports of the screen, in the order of its keys."""

    OVERVIEW = "overview"
    OVERDUE = "overdue"
    DUE = "due"
    SUMMARY = "summary"
    DISCIPLINE = "discipline"
    EXTENSIONS = "extensions"
    JOURNAL = "journal"
    GAPS = "gaps"
    VOLUME = "volume"
    APPEALS = "appeals"


TITLES = {
    Report.OVERVIEW: N_("Overview"),
    Report.OVERDUE: N_("Overdue assignments"),
    Report.DUE: N_("Reminder sheet"),
    Report.SUMMARY: N_("Summary of execution"),
    Report.DISCIPLINE: N_("Execution discipline"),
    Report.EXTENSIONS: N_("Requests for later terms"),
    Report.JOURNAL: N_("Register of documents"),
    Report.GAPS: N_("Control of gaps"),
    Report.VOLUME: N_("Volume of documents"),
    Report.APPEALS: N_("Citizens' appeals"),
}
_PEOPLE = (FigureGrouping.DEPARTMENT, FigureGrouping.EXECUTOR, FigureGrouping.AUTHOR)
GROUPINGS: dict[Report, Sequence[FigureGrouping]] = {
    Report.OVERVIEW: _PEOPLE,
    Report.OVERDUE: _PEOPLE,
    Report.DUE: (FigureGrouping.EXECUTOR,),
    Report.SUMMARY: tuple(FigureGrouping),
    Report.DISCIPLINE: tuple(FigureGrouping),
}
_WITH_BASIS = {Report.OVERVIEW, Report.SUMMARY, Report.DISCIPLINE}
_OF_DOCUMENTS = {Report.JOURNAL, Report.VOLUME, Report.APPEALS}
_WITH_PERIOD = _WITH_BASIS | _OF_DOCUMENTS | {Report.EXTENSIONS}


def today() -> date:
    """Return the present day of the office by this machine's clock."""
    return office_day(SystemClock().now())


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
    flow: Flow = Flow.INCOMING
    journal: str | None = None

    @property
    def by(self) -> FigureGrouping:
        """Return the grouping, or the first one that the report has."""
        possible = GROUPINGS.get(self.report, _PEOPLE)
        return self.grouping if self.grouping in possible else possible[0]

    @property
    def is_grouped(self) -> bool:
        """Tell whether the report counts by something."""
        return self.report in GROUPINGS

    @property
    def can_be_regrouped(self) -> bool:
        """Tell whether the report can be of something else: another grouping, another flow."""
        return self.report is Report.JOURNAL or len(GROUPINGS.get(self.report, ())) > 1

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
        """Return the same by the next grouping, of a register that of the next flow."""
        if self.report is Report.JOURNAL:
            flows = list(Flow)
            return replace(self, flow=flows[(flows.index(self.flow) + 1) % len(flows)])
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

    def extensions(self) -> ReportExtensions:
        """Return the request of who asked for later terms."""
        return ReportExtensions(**self._period(), **self._whose())

    def register(self) -> ReportJournal:
        """Return the request of a register; by default of the month, since a year is long."""
        period = {"since": self._month, "until": self.until}
        whole = {"as_of": self.as_of, "organization": self.organization}
        return ReportJournal(flow=self.flow, journal=self.journal, **period, **whole)

    def volume(self) -> ReportVolume:
        """Return the request of the volume of documents."""
        whole = {"as_of": self.as_of, "organization": self.organization}
        return ReportVolume(**self._period(), **whole)

    def appeals(self) -> ReportAppeals:
        """Return the request of citizens' appeals in figures."""
        whole = {"as_of": self.as_of, "organization": self.organization}
        return ReportAppeals(**self._period(), **whole)

    @property
    def year(self) -> int | None:
        """Return the year of gaps: that of the period, all of them without one."""
        return None if self.since is None else self.since.year

    @property
    def _month(self) -> date:
        end = self.until or self.as_of or today()
        return self.since or end.replace(day=1)

    def rows(self, figure: Figure, group: str | None) -> ReportRows:
        """Return the request of what a number is made of."""
        whose = {**self._period(), **self._whose(), "by_date": self.by_date, "days": self.days}
        return ReportRows(figure=figure, by=self.by, group=group, **whose)

    def words(self, report: Report) -> tuple[str, ...]:
        """Return the command of a report, for a schedule too."""
        here = replace(self, report=report)
        given = ((name, str(value)) for name, value in here._options() if value is not None)
        words = ("report", report.value, *here._arguments())
        return (*words, *(word for pair in given for word in pair))

    def _arguments(self) -> tuple[str, ...]:
        if self.report is Report.JOURNAL:
            return (self.flow.value,)
        return (self.journal or "…",) if self.report is Report.GAPS else ()

    def _options(self) -> Iterator[tuple[str, Any]]:
        report = self.report
        if self.is_grouped and report is not Report.DUE:
            yield "--by", self.by.value
        if report is Report.DUE:
            yield "--days", self.days
        if report is Report.GAPS:
            yield "--year", self.year
        if report is Report.JOURNAL:
            yield "--journal", self.journal
        if self.has_period:
            yield "--since", self._month if report is Report.JOURNAL else self.since
            yield "--until", self.until
        if report in _WITH_BASIS:
            yield "--by-date", self.basis
        if report is not Report.GAPS:
            yield "--as-of", self.as_of
            yield "--department", None if report in _OF_DOCUMENTS else self.department
            yield "--org", self.organization
        yield "--output", f"{report.value}.xlsx"

    def _whose(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of,
            "organization": self.organization,
            "department": self.department,
        }

    def _period(self) -> dict[str, Any]:
        return {"since": self.since, "until": self.until}
