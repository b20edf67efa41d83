"""Registration of the five flows, on both databases."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sed_tui.domain.flows import Flow
from sed_tui.operations.registration import REGISTER, RegisterDocument

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


def letter(**changes: object) -> RegisterDocument:
    """Return an incoming letter."""
    fields: dict[str, object] = {
        "flow": Flow.INCOMING,
        "subject": "О представлении сведений",
        "correspondent": "Минздрав",
        "their_number": "145/и",
        "their_date": date(2026, 11, 20),
        "received_on": date(2026, 11, 23),
    }
    return RegisterDocument.model_validate({**fields, **changes})


def test_numbers_follow_each_other(gateway: LocalGateway) -> None:
    numbers = [gateway.call(REGISTER, letter(their_number=f"{n}")).number for n in range(1, 4)]

    assert numbers == ["01-23/1", "01-23/2", "01-23/3"]
