"""What goes out by the exchange: queued with the dispatch, sent by one driver, never lost."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from sed_tui.domain.exchange_flow import Direction, MessageState
from sed_tui.errors.drafts import AlreadySent
from sed_tui.errors.exchange_messages import MessageDecided
from sed_tui.errors.exchange_partners import LetterInOutbox, NotFormedAgain
from sed_tui.exchange.iedms_reading import read_message
from sed_tui.exchange.message import Acknowledgment, Event, Letter, Message, Notification, Number
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.reason_codes import KIND_NOT_TAKEN, said
from sed_tui.gateway.exchange_round import send, tell_unformed
from sed_tui.handlers.exchange_record import MESSAGE
from sed_tui.operations import exchange_inbox, exchange_outbox, exchange_partner
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, DispatchRow, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.document import SHOW as CARD
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.exchange_journal import LIST, METRICS, AskMetrics, ListMessages
from sed_tui.operations.exchange_publication import PUBLISH, PublishMessage
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import open_database
from tests.exchange.samples import NOON, THEM
from tests.handlers.exchange_partners import FILES, add_partner, letter_message, packed, take
from tests.handlers.outbox import dispatched, letters

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.exchange_outbox import Parcel
    from sed_tui.operations.registration import Registered
    from tests.conftest import FixedClock


def change_edition(gateway: LocalGateway, version: str, encoding: str) -> None:
    told = {"partner": "PRAV", "format_version": version, "encoding": encoding}
    gateway.call(exchange_partner.SET, exchange_partner.EditPartner.model_validate(told))


def claimed(gateway: LocalGateway) -> list[Parcel]:
    return gateway.call(exchange_outbox.CLAIM, exchange_outbox.ClaimMessages(partner="PRAV")).rows


def gone(parcel: Parcel) -> exchange_outbox.MessagesSent:
    sent = exchange_outbox.SentMessage(message=parcel.id, claimed_at=parcel.claimed_at)
    return exchange_outbox.MessagesSent(messages=(sent,))


def send_all(gateway: LocalGateway) -> list[Parcel]:
    parcels = claimed(gateway)
    for one in parcels:
        gateway.call(exchange_outbox.SENT, gone(one))
    return parcels


def dispatch_row(gateway: LocalGateway, document: Registered) -> DispatchRow:
    [row] = gateway.call(DISPATCHES, ListDispatches(document=str(document.id))).rows
    return row


def told(gateway: LocalGateway, body: Any) -> Any:
    message = replace(letter_message(gateway), body=body)
    return take(gateway, packed(message))


def registered(document: UUID, number: str = "77-вх") -> Notification:
    return Notification(
        str(document), Event.REGISTERED, NOON, number=Number(number, date(2026, 11, 23))
    )


def refused(document: UUID) -> Notification:
    return Notification(str(document), Event.REFUSED, NOON, reason="Нет подписи")


def receipt(parcel: Parcel, *, accepted: bool = True) -> Acknowledgment:
    return Acknowledgment(parcel.message_uid, NOON, accepted, "" if accepted else "не читается")


def test_a_dispatch_puts_a_message_into_the_outbox_that_one_driver_gets(
    gateway: LocalGateway,
) -> None:
    add_partner(gateway)
    document = dispatched(gateway)
    due = gateway.call(exchange_outbox.DUE, exchange_outbox.AskDue()).rows
    [parcel] = claimed(gateway)
    nothing = claimed(gateway)
    message = read_message(base64.b64decode(parcel.message), Profile(), "document.xml").message
    row = dispatch_row(gateway, document)

    assert [(one.partner, one.waiting) for one in due] == [("PRAV", 1)]
    assert nothing == []
    assert isinstance(message, Message)
    assert isinstance(message.body, Letter)
    assert (message.body.number, message.uid) == (
        Number(document.number, document.registered_on),
        parcel.message_uid,
    )
    assert [file.name for file in parcel.files] == ["Ответ.pdf"]
    assert (row.delivery, row.exchange_state) == ("МЭДО", MessageState.PREPARED)


def test_receipts_and_notifications_move_the_letter_in_any_order(gateway: LocalGateway) -> None:
    add_partner(gateway)
    document = dispatched(gateway)
    [parcel] = send_all(gateway)
    sent = dispatch_row(gateway, document).exchange_state
    course = Notification(str(document.id), Event.COURSE_CHANGED, NOON, text="в работе")
    told(gateway, course)
    told(gateway, registered(document.id))
    told(gateway, receipt(parcel))
    row = dispatch_row(gateway, document)

    assert sent is MessageState.SENT
    assert row.exchange_state is MessageState.IN_EXECUTION
    assert (row.their_number, row.their_date) == ("77-вх", date(2026, 11, 23))


def test_a_repeated_notification_changes_nothing_and_a_contradiction_waits_for_a_clerk(
    gateway: LocalGateway,
) -> None:
    add_partner(gateway)
    document = dispatched(gateway)
    send_all(gateway)
    states = [
        told(gateway, body).state
        for body in (
            registered(document.id),
            registered(document.id),
            refused(document.id),
        )
    ]

    assert states == [MessageState.APPLIED, MessageState.REPEATED, MessageState.QUARANTINED]
    assert dispatch_row(gateway, document).exchange_state is MessageState.REGISTERED


def test_what_was_not_accepted_is_sent_again_as_another_message(gateway: LocalGateway) -> None:
    add_partner(gateway)
    document = dispatched(gateway)
    [parcel] = send_all(gateway)
    told(gateway, receipt(parcel, accepted=False))
    row = dispatch_row(gateway, document)
    again = gateway.call(
        exchange_outbox.RESEND, exchange_outbox.ResendMessage(message=str(parcel.id))
    )
    [second] = send_all(gateway)
    after = dispatch_row(gateway, document)

    assert (row.exchange_state, row.trouble) == (MessageState.NOT_ACCEPTED, "не читается")
    assert again.id == second.id
    assert second.message_uid != parcel.message_uid
    assert after.exchange_state is MessageState.SENT
    with pytest.raises(MessageDecided):
        gateway.call(exchange_outbox.RESEND, exchange_outbox.ResendMessage(message=str(second.id)))


def test_silence_is_undelivered_after_three_days_and_may_still_change(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    add_partner(gateway)
    document = dispatched(gateway)
    [parcel] = send_all(gateway)
    clock.moment += timedelta(hours=71)
    early = gateway.call(exchange_outbox.EXPIRE, exchange_outbox.ExpireMessages()).undelivered
    clock.moment += timedelta(hours=2)
    late = gateway.call(exchange_outbox.EXPIRE, exchange_outbox.ExpireMessages()).undelivered
    undelivered = dispatch_row(gateway, document).exchange_state
    told(gateway, receipt(parcel))

    assert (early, late, undelivered) == (0, 1, MessageState.UNDELIVERED)
    assert dispatch_row(gateway, document).exchange_state is MessageState.DELIVERED


def test_a_claim_lapses_and_the_answer_may_come_before_we_say_that_it_was_sent(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    add_partner(gateway)
    document = dispatched(gateway)
    [dead] = claimed(gateway)
    told(gateway, receipt(dead))
    clock.moment += timedelta(minutes=16)

    assert claimed(gateway) == []
    assert dispatch_row(gateway, document).exchange_state is MessageState.DELIVERED
    [late] = gateway.call(exchange_outbox.SENT, gone(dead)).rows
    assert late.state is MessageState.DELIVERED

    dispatched(gateway)
    [first] = claimed(gateway)
    clock.moment += timedelta(minutes=16)
    [second] = claimed(gateway)
    assert first.id == second.id
    assert (first.message, first.message_uid) == (second.message, second.message_uid)


def test_failures_are_tried_again_longer_each_time_and_given_up_after_a_week(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    add_partner(gateway)
    dispatched(gateway)

    def fail(parcel: Parcel, **more: Any) -> Any:
        request = exchange_outbox.MessageFailed(
            message=parcel.id, claimed_at=parcel.claimed_at, reason="нет ответа", **more
        )
        return gateway.call(exchange_outbox.FAILED, request)

    [parcel] = claimed(gateway)
    pauses = [fail(parcel, is_partner_down=True).next_attempt_at - clock.moment]
    due = gateway.call(exchange_outbox.DUE, exchange_outbox.AskDue()).rows
    for _attempt in range(2):
        clock.moment += timedelta(hours=4, minutes=1)
        [parcel] = claimed(gateway)
        pauses.append(fail(parcel, is_partner_down=True).next_attempt_at - clock.moment)
    clock.moment += timedelta(days=8)
    [parcel] = claimed(gateway)
    over = fail(parcel)
    metrics = gateway.call(METRICS, AskMetrics())
    retried = gateway.call(
        exchange_outbox.RETRY, exchange_outbox.RetryMessage(message=str(parcel.id))
    )

    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4)]
    assert due == []
    assert (over.state, retried.state) == (MessageState.GIVEN_UP, MessageState.PREPARED)
    assert [(row.partner, row.given_up) for row in metrics.rows] == [("PRAV", 1)]
    assert claimed(gateway)[0].id == parcel.id


def test_a_letter_that_waits_or_has_failed_is_not_dispatched_once_more(
    gateway: LocalGateway,
) -> None:
    add_partner(gateway)
    document = dispatched(gateway)
    with pytest.raises(LetterInOutbox) as waiting:
        gateway.call(DISPATCH, DispatchDocument(document=document.number))
    [parcel] = send_all(gateway)
    told(gateway, receipt(parcel, accepted=False))
    with pytest.raises(LetterInOutbox) as failed:
        gateway.call(DISPATCH, DispatchDocument(document=document.number))
    [message] = letters(gateway)

    assert f"exchange retry {message.short_id}" in waiting.value.advice
    assert f"exchange resend {message.short_id}" in failed.value.advice
    assert dispatch_row(gateway, document).exchange_state is MessageState.NOT_ACCEPTED
    [refused] = gateway.call(CARD, ShowDocument(document=document.number)).dispatches
    assert refused == dispatch_row(gateway, document)
    gateway.call(exchange_outbox.RESEND, exchange_outbox.ResendMessage(message=message.short_id))
    send_all(gateway)
    # what has gone and is not answered yet may be sent anew on purpose alone
    with pytest.raises(AlreadySent) as gone:
        gateway.call(DISPATCH, DispatchDocument(document=document.number))
    assert (gone.value.field, len(letters(gateway))) == ("again", 2)
    assert str(gone.value).endswith(f"on 23.11.2026: {THEM.organization}.")
    assert f"document dispatch {document.number} --again" in gone.value.advice
    gateway.call(DISPATCH, DispatchDocument(document=document.number, again=True))
    assert len(letters(gateway)) == 3


def test_what_could_not_be_formed_is_told_by_a_round_and_counted_from_then_on(
    gateway: LocalGateway, settings: Settings
) -> None:
    add_partner(gateway)
    dispatched(gateway)
    engine = open_database(settings.database)
    with engine.begin() as db:  # as an earlier edition left it
        why = said(KIND_NOT_TAKEN, name="l.txt", kinds="pdf")
        db.execute(update(MESSAGE).values(state="formation_failed", last_error=why, raw=None))
    engine.dispose()
    killed = send(gateway, [], CallOptions())  # before it has said anything
    first = send(gateway, [], CallOptions())
    tell_unformed(gateway, first, CallOptions())
    second = send(gateway, [], CallOptions())
    [figures] = gateway.call(METRICS, AskMetrics()).rows

    assert (killed.unformed, first.unformed) == (1, 1)
    assert first.troubles == [
        (THEM.organization, "l.txt: the partner takes files of these kinds alone: pdf")
    ]
    assert (second.unformed, second.troubles) == (0, [])
    assert figures.unformed == 1


def test_what_could_not_be_formed_is_formed_once_the_partner_is_mended(
    gateway: LocalGateway, settings: Settings
) -> None:
    add_partner(gateway, format_version="2.6", encoding="utf-8", is_subscribed=True)
    letter = take(gateway, packed(letter_message(gateway), FILES)).id
    register = exchange_inbox.RegisterMessage(message=str(letter))
    gateway.call(exchange_inbox.REGISTER, register)
    publish = PublishMessage(
        message=str(letter), number="12", published_on=date(2026, 11, 23), point="pravo.gov.ru"
    )
    gateway.call(PUBLISH, publish)
    send_all(gateway)
    engine = open_database(settings.database)
    with engine.begin() as db:  # as an earlier edition left it
        notice = update(MESSAGE).where(MESSAGE.c.event == Event.PUBLISHED.value)
        db.execute(notice.values(state="formation_failed", last_error="2.2", raw=None))
    engine.dispose()
    change_edition(gateway, "2.2", "windows-1251")
    rows = gateway.call(LIST, ListMessages(direction=Direction.OUT)).rows
    [unformed] = [one for one in rows if one.state is MessageState.FORMATION_FAILED]
    retry = exchange_outbox.RetryMessage(message=unformed.short_id)

    with pytest.raises(NotFormedAgain, match=r"2\.2") as refusal:
        gateway.call(exchange_outbox.RETRY, retry)
    assert "exchange partner set PRAV" in refusal.value.advice
    assert claimed(gateway) == []

    change_edition(gateway, "2.6", "utf-8")
    settled = gateway.call(exchange_outbox.RETRY, retry)
    [parcel] = claimed(gateway)
    message = read_message(base64.b64decode(parcel.message), Profile(), "document.xml").message

    assert settled.state is MessageState.PREPARED
    assert isinstance(message.body, Notification)
    assert (message.body.event, message.body.point) == (Event.PUBLISHED, "pravo.gov.ru")
    assert message.uid == parcel.message_uid
