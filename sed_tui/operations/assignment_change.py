"""Operations that change who does an assignment, what and by when: redirect, amend."""

from __future__ import annotations

from pydantic import Field

from sed_tui.domain.assignment_people import Watch
from sed_tui.i18n import N_
from sed_tui.operations.assignment_moved import AssignmentMoved, OnAssignment
from sed_tui.operations.registry import Effect, Operation


class RedirectAssignment(OnAssignment):
    """Forward the execution, or with `control` the control, to somebody else."""

    to: str
    control: bool = False


class AmendAssignment(OnAssignment):
    """Change what was given out; what is left out stays. The call's reason says why.

    An empty `controller`, and empty lists of people, take them off. `due` is what issuing
    takes.
    """

    text: str | None = None
    executor: str | None = None
    controller: str | None = None
    co_executors: tuple[str, ...] | None = Field(default=None, max_length=1000)
    observers: tuple[str, ...] | None = Field(default=None, max_length=1000)
    due: str | None = None
    co_due: str | None = None
    control: Watch | None = None


REDIRECT = Operation(
    "assignment.redirect",
    N_("Redirect an assignment"),
    RedirectAssignment,
    AssignmentMoved,
    Effect.WRITE,
)
AMEND = Operation(
    "assignment.amend", N_("Amend an assignment"), AmendAssignment, AssignmentMoved, Effect.WRITE
)
