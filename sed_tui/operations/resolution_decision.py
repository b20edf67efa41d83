"""Operations that decide about a draft resolution: approve, return, withdraw."""

from __future__ import annotations

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Operation, Request
from sed_tui.operations.resolution import ResolutionCard


class ApproveResolution(Request):
    """Let a draft take force: every point becomes an assignment, all of them or none.

    Terms count from the day of approval.
    """

    resolution: str
    comment: str | None = None
    version: int | None = None


class ReturnResolution(Request):
    """Give a draft back to who wrote it, saying what is to be changed."""

    resolution: str
    comment: str
    version: int | None = None


class WithdrawResolution(Request):
    """Drop a draft that is not to take force."""

    resolution: str
    comment: str | None = None
    version: int | None = None


APPROVE = Operation(
    "resolution.approve",
    N_("Approve a resolution"),
    ApproveResolution,
    ResolutionCard,
    Effect.WRITE,
)
RETURN = Operation(
    "resolution.return",
    N_("Return a draft resolution"),
    ReturnResolution,
    ResolutionCard,
    Effect.WRITE,
)
WITHDRAW = Operation(
    "resolution.withdraw",
    N_("Withdraw a draft resolution"),
    WithdrawResolution,
    ResolutionCard,
    Effect.DESTROY,
)
