"""Operations that give documents their numbers: register, look for duplicates, cancel."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from sed_tui.domain.duplicates import Likeness
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.i18n import N_
from sed_tui.operations.file import FileContent
from sed_tui.operations.registry import Effect, Message, Operation, Request


class DuplicatePolicy(StrEnum):
    """What to do when the letter is registered already."""

    REFUSE = "refuse"
    FORCE = "force"
    LINK = "link"


class WaitingLetter(Request):
    """What stands on the card of a letter that came and waits, instead of what it says itself."""

    correspondent: str | None = None
    subject: str | None = None
    their_number: str | None = None
    their_date: date | None = None
    kind: str | None = None
    journal: str | None = None
    addressee: str | None = None
    case_index: str | None = None
    note: str | None = None
    in_reply_to: str | None = None
    on_duplicate: DuplicatePolicy = DuplicatePolicy.REFUSE


class RegisterDocument(Request):
    """Put a document into a journal and give it a number.

    `correspondent` and `addressees` take a name, an INN or an id; an unknown name makes
    a correspondent. An incoming letter needs the sender's number, or «б/н» in its place
    when it has none. `number` takes a number by hand, or one reserved or
    skipped before; `suffix` makes a suffixed number of it. Outgoing letters and orders
    need `signatory` and `signed_on`.
    """

    flow: Flow
    subject: str
    kind: str | None = None
    journal: str | None = None
    number: str | None = None
    suffix: str | None = None
    registered_on: date | None = None
    correspondent: str | None = None
    addressees: tuple[str, ...] = ()
    their_number: str | None = None
    their_date: date | None = None
    received_on: date | None = None
    delivery: str | None = None
    postal_number: str | None = None
    addressee: str | None = None
    signatory: str | None = None
    signed_on: date | None = None
    drafter: str | None = None
    drafter_phone: str | None = None
    sheets: int | None = Field(default=None, ge=0, le=100_000)
    copies: int | None = Field(default=None, ge=0, le=100_000)
    annex_sheets: int | None = Field(default=None, ge=0, le=100_000)
    case_index: str | None = None
    topic: str | None = None
    note: str | None = None
    reply_address: str | None = None
    appeal_kind: str | None = None
    signatures_count: int | None = Field(default=None, ge=1, le=1_000_000)
    confidentiality: Confidentiality = Confidentiality.NONE
    in_reply_to: str | None = None
    leading: str | None = None
    unit: str | None = None
    files: tuple[FileContent, ...] = ()
    on_duplicate: DuplicatePolicy = DuplicatePolicy.REFUSE
    external_id: str | None = None


class Registered(Message):
    """The number given, and what the registrar should look at."""

    id: UUID
    number: str
    registered_on: date
    flow: Flow
    journal: str
    subject: str
    warnings: list[str] = Field(default_factory=list)
    stamp: str = ""


class FindDuplicates(Request):
    """Ask, before saving, whether a letter is registered already."""

    flow: Flow = Flow.INCOMING
    correspondent: str | None = None
    their_number: str | None = None
    their_date: date | None = None
    subject: str | None = None
    sha256: tuple[str, ...] = ()


class PossibleDuplicate(Message):
    """A registered document that looks like the asked one."""

    id: UUID
    number: str
    registered_on: date
    correspondent: str | None
    their_number: str | None
    their_date: date | None
    subject: str
    registrar: str | None
    likeness: Likeness


class PossibleDuplicates(Message):
    """What was found, the most alike first."""

    rows: list[PossibleDuplicate]


REGISTER = Operation(
    "document.register", N_("Register a document"), RegisterDocument, Registered, Effect.WRITE
)
DUPLICATES = Operation(
    "document.duplicates",
    N_("Look for duplicates"),
    FindDuplicates,
    PossibleDuplicates,
    Effect.READ,
)
