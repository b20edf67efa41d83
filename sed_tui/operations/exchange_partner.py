"""Operations on the partners of the exchange: whom letters are exchanged with, and how."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.exchange_partner import Channel, FormatVersion, PartnerState
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddPartner(Request):
    """Make a partner of a correspondent, by default of the one with the partner's name.

    A local partner is an `organization` of this database, named by its code. Others are
    reached at an `address`: a folder of MEDO or the URL of a server; what they send lies in
    `inbox`, of a server it is the login of the system user by whose token it sends. They are
    known by `uids`, the identifiers of their mailboxes. `own_uid` is the identifier that they
    know this organization by, its own one here unless named.
    """

    code: str
    channel: Channel
    name: str | None = None
    correspondent: str | None = None
    organization: str | None = None
    uids: tuple[str, ...] = Field(default=(), max_length=20)
    own_uid: str | None = None
    mailbox: str | None = None
    address: str | None = None
    inbox: str | None = None
    format_version: FormatVersion = FormatVersion.V22
    encoding: str = "windows-1251"
    kinds: tuple[str, ...] = Field(default=("pdf",), max_length=20)
    zone: str = "Europe/Moscow"
    acknowledges_notifications: bool = True
    is_subscribed: bool = False
    takes_official: bool = False
    max_bytes: int = Field(default=100 * 1024 * 1024, ge=1024, le=1024**4)


class EditPartner(Request):
    """Change a partner: what is named is changed. Its channel stays what it is.

    With `version`, the partner must not have changed since it was read.
    """

    partner: str
    version: int | None = None
    name: str | None = None
    uids: tuple[str, ...] | None = Field(default=None, max_length=20)
    own_uid: str | None = None
    mailbox: str | None = None
    address: str | None = None
    inbox: str | None = None
    format_version: FormatVersion | None = None
    encoding: str | None = None
    kinds: tuple[str, ...] | None = Field(default=None, max_length=20)
    zone: str | None = None
    acknowledges_notifications: bool | None = None
    is_subscribed: bool | None = None
    takes_official: bool | None = None
    max_bytes: int | None = Field(default=None, ge=1024, le=1024**4)
    state: PartnerState | None = None


class ListPartners(Request):
    """Ask for the partners, those of a channel alone where one is named."""

    channel: Channel | None = None
    state: PartnerState | None = None


class ShowPartner(Request):
    """Ask for a partner by its code."""

    partner: str


class RemovePartner(Request):
    """Remove a partner that nothing was exchanged with."""

    partner: str


class Partner(Message):
    """A partner, and what waits for it."""

    id: UUID
    code: str
    name: str
    correspondent: str
    correspondent_id: UUID
    channel: Channel
    organization: str | None
    uids: list[str]
    own_uid: str
    mailbox: str | None
    address: str | None
    inbox: str | None
    format_version: FormatVersion
    encoding: str
    kinds: list[str]
    zone: str
    acknowledges_notifications: bool
    is_subscribed: bool
    takes_official: bool
    max_bytes: int
    state: PartnerState
    paused_until: datetime | None
    failures: int
    waiting: int
    version: int


class PartnerList(Message):
    """The partners by their codes."""

    rows: list[Partner]
    next: None = None


class PartnerRemoved(Message):
    """A partner that is no more."""

    code: str
    name: str


ADD = Operation(
    "partner.add", N_("Add a partner of the exchange"), AddPartner, Partner, Effect.WRITE
)
SET = Operation(
    "partner.set", N_("Change a partner of the exchange"), EditPartner, Partner, Effect.WRITE
)
LIST = Operation(
    "partner.list", N_("List the partners of the exchange"), ListPartners, PartnerList, Effect.READ
)
SHOW = Operation(
    "partner.show", N_("Show a partner of the exchange"), ShowPartner, Partner, Effect.READ
)
REMOVE = Operation(
    "partner.remove",
    N_("Remove a partner of the exchange"),
    RemovePartner,
    PartnerRemoved,
    Effect.DESTROY,
)
