"""Operations on letters that were taken in: list, show, register, attach, drop."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.intake import IntakeState
from sed_tui.i18n import N_
from sed_tui.operations.file import FilesAdded
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registration import Registered, WaitingLetter
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListLettersTaken(ListRequest):
    """Ask for letters of a state, those that came first first; waiting ones by default.

    Each word of `query` stands in the sender's name, his address or the subject, in any case.
    """

    state: IntakeState = IntakeState.WAITING
    query: str = ""


class ShowLetterTaken(Request):
    """Ask for a letter with its text and its files."""

    letter: str


class RegisterLetter(WaitingLetter):
    """Give a letter its number as an incoming document, with its files.

    What is left out is taken from the letter: the sender from the directory by his
    address, else by his name; «б/н» for his number.
    """

    letter: str


class AttachLetter(Request):
    """Add a letter and its files to a card that is there, as a reply for instance."""

    letter: str
    document: str


class DropLetter(Request):
    """Leave a letter unregistered for a reason; it is kept and found by its state."""

    letter: str


class LetterRow(Message):
    """A letter in a list."""

    id: UUID
    short_id: str
    state: IntakeState
    received_at: datetime
    sender_name: str
    sender: str
    subject: str
    files: int
    looks_like_appeal: bool
    reason: str | None


class LetterPage(Page):
    """A page of letters."""

    rows: list[LetterRow]


class LetterFile(Message):
    """A file of a letter; the gateway fetches its bytes by `sha256`."""

    name: str
    size: int
    media_type: str
    sha256: str


class LetterCard(Message):
    """A letter: who wrote when to whom, what stands in it, what it may belong to.

    `correspondent` is whom it would be registered from: by the address in the directory,
    else as the sender calls himself.
    """

    id: UUID
    short_id: str
    state: IntakeState
    source: str
    message_id: str | None
    sender_name: str
    sender: str
    recipients: str
    subject: str
    sent_at: datetime | None
    received_at: datetime
    taken_at: datetime
    body: str
    size: int
    reason: str | None
    document_id: UUID | None
    number: str | None
    correspondent: str
    appeal_signs: list[str]
    explanation: str | None
    may_answer: list[str] = Field(default_factory=list)
    enclosures: list[LetterFile] = Field(default_factory=list)


class GetLetterFile(Request):
    """Ask for a file of a letter; the name may be left out where it has one."""

    letter: str
    name: str | None = None


class LetterDropped(Message):
    """A letter that will not be registered."""

    id: UUID
    state: IntakeState
    reason: str


LIST = Operation(
    "intake.list",
    N_("List letters taken from mailboxes"),
    ListLettersTaken,
    LetterPage,
    Effect.READ,
)
SHOW = Operation(
    "intake.show",
    N_("Show a letter taken from a mailbox"),
    ShowLetterTaken,
    LetterCard,
    Effect.READ,
)
FILE = Operation(
    "intake.file",
    N_("Get a file of a letter taken from a mailbox"),
    GetLetterFile,
    LetterFile,
    Effect.READ,
)
REGISTER = Operation(
    "intake.register",
    N_("Register a letter taken from a mailbox"),
    RegisterLetter,
    Registered,
    Effect.WRITE,
)
ATTACH = Operation(
    "intake.attach",
    N_("Attach a letter taken from a mailbox to a card"),
    AttachLetter,
    FilesAdded,
    Effect.WRITE,
)
DROP = Operation(
    "intake.drop",
    N_("Leave a letter unregistered"),
    DropLetter,
    LetterDropped,
    Effect.DESTROY,
)
