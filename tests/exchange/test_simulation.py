"""The partner that is none answers every letter once, and the same way by the same seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.exchange import BadMessage
from sed_tui.exchange.iedms_writing import write_message
from sed_tui.exchange.message import Acknowledgment, Event, Notification
from sed_tui.exchange.package import opened
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.simulation import Behaviour, simulate
from tests.exchange.samples import LETTER_UID, MESSAGE, MESSAGE_UID, NOON, THEM

if TYPE_CHECKING:
    from pathlib import Path


def folders(place: Path) -> tuple[Path, Path]:
    inbox, outbox = place / "in", place / "out"
    (inbox / "0001").mkdir(parents=True)
    outbox.mkdir()
    (inbox / "0001" / "document.xml").write_bytes(write_message(MESSAGE, Profile()))
    return inbox, outbox


def read(outbox: Path) -> list[object]:
    found: list[object] = []
    for place in sorted(outbox.iterdir()):
        try:
            with opened(place, Profile()) as package:
                assert package.message.source == THEM
                found.append(package.message.body)
        except BadMessage:
            found.append(None)
    return found


def test_a_letter_gets_a_receipt_and_a_number_once(tmp_path: Path) -> None:
    inbox, outbox = folders(tmp_path)
    told = simulate(inbox, outbox, Behaviour(), NOON, 10)
    again = simulate(inbox, outbox, Behaviour(), NOON, 10)
    receipt, registered = read(outbox)

    assert [one.says for one in told] == ["receipt", "registered"]
    assert again == []
    assert isinstance(receipt, Acknowledgment)
    assert receipt.message == MESSAGE_UID
    assert isinstance(registered, Notification)
    assert (registered.document, registered.event) == (LETTER_UID, Event.REGISTERED)


def test_bad_days_are_the_same_by_the_same_seed(tmp_path: Path) -> None:
    days = []
    for name in ("one", "two"):
        inbox, outbox = folders(tmp_path / name)
        day = Behaviour("Нет подписи", copies=2, is_shuffled=True, broken=1, seed=7)
        days.append((simulate(inbox, outbox, day, NOON, 10), read(outbox)))
    told, bodies = days[0]

    assert days[0] == days[1]
    assert sorted(one.says for one in told) == [
        *("broken", "receipt", "receipt", "refused", "refused")
    ]
    assert bodies.count(None) == 1
