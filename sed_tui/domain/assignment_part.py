"""An order to many organizations: a part for each, whose state follows the other side's work."""

from __future__ import annotations

from enum import StrEnum

from sed_tui.domain.assignment import AssignmentState
from sed_tui.i18n import N_


class PartState(StrEnum):
    """How far an organization has come with its part."""

    SENT = "sent"
    REPORTED = "reported"
    REWORK = "rework"
    EXECUTED = "executed"
    STOPPED = "stopped"


# what the author sees of the state of the assignment on the other side
FOLLOWS: dict[AssignmentState, PartState] = {
    AssignmentState.IN_WORK: PartState.SENT,
    AssignmentState.ACCEPTANCE: PartState.REPORTED,
    AssignmentState.REWORK: PartState.REWORK,
    AssignmentState.EXECUTED: PartState.EXECUTED,
    AssignmentState.STOPPED: PartState.STOPPED,
}
OPEN_PARTS = frozenset({PartState.SENT, PartState.REPORTED, PartState.REWORK})
STATE_TITLES = {
    PartState.SENT: N_("in work"),
    PartState.REPORTED: N_("waits for acceptance"),
    PartState.REWORK: N_("returned for rework"),
    PartState.EXECUTED: N_("executed"),
    PartState.STOPPED: N_("stopped"),
}
PART = "part"
"""The kind of an assignment that is a part of another organization's order."""
