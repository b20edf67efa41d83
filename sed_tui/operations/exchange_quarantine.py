"""Operations on messages in quarantine: what could not be taken, and what contradicts."""

from __future__ import annotations

from uuid import UUID

from sed_tui.domain.exchange_flow import MessageState
from sed_tui.i18n import N_
from sed_tui.operations.exchange_inbox import PackageTaken
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ReleaseMessage(Request):
    """Take a quarantined message in all the same, as one of the partner where one is named.

    What cannot be read at all cannot be released; a notification that contradicts is
    believed from now on.
    """

    message: str
    partner: str | None = None


class RetryQuarantined(Request):
    """Look at a quarantined message once more, by the rules: partners may have changed."""

    message: str


class DropMessage(Request):
    """Put a quarantined message aside for a reason; its bytes are kept."""

    message: str


class MessageDropped(Message):
    """A message that nothing more is done with."""

    id: UUID
    state: MessageState
    reason: str


RELEASE = Operation(
    "quarantine.release",
    N_("Take a message out of quarantine"),
    ReleaseMessage,
    PackageTaken,
    Effect.WRITE,
    is_planned=True,
)
RETRY = Operation(
    "quarantine.retry",
    N_("Look at a quarantined message again"),
    RetryQuarantined,
    PackageTaken,
    Effect.WRITE,
    is_planned=True,
)
DROP = Operation(
    "quarantine.drop",
    N_("Put a quarantined message aside"),
    DropMessage,
    MessageDropped,
    Effect.DESTROY,
)
