"""The operation that tells the sender of a letter where its document was published."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class PublishMessage(Request):
    """Tell the sender of a registered letter where its document was published.

    `number` and `published_on` are those of the publication, `point` is its place or address.
    """

    message: str
    number: str = Field(min_length=1, max_length=31)
    published_on: date
    point: str = Field(min_length=1, max_length=500)


class PublicationTold(Message):
    """A notification of a publication that was queued: `id` is that of the letter."""

    id: UUID
    partner: str
    number: str
    published_on: date
    point: str


PUBLISH = Operation(
    "exchange.publish",
    N_("Tell the sender of a letter that its document is published"),
    PublishMessage,
    PublicationTold,
    Effect.WRITE,
)
