"""Operations on what is mailed: reminders, their rules, the outbox."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.mail import LetterState
from sed_tui.domain.reminders import Audience
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class NotifyDue(Request):
    """Put the reminders and digests of a day, today by default, into the outbox.

    Whoever got his digest of that day gets no other one; a reminder that was sent is not
    sent again, unless the term has changed since.
    """

    as_of: date | None = None
    organization: str | None = None

    @property
    def chosen_organization(self) -> str | None:
        """Name the organization whose people are reminded."""
        return self.organization


class DueNotified(Message):
    """What was put into the outbox, and the names of those who could not be told.

    `unreachable` are dismissed people whose open assignments have neither a head nor an
    author to hear of them.
    """

    organization: str
    organization_id: UUID
    as_of: date
    letters: int
    reminders: int
    without_address: list[str]
    unreachable: list[str]


class ListReminderRules(Request):
    """Ask when whom to remind."""


class ReminderRuleRow(Message):
    """A rule: so many days before the term, or every so many days after it, or a step at once."""

    code: str
    audience: Audience
    days_before: int | None
    every_days: int | None
    applies: bool
    version: int


class ReminderRules(Message):
    """The rules of an organization, the earliest reminder first."""

    rows: list[ReminderRuleRow]
    next: None = None


class SetReminderRule(Request):
    """Make a rule or replace it; one that does not apply reminds nobody.

    A code of a step (`step-issued`, `step-returned`, `step-term`, `step-asked`,
    `step-reported`) has no days: its letters are written with the step itself.
    `version` is the one that was seen.
    """

    code: str = Field(pattern=r"[a-z0-9-]{1,24}")
    audience: Audience = Audience.EXECUTOR
    days_before: int | None = Field(default=None, ge=0, le=365)
    every_days: int | None = Field(default=None, ge=1, le=365)
    applies: bool = True
    version: int | None = None


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


DUE = Operation(
    "notify.due",
    N_("Remind of terms"),
    NotifyDue,
    DueNotified,
    Effect.WRITE,
    is_planned=True,
)
RULES = Operation(
    "notify.rules",
    N_("List the rules of reminders"),
    ListReminderRules,
    ReminderRules,
    Effect.READ,
)
SET_RULE = Operation(
    "notify.set_rule",
    N_("Set a rule of reminders"),
    SetReminderRule,
    ReminderRuleRow,
    Effect.WRITE,
)
LIST = Operation("notify.list", N_("List letters"), ListLetters, LetterPage, Effect.READ)
WAITING = Operation(
    "notify.waiting",
    N_("Count the letters that wait"),
    CountWaiting,
    WaitingLetters,
    Effect.READ,
)
