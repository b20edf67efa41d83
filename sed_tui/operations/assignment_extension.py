"""Operations on the term: the executor asks for a later one, the giver decides."""

from __future__ import annotations

from sed_tui.i18n import N_
from sed_tui.operations.assignment_moved import AssignmentMoved, OnAssignment
from sed_tui.operations.registry import Effect, Operation


class ExtendAssignment(OnAssignment):
    """Ask for a later term; the call's reason says why."""

    due: str


class GrantExtension(OnAssignment):
    """Grant the term asked for, or another later one.

    With `shift_children` the terms of open sub-assignments move by as many working days.
    """

    due: str | None = None
    shift_children: bool = False


class DenyExtension(OnAssignment):
    """Refuse the term asked for; the call's reason says why."""


EXTEND = Operation(
    "assignment.extend",
    N_("Ask for a later term"),
    ExtendAssignment,
    AssignmentMoved,
    Effect.WRITE,
)
GRANT = Operation(
    "assignment.grant", N_("Grant a later term"), GrantExtension, AssignmentMoved, Effect.WRITE
)
DENY = Operation(
    "assignment.deny", N_("Refuse a later term"), DenyExtension, AssignmentMoved, Effect.WRITE
)
