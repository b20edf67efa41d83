"""Operations of those who control: accept, release, return for rework, stop."""

from __future__ import annotations

from sed_tui.domain.assignment_flow import Children
from sed_tui.i18n import N_
from sed_tui.operations.assignment_moved import AssignmentMoved, OnAssignment
from sed_tui.operations.registry import Effect, Operation


class AcceptAssignment(OnAssignment):
    """Accept the report: the assignment is executed and leaves control.

    Special control ends with a `proof` alone, a document or words.
    """

    comment: str | None = None
    proof: str | None = None
    children: Children = Children.LEAVE


class ReleaseAssignment(OnAssignment):
    """Take off control on the executor's report, naming the document or fact that proves it."""

    proof: str
    comment: str | None = None
    children: Children = Children.LEAVE


class ReturnAssignment(OnAssignment):
    """Return the report for rework, saying why and by when."""

    text: str
    due: str


class StopAssignment(OnAssignment):
    """End an assignment that is not to be executed any more; the call's reason says why.

    Where sub-assignments are still open, `children` says what becomes of them.
    """

    children: Children | None = None


ACCEPT = Operation(
    "assignment.accept", N_("Accept a report"), AcceptAssignment, AssignmentMoved, Effect.WRITE
)
RELEASE = Operation(
    "assignment.release",
    N_("Release from control with a proof"),
    ReleaseAssignment,
    AssignmentMoved,
    Effect.WRITE,
)
RETURN = Operation(
    "assignment.return",
    N_("Return a report for rework"),
    ReturnAssignment,
    AssignmentMoved,
    Effect.WRITE,
)
STOP = Operation(
    "assignment.stop", N_("Stop an assignment"), StopAssignment, AssignmentMoved, Effect.DESTROY
)
