"""Extra rights: a document shown to who has no part in it, for a reason and for a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.errors import NotFound, NotPermitted, SedError
from sed_tui.errors.access import AccessEndsInPast, NoAccess
from sed_tui.operations import substitution
from sed_tui.operations.access import (
    GRANT,
    LIST,
    REVOKE,
    AccessRow,
    GrantAccess,
    ListAccess,
    RevokeAccess,
)
from sed_tui.operations.audit import LIST as AUDIT
from sed_tui.operations.audit import ListAudit
from sed_tui.operations.document import SHOW, ShowDocument
from sed_tui.operations.document_list import LIST as DOCUMENTS
from sed_tui.operations.document_list import ListDocuments
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.session import SHOW as SESSION
from sed_tui.operations.session import ShowSession
from sed_tui.tui.wording import person
from tests.handlers.callers import acting
from tests.handlers.letters import letter

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

UNTIL = date(2026, 11, 25)


@pytest.fixture
def number(gateway: LocalGateway) -> str:
    """Let there be a letter, and two executors who have no part in it."""
    for login, name in (("reader", "Чтецов Ч.Ч."), ("mate", "Заменов З.З.")):
        gateway.call(ADD, AddEmployee(login=login, full_name=name, roles=(Role.EXECUTOR,)))
    return gateway.call(REGISTER, letter()).number


def test_the_right_shows_one_document_until_its_last_day(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, number: str
) -> None:
    other = gateway.call(REGISTER, letter(their_number="2")).number
    given = _grant(gateway, number, ends_on=UNTIL)
    assert (given.login, given.ends_on, given.is_active) == ("reader", UNTIL, True)

    with acting(settings, clock, "reader") as reader:
        assert reader.call(SHOW, ShowDocument(document=number)).number == number
        assert _seen(reader) == [number]
        with pytest.raises(NotFound):
            reader.call(SHOW, ShowDocument(document=other))
        clock.moment += timedelta(days=3)
        assert _seen(reader) == []
    assert gateway.call(LIST, ListAccess(document=number)).rows == []
    past = gateway.call(LIST, ListAccess(document=number, past=True)).rows
    assert [(row.login, row.reason, row.is_active) for row in past] == [("reader", "Сверка", False)]


def test_a_revoked_right_ends_at_once_and_both_stand_in_the_trail(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, number: str
) -> None:
    _grant(gateway, number)
    _grant(gateway, number, ends_on=UNTIL)
    assert len(gateway.call(LIST, ListAccess(document=number)).rows) == 1

    ended = gateway.call(REVOKE, RevokeAccess(document=number, employee="reader"))

    assert (ended.login, ended.ends_on, ended.is_active) == ("reader", UNTIL, False)
    with acting(settings, clock, "reader") as reader:
        assert _seen(reader) == []
    with pytest.raises(NoAccess):
        gateway.call(REVOKE, RevokeAccess(document=number, employee="reader"))
    events = [row.event for row in gateway.call(AUDIT, ListAudit()).rows]
    assert (events.count("grant_access"), events.count("revoke_access")) == (2, 1)


def test_who_stands_in_sees_what_the_absent_may(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, number: str
) -> None:
    _grant(gateway, number)
    gateway.call(
        substitution.ADD,
        substitution.AddSubstitution(
            absent="reader", substitute="mate", starts_on=date(2026, 11, 23), ends_on=UNTIL
        ),
    )
    with acting(settings, clock, "mate") as mate:
        assert _seen(mate) == [number]
        session = mate.call(SESSION, ShowSession())
        assert session.stands_in_for == ["Чтецов Ч.Ч."]
        assert person(session)[-1] == "Заменов З.З., standing in for Чтецов Ч.Ч."
        clock.moment += timedelta(days=3)
        assert _seen(mate) == []
        assert mate.call(SESSION, ShowSession()).stands_in_for == []


@pytest.mark.parametrize(
    ("fields", "error"),
    [({"ends_on": date(2026, 11, 22)}, AccessEndsInPast), ({"reason": " "}, SedError)],
)
def test_a_right_without_a_reason_or_over_already_is_refused(
    gateway: LocalGateway, number: str, fields: dict[str, object], error: type[SedError]
) -> None:
    with pytest.raises(error) as caught:
        _grant(gateway, number, **fields)
    assert caught.value.exit_code == 3


def test_who_sees_a_document_by_an_extra_right_cannot_show_it_on(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, number: str
) -> None:
    _grant(gateway, number)
    with acting(settings, clock, "reader") as reader, pytest.raises(NotPermitted):
        _grant(reader, number, employee="mate")


def _grant(gateway: LocalGateway, document: str, **fields: object) -> AccessRow:
    given = {"document": document, "employee": "reader", "reason": "Сверка", **fields}
    return gateway.call(GRANT, GrantAccess.model_validate(given))


def _seen(gateway: LocalGateway) -> list[str | None]:
    return [row.number for row in gateway.call(DOCUMENTS, ListDocuments()).rows]
