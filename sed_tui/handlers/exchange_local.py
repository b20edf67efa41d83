"""Letters from organization to organization of one database: taken in with the sending.

Nothing travels: the other organization gets its own row, of the same bytes of files, and
answers in the same transaction. Neither sees the other's card. On PostgreSQL the wall
(storage.tenancy) moves along: the work sees one organization at a time, never both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.exchange_flow import Signal
from sed_tui.domain.exchange_partner import Channel
from sed_tui.handlers.correspondent import resolve_correspondent
from sed_tui.handlers.exchange_learning import learn
from sed_tui.handlers.exchange_partner import store_partner
from sed_tui.handlers.exchange_partners import partner_of_peer
from sed_tui.handlers.exchange_receiving import Received, receive
from sed_tui.handlers.exchange_record import locked_message
from sed_tui.handlers.other_organization import working_in
from sed_tui.operations.exchange_partner import AddPartner
from sed_tui.storage.tables.exchange import ExchangePartnerTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any
    from uuid import UUID

    from sed_tui.exchange.message import Message
    from sed_tui.handlers.exchange_partners import PartnerReference
    from sed_tui.handlers.exchange_record import FileOfMessage
    from sed_tui.handlers.work import Work

_O, _P = OrganizationTable, ExchangePartnerTable


def deliver(
    work: Work,
    partner: PartnerReference,
    message_id: UUID,
    message: Message,
    files: Sequence[FileOfMessage],
) -> None:
    """Hand a message over to the other organization, which answers at once."""
    learn(work, locked_message(work, message_id), Signal.SENT)
    here, there = _office(work, work.organization_id), _office(work, partner.row["peer_id"])
    with working_in(work, there.id, there.code) as theirs:
        sender = partner_of_peer(theirs, here.id) or _introduced(theirs, here)
        receive(theirs, sender, Received(message, tuple(files), source=here.code))


def _office(work: Work, organization_id: UUID) -> Any:
    return work.db.execute(
        select(*map(col, (_O.id, _O.code, _O.name))).where(col(_O.id) == organization_id)
    ).one()


def _introduced(theirs: Work, sender: Any) -> PartnerReference:
    """Make a partner of an organization that writes for the first time."""
    stands_for = resolve_correspondent(theirs, sender.name)
    taken = theirs.db.scalar(
        select(col(_P.id)).where(
            col(_P.organization_id) == theirs.organization_id, col(_P.code) == sender.code
        )
    )
    defaults = AddPartner(code=sender.code, channel=Channel.LOCAL).model_dump()
    plain = ("encoding", "zone", "is_subscribed", "takes_official", "max_bytes")
    store_partner(
        theirs,
        {
            **{name: defaults[name] for name in plain},
            "acknowledges_notifications": True,
            "format_version": defaults["format_version"].value,
            "kinds": ",".join(defaults["kinds"]),
            "code": sender.code if taken is None else f"{sender.code}.{Channel.LOCAL}"[-32:],
            "name": sender.name,
            "correspondent_id": stands_for.id,
            "peer_id": sender.id,
            "channel": Channel.LOCAL.value,
            "own_uid": str(theirs.organization_id),
        },
        [str(sender.id)],
    )
    made = partner_of_peer(theirs, sender.id)
    assert made is not None
    return made
