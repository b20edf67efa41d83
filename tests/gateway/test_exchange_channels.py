"""Within one database and over MEDO a letter has the same history and the same states (A8)."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.exchange_flow import Direction, MessageKind
from sed_tui.domain.exchange_partner import Channel, FormatVersion
from sed_tui.gateway.exchange_folder import FolderDriver
from sed_tui.gateway.exchange_round import receive, send
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.assignment_change import AMEND, AmendAssignment
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.employee import ADD as ADD_EMPLOYEE
from sed_tui.operations.employee import AddEmployee
from sed_tui.operations.exchange_inbox import REFUSE, REGISTER, RefuseMessage, RegisterMessage
from sed_tui.operations.exchange_journal import LIST, SHOW, ListMessages, ShowMessage
from sed_tui.operations.exchange_partner import ADD, SET, AddPartner, EditPartner
from sed_tui.operations.exchange_publication import PUBLISH, PublishMessage
from sed_tui.operations.organization import ADD as ADD_ORGANIZATION
from sed_tui.operations.organization import AddOrganization
from sed_tui.operations.registry import CallOptions
from tests.conftest import settings_of
from tests.handlers.callers import acting
from tests.handlers.exchange_partners import letter_to
from tests.served import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
UIDS = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")
ROLES = ("registrar", "administrator", "head")
US, THEM = "Администрация", "Управа"


class Channelled:
    """Two offices, and what carries messages between them."""

    def __init__(
        self, first: LocalGateway, second: LocalGateway, carry: Callable[[], None]
    ) -> None:
        self.first, self.second, self._carry = first, second, carry
        self.states: list[Any] = []

    def sent(self) -> str:
        letter = letter_to(self.first, THEM)
        self.first.call(DISPATCH, DispatchDocument(document=letter.number))
        self.look(letter.number)
        return letter.number

    def waiting(self) -> str:
        request = ListMessages(direction=Direction.IN, kind=MessageKind.LETTER, limit=1)
        [row] = self.second.call(LIST, request).rows
        self.states.append(row.state)
        return str(row.id)

    def look(self, number: str) -> None:
        self._carry()
        [row] = self.first.call(DISPATCHES, ListDispatches(document=number)).rows
        self.states.append((row.exchange_state, row.their_number, row.trouble))

    def histories(self) -> list[Any]:
        """Return the histories of all letters, of both sides."""
        found: list[Any] = []
        for office in (self.first, self.second):
            for row in office.call(LIST, ListMessages(kind=MessageKind.LETTER)).rows:
                card = office.call(SHOW, ShowMessage(message=str(row.id)))
                lines = [(one.event, one.state) for one in reversed(card.history)]
                found.append((row.direction, row.state, row.number, lines))
        return sorted(found, key=str)


def hire(office: LocalGateway) -> None:
    """Give the other office its people: a registrar and an executor."""
    for login, name in (
        ("second", "Вторая В.В."),
        ("third", "Третий Т.Т."),
        ("fourth", "Четвёртый Ч.Ч."),
    ):
        office.call(ADD_EMPLOYEE, AddEmployee(login=login, full_name=name, roles=ROLES))


@pytest.fixture
def local(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Iterator[Channelled]:
    """Return two organizations of one database."""
    with acting(settings, clock, "admin", "01") as first:
        first.call(ADD_ORGANIZATION, AddOrganization(code="02", name=THEM, parent="01"))
        with acting(settings, clock, "admin", "02") as founder:
            hire(founder)
        first.call(ADD, AddPartner(code="02", channel=Channel.LOCAL, organization="02"))
        with acting(settings, clock, "second") as second:
            yield Channelled(first, second, lambda: None)


@pytest.fixture
def folders(sqlite_template: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Channelled]:
    """Return two databases that an agent of MEDO carries folders between."""
    offices = []
    for place in ("1", "2"):
        path = tmp_path / place / "sed.db"
        (path.parent / "in").mkdir(parents=True)
        shutil.copy(sqlite_template, path)
        with acting(settings_of(path), clock, "admin") as founder:
            hire(founder)
        login = "admin" if place == "1" else "second"
        offices.append(opened(settings_of(path, login=login), clock))
    first, second = offices
    for office, mine, theirs, code, name in (
        (first, 0, 1, "02", THEM),
        (second, 1, 0, "01", US),
    ):
        partner = AddPartner(
            code=code,
            channel=Channel.MEDO,
            name=name,
            uids=(UIDS[theirs],),
            own_uid=UIDS[mine],
            address=str(tmp_path / str(theirs + 1) / "in"),
            inbox=str(tmp_path / str(mine + 1) / "in"),
        )
        office.call(ADD, partner)

    def carry() -> None:
        options = CallOptions(source="connector")
        troubles: list[tuple[str, str]] = []
        for _time in range(3):
            for office in offices:
                list(receive(office, [FolderDriver()], options, 100, troubles))
                troubles += send(office, [FolderDriver()], options).troubles
        assert troubles == []

    yield Channelled(first, second, carry)
    for office in offices:
        office.close()


def _answered(pair: Channelled) -> None:
    number = pair.sent()
    subscribed = EditPartner(partner="01", is_subscribed=True, format_version=FormatVersion.V26)
    pair.second.call(SET, subscribed)
    letter = pair.waiting()
    theirs = pair.second.call(REGISTER, RegisterMessage(message=letter))
    pair.look(number)
    assigned = IssueAssignment(
        document=theirs.number, text="Исполнить", executor="second", due="2026-12-01"
    )
    own = pair.second.call(ISSUE, assigned)
    given = pair.second.call(ISSUE, assigned.model_copy(update={"executor": "third"}))
    pair.look(number)
    _executed(pair, str(given.id), str(own.id), number)
    answer = letter_to(pair.second, US, in_reply_to=theirs.number)
    pair.second.call(DISPATCH, DispatchDocument(document=answer.number))
    pair.look(number)
    appeared = PublishMessage(
        message=letter, number="0001", published_on=date(2026, 12, 1), point="pravo.gov.ru"
    )
    pair.second.call(PUBLISH, appeared)
    pair.look(number)


def _executed(pair: Channelled, given: str, own: str, number: str) -> None:
    """Change the term twice and the executor, and give a report."""
    second, reason = pair.second, CallOptions(reason="уточнено")
    second.call(AMEND, AmendAssignment(assignment=given, due="2026-12-15"), reason)
    second.call(AMEND, AmendAssignment(assignment=given, executor="fourth"), reason)
    second.call(AMEND, AmendAssignment(assignment=given, due="2026-12-01"), reason)
    pair.look(number)
    second.call(REPORT, ReportAssignment(assignment=own, text="Исполнено, тайное"))
    pair.look(number)


def _told(pair: Channelled) -> list[str]:
    """Return what the sender was told: the clock stands, so that the order is another test's."""
    request = ListMessages(direction=Direction.IN, kind=MessageKind.NOTIFICATION)
    rows = pair.first.call(LIST, request).rows
    return sorted(f"{one.event}: {one.subject}" for one in rows)


def _refused(pair: Channelled) -> None:
    number = pair.sent()
    refusal = RefuseMessage(message=pair.waiting(), refusal="Нет подписи", comment="лист 2")
    pair.second.call(REFUSE, refusal)
    pair.look(number)


@pytest.mark.parametrize("way", [_answered, _refused])
def test_a_letter_has_the_same_history_and_states_on_both_channels(
    local: Channelled, folders: Channelled, way: Callable[[Channelled], None]
) -> None:
    way(local)
    way(folders)

    assert local.states == folders.states
    assert local.histories() == folders.histories()
    assert _told(local) == _told(folders)
    if way is _answered:
        assert {
            "course_changed: Срок исполнения: 15.12.2026",
            "course_changed: Исполнитель: Четвёртый Ч.Ч.",
            "course_changed: Срок исполнения: 01.12.2026",
            "report_prepared: Вторая В.В.",
            "published: № 0001 01.12.2026, pravo.gov.ru",
        } <= set(_told(folders))
