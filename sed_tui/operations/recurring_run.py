"""The operation that issues what schedules have due: the work of a nightly job."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class RunOutcome(StrEnum):
    """What became of a period in a run."""

    ISSUED = "issued"
    MISSED = "missed"
    FAILED = "failed"


class RunSchedules(Request):
    """Issue every period that is due on a day, once whoever runs at the same time.

    A period that cannot be issued is told and tried again next time, others go on; one
    whose term is over already is missed for good.
    """

    as_of: date | None = None
    organization: str | None = None

    @property
    def chosen_organization(self) -> str | None:
        """Name the organization whose schedules run."""
        return self.organization


class RunRow(Message):
    """What became of one period, and why where it was not issued."""

    organization: str
    schedule_id: UUID
    short_id: str
    text: str
    period: date
    became: RunOutcome
    executor: str | None
    due: date | None
    assignment_id: UUID | None
    code: str | None
    message: str | None


class ScheduleRun(Message):
    """What a run has done."""

    issued: int
    missed: int
    failed: int
    rows: list[RunRow]


RUN = Operation(
    "recurring.run",
    N_("Issue recurring assignments that are due"),
    RunSchedules,
    ScheduleRun,
    Effect.WRITE,
)
