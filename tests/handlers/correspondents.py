"""What tests do with the directory of correspondents, said shortly."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sed_tui.domain.flows import Flow
from sed_tui.operations import correspondent, correspondent_list
from sed_tui.operations.correspondent import AddCorrespondent, EditCorrespondent
from sed_tui.operations.correspondent_list import ListCorrespondents
from sed_tui.operations.registration import REGISTER, RegisterDocument

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.correspondent import Correspondent
    from sed_tui.operations.registration import Registered

INN, OTHER_INN, INN_OF_PERSON = "7707083893", "7736050003", "500100732259"
KPP, OTHER_KPP = "773601001", "770401001"


def add(gateway: LocalGateway, name: str, **fields: Any) -> Correspondent:
    return gateway.call(correspondent.ADD, AddCorrespondent(name=name, **fields))


def edit(
    gateway: LocalGateway, who: str, version: int | None = None, **changes: str
) -> Correspondent:
    request = EditCorrespondent(correspondent=who, changes=dict(changes), version=version)
    return gateway.call(correspondent.EDIT, request)


def show(gateway: LocalGateway, who: str) -> Correspondent:
    return gateway.call(correspondent.SHOW, correspondent.ShowCorrespondent(correspondent=who))


def found(
    gateway: LocalGateway, query: str = "", *, all_states: bool = False
) -> list[correspondent.CorrespondentRow]:
    request = ListCorrespondents(query=query, all_states=all_states)
    return gateway.call(correspondent_list.LIST, request).rows


def register(gateway: LocalGateway, sender: str, number: str = "1") -> Registered:
    return gateway.call(
        REGISTER,
        RegisterDocument(
            flow=Flow.INCOMING,
            subject="О подготовке к зиме",
            correspondent=sender,
            their_number=number,
            their_date=date(2026, 11, 20),
            sheets=1,
            addressee="Иванова А.П.",
            delivery="почта",
        ),
    )
