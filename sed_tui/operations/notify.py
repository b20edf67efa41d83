"""Operations on what is mailed: the outbox."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sed_tui.domain.mail import LetterState
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListLetters(ListRequest):
    """Ask for the letters of the outbox, the newest first."""

    state: LetterState | None = None


class LetterRow(Message):
    """A letter without its text; `error` is why the last try did not succeed."""

    id: UUID
    created_at: datetime
    recipient: str
    employee: str | None
    subject: str
    state: LetterState
    attempts: int
    next_at: datetime | None
    sent_at: datetime | None
    error: str | None


class LetterPage(Page):
    """Some letters."""

    rows: list[LetterRow]


class CountWaiting(Request):
    """Ask how many letters of an organization wait to be sent."""

    organization: str | None = None

    @property
    def chosen_organization(self) -> str | None:
        """Name the organization whose outbox it is."""
        return self.organization


class WaitingLetters(Message):
    """How many letters wait, and when the first of them is to be tried."""

    organization: str
    organization_id: UUID
    letters: int
    next_at: datetime | None


LIST = Operation("notify.list", N_("List letters"), ListLetters, LetterPage, Effect.READ)
WAITING = Operation(
    "notify.waiting",
    N_("Count the letters that wait"),
    CountWaiting,
    WaitingLetters,
    Effect.READ,
)
