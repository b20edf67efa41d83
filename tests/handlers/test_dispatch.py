"""The dispatch of a letter: each addressee by his way, and by no channel that is not allowed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from sed_tui.domain.exchange_flow import MessageState
from sed_tui.domain.flows import Confidentiality
from sed_tui.errors.drafts import AlreadySent
from sed_tui.errors.exchange_partners import FileKindsNotTaken, LetterInOutbox, OfficialUseChannel
from sed_tui.operations import exchange_partner
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.registration import REGISTER
from tests.exchange.samples import THEM
from tests.handlers.exchange_partners import add_partner, letter_to
from tests.handlers.letters import outgoing
from tests.handlers.outbox import letters

if TYPE_CHECKING:
    from typing import Any

    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock


def test_several_addressees_are_reached_each_by_his_way(gateway: LocalGateway) -> None:
    add_partner(gateway)
    add_partner(
        gateway, code="DUMA", name="Дума", uids=(str(uuid4()),), kinds=("tif",), inbox="/var/duma"
    )
    document = letter_to(gateway, THEM.organization, "Дума", "Минздрав")
    with pytest.raises(FileKindsNotTaken) as refusal:
        gateway.call(DISPATCH, DispatchDocument(document=document.number))
    before = gateway.call(DISPATCHES, ListDispatches(document=document.number)).rows
    queued = letters(gateway)
    others = DispatchDocument(document=document.number, addressees=(THEM.organization, "Минздрав"))
    gateway.call(DISPATCH, others)
    kinds = exchange_partner.EditPartner(partner="DUMA", kinds=("tif", "pdf"))
    gateway.call(exchange_partner.SET, kinds)
    with pytest.raises(LetterInOutbox):
        gateway.call(DISPATCH, DispatchDocument(document=document.number))
    by_post = DispatchDocument(document=document.number, delivery="почта")
    with pytest.raises(AlreadySent, match="Минздрав"):
        gateway.call(DISPATCH, by_post)
    to_duma = DispatchDocument(document=document.number, addressees=("Дума",))
    rows = gateway.call(DISPATCH, to_duma).rows
    ways = {row.correspondent: (row.delivery, row.exchange_state, row.trouble) for row in rows}

    assert ways[THEM.organization] == ("МЭДО", MessageState.PREPARED, None)
    assert ways["Минздрав"] == (None, None, None)
    assert ways["Дума"] == ("МЭДО", MessageState.PREPARED, None)
    assert (before, queued) == ([], [])
    assert str(refusal.value).endswith("alone: tif. It does not take: Ответ.pdf")
    assert "exchange partner set DUMA --kinds tif,pdf" in refusal.value.advice


@pytest.mark.parametrize(
    "by_hand",
    [{"delivery": "почта"}, {"postal_number": "80100000000000"}, {"sent_on": date(2026, 11, 23)}],
)
def test_what_goes_another_way_is_not_queued(
    gateway: LocalGateway, clock: FixedClock, by_hand: dict[str, Any]
) -> None:
    add_partner(gateway)
    document = letter_to(gateway)
    clock.moment += timedelta(days=1)
    gateway.call(DISPATCH, DispatchDocument(document=document.number, **by_hand))

    assert letters(gateway) == []


def test_official_use_goes_by_no_channel_that_is_not_allowed_for_it(
    gateway: LocalGateway,
) -> None:
    add_partner(gateway)
    document = gateway.call(
        REGISTER,
        outgoing(addressees=[THEM.organization], confidentiality=Confidentiality.OFFICIAL),
    )
    with pytest.raises(OfficialUseChannel):
        gateway.call(DISPATCH, DispatchDocument(document=str(document.id)))
