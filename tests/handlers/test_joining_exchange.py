"""The test exchange of a newcomer: a real letter, its receipt, its notice (issue 7, item 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.exchange_partner import Channel, PartnerState
from sed_tui.domain.joining import JoiningState, JoiningStep, SuccessionForm
from sed_tui.domain.joining_papers import Paper
from sed_tui.errors.joining import ChannelThere, ExchangeNotProven, NotReady, OperatorOnly
from sed_tui.operations import joining_papers, organization
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument
from sed_tui.operations.exchange_inbox import REGISTER, RegisterMessage
from sed_tui.operations.exchange_journal import LIST, ListMessages
from sed_tui.operations.exchange_partner import ADD, SHOW, AddPartner, ShowPartner
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.joining_evidence import REORGANIZE, ReorganizeOrganizations
from tests.handlers.callers import acting
from tests.handlers.exchange_partners import letter_to
from tests.handlers.joining_way import Way
from tests.handlers.tables import load

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

T = JoiningStep


def test_a_test_exchange_is_a_letter_that_came_back_registered(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    way = Way(gateway, settings, clock)
    way.start_at(JoiningState.TEST_EXCHANGE)
    with pytest.raises(ExchangeNotProven, match="no letter"):
        way.protocol(T.TRY)
    partner = AddPartner(code="02", channel=Channel.LOCAL, organization="02")
    gateway.call(ADD, partner)
    with pytest.raises(ChannelThere):
        way.protocol(T.TRY, by_hand="Некогда")
    document = letter_to(gateway, "Областная больница № 1")
    gateway.call(DISPATCH, DispatchDocument(document=document.number))
    with pytest.raises(ExchangeNotProven, match="is not registered"):
        way.protocol(T.TRY)
    with pytest.raises(NotReady, match="test message"):
        way.step()
    with acting(settings, clock, "kim") as kim:
        (waiting,) = kim.call(LIST, ListMessages(direction="in", kind="letter")).rows
        registered = kim.call(REGISTER, RegisterMessage(message=waiting.short_id))
    with pytest.raises(ExchangeNotProven):
        way.protocol(T.TRY, message="0" * 32)
    way.protocol(T.TRY)

    (proven,) = (one for one in way.show().protocols if one.joining_step is T.TRY)
    assert (proven.channel, proven.their_number) == (Channel.LOCAL, registered.number)
    assert len({proven.message_uid, proven.receipt_uid, proven.registration_uid} - {None}) == 3
    assert way.step().joining is JoiningState.ACT
    asked = joining_papers.ShowPaper(application="02", paper=Paper.ACT)
    assert str(proven.message_uid) in gateway.call(joining_papers.PAPER, asked).body


def test_who_has_no_channel_is_vouched_for_by_the_operator_with_a_reason(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    way = Way(gateway, settings, clock)
    way.start_at(JoiningState.TEST_EXCHANGE)
    with acting(settings, clock, "kim") as kim, pytest.raises(OperatorOnly):
        Way(kim, settings, clock).protocol(T.TRY, by_hand="Нам и так хорошо")
    way.protocol(T.TRY, by_hand="Канал ведомства откроют в декабре")

    (kept,) = (one for one in way.show().protocols if one.joining_step is T.TRY)
    assert kept.by_hand == "Канал ведомства откроют в декабре"
    assert way.step().joining is JoiningState.ACT


@pytest.mark.usefixtures("gateway")
def test_two_go_over_into_a_third_in_the_middle_of_exchange(
    settings: Settings, clock: FixedClock
) -> None:
    with acting(settings, clock, "admin", "01") as operator:
        for code, name in (("04", "Школа"), ("05", "Объединение")):
            operator.call(organization.ADD, organization.AddOrganization(code=code, name=name))
        way = Way(operator, settings, clock)
        way.begin()
        way.to(JoiningState.CONNECTED)
        school = {"code": "04", "name": "Школа", "ogrn": "1027200000002"}
        load(operator, school, noun=Noun.ORGANIZATIONS)
        operator.call(ADD, AddPartner(code="02", channel=Channel.LOCAL, organization="02"))
        document = letter_to(operator, "Областная больница № 1")
        operator.call(DISPATCH, DispatchDocument(document=document.number))
        with pytest.raises(NotReady, match="letters that came in are registered"):
            operator.call(REORGANIZE, going_over())
        assert way.show().joining is JoiningState.CONNECTED
        moved = operator.call(REORGANIZE, going_over(leaving=True)).rows
        states = {one.application: one.joining for one in moved}
        assert states == dict.fromkeys(("02", "04"), JoiningState.REORGANIZED)
        partner = operator.call(SHOW, ShowPartner(partner="02"))
        assert partner.state is PartnerState.CLOSED


def going_over(*, leaving: bool = False) -> ReorganizeOrganizations:
    return ReorganizeOrganizations(
        applications=("02", "04"),
        successors=("05",),
        form=SuccessionForm.MERGER,
        remark="Распоряжение № 7",
        leaving=leaving,
    )
