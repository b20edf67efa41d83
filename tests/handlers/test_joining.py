"""Organizations join: the whole way, what stands in it, and who sees what (stories ORG-1 … 6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.domain.joining import JoiningState, JoiningStep, RegisterState, Side
from sed_tui.domain.joining_papers import Paper
from sed_tui.errors.joining import (
    AlreadyJoined,
    ApplicationOpen,
    ConnectionBeforeAgreement,
    ConnectionInFuture,
    EmailUsedElsewhere,
    FieldNotEditable,
    NoAccountsYet,
    NoConsent,
    NoOperator,
    NotListed,
    NotReady,
    OlderEdition,
    OperatorNamedAlready,
    OperatorOnly,
    PaperNotNow,
    PaperSigned,
    RemarkWanted,
    SignerWithoutPower,
    SigningDayWrong,
    StepNotNow,
    UnknownApplication,
    UnknownPlaceholder,
)
from sed_tui.errors.people import LastAdministrator
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.operations import (
    employee,
    employee_access,
    joining,
    joining_list,
    joining_papers,
    joining_people,
    joining_upkeep,
    organization,
)
from sed_tui.operations.registration import REGISTER
from tests.handlers.callers import NOT_HIM, acting
from tests.handlers.joining_way import Way
from tests.handlers.letters import letter

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

S, T = JoiningState, JoiningStep


def test_an_organization_joins_from_the_application_to_the_act(
    way: Way, settings: Settings, clock: FixedClock
) -> None:
    card = way.to(S.CONNECTED)

    assert card.connected_on == date(2026, 11, 23)
    assert [one.joining_step for one in card.events] == [
        *("apply", "submit", "take", "admit", "accede", "agree", "open", "equip", "load", "try"),
        "connect",
    ]
    assert {one.paper for one in card.papers if one.side is Side.APPLICANT} == set(Paper)
    with acting(settings, clock, "kim") as kim:
        assert way.show(kim).is_operator is False
        kim.call(REGISTER, letter())


def test_each_state_has_its_term_and_delays_are_counted(way: Way, clock: FixedClock) -> None:
    terms = joining_upkeep.SetJoiningTerm(joining=S.SUBMITTED, days=2, source="Регламент, п. 7")
    way.operator.call(joining_upkeep.SET_TERM, terms)
    way.to(S.SUBMITTED)
    assert way.show().due == date(2026, 11, 25)
    assert any("п. 7" in line for line in way.show().explanation)

    clock.moment += timedelta(days=7)
    asked = joining_list.ListApplications(late=True, waits_for=Side.OPERATOR)
    (row,) = way.operator.call(joining_list.LIST, asked).rows
    assert (row.application, row.delay_days) == ("02", 3)
    shown = way.operator.call(joining_upkeep.TERMS, joining_upkeep.ShowJoiningTerms()).rows
    assert next(one.days for one in shown if one.joining is S.SUBMITTED) == 2


def test_the_operator_returns_with_remarks_and_the_applicant_mends(way: Way) -> None:
    way.start_at(S.REVIEW)
    with pytest.raises(RemarkWanted):
        way.step(T.RETURN)
    with pytest.raises(FieldNotEditable):
        edit(way, phone="1")
    card = way.step(T.RETURN, remark="Нет телефона приёмной")

    assert (card.joining, card.remark) == (S.RETURNED, "Нет телефона приёмной")
    assert edit(way, phone="+7 3452 11-11-11").phone == "+7 3452 11-11-11"
    card = way.step(T.SUBMIT)
    assert (card.joining, card.remark) == (S.SUBMITTED, "Нет телефона приёмной")
    way.step(T.TAKE)
    way.check_register(RegisterState.ACTIVE)
    assert way.step(T.ADMIT).remark is None


def test_a_liquidated_organization_is_not_admitted(way: Way) -> None:
    way.start_at(S.REVIEW)
    with pytest.raises(NotReady, match="state register"):
        way.step(T.ADMIT)
    way.check_register(RegisterState.LIQUIDATED)
    with pytest.raises(NotReady, match="liquidated"):
        way.step(T.ADMIT)
    assert way.step(T.REFUSE, remark="Ликвидирована").joining is S.REFUSED
    assert way.apply("03").application == "03"  # another application after the refused one


def test_a_second_application_and_a_double_are_refused(way: Way) -> None:
    with pytest.raises(ApplicationOpen):
        way.apply("02")
    with pytest.raises(ApplicationOpen):
        way.apply("03")
    way.to(S.CONNECTED)
    with pytest.raises(AlreadyJoined):
        way.apply("03")
    with pytest.raises(StepNotNow):
        way.step()


def test_nothing_goes_on_unsigned_and_the_annex_counts(way: Way) -> None:
    way.start_at(S.PERSONAL_DATA)
    way.print_and_sign(Paper.PERSONAL_DATA)
    with pytest.raises(NotReady, match="annex"):
        way.step()
    with pytest.raises(PaperSigned):
        way.sign(Paper.PERSONAL_DATA)
    with pytest.raises(PaperNotNow):
        way.issue(Paper.ACT)


def test_who_is_not_the_head_signs_by_a_power_that_holds(way: Way) -> None:
    way.issue(Paper.APPLICATION)
    with pytest.raises(SignerWithoutPower):
        way.sign(Paper.APPLICATION, signatory="Ким Олег Львович")
    with pytest.raises(SigningDayWrong):
        way.sign(Paper.APPLICATION, signed_on=date(2026, 12, 1))
    edit(way, deputy="Ким Олег Львович", power="№ 7 от 01.11.2026", power_until="2026-11-21")
    with pytest.raises(SignerWithoutPower):
        way.sign(Paper.APPLICATION, signatory="Ким Олег Львович", signed_on=date(2026, 11, 22))
    way.sign(Paper.APPLICATION, signatory="Ким Олег Львович")

    assert way.show().papers[0].power == "№ 7 от 01.11.2026"


def test_no_account_before_the_agreement_and_none_but_for_the_listed(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    gateway.call(organization.ADD, organization.AddOrganization(code="02", name="Больница"))
    with (
        acting(settings, clock, "admin", "01") as operator,
        acting(settings, clock, "admin", "02") as applicant,
    ):
        way = Way(operator, settings, clock)
        way.begin()
        hire(applicant, "early", "Ранний Иван")  # an application being written binds nobody
        way.to(S.SUBMITTED)
        with pytest.raises(NoAccountsYet):
            hire(applicant, "kim", "Ким Олег Львович")
        way.to(S.ACCOUNTS)
        with pytest.raises(NotListed):
            hire(applicant, "kim", "Ким Олег Львович")
        way.list_person()
        with pytest.raises(NoConsent):
            hire(applicant, "kim", "Ким Олег Львович")
        way.consent()
        with pytest.raises(NotListed):
            hire(applicant, "kim", "Другой Человек")
        hire(applicant, "kim", "Ким Олег Львович")


def test_a_withdrawn_consent_closes_the_account(
    way: Way, settings: Settings, clock: FixedClock
) -> None:
    way.start_at(S.ACCOUNTS)
    way.list_person("second", full_name="Вторая Вера Ильинична", roles=(Role.ADMINISTRATOR,))
    way.consent("second")
    way.to(S.WORKPLACES)
    request = joining_people.WithdrawConsent(application="02", login="kim")
    person = way.operator.call(joining_people.WITHDRAW_CONSENT, request)

    assert (person.has_account, person.withdrawn_on) == (False, date(2026, 11, 23))
    with acting(settings, clock, "kim") as kim, pytest.raises(NOT_HIM):
        way.show(kim)
    listed = joining_people.ListListedPeople(application="02")
    assert len(way.operator.call(joining_people.PEOPLE, listed).rows) == 2


def test_the_last_administrator_withdraws_his_consent_after_another_is_named(
    way: Way, settings: Settings, clock: FixedClock
) -> None:
    way.start_at(S.CONNECTED)
    request = joining_people.WithdrawConsent(application="02", login="kim")
    with pytest.raises(LastAdministrator, match="kim is the last administrator") as refused:
        way.operator.call(joining_people.WITHDRAW_CONSENT, request)
    listed = joining_people.ListListedPeople(application="02")
    [person] = way.operator.call(joining_people.PEOPLE, listed).rows

    assert "Make somebody else an administrator first" in refused.value.advice
    assert (person.has_account, person.withdrawn_on) == (True, None)
    with acting(settings, clock, "kim") as kim:
        assert way.show(kim).joining is S.CONNECTED


def test_an_address_of_elsewhere_is_refused_and_the_list_can_be_mended(way: Way) -> None:
    way.start_at(S.ACCOUNTS)
    hire(way.operator, "boss", "Босс Иван", email="boss@01.example")
    with pytest.raises(EmailUsedElsewhere):
        way.list_person(email="boss@01.example")
    way.list_person(email="kim@02.example")
    off = joining_people.TakeOffList(application="02", login="kim")
    assert way.operator.call(joining_people.TAKE_OFF, off).rows == []


def test_a_connection_lies_between_the_agreements_and_today(way: Way) -> None:
    way.start_at(S.ACT)
    way.print_and_sign(Paper.ACT)
    with pytest.raises(NotReady, match="the operator has signed"):
        way.step(T.CONNECT)
    way.sign(Paper.ACT, Side.OPERATOR, signatory="Директор")
    with pytest.raises(ConnectionBeforeAgreement):
        way.step(T.CONNECT, on=date(2026, 11, 19))
    with pytest.raises(ConnectionInFuture):
        way.step(T.CONNECT, on=date(2026, 11, 24))
    assert way.step(T.CONNECT, on=date(2026, 11, 20)).connected_on == date(2026, 11, 20)


def test_a_new_edition_is_put_to_everybody_and_blocks_nobody(
    way: Way, settings: Settings, clock: FixedClock
) -> None:
    way.start_at(S.CONNECTED)
    publish = next_edition(Paper.ACCESSION)
    editions = way.operator.call(joining_papers.PUBLISH, publish).rows
    assert [one.edition for one in editions if one.paper is Paper.ACCESSION] == [1, 2]
    assert (
        editions == way.operator.call(joining_papers.TEMPLATES, joining_papers.ListTemplates()).rows
    )
    with acting(settings, clock, "kim") as kim:
        kim.call(REGISTER, letter())
        (row,) = kim.call(
            joining_papers.ACCEPTANCE, joining_papers.ListAcceptance(pending=True)
        ).rows
    assert (row.edition, row.in_force) == (1, 2)
    way.print_and_sign(Paper.ACCESSION)
    assert (
        way.operator.call(joining_papers.ACCEPTANCE, joining_papers.ListAcceptance()).pending == 0
    )
    with pytest.raises(UnknownPlaceholder):
        way.operator.call(joining_papers.PUBLISH, publish.model_copy(update={"body": "{secret}"}))


def test_a_paper_of_an_older_edition_is_printed_again(way: Way) -> None:
    way.issue(Paper.APPLICATION)
    publish = next_edition(Paper.APPLICATION)
    way.operator.call(joining_papers.PUBLISH, publish)
    with pytest.raises(OlderEdition):
        way.sign(Paper.APPLICATION)


def test_two_administrators_do_not_overwrite_each_other(way: Way) -> None:
    seen = way.show().version
    edit(way, phone="1", version=seen)
    with pytest.raises(ChangedMeanwhile):
        edit(way, phone="2", version=seen)
    way.print_and_sign(Paper.APPLICATION)
    with pytest.raises(ChangedMeanwhile):
        way.step(T.SUBMIT, version=seen)


def test_an_organization_sees_its_own_application_and_no_other(
    way: Way, settings: Settings, clock: FixedClock
) -> None:
    way.operator.call(organization.ADD, organization.AddOrganization(code="09", name="Школа"))
    with acting(settings, clock, "admin", "09") as school:
        with pytest.raises(UnknownApplication):
            way.show(school)
        assert school.call(joining_list.LIST, joining_list.ListApplications()).rows == []
        other = joining.ApplyForJoining(organization="10", fields={"name": "X"})
        term = joining_upkeep.SetJoiningTerm(joining=S.REVIEW, days=1, source="x")
        with pytest.raises(OperatorOnly):
            school.call(joining.APPLY, other)
        with pytest.raises(OperatorOnly):
            school.call(joining_upkeep.SET_TERM, term)
        own = school.call(joining.APPLY, joining.ApplyForJoining())
        assert (own.application, own.name) == ("09", "Школа")
        name = joining_upkeep.NameOperator(organization="09")
        with pytest.raises(OperatorNamedAlready):
            school.call(joining_upkeep.NAME_OPERATOR, name)


def test_without_an_operator_nothing_is_joined(gateway: LocalGateway) -> None:
    with pytest.raises(NoOperator):
        gateway.call(joining_list.LIST, joining_list.ListApplications())


def test_a_returning_person_needs_his_consent_too(
    way: Way, settings: Settings, clock: FixedClock
) -> None:
    way.start_at(S.ACCOUNTS)
    way.list_person("ivanova", full_name="Иванова Вера Ильинична")
    way.consent("ivanova")
    way.to(S.WORKPLACES)
    way.operator.call(
        joining_people.WITHDRAW_CONSENT,
        joining_people.WithdrawConsent(application="02", login="ivanova"),
    )
    with acting(settings, clock, "kim") as kim, pytest.raises(NotListed):
        kim.call(employee_access.ENABLE, employee_access.EnableEmployee(employee="ivanova"))


def next_edition(paper: Paper) -> joining_papers.PublishTemplate:
    return joining_papers.PublishTemplate(paper=paper, title="Новая редакция", body="{name}")


def edit(way: Way, version: int | None = None, **fields: str) -> joining.Application:
    request = joining.EditApplication(application="02", fields=fields, version=version)
    return way.operator.call(joining.EDIT, request)


def hire(gateway: LocalGateway, login: str, name: str, **more: str) -> None:
    request = employee.AddEmployee(login=login, full_name=name, roles=(Role.EXECUTOR,), **more)
    gateway.call(employee.ADD, request)
