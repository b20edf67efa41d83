"""Operations on what came in: taking it, registering a letter, refusing it."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from pydantic import Field

from sed_tui.domain.exchange_flow import MessageKind, MessageState
from sed_tui.domain.exchange_partner import Channel
from sed_tui.i18n import N_
from sed_tui.operations.registration import Registered, WaitingLetter
from sed_tui.operations.registry import Effect, Message, Operation, Request


class TakeOutcome(StrEnum):
    """What came of taking a package."""

    TAKEN = "taken"
    ALREADY = "already"
    QUARANTINED = "quarantined"


class StagedPackage(Message):
    """A package that has been staged.

    `token` names an archive of its files; where they are too large to be taken, of its message
    alone, and `size` is the size of all. `partner` is named where the channel itself tells who
    sends.
    """

    token: str
    name: str
    partner: str | None = None
    size: int | None = Field(default=None, ge=0)


class TakePackages(Request):
    """Take packages in: a letter waits for its number, a notification tells of ours.

    `source` is where they lay: a partner sends from its own place alone. All are taken in their
    order, or none is. Taken again a package changes nothing, and its receipt goes once more.
    """

    channel: Channel
    source: str
    packages: tuple[StagedPackage, ...] = Field(min_length=1, max_length=1000)


class RegisterMessage(WaitingLetter):
    """Give a letter that waits its number, with its files; the sender is told the number.

    What is left out is taken from the letter: sender, number, date, subject, and our
    document that it answers.
    """

    message: str


class RefuseMessage(Request):
    """Refuse to register a letter. The reason is one of the closed list of the format.

    `comment` says more: which annex is missing, whom it should go to.
    """

    message: str
    refusal: str
    comment: str | None = None


class ListRefusals(Request):
    """Ask for the reasons for which letters of a partner may be refused."""

    partner: str


class PackageTaken(Message):
    """What came of it; a quarantined one has its `reason`."""

    id: UUID
    outcome: TakeOutcome
    kind: MessageKind | None
    state: MessageState
    partner: str | None
    message_uid: str | None
    subject: str
    reason: str | None = None
    warnings: list[str] = Field(default_factory=list)


class PackagesTaken(Message):
    """What came of packages, in their order."""

    rows: list[PackageTaken]
    next: None = None


class MessageRefused(Message):
    """A letter that was refused."""

    id: UUID
    state: MessageState
    reason: str


class RefusalList(Message):
    """The reasons that the partner's edition of the format knows."""

    format_version: str
    reasons: list[str]


TAKE = Operation(
    "exchange.take",
    N_("Take packages of the exchange in"),
    TakePackages,
    PackagesTaken,
    Effect.WRITE,
    is_planned=True,
)
REGISTER = Operation(
    "exchange.register",
    N_("Register a letter of the exchange"),
    RegisterMessage,
    Registered,
    Effect.WRITE,
    is_planned=True,
)
REFUSE = Operation(
    "exchange.refuse",
    N_("Refuse to register a letter of the exchange"),
    RefuseMessage,
    MessageRefused,
    Effect.WRITE,
)
REFUSALS = Operation(
    "exchange.refusals",
    N_("List reasons to refuse a letter"),
    ListRefusals,
    RefusalList,
    Effect.READ,
)
