"""What a server of another organization calls by the token that it was given here.

`sed_tui.exchange.message_schema` says what a message looks like. Whoever calls is known by
the token: its system user is the `inbox` of the partner, and nobody else's messages are taken.
"""

from __future__ import annotations

from pydantic import Field

from sed_tui.domain.exchange_flow import MessageKind
from sed_tui.i18n import N_
from sed_tui.operations.exchange_inbox import TakeOutcome
from sed_tui.operations.registry import Effect, Message, Operation, Request


class GreetServer(Request):
    """Ask, before the first message, what is spoken here and whom the caller is known as."""

    formats: tuple[str, ...] = Field(default=(), max_length=20)


class DeliverMessage(Request):
    """Hand a message over: `token` names a staged zip of `message.json` and its files.

    Handed over again it changes nothing. `name` is how the journal calls the package.
    """

    token: str
    name: str = Field(max_length=200)


class KnownAs(Message):
    """A partner that the caller may send for: its identifiers, and how ours is called."""

    uids: list[str]
    own_uid: str
    max_bytes: int


class Greeting(Message):
    """The answer to a greeting. `format` is the one to be spoken, None where none is common."""

    format: str | None
    formats: list[str]
    organization: str
    partners: list[KnownAs]


class Delivered(Message):
    """What became of a message that was handed over; a receipt follows of itself."""

    outcome: TakeOutcome
    kind: MessageKind | None
    message_uid: str | None
    reason: str | None = None
    warnings: list[str] = Field(default_factory=list)


GREET = Operation(
    "exchange.greet", N_("Ask what another server speaks"), GreetServer, Greeting, Effect.READ
)
DELIVER = Operation(
    "exchange.deliver",
    N_("Hand a message of the exchange over"),
    DeliverMessage,
    Delivered,
    Effect.WRITE,
    is_planned=True,
)
