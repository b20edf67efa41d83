"""Another approver is asked while an approval runs."""

from __future__ import annotations

from sed_tui.i18n import N_
from sed_tui.operations.approval import ApprovalSheet
from sed_tui.operations.registry import Effect, Operation, Request


class AddApprover(Request):
    """Ask one more person in a stage that is not over, the present one unless named.

    In a stage that asks one after another he comes last. Who is added as `mandatory` is
    never skipped.
    """

    document: str
    approver: str
    stage: str | None = None
    mandatory: bool = False


ADD = Operation(
    "approval.add", N_("Ask another approver"), AddApprover, ApprovalSheet, Effect.WRITE
)
