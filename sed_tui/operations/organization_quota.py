"""How many bytes of files an organization may store."""

from __future__ import annotations

from pydantic import Field

from sed_tui.domain.stored_size import MOST
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class SetQuota(Request):
    """Say how many bytes an organization may store; without a number it may as many as it likes.

    The operator of the system says it, and before there is one the organization that was made
    first. What is stored already stays, and what is read is not limited.
    """

    organization: str
    allowed_bytes: int | None = Field(default=None, ge=0, le=MOST)


class Quota(Message):
    """What an organization has stored and may store, in bytes."""

    organization: str
    used_bytes: int
    allowed_bytes: int | None


SET = Operation(
    "organization.quota",
    N_("Limit what an organization stores"),
    SetQuota,
    Quota,
    Effect.WRITE,
)
