"""Operations on the parts of an order to many organizations."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.assignment_part import PartState
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class SendParts(Request):
    """Give a part of a controlled assignment to organizations below the own one.

    They are named by code, or by `branch`: an organization with everything below it.
    Each gets the document as an incoming one with an assignment for its head. Without
    `due` the term is that of the assignment, without `text` its text.
    """

    assignment: str
    organizations: tuple[str, ...] = Field(default=(), max_length=2000)
    branch: str | None = None
    except_for: tuple[str, ...] = Field(default=(), max_length=2000)
    text: str | None = None
    due: str | None = None


class ListParts(Request):
    """Ask how far the organizations have come."""

    assignment: str


class OnPart(Request):
    """A step of the author or the controller on the part of one organization."""

    assignment: str
    organization: str


class AcceptPart(OnPart):
    """Accept the report of an organization; `proof` releases from special control."""

    comment: str | None = None
    proof: str | None = None


class ReturnPart(OnPart):
    """Return the report of an organization for rework, saying why and by when."""

    text: str
    due: str


class GrantPart(OnPart):
    """Grant the later term an organization asks for, or another one."""

    due: str | None = None


class DenyPart(OnPart):
    """Refuse the later term; the reason is told with the call."""


class StopPart(OnPart):
    """Stop the part; the reason is told with the call."""


class Part(Message):
    """What one organization has to do and how far it has come.

    `their_number` is what it registered the document under; `wanted_due` is the later
    term it asks for, if it does.
    """

    id: UUID
    number: int
    organization: str
    organization_name: str
    state: PartState
    due: date | None
    is_overdue: bool
    their_number: str | None
    their_date: date | None
    report_text: str | None
    reported_on: date | None
    wanted_due: date | None
    wanted_reason: str | None


class PartList(Message):
    """The parts of an assignment in the order they were given, and how many are done."""

    assignment_id: UUID
    executed: int
    total: int
    rows: list[Part]
    warnings: list[str] = Field(default_factory=list)
    next: None = None


SEND = Operation("part.send", N_("Give parts to organizations"), SendParts, PartList, Effect.WRITE)
LIST = Operation("part.list", N_("List parts of an order"), ListParts, PartList, Effect.READ)
ACCEPT = Operation("part.accept", N_("Accept a part"), AcceptPart, Part, Effect.WRITE)
RETURN = Operation("part.return", N_("Return a part for rework"), ReturnPart, Part, Effect.WRITE)
GRANT = Operation(
    "part.grant", N_("Grant an organization a later term"), GrantPart, Part, Effect.WRITE
)
DENY = Operation("part.deny", N_("Deny an organization a later term"), DenyPart, Part, Effect.WRITE)
STOP = Operation("part.stop", N_("Stop a part"), StopPart, Part, Effect.WRITE)
