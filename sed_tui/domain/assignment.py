"""An assignment as it stands: its states, its urgency, and when it is overdue.

How it moves is told by `assignment_flow`, who may take part by `assignment_people`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.i18n import N_

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


class AssignmentState(StrEnum):
    """How far an assignment has come."""

    IN_WORK = "in_work"
    ACCEPTANCE = "acceptance"
    REWORK = "rework"
    EXECUTED = "executed"
    STOPPED = "stopped"


_S = AssignmentState
OPEN = frozenset({_S.IN_WORK, _S.ACCEPTANCE, _S.REWORK})
TO_EXECUTE = frozenset({_S.IN_WORK, _S.REWORK})
CLOSED = frozenset(_S) - OPEN


class Urgency(StrEnum):
    """What an assignment is waiting for, the sign that stands beside it in lists."""

    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    IN_TIME = "in_time"
    WITHOUT_TERM = "without_term"
    WAITING = "waiting"
    CLOSED = "closed"


SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an assignment stands, as far as the rules ask.

    `is_special` is special control, from which only a proof releases. `entered_by` is
    who wrote it down, for a head or for himself; `reported_by` who filed the report that
    waits, the executor or whoever stood in for him.
    """

    state: AssignmentState
    on_control: bool
    author: UUID
    executor: UUID
    controller: UUID | None
    due: date | None
    reported_on: date | None
    is_special: bool = False
    entered_by: UUID | None = None
    reported_by: UUID | None = None
    co_executors: frozenset[UUID] = frozenset()


def is_overdue(standing: Standing, today: date) -> bool:
    """Tell whether the executor is late: the term is over and nothing was accepted.

    A report in time stops the clock until it is returned (A15); waiting for acceptance
    never makes anybody late (A16).
    """
    if standing.due is None or standing.state in CLOSED:
        return False
    return standing.due < (standing.reported_on or today)


def urgency(standing: Standing, today: date) -> Urgency:
    """Return the sign of an assignment on a day."""
    if standing.state in CLOSED:
        return Urgency.CLOSED
    if is_overdue(standing, today):
        return Urgency.OVERDUE
    if standing.state is AssignmentState.ACCEPTANCE:
        return Urgency.WAITING
    if standing.due is None:
        return Urgency.WITHOUT_TERM
    days = (standing.due - today).days
    if days == 0:
        return Urgency.TODAY
    return Urgency.SOON if days <= SOON_DAYS else Urgency.IN_TIME


STATE_TITLES = {
    _S.IN_WORK: N_("in work"),
    _S.ACCEPTANCE: N_("waits for acceptance"),
    _S.REWORK: N_("returned for rework"),
    _S.EXECUTED: N_("executed"),
    _S.STOPPED: N_("stopped"),
}
