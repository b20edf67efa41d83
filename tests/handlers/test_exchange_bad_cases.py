"""Bad cases of the exchange that no other test holds: clocks and dates that are not true."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.errors import NotFound
from sed_tui.errors.registration import DateInFuture, DatesOutOfOrder
from sed_tui.exchange.iedms_names import CONTAINER_NAMESPACES, NAMESPACE
from sed_tui.exchange.message import Event, Notification, Number, Participant
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.document import EDIT, EditDocument, ShowDocument
from sed_tui.operations.document import SHOW as CARD
from sed_tui.operations.exchange_inbox import REGISTER, RegisterMessage
from sed_tui.operations.exchange_journal import (
    EVENTS,
    FILE,
    LIST,
    SHOW,
    GetMessageFile,
    ListEvents,
    ListMessages,
    ShowMessage,
)
from sed_tui.operations.exchange_partner import SET, EditPartner
from sed_tui.operations.exchange_quarantine import RETRY, RetryQuarantined
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.reregistration import REREGISTER, ReregisterDocument
from tests.exchange.samples import LETTER_UID, MESSAGE_UID, NOON, THEM
from tests.handlers.exchange_partners import (
    FILES,
    add_partner,
    letter_message,
    letter_to,
    packed,
    take,
)
from tests.handlers.hired_people import gateway_of, hire

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
NEAR = Participant("3d1f8a52-2222-4333-8444-955566667777", "Сосед")
FAR = datetime(2099, 1, 1, tzinfo=UTC)


def test_a_letter_dated_in_the_future_waits_for_a_true_date(gateway: LocalGateway) -> None:
    add_partner(gateway)
    letter = letter_message(gateway, number=Number("77-5", FAR.date()))
    taken = take(gateway, packed(replace(letter, created=FAR), FILES))
    seen = gateway.call(SHOW, ShowMessage(message=str(taken.id))).remarks
    with pytest.raises(DateInFuture, match=r"01\.01\.2099"):
        gateway.call(REGISTER, RegisterMessage(message=str(taken.id)))
    waiting = gateway.call(SHOW, ShowMessage(message=str(taken.id))).state
    mended = RegisterMessage(message=str(taken.id), their_date=date(2026, 11, 20))
    registered = gateway.call(REGISTER, mended)
    card = gateway.call(CARD, ShowDocument(document=registered.number))

    assert waiting is MessageState.WAITING
    ahead = [one for one in seen if "lies in the future" in one]
    assert [one.rpartition(": ")[2] for one in ahead] == ["01.01.2099]", "01.01.2099]"]
    assert {"created" in one for one in ahead} == {True, False}
    assert set(ahead) <= set(taken.warnings)
    assert (card.their_number, card.their_date) == ("77-5", date(2026, 11, 20))


def test_a_date_is_judged_where_its_sender_is(gateway: LocalGateway, clock: FixedClock) -> None:
    add_partner(gateway, zone="Asia/Vladivostok")
    add_partner(
        gateway, code="NEAR", name="Сосед", uids=(NEAR.uid,), zone="Asia/Yekaterinburg", inbox="/n"
    )
    # the evening of the 23rd here; in Vladivostok the 24th has begun
    clock.moment = datetime(2026, 11, 23, 15, tzinfo=UTC)
    tomorrow, later = date(2026, 11, 24), date(2026, 11, 25)
    letter = letter_message(gateway, number=Number("77-5", tomorrow))
    taken = take(gateway, packed(letter, FILES))
    early = letter_message(gateway, number=Number("77-6", later))
    other = replace(letter_message(gateway, number=Number("9", tomorrow)), source=NEAR)
    beyond = take(gateway, packed(early, FILES), name="0002")
    near = take(gateway, packed(other, FILES), name="0003", source="/n")
    registered = gateway.call(REGISTER, RegisterMessage(message=str(taken.id)))
    for wrong in (beyond, near):
        with pytest.raises(DateInFuture):
            gateway.call(REGISTER, RegisterMessage(message=str(wrong.id)))
    # its card is edited and numbered anew like any other, though it was received “before”
    gateway.call(EDIT, EditDocument(document=registered.number, changes={"note": "срочно"}))
    anew = ReregisterDocument(document=registered.number, number="01-23/145")
    again = gateway.call(REREGISTER, anew, CallOptions(reason="ошибка в номере"))
    card = gateway.call(CARD, ShowDocument(document=again.number))

    assert [len(one.warnings) for one in (taken, beyond, near)] == [0, 1, 1]
    assert (card.their_date, card.received_on) == (tomorrow, date(2026, 11, 23))
    back = {"received_on": "2026-11-22"}
    with pytest.raises(DatesOutOfOrder):
        gateway.call(EDIT, EditDocument(document=again.number, changes=back))


def test_a_partners_clock_moves_a_letter_and_none_of_our_times(gateway: LocalGateway) -> None:
    add_partner(gateway)
    letter = letter_to(gateway)
    gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    number = Number("77-вх", NOON.date())
    told = Notification(str(letter.id), Event.REGISTERED, FAR, number=number)
    answer = replace(letter_message(gateway), body=told, created=FAR)
    done = take(gateway, packed(answer))
    request = ListMessages(direction=Direction.OUT, kind=MessageKind.LETTER)
    [sent] = gateway.call(LIST, request).rows
    [row] = gateway.call(DISPATCHES, ListDispatches(document=letter.number)).rows
    journal = gateway.call(EVENTS, ListEvents(partner="PRAV")).rows

    assert (done.state, sent.state) == (MessageState.APPLIED, MessageState.REGISTERED)
    assert row.their_number == "77-вх"
    assert max(line.at for line in journal).year == NOON.year


def _broken(inner: bytes | None, sender: str = THEM.uid) -> bytes:
    """Return a package of edition 2.7 around the archive of a letter, left out where None."""
    outer = (
        f'<x:communication xmlns:x="{NAMESPACE}" x:version="2.7">'
        f'<x:header x:type="Транспортный контейнер" x:uid="{MESSAGE_UID}">'
        f'<x:source x:uid="{sender}"><x:organization>П</x:organization></x:source></x:header>'
        "<x:container><x:body>document.edc.zip</x:body></x:container></x:communication>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("document.xml", outer.encode())
        if inner is not None:
            package.writestr("document.edc.zip", inner)
    return target.getvalue()


def _zip(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return target.getvalue()


_PASSPORT = f"""<c:container xmlns:c="{CONTAINER_NAMESPACES[0]}" c:uid="{LETTER_UID}">
<c:requisites><c:annotation>О мосте</c:annotation></c:requisites>
<c:authors><c:author/></c:authors><c:document c:localName="document.pdf"/></c:container>""".encode()


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (_zip(passport_xml=_PASSPORT), "document.pdf"),
        (_zip(document_pdf=FILES["Письмо.pdf"]), "passport.xml"),
        (b"no archive", "zip"),
        (None, "document.edc.zip"),
    ],
    ids=["no document", "no passport", "no zip", "no archive"],
)
def test_the_sender_of_a_broken_container_is_told(
    gateway: LocalGateway, inner: bytes | None, said: str
) -> None:
    add_partner(gateway)
    package = _broken(inner)
    kept, again = take(gateway, package), take(gateway, package)
    [receipt] = gateway.call(LIST, ListMessages(direction=Direction.OUT)).rows
    told = gateway.call(SHOW, ShowMessage(message=str(receipt.id)))

    assert (kept.state, kept.partner) == (MessageState.QUARANTINED, "PRAV")
    assert (kept.message_uid, again.id) == (MESSAGE_UID, kept.id)
    assert receipt.kind is MessageKind.RECEIPT
    assert said in told.subject
    assert "не читается" in told.subject or "прочитать" in told.subject


def test_whoever_is_not_bound_to_the_mailbox_hears_nothing(gateway: LocalGateway) -> None:
    add_partner(gateway)
    elsewhere = take(gateway, _broken(b"no archive"), source="/var/medo/other")
    stranger = take(gateway, _broken(b"no archive", sender=LETTER_UID))

    assert (elsewhere.partner, stranger.partner) == (None, None)
    assert gateway.call(LIST, ListMessages(direction=Direction.OUT)).rows == []


@pytest.mark.parametrize("field", ["classification", "special_mark"])
def test_a_mark_of_official_use_counts_wherever_it_stands(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, field: str
) -> None:
    partner = add_partner(gateway)
    marked = letter_message(gateway, **{field: "Для служебного пользования"})
    kept = take(gateway, packed(marked, FILES))
    gateway.call(SET, EditPartner(partner=partner.code, takes_official=True))
    taken = gateway.call(RETRY, RetryQuarantined(message=str(kept.id)))
    shown = gateway.call(SHOW, ShowMessage(message=str(taken.id)))
    hire(settings, "reader", Role.REGISTRAR)
    hire(settings, "cleared", Role.REGISTRAR, clearance=True)
    request = GetMessageFile(message=str(taken.id), name="Приложение.pdf")
    with closing(gateway_of(settings, "reader", clock)) as reader:
        seen = reader.call(SHOW, ShowMessage(message=str(taken.id)))
        with pytest.raises(NotFound):
            reader.call(FILE, request)
    with closing(gateway_of(settings, "cleared", clock)) as cleared:
        file = cleared.call(FILE, request)
        with cleared.fetch(file.sha256) as content:
            assert content.read() == FILES["Приложение.pdf"]

    assert (seen.is_official, seen.enclosures) == (True, [])
    assert (kept.state, taken.state) == (MessageState.QUARANTINED, MessageState.WAITING)
    assert shown.is_official
