"""The operation that forgets letters which were sent long ago."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ForgetLetters(Request):
    """Remove letters that were sent more than some days ago, at most so many in one call.

    What they reminded of stays known as long as it is open; letters that wait or were
    refused stay.
    """

    kept_days: int = Field(default=90, ge=2, le=3660)
    most: int = Field(default=1000, ge=1, le=1000)
    organization: str | None = None

    @property
    def chosen_organization(self) -> str | None:
        """Name the organization whose outbox it is."""
        return self.organization


class LettersForgotten(Message):
    """How many letters and reminders were removed; `more` says that there are others."""

    organization: str
    organization_id: UUID
    letters: int
    reminders: int
    more: bool


FORGET = Operation(
    "notify.forget",
    N_("Forget letters that were sent long ago"),
    ForgetLetters,
    LettersForgotten,
    Effect.DESTROY,
)
