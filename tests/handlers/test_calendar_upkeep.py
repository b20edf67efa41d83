"""Days, years and profiles changed by the people who keep them, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import Unit
from sed_tui.domain.year_check import HOLIDAYS
from sed_tui.errors import NotPermitted
from sed_tui.errors.input import EmptyText
from sed_tui.errors.terms import (
    CalendarYearUnknown,
    HolidaysMissing,
    NotAWorkingDay,
    NothingToImport,
    SameDayTwice,
    SharedCalendar,
)
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.calendar import EXPLAIN, SHOW, ExplainTerm, ShowCalendar
from sed_tui.operations.calendar_upkeep import (
    IMPORT,
    OVERRIDE,
    SET_PROFILE,
    CalendarRow,
    DayKind,
    ImportCalendar,
    OverrideDay,
    SetTermProfile,
)
from sed_tui.operations.organization import ADD, AddOrganization
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from tests.handlers.letters import letter
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from sed_tui.operations.registry import Operation, Request
    from tests.conftest import FixedClock

FRIDAY = date(2026, 11, 27)
WHOLE_YEAR = tuple(
    CalendarRow(day=date(2028, month, day), is_working=False, note="праздник")
    for month, day in HOLIDAYS
    if date(2028, month, day).weekday() < 5
)


@pytest.fixture
def top(settings: Settings, clock: FixedClock) -> Iterator[LocalGateway]:
    """Return a gateway into the organization at the head of the tree."""
    opened = LocalGateway(replace(settings, organization="01"), clock)
    yield opened
    opened.close()


@pytest.fixture
def below(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Iterator[LocalGateway]:
    """Return a gateway into an organization below the first one."""
    gateway.call(ADD, AddOrganization(code="0101", name="Отдел культуры", parent="01"))
    opened = LocalGateway(replace(settings, organization="0101"), clock)
    yield opened
    opened.close()


def test_a_day_off_of_ones_own_moves_terms_and_warns_of_those_given(gateway: LocalGateway) -> None:
    gateway.call(ISSUE, IssueAssignment(text="Ответить", executor="admin", due="27.11.2026"))
    request = OverrideDay(day=FRIDAY, kind=DayKind.OFF, note="День области")
    done = gateway.call(OVERRIDE, request)

    assert (done.is_working, done.note, done.open_terms) == (False, "День области", 1)
    assert len(done.warnings) == 1
    assert ends(gateway, date(2026, 11, 24), "3") == date(2026, 11, 26)
    gateway.call(OVERRIDE, OverrideDay(day=FRIDAY, kind=DayKind.DEFAULT))
    assert ends(gateway, date(2026, 11, 24), "3") == FRIDAY


def test_a_working_saturday_of_ones_own_is_worked(gateway: LocalGateway) -> None:
    saturday = FRIDAY + timedelta(days=1)
    gateway.call(OVERRIDE, OverrideDay(day=saturday, kind=DayKind.WORKING))

    assert ends(gateway, FRIDAY, "1 рд") == saturday


def test_days_of_a_region_hold_below_until_the_nearest_says_otherwise(
    top: LocalGateway, below: LocalGateway
) -> None:
    top.call(OVERRIDE, OverrideDay(day=FRIDAY, kind=DayKind.OFF))
    assert ends(below, date(2026, 11, 24), "3") == FRIDAY

    top.call(OVERRIDE, OverrideDay(day=FRIDAY, kind=DayKind.OFF, branch=True))
    assert ends(below, date(2026, 11, 24), "3") == date(2026, 11, 26)
    below.call(OVERRIDE, OverrideDay(day=FRIDAY, kind=DayKind.WORKING))
    assert ends(below, date(2026, 11, 24), "3") == FRIDAY
    assert ends(top, date(2026, 11, 24), "3") == date(2026, 11, 26)


def test_a_day_of_an_unknown_year_is_refused(gateway: LocalGateway) -> None:
    with pytest.raises(CalendarYearUnknown):
        gateway.call(OVERRIDE, OverrideDay(day=date(2040, 1, 9), kind=DayKind.OFF))


def test_a_whole_year_becomes_known_and_can_be_corrected(gateway: LocalGateway) -> None:
    request = ImportCalendar(source="Постановление № 1", rows=WHOLE_YEAR)
    gateway.call(IMPORT, request, CallOptions(dry_run=True))
    with pytest.raises(CalendarYearUnknown):
        gateway.call(SHOW, ShowCalendar(year=2028))
    year = gateway.call(IMPORT, request).years[0]

    assert (year.year, year.was) == (2028, None)
    assert gateway.call(SHOW, ShowCalendar(year=2028)).working_days == year.working_days
    worked = CalendarRow(day=date(2028, 1, 15), is_working=True)
    again = gateway.call(IMPORT, ImportCalendar(source="Поправка", rows=(*WHOLE_YEAR, worked)))
    assert (again.years[0].was, again.years[0].working_days) == (
        year.working_days,
        year.working_days + 1,
    )


def test_a_year_that_is_not_whole_changes_nothing(gateway: LocalGateway) -> None:
    for rows, failure in (
        (WHOLE_YEAR[1:], HolidaysMissing),
        ((*WHOLE_YEAR, WHOLE_YEAR[0]), SameDayTwice),
        ((), NothingToImport),
    ):
        with pytest.raises(failure):
            gateway.call(IMPORT, ImportCalendar(source="Таблица", rows=rows))
    with pytest.raises(CalendarYearUnknown):
        gateway.call(SHOW, ShowCalendar(year=2028))


def test_years_are_loaded_by_the_head_of_the_tree_alone(below: LocalGateway) -> None:
    with pytest.raises(SharedCalendar):
        below.call(IMPORT, ImportCalendar(source="Таблица", rows=WHOLE_YEAR))


def test_only_administrators_change_the_calendar(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_people(settings, ("petrov", "Петров Василий", "executor", "А"))
    petrov = LocalGateway(replace(settings, login="petrov"), clock)

    changes: tuple[tuple[Operation[Any, Any], Request], ...] = (
        (OVERRIDE, OverrideDay(day=FRIDAY, kind=DayKind.OFF)),
        (IMPORT, ImportCalendar(source="Таблица", rows=WHOLE_YEAR)),
        (SET_PROFILE, SetTermProfile(code="own", title="Свой", amount=4, act="Приказ")),
    )
    for operation, request in changes:
        with pytest.raises(NotPermitted):
            petrov.call(operation, request)
    petrov.close()


def test_a_profile_is_made_and_changed_and_must_be_compared_anew(gateway: LocalGateway) -> None:
    made = gateway.call(
        SET_PROFILE,
        SetTermProfile(
            code="Own",
            title="Свой",
            amount=4,
            counted_in=Unit.WORKING_DAYS,
            shift=Direction.REFUSE,
            act="Приказ № 5",
            paragraph="п. 2",
            checked_on=date(2026, 11, 1),
        ),
    )
    assert (made.code, made.counted_in, made.checked_on) == (
        "own",
        Unit.WORKING_DAYS,
        date(2026, 11, 1),
    )
    assert ends(gateway, date(2026, 11, 23), "свой") == FRIDAY
    with pytest.raises(NotAWorkingDay):
        gateway.call(EXPLAIN, ExplainTerm(start=FRIDAY, term="1 день", profile="own"))

    changed = gateway.call(SET_PROFILE, SetTermProfile(code="own", act="Приказ № 6"))
    assert (changed.amount, changed.act, changed.checked_on) == (4, "Приказ № 6", None)
    with pytest.raises(EmptyText):
        gateway.call(SET_PROFILE, SetTermProfile(code="other", title="Без числа"))


def test_report_back_takes_half_of_the_term_on_control(
    gateway: LocalGateway, settings: Settings
) -> None:
    add_people(settings, ("petrov", "Петров Василий", "executor", None))
    number = gateway.call(REGISTER, letter()).number
    controlled = IssueAssignment(
        text="Ответить", executor="petrov", document=number, due="21.12.2026"
    )
    gateway.call(ISSUE, controlled)
    report = IssueAssignment(text="Доложите", executor="petrov", due="доложите")
    half = gateway.call(ISSUE, report.model_copy(update={"document": number}))
    alone = gateway.call(ISSUE, report)

    assert (half.due, alone.due) == (date(2026, 12, 7), date(2026, 12, 3))


def ends(gateway: LocalGateway, start: date, term: str) -> date | None:
    """Return the day a term ends on."""
    return gateway.call(EXPLAIN, ExplainTerm(start=start, term=term)).effective
