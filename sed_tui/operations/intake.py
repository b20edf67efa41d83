"""Operations that take letters of electronic mail in: once each, none lost."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, Field

from sed_tui.domain.intake import TakingOutcome
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class TakeLetter(Request):
    """Take a letter in as a card that waits for its number.

    `token` names the staged bytes of the letter, of its headers alone where it is too
    large; `size` is then its whole size. `source` says where it lay. With a mailbox, how
    far that was read is kept in the same step.
    """

    token: str
    source: str
    size: int | None = Field(default=None, ge=0)
    received_at: AwareDatetime | None = None
    mailbox: str | None = None
    validity: int = Field(default=0, ge=0)
    uid: int = Field(default=0, ge=0)


class ReadMailboxPlace(Request):
    """Ask how far a mailbox was read."""

    mailbox: str


class LetterTaken(Message):
    """What came of it: `taken`, `already` there, or `refused` and kept with the reason."""

    id: UUID
    outcome: TakingOutcome
    sender: str
    subject: str
    files: int
    reason: str | None = None
    warnings: list[str] = Field(default_factory=list)


class MailboxPlace(Message):
    """How far a mailbox was read: zeros where it never was."""

    mailbox: str
    validity: int = 0
    last_uid: int = 0
    read_at: datetime | None = None


TAKE = Operation(
    "intake.take",
    N_("Take a letter of electronic mail in"),
    TakeLetter,
    LetterTaken,
    Effect.WRITE,
    is_planned=True,
)
PLACE = Operation(
    "intake.place",
    N_("Show how far a mailbox was read"),
    ReadMailboxPlace,
    MailboxPlace,
    Effect.READ,
)
