"""A document of somebody's letter was published: its subscribed sender is told where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.exchange_flow import STATE_TITLES, Direction, MessageKind, MessageState
from sed_tui.domain.exchange_partner import Channel
from sed_tui.domain.text import clean
from sed_tui.errors.exchange import NotInEdition
from sed_tui.errors.exchange_messages import MessageDecided, NotSubscribed
from sed_tui.exchange.iedms_names import EVENTS, EVENTS_OF
from sed_tui.exchange.message import Event, Number
from sed_tui.handlers.exchange_partners import partner_of_id
from sed_tui.handlers.exchange_record import StoredMessage, find_message, locked_message
from sed_tui.handlers.exchange_telling import tell_published
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.operations.exchange_publication import PublicationTold, PublishMessage

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work


def publish_message(work: Work, request: PublishMessage) -> PublicationTold:
    """Tell the sender of a publication.

    Raises `MessageDecided` for what is no registered letter, `NotSubscribed`, and
    `NotInEdition` where the partner's format has no such notification.
    """
    message = _registered(work, request.message)
    partner = partner_of_id(work, message.row["partner_id"])
    if not partner.row["is_subscribed"]:
        raise NotSubscribed(field="message", partner=partner.code)
    version = partner.profile.version
    if partner.channel is Channel.MEDO and Event.PUBLISHED not in EVENTS_OF[version]:
        name, _tag = EVENTS[Event.PUBLISHED]
        raise NotInEdition(field="message", event=name, version=version)
    number = Number(clean(request.number, "number", limit=31), request.published_on)
    point = clean(request.point, "point", limit=500)
    tell_published(work, message, number, point)
    told = {"number": number.number, "published_on": request.published_on, "point": point}
    work.record("publish", "document", message.row["document_id"], None, told)
    return PublicationTold(id=message.id, partner=partner.code, **told)


def _registered(work: Work, text: str) -> StoredMessage:
    message = locked_message(work, find_message(work, text).id)
    row = message.row
    wanted = (Direction.IN.value, MessageKind.LETTER.value, MessageState.REGISTERED.value)
    if (row["direction"], row["kind"], row["state"]) != wanted:
        state = _(STATE_TITLES[row["state"]])
        raise MessageDecided(field="message", state=state, message=short_id(message.id))
    return message
