"""People who are to have accounts, with their consent; nobody else gets one (ORG-4)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.access import Role
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListPerson(Request):
    """Put a person on the list of those who get accounts."""

    application: str | None = None
    login: str = Field(max_length=64)
    full_name: str = Field(max_length=200)
    position: str | None = Field(default=None, max_length=200)
    email: str | None = Field(default=None, max_length=254)
    roles: tuple[Role, ...] = ()
    owns_signature: bool = False


class TakeOffList(Request):
    """Take a person without an account off the list."""

    application: str | None = None
    login: str


class RecordConsent(Request):
    """Record a person's consent: its day, and the file that proves it."""

    application: str | None = None
    login: str
    consent_on: date | None = None
    name: str | None = Field(default=None, max_length=255)
    token: str | None = Field(default=None, max_length=200)


class WithdrawConsent(Request):
    """Record that a person has withdrawn his consent: his account is closed at once."""

    application: str | None = None
    login: str
    withdrawn_on: date | None = None


class ListListedPeople(Request):
    """Ask for the list of an application."""

    application: str | None = None


class ListedPerson(Message):
    """A person on the list; `open_work` counts what waits to be handed over."""

    id: UUID
    login: str
    full_name: str
    position: str | None
    email: str | None
    roles: list[Role]
    owns_signature: bool
    consent_on: date | None
    withdrawn_on: date | None
    has_account: bool
    open_work: int = 0


class ListedPeople(Message):
    """The people on the list by name."""

    rows: list[ListedPerson]
    next: None = None


LIST_PERSON = Operation(
    "joining.list_person",
    N_("Put a person on the list of accounts"),
    ListPerson,
    ListedPerson,
    Effect.WRITE,
)
TAKE_OFF = Operation(
    "joining.take_off", N_("Take a person off the list"), TakeOffList, ListedPeople, Effect.WRITE
)
CONSENT = Operation(
    "joining.consent",
    N_("Record a consent to the processing of data"),
    RecordConsent,
    ListedPerson,
    Effect.WRITE,
)
WITHDRAW_CONSENT = Operation(
    "joining.withdraw_consent",
    N_("Record that a consent is withdrawn"),
    WithdrawConsent,
    ListedPerson,
    Effect.DESTROY,
)
PEOPLE = Operation(
    "joining.people", N_("Show the list of accounts"), ListListedPeople, ListedPeople, Effect.READ
)
