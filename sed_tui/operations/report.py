"""Operations that report: what every report is asked, and who is late."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NotRequired

from pydantic import Field

# pydantic reads typing's TypedDict from Python 3.12 on
from typing_extensions import TypedDict

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class Grouping(StrEnum):
    """What the totals of a report are counted by."""

    DEPARTMENT = "department"
    EXECUTOR = "executor"
    AUTHOR = "author"
    NONE = "none"


class DayRequest(Request):
    """What every report is asked: the end of which day.

    A past day sees only what had been recorded by its end; a day to come sees what is
    recorded now. `organization` is a code, or `all` for every one the caller reports on.
    """

    as_of: date | None = None
    organization: str | None = None

    @property
    def chosen_organization(self) -> str | None:
        """Name the organization reported on."""
        return self.organization


class ReportRequest(DayRequest):
    """A report on assignments: whose."""

    department: str | None = None
    executor: str | None = None
    author: str | None = None


class ReportOverdue(ReportRequest):
    """Ask which assignments are overdue at the end of a day, today by default.

    Without `rows` only the totals are counted.
    """

    by: Grouping = Grouping.DEPARTMENT
    rows: bool = True


class ListedRow(TypedDict):
    """An assignment as reports list it; `organization` stands in reports over several."""

    id: str
    document_number: str | None
    text: str
    author: str
    executor: str
    department: str | None
    due: str | None
    state: str
    control: str
    shifts: int
    organization: NotRequired[str]


class OverdueRow(TypedDict):
    """An overdue assignment; `working_days_overdue` is None beyond the known years.

    Its fields are written out, for their order is what scripts print, over a server too.
    """

    id: str
    document_number: str | None
    text: str
    author: str
    executor: str
    department: str | None
    due: str | None
    days_overdue: int
    working_days_overdue: int | None
    state: str
    control: str
    shifts: int
    organization: NotRequired[str]


class LateSubmission(TypedDict):
    """A submission to the Duma that was not sent in time; `executor` prepares it."""

    id: str
    document_number: str
    title: str
    kind: str
    executor: str
    department: str | None
    sitting_day: str
    due: str
    days_overdue: int
    working_days_overdue: int | None
    passage_state: str
    organization: NotRequired[str]


class OverdueTotals(Message):
    """How many are overdue, whole and by the chosen grouping; `submissions` to the Duma apart."""

    overdue: int
    submissions: int = 0
    by: dict[str, int] = Field(default_factory=dict)


class OverdueReport(Message):
    """The overdue assignments of a day, the longest overdue first, and late submissions.

    Rows are plain dictionaries: a report may hold a hundred thousand of them.
    """

    as_of: date
    rows: list[OverdueRow]
    totals: OverdueTotals
    submissions: list[LateSubmission] = Field(default_factory=list)


OVERDUE = Operation(
    "report.overdue",
    N_("Report what is overdue"),
    ReportOverdue,
    OverdueReport,
    Effect.READ,
)
