"""Messages that another server hands over by its token: taken as from that partner alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col

from sed_tui.domain.exchange_partner import Channel, PartnerState
from sed_tui.exchange.message_schema import FORMAT
from sed_tui.handlers.exchange_inbox import taken_in
from sed_tui.handlers.exchange_packages import (
    Arrival,
    ReadPackage,
    place_of,
    read_package,
    secure,
)
from sed_tui.handlers.exchange_partners import find_partners, uids_of
from sed_tui.handlers.organization_name import organization_name
from sed_tui.operations.exchange_delivery import Delivered, Greeting, KnownAs
from sed_tui.storage.tables.exchange import ExchangePartnerTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.exchange_delivery import DeliverMessage, GreetServer

_P = ExchangePartnerTable


def greet_server(work: Work, request: GreetServer) -> Greeting:
    """Return what is spoken here, and the partners that the caller may send for."""
    spoken = [FORMAT]
    found = find_partners(
        work,
        (col(_P.channel) == Channel.HTTP.value)
        & (col(_P.state) == PartnerState.ACTIVE.value)
        & (col(_P.inbox) == work.actor.login),
    )
    uids = uids_of(work, [one.id for one in found])
    return Greeting(
        format=next((one for one in spoken if one in request.formats), None),
        formats=spoken,
        organization=organization_name(work),
        partners=[
            KnownAs(
                uids=uids.get(one.id, []),
                own_uid=one.row["own_uid"],
                max_bytes=one.row["max_bytes"],
            )
            for one in found
        ],
    )


def plan_deliver_message(work: Work, request: DeliverMessage) -> ReadPackage:
    """Read the package while others go on writing; where it comes from, the token tells."""
    place = place_of(work.actor.login)
    read = read_package(work, Arrival(Channel.HTTP, request.token, place, request.name))
    secure(work, [read])
    return read


def deliver_message(work: Work, request: DeliverMessage) -> Delivered:
    """Take a message in, or put it into quarantine; nothing is kept twice."""
    read: ReadPackage = work.plan
    taken = taken_in(work, read, place_of(work.actor.login), request.name)
    return Delivered(
        outcome=taken.outcome,
        kind=taken.kind,
        message_uid=taken.message_uid,
        reason=taken.reason,
        warnings=taken.warnings,
    )
