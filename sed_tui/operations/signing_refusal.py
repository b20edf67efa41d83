"""The signatory refuses: what he was given to sign goes back for rework."""

from __future__ import annotations

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.approval import ApprovalSheet, RemarkGiven
from sed_tui.operations.registry import Effect, Operation, Request


class RefuseSigning(Request):
    """Refuse to sign an approved version, for a reason; another round begins after rework.

    Without single remarks the comment is the remark.
    """

    document: str
    version: int = Field(ge=1)
    comment: str | None = None
    remarks: tuple[RemarkGiven, ...] = Field(default=(), max_length=200)


REFUSE = Operation(
    "signature.refuse", N_("Refuse to sign"), RefuseSigning, ApprovalSheet, Effect.WRITE
)
