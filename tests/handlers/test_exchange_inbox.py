"""What comes in by the exchange: taken once, registered or refused, odd things to a clerk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.domain.exchange_partner import PartnerState
from sed_tui.errors.exchange_messages import (
    CannotBeReleased,
    MessageDecided,
    RefusalUnknown,
    StillQuarantined,
)
from sed_tui.errors.files import ContentDamaged
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.exchange.iedms_names import REASONS_22
from sed_tui.exchange.message import Event, Notification, Participant
from sed_tui.operations.document import SHOW as CARD
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.document_list import COUNT, CountDocuments
from sed_tui.operations.exchange_inbox import (
    REFUSALS,
    REFUSE,
    REGISTER,
    ListRefusals,
    RefuseMessage,
    RegisterMessage,
    TakeOutcome,
)
from sed_tui.operations.exchange_journal import (
    EVENTS,
    LIST,
    RAW,
    SHOW,
    ListEvents,
    ListMessages,
    MessageRow,
    ShowMessage,
    ShowRawMessage,
)
from sed_tui.operations.exchange_partner import SET, EditPartner
from sed_tui.operations.exchange_quarantine import (
    DROP,
    RELEASE,
    RETRY,
    DropMessage,
    ReleaseMessage,
    RetryQuarantined,
)
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import open_database
from sed_tui.storage.files import open_store
from sed_tui.storage.integrity import check_database
from tests.exchange.samples import NOON, THEM
from tests.handlers.exchange_partners import FILES, add_partner, letter_message, packed, take

if TYPE_CHECKING:
    from typing import Any

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


def listed(gateway: LocalGateway, **conditions: Any) -> list[MessageRow]:
    return gateway.call(LIST, ListMessages(**conditions)).rows


def receipts(gateway: LocalGateway) -> list[tuple[str, str]]:
    rows = listed(gateway, direction=Direction.OUT, kind=MessageKind.RECEIPT)
    return sorted((row.state.value, row.subject) for row in rows)


def fetched(gateway: LocalGateway, sha256: str | None) -> bytes:
    with gateway.fetch(sha256 or "") as source:
        return source.read()


def test_a_letter_waits_is_registered_and_the_sender_is_told(
    gateway: LocalGateway, settings: Settings
) -> None:
    add_partner(gateway)
    message = letter_message(gateway)
    taken = take(gateway, packed(message, FILES))
    again = take(gateway, packed(message, FILES), name="0002")
    registered = gateway.call(REGISTER, RegisterMessage(message=str(taken.id)))
    document = gateway.call(CARD, ShowDocument(document=registered.number))
    sent = {
        (row.kind, row.event, row.state, row.number) for row in listed(gateway, direction="out")
    }

    assert (taken.outcome, again.outcome) == (TakeOutcome.TAKEN, TakeOutcome.ALREADY)
    assert again.id == taken.id
    assert document.correspondent == THEM.organization
    assert (document.their_number, document.their_date) == ("01-23/1456", date(2026, 11, 20))
    assert document.delivery == "МЭДО"
    assert [file.name for file in document.files] == ["Письмо.pdf", "Приложение.pdf"]
    assert sent == {
        (MessageKind.RECEIPT, None, MessageState.PREPARED, None),
        (MessageKind.NOTIFICATION, "registered", MessageState.PREPARED, registered.number),
    }
    assert gateway.call(COUNT, CountDocuments(query="капитального")).total == 1
    with pytest.raises(MessageDecided):
        gateway.call(REGISTER, RegisterMessage(message=str(taken.id)))
    engine = open_database(settings.database)
    with engine.connect() as db:
        checks = {check.id: check.faults for check in check_database(db, open_store(settings))}
    engine.dispose()
    assert (checks["lost_files"], checks["unused_files"]) == (0, 0)


def test_a_message_is_shown_with_its_history_and_its_bytes(gateway: LocalGateway) -> None:
    add_partner(gateway)
    message = letter_message(gateway)
    taken = take(gateway, packed(message, FILES))
    card = gateway.call(SHOW, ShowMessage(message=taken.id.hex[:8]))
    raw = gateway.call(RAW, ShowRawMessage(message=str(taken.id)))
    journal = gateway.call(EVENTS, ListEvents(partner="PRAV")).rows

    assert card.subject == message.body.annotation  # type: ignore[union-attr]
    assert [file.part for file in card.enclosures] == ["text", "annex"]
    assert card.told["source"]["uid"] == THEM.uid
    assert [line.event for line in card.history] == ["taken"]
    assert [line.event for line in journal] == ["prepared", "taken"]
    assert raw.sha256
    assert b"communication" in fetched(gateway, raw.sha256)


def test_a_letter_whose_file_the_disk_has_spoiled_goes_on_waiting(
    gateway: LocalGateway, settings: Settings
) -> None:
    add_partner(gateway)
    taken = take(gateway, packed(letter_message(gateway), FILES))
    digest = sha256(FILES["Письмо.pdf"]).hexdigest()
    (settings.files / digest[:2] / digest[2:4] / digest).write_bytes(b"%PDF-1.4 spoiled")
    with pytest.raises(ContentDamaged):
        gateway.call(REGISTER, RegisterMessage(message=str(taken.id)))

    assert listed(gateway, direction=Direction.IN)[0].state is MessageState.WAITING
    assert gateway.call(COUNT, CountDocuments()).total == 0


def test_a_letter_is_refused_for_a_reason_of_the_list_alone(gateway: LocalGateway) -> None:
    add_partner(gateway)
    taken = take(gateway, packed(letter_message(gateway), FILES))
    reasons = gateway.call(REFUSALS, ListRefusals(partner="PRAV")).reasons
    with pytest.raises(RefusalUnknown):
        gateway.call(REFUSE, RefuseMessage(message=str(taken.id), refusal="Не хочу"))
    refused = gateway.call(
        REFUSE, RefuseMessage(message=str(taken.id), refusal="нет подписи", comment="на листе 2")
    )
    [told] = listed(gateway, direction=Direction.OUT, kind=MessageKind.NOTIFICATION)

    assert tuple(reasons) == REASONS_22
    assert (refused.state, refused.reason) == (MessageState.REFUSED, "Нет подписи: на листе 2")
    assert (told.event, told.subject) == ("refused", "Нет подписи")
    assert gateway.call(COUNT, CountDocuments()).total == 0


@pytest.mark.parametrize(
    ("changes", "reason", "is_answered"),
    [
        ({"source": Participant(str(uuid4()), "Никто")}, "unknown_sender", False),
        ({"destinations": (Participant(str(uuid4()), "Другие"),)}, "other_addressee", True),
    ],
)
def test_what_is_not_from_a_partner_or_not_for_us_is_kept(
    gateway: LocalGateway, changes: dict[str, Any], reason: str, is_answered: bool
) -> None:
    add_partner(gateway)
    taken = take(gateway, packed(replace(letter_message(gateway), **changes), FILES))
    [row] = listed(gateway, state=MessageState.QUARANTINED)

    assert (taken.outcome, row.event) == (TakeOutcome.QUARANTINED, reason)
    assert len(receipts(gateway)) == is_answered
    assert gateway.call(COUNT, CountDocuments()).total == 0


@pytest.mark.parametrize(
    ("files", "letter", "reason"),
    [
        ({"Письмо.pdf": b"1"}, {}, "file_missing"),
        ({}, {"files": ()}, "no_files"),
        (FILES, {"classification": "Для служебного пользования"}, "official_use"),
    ],
)
def test_a_doubtful_letter_is_not_accepted_and_may_be_released(
    gateway: LocalGateway, files: dict[str, bytes], letter: dict[str, Any], reason: str
) -> None:
    add_partner(gateway)
    content = packed(letter_message(gateway, **letter), files)
    taken = take(gateway, content)
    again = take(gateway, content)
    [row] = listed(gateway, state=MessageState.QUARANTINED)
    raw = gateway.call(RAW, ShowRawMessage(message=str(taken.id)))
    kept = fetched(gateway, raw.sha256)
    released = gateway.call(RELEASE, ReleaseMessage(message=str(taken.id)))

    assert (row.event, again.outcome) == (reason, TakeOutcome.ALREADY)
    assert row.reason
    assert kept == content
    assert released.state is MessageState.WAITING
    assert [state for state, _subject in receipts(gateway)] == ["prepared", "prepared"]
    assert listed(gateway, state=MessageState.QUARANTINED) == []


def test_what_cannot_be_read_is_kept_until_it_is_put_aside(gateway: LocalGateway) -> None:
    add_partner(gateway)
    taken = take(gateway, b"PK no archive at all")
    again = take(gateway, b"PK no archive at all")
    [row] = listed(gateway, state=MessageState.QUARANTINED)

    assert (taken.kind, row.kind, again.outcome) == (
        None,
        MessageKind.UNKNOWN,
        TakeOutcome.ALREADY,
    )
    assert "0001: it is no zip archive" in (taken.reason or "")
    with pytest.raises(CannotBeReleased):
        gateway.call(RELEASE, ReleaseMessage(message=str(taken.id)))
    with pytest.raises(ReasonNeeded):
        gateway.call(DROP, DropMessage(message=str(taken.id)))
    gateway.call(DROP, DropMessage(message=str(taken.id)), CallOptions(reason="мусор"))
    assert listed(gateway, state=MessageState.DROPPED)[0].reason == "мусор"


def test_another_message_under_the_same_identifier_is_looked_at(gateway: LocalGateway) -> None:
    add_partner(gateway)
    message = letter_message(gateway)
    first = take(gateway, packed(message, FILES))
    other = take(gateway, packed(message, {**FILES, "Письмо.pdf": b"%PDF-1.4 other"}))
    [row] = listed(gateway, state=MessageState.QUARANTINED)

    assert (other.outcome, row.event) == (TakeOutcome.QUARANTINED, "uid_repeated")
    assert other.id != first.id
    assert len(receipts(gateway)) == 1


def test_a_sender_is_bound_to_the_place_it_sends_from(gateway: LocalGateway) -> None:
    add_partner(gateway)
    content = packed(letter_message(gateway), FILES)
    elsewhere = take(gateway, content, source="/var/other/in")
    [row] = listed(gateway, state=MessageState.QUARANTINED)
    with pytest.raises(StillQuarantined, match="another place"):
        gateway.call(RETRY, RetryQuarantined(message=str(elsewhere.id)))
    gateway.call(SET, EditPartner(partner="PRAV", inbox="/var/other/in"))
    taken = gateway.call(RETRY, RetryQuarantined(message=str(elsewhere.id)))

    assert row.event == "other_mailbox"
    assert (taken.state, taken.partner) == (MessageState.WAITING, "PRAV")
    assert [one.state for one in listed(gateway, direction=Direction.IN)].count(
        MessageState.RELEASED
    ) == 1


def test_a_letter_of_nobody_known_is_taken_in_as_whose_the_clerk_says(
    gateway: LocalGateway,
) -> None:
    add_partner(gateway)
    nobody = Participant(str(uuid4()), "Никто")
    stranger = replace(letter_message(gateway), source=nobody)
    taken = take(gateway, packed(stranger, FILES))
    before = gateway.call(EVENTS, ListEvents()).rows
    with pytest.raises(StillQuarantined, match="no partner sends"):
        gateway.call(RELEASE, ReleaseMessage(message=str(taken.id)))
    assert gateway.call(EVENTS, ListEvents()).rows == before
    released = gateway.call(RELEASE, ReleaseMessage(message=str(taken.id), partner="PRAV"))

    assert (released.state, released.partner) == (MessageState.WAITING, "PRAV")
    assert listed(gateway, state=MessageState.QUARANTINED) == []


def test_nothing_is_taken_from_a_partner_who_is_closed(gateway: LocalGateway) -> None:
    add_partner(gateway)
    gateway.call(SET, EditPartner(partner="PRAV", state=PartnerState.CLOSED))
    taken = take(gateway, packed(letter_message(gateway), FILES))
    [row] = listed(gateway, state=MessageState.QUARANTINED)

    assert (taken.outcome, row.event) == (TakeOutcome.QUARANTINED, "closed_partner")
    assert receipts(gateway) == []


def test_a_notification_of_nothing_is_answered_and_kept(gateway: LocalGateway) -> None:
    add_partner(gateway)
    body = Notification(str(uuid4()), Event.REGISTERED, NOON)
    message = replace(letter_message(gateway), body=replace(body, number=None, text=""))
    refusal = replace(body, event=Event.REFUSED, reason=REASONS_22[0])
    taken = take(gateway, packed(replace(message, body=refusal)))

    assert taken.outcome is TakeOutcome.QUARANTINED
    assert [state for state, _subject in receipts(gateway)] == ["prepared"]
