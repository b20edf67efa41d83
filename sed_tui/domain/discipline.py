"""Execution discipline: what is counted, and the three formulas in use (rules §1.18).

The same assignments give three numbers, so that each is shown under its formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.assignment import CLOSED, AssignmentState
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.domain.report_period import Period

FORMULAS = {
    "f1": N_("F1 = executed in time / (executed in time + executed late + overdue)"),
    "f2": N_("F2 = (executed in time + in work, not overdue) / (executed + in work)"),
    "f3": N_("F3 = executed in time / all whose term came in the period"),
}
ROUNDING = N_(
    "Per cent, rounded half away from zero; F1 is 100 where everything is in work and in time; "
    "— where there is nothing to count. What was stopped is not counted."
)


class Outcome(StrEnum):
    """What an assignment counts as at the end of a day."""

    IN_TIME = "in_time"
    LATE = "late"
    RUNNING = "running"
    OVERDUE = "overdue"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many assignments there are of every outcome.

    `came_due` are those not stopped whose term came in the period, `came_due_in_time`
    the ones of them executed in time. `shifted` had their term shifted, `shifts` times
    in all.
    """

    in_time: int = 0
    late: int = 0
    running: int = 0
    overdue: int = 0
    stopped: int = 0
    came_due: int = 0
    came_due_in_time: int = 0
    shifted: int = 0
    shifts: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return both counted together."""
        return Tally(
            *(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__)
        )

    @property
    def executed(self) -> int:
        """Return how many were executed, in time or late."""
        return self.in_time + self.late

    @property
    def in_work(self) -> int:
        """Return how many are in work, overdue ones among them."""
        return self.running + self.overdue

    @property
    def total(self) -> int:
        """Return how many there are."""
        return self.executed + self.in_work + self.stopped

    @property
    def f1(self) -> int | None:
        """Return executed in time of what is decided; 100 where all runs in time."""
        whole = self.executed + self.overdue
        if whole == 0:
            return 100 if self.running else None
        return percent(self.in_time, whole)

    @property
    def f2(self) -> int | None:
        """Return what is not in violation of all that was executed or is in work."""
        return percent(self.in_time + self.running, self.executed + self.in_work)

    @property
    def f3(self) -> int | None:
        """Return executed in time of what came due in the period."""
        return percent(self.came_due_in_time, self.came_due)

    @property
    def executed_percent(self) -> int | None:
        """Return the executed ones of those not stopped."""
        return percent(self.executed, self.executed + self.in_work)


def percent(part: int, whole: int) -> int | None:
    """Return a share in per cent, rounded half away from zero; None of nothing."""
    if whole == 0:
        return None
    return (200 * part + whole) // (2 * whole)


def outcome(state: str, due: date | None, reported_on: date | None, day: date) -> Outcome:
    """Return what an assignment counts as at the end of a day (A15, A16)."""
    if state == AssignmentState.STOPPED:
        return Outcome.STOPPED
    if state in CLOSED:
        is_late = due is not None and reported_on is not None and reported_on > due
        return Outcome.LATE if is_late else Outcome.IN_TIME
    is_late = due is not None and due < (reported_on or day) and due < day
    return Outcome.OVERDUE if is_late else Outcome.RUNNING


def came_due(due: date | None, period: Period, day: date) -> bool:
    """Tell whether a term came in the period, as far as it has passed."""
    return due is not None and period.since <= due <= min(period.until, day)


def verdicts(what: Outcome, *, counted: bool) -> dict[str, bool | None]:
    """Return how each formula counts an assignment: for, against, or not at all.

    `counted` says whether its term came in the period.
    """
    good = what is Outcome.IN_TIME
    running = what is Outcome.RUNNING
    if what is Outcome.STOPPED:
        return dict.fromkeys(FORMULAS)
    return {
        "f1": None if running else good,
        "f2": good or running,
        "f3": good if counted else None,
    }
