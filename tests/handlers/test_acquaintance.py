"""Acquaintance: lists, the version, who confirms for whom, and the end, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from sed_tui.domain.acquaintance import AcquaintanceKind, AcquaintanceState, ReadingState
from sed_tui.domain.substitution import Scope
from sed_tui.errors import NotFound
from sed_tui.errors.acquaintance import (
    AcquaintanceClosed,
    AlreadyAcquainted,
    ForeignReading,
    NobodyToAcquaint,
    NoClearance,
    NotOnTheList,
    NotReachable,
    PaperAcquaintance,
)
from sed_tui.errors.input import EmptyText
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.operations import substitution
from sed_tui.operations.acquaintance import (
    CONFIRM,
    SHOW,
    START,
    STOP,
    Acquaintance,
    ConfirmAcquaintance,
    ShowAcquaintance,
    StartAcquaintance,
    StopAcquaintance,
)
from sed_tui.operations.acquaintance_list import LIST, ListAcquaintances
from sed_tui.operations.document import SHOW as SHOW_DOCUMENT
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.employee_access import DISABLE, DisableEmployee
from sed_tui.operations.file import ADD as ADD_FILE
from sed_tui.operations.file import AddFile, FileContent
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.substitution import AddSubstitution
from sed_tui.storage.database import open_database
from tests.handlers.callers import acting
from tests.handlers.people import add_letter, add_people

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

TODAY = date(2026, 11, 23)
BECAUSE = CallOptions(reason="Приказ отменён")


@pytest.fixture(autouse=True)
def _office(settings: Settings) -> None:
    add_people(
        settings,
        ("petrov", "Петров Василий Сергеевич", "executor", "А"),
        ("kim", "Ким Анна Львовна", "executor", "А"),
        ("orlova", "Орлова Ольга Олеговна", "executor", "Б"),
    )
    add_letter(settings, "01-23/7")


def start(gateway: LocalGateway, **fields: object) -> Acquaintance:
    values = {"document": "01-23/7", "people": ("petrov", "kim"), **fields}
    return gateway.call(START, StartAcquaintance.model_validate(values))


def confirm(gateway: LocalGateway, found: Acquaintance, **fields: object) -> Acquaintance:
    values = {"acquaintance": str(found.id), **fields}
    return gateway.call(CONFIRM, ConfirmAcquaintance.model_validate(values))


def test_people_of_the_list_see_the_document_and_the_last_one_completes_it(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    with acting(settings, clock, "petrov") as petrov, pytest.raises(NotFound):
        petrov.call(SHOW_DOCUMENT, ShowDocument(document="01-23/7"))
    found = start(gateway, due="5 рд", text="Обратите внимание на п. 3")
    assert (found.total, found.acquainted, found.due) == (2, 0, date(2026, 11, 30))
    assert [row.name for row in found.sheet] == ["Ким Анна Львовна", "Петров Василий Сергеевич"]

    with acting(settings, clock, "petrov") as petrov:
        assert petrov.call(SHOW_DOCUMENT, ShowDocument(document="01-23/7")).number == "01-23/7"
        waiting = petrov.call(LIST, ListAcquaintances(waiting=True)).rows
        assert [row.id for row in waiting] == [found.id]
        assert confirm(petrov, found).state is AcquaintanceState.RUNNING
        assert petrov.call(LIST, ListAcquaintances(waiting=True)).rows == []
        with pytest.raises(AlreadyAcquainted):
            confirm(petrov, found)
    with acting(settings, clock, "kim") as kim:
        done = confirm(kim, found)

    assert (done.state, done.acquainted) == (AcquaintanceState.COMPLETED, 2)
    assert {row.acquainted_on for row in done.sheet} == {TODAY}


def test_units_bring_their_people_and_exceptions_leave_them_out(gateway: LocalGateway) -> None:
    unit = start(gateway, people=("orlova",), units=("А",), except_for=("kim",))
    everybody = start(gateway, people=(), everybody=True)

    assert {row.login for row in unit.sheet} == {"orlova", "petrov"}
    assert {row.login for row in everybody.sheet} == {"admin", "kim", "orlova", "petrov"}
    with pytest.raises(NobodyToAcquaint):
        start(gateway, people=("kim",), except_for=("kim",))
    with pytest.raises(EmptyText):
        start(gateway, document=None)
    with pytest.raises(NotFound):
        start(gateway, units=("Я",))


def test_nobody_confirms_for_another_but_a_substitute_does(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    found = start(gateway)
    with pytest.raises(ForeignReading):
        confirm(gateway, found, person="petrov")
    with pytest.raises(NotOnTheList):
        confirm(gateway, found)
    gateway.call(
        substitution.ADD,
        AddSubstitution(
            absent="petrov",
            substitute="orlova",
            starts_on=TODAY,
            ends_on=TODAY,
            scopes=(Scope.ACQUAINTANCE,),
        ),
    )
    with acting(settings, clock, "orlova") as orlova:
        done = confirm(orlova, found)

    row = next(row for row in done.sheet if row.login == "petrov")
    assert (row.state, row.entered_by) == (ReadingState.ACQUAINTED, "Орлова Ольга Олеговна")


def test_signatures_on_paper_are_entered_by_who_keeps_the_sheet(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    found = start(gateway, kind=AcquaintanceKind.SIGNATURE)
    with acting(settings, clock, "petrov") as petrov, pytest.raises(PaperAcquaintance):
        confirm(petrov, found)
    signed = TODAY - timedelta(days=1)
    done = confirm(gateway, found, person="petrov", signed_on=signed, note="С замечанием")

    row = next(row for row in done.sheet if row.login == "petrov")
    assert (row.acquainted_on, row.note) == (signed, "С замечанием")


def test_a_closed_account_without_a_substitute_prevents_the_start_by_name(
    gateway: LocalGateway,
) -> None:
    gateway.call(DISABLE, DisableEmployee(employee="kim"))
    with pytest.raises(NotReachable) as failure:
        start(gateway)
    assert "Ким" in str(failure.value)
    with pytest.raises(NotReachable):
        start(gateway, people=("kim",))


def test_official_use_only_is_read_by_those_with_clearance(
    gateway: LocalGateway, settings: Settings
) -> None:
    add_letter(settings, "ДСП-1", confidentiality="official")
    with pytest.raises(NoClearance):
        start(gateway, document="ДСП-1")
    assert start(gateway, document="ДСП-1", people=("admin",)).total == 1


def test_the_version_is_fixed_and_a_new_one_is_read_again_by_choice(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_file(gateway, "приказ.txt", b"one")
    found = start(gateway)
    assert [(file.name, file.version) for file in found.files] == [("приказ.txt", 1)]
    assert found.is_current

    add_file(gateway, "приказ.txt", b"two")
    assert not gateway.call(SHOW, ShowAcquaintance(acquaintance=str(found.id))).is_current
    again = start(gateway, document=None, people=(), again=str(found.id))
    assert (again.previous, again.total, again.is_current) == (found.id, 2, True)
    assert [(file.name, file.version) for file in again.files] == [("приказ.txt", 2)]


def test_a_stopped_list_takes_nobody_and_wants_a_reason(gateway: LocalGateway) -> None:
    found = start(gateway, people=("admin",))
    with pytest.raises(ReasonNeeded):
        gateway.call(STOP, StopAcquaintance(acquaintance=str(found.id)))
    stopped = gateway.call(STOP, StopAcquaintance(acquaintance=str(found.id)), BECAUSE)

    assert stopped.state is AcquaintanceState.STOPPED
    with pytest.raises(AcquaintanceClosed):
        confirm(gateway, found)
    with pytest.raises(AcquaintanceClosed):
        gateway.call(STOP, StopAcquaintance(acquaintance=str(found.id)), BECAUSE)
    shown = gateway.call(LIST, ListAcquaintances(state=AcquaintanceState.STOPPED)).rows
    assert [row.id for row in shown] == [found.id]


def test_the_starter_is_written_to_when_everybody_has_read(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as db:
        db.execute(text("UPDATE employee SET email = 'ivanova@example.org' WHERE login = 'admin'"))
    found = start(gateway, people=("petrov",))
    with acting(settings, clock, "petrov") as petrov:
        confirm(petrov, found)
    with engine.connect() as db:
        letters = db.execute(text("SELECT recipient, subject, body FROM outgoing_mail")).all()
    engine.dispose()

    assert [letter.recipient for letter in letters] == ["ivanova@example.org"]
    assert "01-23/7" in letters[0].subject


def test_strangers_do_not_see_it_and_pages_go_on(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    first = start(gateway)
    clock.moment += timedelta(minutes=1)
    second = start(gateway)
    page = gateway.call(LIST, ListAcquaintances(limit=1))

    assert [row.id for row in page.rows] == [second.id]
    rest = gateway.call(LIST, ListAcquaintances(limit=1, after=page.next))
    assert [row.id for row in rest.rows] == [first.id]
    with acting(settings, clock, "orlova") as orlova:
        assert orlova.call(LIST, ListAcquaintances()).rows == []
        with pytest.raises(NotFound):
            orlova.call(SHOW, ShowAcquaintance(acquaintance=str(first.id)))
        with pytest.raises(NotFound):
            confirm(orlova, first)


def add_file(gateway: LocalGateway, name: str, content: bytes) -> None:
    token = gateway.stage(BytesIO(content))
    gateway.call(
        ADD_FILE, AddFile(document="01-23/7", files=(FileContent(name=name, token=token),))
    )
