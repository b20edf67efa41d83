"""Partners of the exchange changed by one at a time, removed while unused."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from sed_tui.errors.exchange_partners import AddressNeeded, PartnerExists, PartnerInUse
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.operations import exchange_partner
from tests.handlers.exchange_partners import add_partner
from tests.handlers.outbox import dispatched

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


def test_partners_are_kept_apart_and_changed_by_one_at_a_time(gateway: LocalGateway) -> None:
    added = add_partner(gateway)
    with pytest.raises(PartnerExists):
        add_partner(gateway, name="Другое", uids=(str(uuid4()),))
    with pytest.raises(PartnerExists):
        add_partner(gateway, code="OTHER", name="Другое")
    with pytest.raises(AddressNeeded):
        add_partner(gateway, code="OTHER", name="Другое", uids=())
    changed = gateway.call(
        exchange_partner.SET,
        exchange_partner.EditPartner(partner="PRAV", version=added.version, zone="Asia/Omsk"),
    )
    with pytest.raises(ChangedMeanwhile):
        gateway.call(
            exchange_partner.SET,
            exchange_partner.EditPartner(partner="PRAV", version=added.version, name="Иное"),
        )
    shown = gateway.call(exchange_partner.SHOW, exchange_partner.ShowPartner(partner="PRAV"))
    listed = gateway.call(exchange_partner.LIST, exchange_partner.ListPartners()).rows

    assert (changed.zone, shown.version, listed) == ("Asia/Omsk", 2, [shown])
    dispatched(gateway)
    with pytest.raises(PartnerInUse):
        gateway.call(exchange_partner.REMOVE, exchange_partner.RemovePartner(partner="PRAV"))


def test_an_unused_partner_is_removed(gateway: LocalGateway) -> None:
    add_partner(gateway)
    gateway.call(exchange_partner.REMOVE, exchange_partner.RemovePartner(partner="PRAV"))

    assert gateway.call(exchange_partner.LIST, exchange_partner.ListPartners()).rows == []
