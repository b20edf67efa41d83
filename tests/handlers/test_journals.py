"""Journals: refused when they are set, frozen once used, reserved numbers, control of gaps."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.flows import Flow
from sed_tui.domain.numbering import Period, Scope
from sed_tui.errors import Invalid, SedError
from sed_tui.errors.numbering import BadFormula, CodeMissing, JournalExists, JournalInUse
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.errors.registration import NothingToChange
from sed_tui.operations.journal import (
    ADD,
    CHANGE,
    GAPS,
    PREVIEW,
    RELEASE,
    RESERVE,
    SHOW,
    AddJournal,
    ChangeJournal,
    FindGaps,
    PreviewNumbers,
    ReleaseLapsed,
    ReserveNumbers,
    ShowJournal,
)
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.reregistration import (
    CANCEL,
    REREGISTER,
    CancelRegistration,
    ReregisterDocument,
)
from tests.handlers.letters import TODAY, letter, order

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

REASON = CallOptions(reason="ошибка")


def problems(gateway: LocalGateway, journal: str = "р") -> list[tuple[int | None, str]]:
    """Return what the control of gaps finds."""
    rows = gateway.call(GAPS, FindGaps(journal=journal)).rows
    return [(row.ordinal, row.problem) for row in rows]


@pytest.mark.parametrize(
    ("changes", "failure"),
    [
        ({"formula": "{ordinal}-{ordinal}"}, BadFormula),
        ({"formula": "{journal}"}, BadFormula),
        ({"formula": "{ordinal} {year}"}, BadFormula),
        ({"formula": "{ordinal}/{planet}"}, BadFormula),
        ({"scope": Scope.LEADING}, BadFormula),
        ({"formula": "{unit}-{ordinal}"}, CodeMissing),
        ({"formula": "{group}-{ordinal}"}, CodeMissing),
        ({"code": "01-23"}, JournalExists),
        ({"code": "01 23"}, Invalid),
    ],
)
def test_a_wrong_journal_is_refused_when_it_is_set(
    gateway: LocalGateway, changes: dict[str, object], failure: type[SedError]
) -> None:
    fields = {"code": "99", "name": "Новый", "flow": Flow.ORDER, **changes}

    with pytest.raises(failure):
        gateway.call(ADD, AddJournal.model_validate(fields))


def test_a_preview_runs_over_new_year(gateway: LocalGateway) -> None:
    rows = gateway.call(PREVIEW, PreviewNumbers(journal="ОГ", count=4)).rows

    assert [(row.day.isoformat(), row.number) for row in rows] == [
        ("2026-12-30", "ОГ-1/26"),
        ("2026-12-31", "ОГ-2/26"),
        ("2027-01-01", "ОГ-1/27"),
        ("2027-01-02", "ОГ-2/27"),
    ]


def test_a_monthly_counter_starts_again(gateway: LocalGateway, clock: FixedClock) -> None:
    request = AddJournal(
        code="М", name="М", flow=Flow.ORDER, formula="{ordinal}/{month}", period=Period.MONTH
    )
    gateway.call(ADD, request)
    november = gateway.call(REGISTER, order(journal="М"))
    clock.moment = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)

    assert (november.number, gateway.call(REGISTER, order(journal="М")).number) == ("1/11", "1/12")


@pytest.mark.parametrize(
    "changes",
    [
        {"formula": "{ordinal}"},
        {"period": Period.CONTINUOUS},
        {"scope": Scope.ORGANIZATION},
        {"start": 100},
    ],
)
def test_what_decides_the_numbers_is_frozen_once_one_is_given(
    gateway: LocalGateway, changes: dict[str, object]
) -> None:
    request = ChangeJournal.model_validate({"journal": "р", **changes})
    gateway.call(CHANGE, request, CallOptions(dry_run=True))
    gateway.call(REGISTER, order())

    with pytest.raises(JournalInUse):
        gateway.call(CHANGE, request)


def test_a_journal_changed_meanwhile_tells_both_versions(gateway: LocalGateway) -> None:
    seen = gateway.call(SHOW, ShowJournal(journal="р")).version
    gateway.call(CHANGE, ChangeJournal(journal="р", name="Распоряжения главы", version=seen))

    with pytest.raises(ChangedMeanwhile) as caught:
        gateway.call(CHANGE, ChangeJournal(journal="р", name="Распоряжения", version=seen))

    assert caught.value.details["differences"] == {"name": ["Распоряжения главы", "Распоряжения"]}
    told = str(caught.value)
    assert (caught.value.exit_code, "version 1" in told, "at 2" in told) == (5, True, True)


def test_the_next_ordinal_only_grows(gateway: LocalGateway) -> None:
    shown = gateway.call(CHANGE, ChangeJournal(journal="р", next_ordinal=50))

    assert shown.next == "50-р"
    assert gateway.call(REGISTER, order()).number == "50-р"
    with pytest.raises(Invalid, match="already given 50"):
        gateway.call(CHANGE, ChangeJournal(journal="р", next_ordinal=20))


def test_a_new_default_takes_the_place_of_the_old(gateway: LocalGateway) -> None:
    request = AddJournal(
        code="Р2", name="Р2", flow=Flow.ORDER, formula="{ordinal}-{journal}", is_default=True
    )
    gateway.call(ADD, request)

    assert gateway.call(REGISTER, order()).number == "1-Р2"
    assert not gateway.call(SHOW, ShowJournal(journal="р")).is_default


def test_reserved_numbers_are_kept_for_who_asks(gateway: LocalGateway) -> None:
    reserved = gateway.call(RESERVE, ReserveNumbers(journal="р", count=2)).rows
    next_one = gateway.call(REGISTER, order()).number
    held = gateway.call(REGISTER, order(subject="О резерве", number="2-р")).number

    assert [row.number for row in reserved] == ["1-р", "2-р"]
    assert (next_one, held) == ("3-р", "2-р")
    assert problems(gateway) == [(1, "reserved")]


def test_lapsed_reservations_become_gaps_and_not_numbers(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    gateway.call(RESERVE, ReserveNumbers(journal="р", count=2))
    clock.moment = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)

    assert gateway.call(RELEASE, ReleaseLapsed()).lapsed == ["1-р", "2-р"]
    assert problems(gateway) == [(1, "lapsed"), (2, "lapsed")]
    assert gateway.call(REGISTER, order()).number == "3-р"


def test_a_cancelled_registration_is_a_gap_that_may_be_chosen(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, order())
    gateway.call(CANCEL, CancelRegistration(document="1-р"), REASON)

    assert problems(gateway) == [(1, "cancelled")]
    assert gateway.call(REGISTER, order(subject="Второй")).number == "2-р"
    assert gateway.call(REGISTER, order(subject="Третий", number="1-р")).number == "1-р"
    assert problems(gateway) == []


def test_a_new_number_leaves_a_gap_with_a_cross_reference(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, order())
    anew = gateway.call(REREGISTER, ReregisterDocument(document="1-р", number="4-р"), REASON)

    [gap, skipped] = gateway.call(GAPS, FindGaps(journal="р")).rows

    assert (anew.number, gap.number, gap.problem, gap.see) == ("4-р", "1-р", "renumbered", "4-р")
    assert (skipped.ordinal, skipped.through, skipped.problem) == (2, 3, "skipped")


def test_chronology_is_controlled(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    early = date(2026, 11, 20)
    gateway.call(REGISTER, letter(their_number="2", received_on=early, registered_on=early))

    assert problems(gateway, "01-23") == [(2, "chronology")]


def test_the_ordinals_are_issued_reserved_or_gaps(gateway: LocalGateway) -> None:
    for n in range(4):
        gateway.call(REGISTER, order(subject=f"Приказ {n}"))
    gateway.call(RESERVE, ReserveNumbers(journal="р", count=2))
    gateway.call(CANCEL, CancelRegistration(document="2-р"), REASON)
    gateway.call(REGISTER, order(subject="Далеко", number="9-р"))

    assert problems(gateway) == [
        (2, "cancelled"),
        (5, "reserved"),
        (6, "reserved"),
        (7, "skipped"),
    ]
    assert TODAY.year == 2026


def test_a_new_date_within_the_period_keeps_the_number(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, order(signed_on=date(2026, 11, 20)))
    request = ReregisterDocument(document="1-р", registered_on=date(2026, 11, 20))

    anew = gateway.call(REREGISTER, request, REASON)

    assert (anew.number, anew.registered_on) == ("1-р", date(2026, 11, 20))
    assert problems(gateway) == []
    with pytest.raises(NothingToChange):
        gateway.call(REREGISTER, ReregisterDocument(document="1-р"), REASON)
