"""No account before the agreement, whatever the way in; the operator sees no document."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.domain.joining import JoiningState
from sed_tui.errors import NotFound, NotPermitted
from sed_tui.errors.identity import BadToken, UnknownOrganization, WrongPassword
from sed_tui.errors.joining import NoAccountsYet, NoFirstPassword, NotListed, OperatorOnly
from sed_tui.gateway.sign_in import Attempt, sign_in
from sed_tui.operations import (
    access_token,
    employee,
    employee_access,
    joining_password,
    joining_people,
    organization,
    password,
)
from sed_tui.operations.audit import LIST as AUDIT
from sed_tui.operations.audit import ListAudit
from sed_tui.operations.document import SHOW as CARD
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.document_list import LIST as DOCUMENTS
from sed_tui.operations.document_list import ListDocuments
from sed_tui.operations.exchange_journal import LIST as MESSAGES
from sed_tui.operations.exchange_journal import ListMessages
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.registration import REGISTER
from tests.handlers.callers import acting
from tests.handlers.joining_way import Way
from tests.handlers.letters import letter
from tests.handlers.tables import codes, load, outcomes

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

PERSON = {"login": "ivanov", "full_name": "Иванов Иван Ильич", "roles": "исполнитель"}


def test_no_way_in_opens_an_account_before_the_agreement(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    gateway.call(organization.ADD, organization.AddOrganization(code="02", name="Больница"))
    with (
        acting(settings, clock, "admin", "01") as operator,
        acting(settings, clock, "admin", "02") as applicant,
    ):
        way = Way(operator, settings, clock)
        way.begin()
        way.to(JoiningState.PERSONAL_DATA)
        found = load(applicant, PERSON, noun=Noun.PEOPLE)
        assert (outcomes(found), codes(found)) == (["refused"], [["no_accounts_yet"]])
        with pytest.raises(NoAccountsYet):
            hire(applicant, "robot", Role.SYSTEM)

        way.to(JoiningState.CONNECTED)
        found = load(applicant, PERSON, noun=Noun.PEOPLE)
        assert (outcomes(found), codes(found)) == (["refused"], [["not_listed"]])
        hire(applicant, "robot", Role.SYSTEM)  # a program has no personal data
        with pytest.raises(NotListed):
            grant(applicant, "robot", Role.REGISTRAR)
        with pytest.raises(NotListed):
            hire(applicant, "another", Role.SYSTEM, Role.REGISTRAR)


def test_a_withdrawn_consent_stops_tokens_too(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    way = Way(gateway, settings, clock)
    way.start_at(JoiningState.ACCOUNTS)
    way.list_person("second", full_name="Вторая Вера Ильинична", roles=(Role.ADMINISTRATOR,))
    way.consent("second")
    way.to(JoiningState.CONNECTED)
    with acting(settings, clock, "kim") as kim:
        made = kim.call(
            access_token.ADD, access_token.AddToken(employee="kim", name="скрипт", days=7)
        )
        bearer = presenting(kim, made.secret)
        assert bearer.call(DOCUMENTS, ListDocuments()).rows == []
        request = joining_people.WithdrawConsent(application="02", login="kim")
        gateway.call(joining_people.WITHDRAW_CONSENT, request)
        with pytest.raises(BadToken):
            bearer.call(DOCUMENTS, ListDocuments())


def test_the_operator_gives_the_first_password_and_no_other(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    way = Way(gateway, settings, clock)

    def give(by: LocalGateway, login: str = "kim") -> str:
        request = joining_password.GiveFirstPassword(application="02", login=login)
        return by.call(joining_password.GIVE, request).password

    def enter(secret: str) -> None:
        sign_in(gateway, Attempt("kim", secret, "192.0.2.1", "test"))

    way.start_at(JoiningState.PERSONAL_DATA)
    with pytest.raises(NoAccountsYet):
        give(gateway)
    way.to(JoiningState.ACCOUNTS)
    with pytest.raises((NotListed, NoFirstPassword)):
        give(gateway)
    way.to(JoiningState.WORKPLACES)
    lost, first = give(gateway), give(gateway)
    with pytest.raises(WrongPassword):
        enter(lost)
    enter(first)
    clock.moment += timedelta(days=3, seconds=1)
    with pytest.raises(WrongPassword):
        enter(first)
    with pytest.raises(NotListed):
        give(gateway, "admin")
    with acting(settings, clock, "kim") as kim:
        with pytest.raises(OperatorOnly):
            give(kim)
        told = kim.call(AUDIT, ListAudit(operation="joining.first_password")).rows
        own = password.SetPassword(password="берёза у причала 7", current=first)
        kim.call(password.SET, own)
    assert len(told) == 2
    assert first not in str(told)
    with pytest.raises(NoFirstPassword):
        give(gateway)
    clock.moment += timedelta(days=30)
    enter("берёза у причала 7")


def test_the_operator_sees_the_joining_and_no_document(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    way = Way(gateway, settings, clock)
    way.start_at(JoiningState.CONNECTED)
    with acting(settings, clock, "kim") as kim:
        card = kim.call(REGISTER, letter())
    assert way.show().joining is JoiningState.CONNECTED
    assert gateway.call(DOCUMENTS, ListDocuments()).rows == []
    assert gateway.call(MESSAGES, ListMessages()).rows == []
    with pytest.raises(NotFound):
        gateway.call(CARD, ShowDocument(document=str(card.id)))
    with acting(settings, clock, "admin", "02") as inside, pytest.raises(UnknownOrganization):
        inside.call(DOCUMENTS, ListDocuments())
    gateway.call(
        employee.ADD,
        employee.AddEmployee(login="chief", full_name="Главный Админ", roles=(Role.ADMINISTRATOR,)),
    )
    with acting(settings, clock, "chief") as chief:
        assert way.show(chief).is_operator
        with pytest.raises(NotPermitted):
            chief.call(DOCUMENTS, ListDocuments())


def hire(gateway: LocalGateway, login: str, *roles: Role) -> None:
    request = employee.AddEmployee(login=login, full_name=login.title(), roles=roles)
    gateway.call(employee.ADD, request)


def grant(gateway: LocalGateway, login: str, *roles: Role) -> None:
    request = employee_access.ChangeRoles(employee=login, grant=roles, revoke=(Role.SYSTEM,))
    gateway.call(employee_access.ROLES, request)


def presenting(gateway: LocalGateway, secret: str) -> LocalGateway:
    from sed_tui.domain.identity import secret_hash

    return gateway.presenting(secret_hash(secret), None)
