"""From organization to organization of one database: the same states, nobody's card seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.domain.exchange_partner import Channel
from sed_tui.errors import NotFound
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.document import HISTORY, ShowDocument, ShowHistory
from sed_tui.operations.document import SHOW as CARD
from sed_tui.operations.employee import ADD as ADD_EMPLOYEE
from sed_tui.operations.employee import AddEmployee
from sed_tui.operations.exchange_inbox import REFUSE, REGISTER, RefuseMessage, RegisterMessage
from sed_tui.operations.exchange_journal import LIST, SHOW, ListMessages, MessageRow, ShowMessage
from sed_tui.operations.exchange_partner import ADD, SET, AddPartner, EditPartner
from sed_tui.operations.organization import ADD as ADD_ORGANIZATION
from sed_tui.operations.organization import AddOrganization
from sed_tui.storage.database import open_database
from sed_tui.storage.files import open_store
from sed_tui.storage.integrity import check_database
from tests.handlers.callers import acting
from tests.handlers.exchange_partners import letter_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered
    from tests.conftest import FixedClock

_ROLES = ("registrar", "administrator", "head")


@pytest.fixture
def office(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Iterator[LocalGateway]:
    """Return a gateway of the first organization, whatever others there are."""
    with acting(settings, clock, "admin", "01") as first:
        yield first


@pytest.fixture
def other(office: LocalGateway, settings: Settings, clock: FixedClock) -> Iterator[LocalGateway]:
    """Return a gateway of a registrar of another organization."""
    office.call(ADD_ORGANIZATION, AddOrganization(code="02", name="Управа", parent="01"))
    with acting(settings, clock, "admin", "02") as founder:
        founder.call(
            ADD_EMPLOYEE, AddEmployee(login="second", full_name="Вторая В.В.", roles=_ROLES)
        )
    office.call(ADD, AddPartner(code="02", channel=Channel.LOCAL, organization="02"))
    with acting(settings, clock, "second") as second:
        yield second


def sent(gateway: LocalGateway, **changes: Any) -> Registered:
    document = letter_to(gateway, "Управа", **changes)
    gateway.call(DISPATCH, DispatchDocument(document=document.number))
    return document


def incoming(gateway: LocalGateway) -> list[MessageRow]:
    request = ListMessages(direction=Direction.IN, kind=MessageKind.LETTER)
    return gateway.call(LIST, request).rows


def test_a_letter_is_there_with_the_dispatch_and_answers_come_back(
    office: LocalGateway, other: LocalGateway, settings: Settings
) -> None:
    document = sent(office)
    [delivered] = office.call(DISPATCHES, ListDispatches(document=document.number)).rows
    [waiting] = incoming(other)
    registered = other.call(REGISTER, RegisterMessage(message=waiting.short_id))
    [row] = office.call(DISPATCHES, ListDispatches(document=document.number)).rows
    card = other.call(CARD, ShowDocument(document=registered.number))

    assert (delivered.delivery, delivered.exchange_state) == ("СЭД", MessageState.DELIVERED)
    assert (waiting.state, waiting.partner_name) == (MessageState.WAITING, "Администрация")
    assert (row.exchange_state, row.their_number) == (MessageState.REGISTERED, registered.number)
    assert (card.correspondent, card.their_number) == ("Администрация", document.number)
    assert [file.name for file in card.files] == ["Ответ.pdf"]
    with pytest.raises(NotFound):
        other.call(CARD, ShowDocument(document=str(document.id)))
    engine = open_database(settings.database)
    with engine.connect() as db:
        checks = {check.id: check.faults for check in check_database(db, open_store(settings))}
    engine.dispose()
    assert not any(checks.values()), checks


def test_a_refusal_comes_back_with_its_reason(office: LocalGateway, other: LocalGateway) -> None:
    document = sent(office)
    [waiting] = incoming(other)
    refusal = RefuseMessage(
        message=waiting.short_id, refusal="Ошибка адресации", comment="Это к управе 2"
    )
    other.call(REFUSE, refusal)
    [row] = office.call(DISPATCHES, ListDispatches(document=document.number)).rows

    told = "Ошибка адресации: Это к управе 2"
    assert (row.exchange_state, row.trouble) == (MessageState.REFUSED, told)


def test_an_answer_becomes_a_linked_reply(office: LocalGateway, other: LocalGateway) -> None:
    document = sent(office)
    [waiting] = incoming(other)
    theirs = other.call(REGISTER, RegisterMessage(message=waiting.short_id))
    answer = letter_to(other, "Администрация", in_reply_to=theirs.number)
    other.call(DISPATCH, DispatchDocument(document=answer.number))
    [came] = incoming(office)
    shown = office.call(SHOW, ShowMessage(message=came.short_id))
    reply = office.call(REGISTER, RegisterMessage(message=came.short_id))
    card = office.call(CARD, ShowDocument(document=reply.number))

    assert shown.may_answer == [document.number]
    assert [link.number for link in card.links] == [document.number]


def test_both_see_the_history_and_none_a_message_of_the_other(
    office: LocalGateway, other: LocalGateway
) -> None:
    sent(office)
    [mine] = office.call(LIST, ListMessages(kind=MessageKind.LETTER)).rows
    [theirs] = incoming(other)
    history = office.call(SHOW, ShowMessage(message=str(mine.id))).history

    assert [(line.event, line.state.value) for line in reversed(history)] == [
        ("prepared", "prepared"),
        ("sent", "sent"),
        ("learned", "delivered"),
    ]
    with pytest.raises(NotFound):
        other.call(SHOW, ShowMessage(message=str(mine.id)))
    with pytest.raises(NotFound):
        office.call(SHOW, ShowMessage(message=str(theirs.id)))


def test_the_card_of_the_receiver_tells_the_arrival_the_notice_and_the_reply(
    office: LocalGateway, other: LocalGateway
) -> None:
    sent(office)
    [waiting] = incoming(other)
    theirs = other.call(REGISTER, RegisterMessage(message=waiting.short_id))
    answer = letter_to(other, "Администрация", in_reply_to=theirs.number)
    other.call(DISPATCH, DispatchDocument(document=answer.number))
    rows = other.call(HISTORY, ShowHistory(document=theirs.number)).rows
    told = [row.changes for row in rows if row.event == "exchange"]
    lines = [(one["kind"][1], one["event"][1]) for one in told]

    arrival = next(one for one in told if one["event"][1] == "taken")
    assert (arrival["partner"][1], arrival["channel"][1]) == ("Администрация", Channel.LOCAL)
    assert ("notification", "sent") in lines
    assert next(one for one in told if one["kind"][1] == "letter")["number"][1] == answer.number
    assert {"register", "add_file"} <= {row.event for row in rows}
    answered = other.call(HISTORY, ShowHistory(document=answer.number)).rows
    assert "taken" not in {row.changes.get("event", [None, None])[1] for row in answered}


def test_the_card_tells_how_the_receiver_judged_and_how_the_reply_went_by_post(
    office: LocalGateway, other: LocalGateway
) -> None:
    document = sent(office)
    [waiting] = incoming(other)
    theirs = other.call(REGISTER, RegisterMessage(message=waiting.short_id))
    answer = letter_to(other, "Администрация", in_reply_to=theirs.number)
    by_post = DispatchDocument(document=answer.number, delivery="почта", postal_number="6250001")
    other.call(DISPATCH, by_post)
    [ours] = office.call(CARD, ShowDocument(document=document.number)).dispatches
    [reply] = other.call(CARD, ShowDocument(document=theirs.number)).dispatches
    history = other.call(HISTORY, ShowHistory(document=theirs.number)).rows
    [went] = [row for row in history if "reply" in row.changes]
    told = {name: after for name, (_before, after) in went.changes.items()}

    assert (ours.exchange_state, ours.their_number) == (MessageState.REGISTERED, theirs.number)
    assert (reply.reply, reply.delivery, reply.exchange_state) == (answer.number, "почта", None)
    assert other.call(DISPATCHES, ListDispatches(document=theirs.number)).rows == []
    assert (went.event, told["reply"]) == ("dispatch", answer.number)
    assert (told["delivery"], told["postal_number"]) == ("почта", "6250001")


def test_a_subscribed_sender_learns_who_executes_and_that_the_answer_has_gone(
    office: LocalGateway, other: LocalGateway
) -> None:
    document = sent(office)
    [waiting] = incoming(other)
    other.call(SET, EditPartner(partner="01", is_subscribed=True))
    theirs = other.call(REGISTER, RegisterMessage(message=waiting.short_id))
    request = IssueAssignment(
        document=theirs.number, text="Исполнить", executor="second", due="2026-12-01"
    )
    other.call(ISSUE, request)
    [assigned] = office.call(DISPATCHES, ListDispatches(document=document.number)).rows
    answer = letter_to(other, "Администрация", in_reply_to=theirs.number)
    other.call(DISPATCH, DispatchDocument(document=answer.number))
    [reported] = office.call(DISPATCHES, ListDispatches(document=document.number)).rows

    assert assigned.exchange_state is MessageState.EXECUTOR_ASSIGNED
    assert reported.exchange_state is MessageState.REPORT_SENT
    assert reported.their_number == theirs.number
