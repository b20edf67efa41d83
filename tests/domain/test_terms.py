"""Terms: the golden cases, what people write, and the shift off a day off."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui import i18n
from sed_tui.domain.calendar import Direction
from sed_tui.domain.term_explanation import lines_of, tell
from sed_tui.domain.term_profiles import DEFAULT_PROFILES
from sed_tui.domain.terms import (
    Deadline,
    Duration,
    FixedDay,
    Unit,
    WithoutTerm,
    deadline,
    parse_term,
    require_future,
)
from sed_tui.errors.input import BadDate
from sed_tui.errors.terms import BadTerm, CalendarYearUnknown, DueInThePast, NotAWorkingDay
from tests.calendars import published

PROFILES = {profile.code: profile for profile in DEFAULT_PROFILES}
MONTH = PROFILES["month"]


def count(text: str | None, start: date, profile: str = "month") -> Deadline:
    term = parse_term(text, DEFAULT_PROFILES, PROFILES[profile])
    assert not isinstance(term, WithoutTerm)
    return deadline(term, start, published())


def explained(found: Deadline) -> list[str]:
    """Return the explanation as it is read back from the database."""
    return tell(json.loads(json.dumps(lines_of(found))))


@pytest.mark.parametrize(
    ("text", "start", "nominal", "effective"),
    [
        (None, date(2025, 1, 31), date(2025, 2, 28), date(2025, 2, 28)),
        (None, date(2025, 10, 1), date(2025, 11, 1), date(2025, 11, 1)),
        ("оперативно", date(2025, 4, 22), date(2025, 5, 2), date(2025, 4, 30)),
        ("срочно", date(2025, 6, 10), date(2025, 6, 13), date(2025, 6, 11)),
        ("5 рд", date(2025, 4, 29), date(2025, 5, 12), date(2025, 5, 12)),
        ("10", date(2025, 4, 22), date(2025, 5, 2), date(2025, 4, 30)),
        ("месяц", date(2024, 1, 31), date(2024, 2, 29), date(2024, 2, 29)),
        ("02.05.2025", date(2025, 4, 1), date(2025, 5, 2), date(2025, 4, 30)),
    ],
)
def test_golden_terms(text: str | None, start: date, nominal: date, effective: date) -> None:
    found = count(text, start)

    assert (found.nominal, found.effective) == (nominal, effective)
    assert found.shifted_by == (effective - nominal).days


def test_an_appeal_moves_back_by_default_and_thirteen_days_further_by_the_other_policy() -> None:
    start, appeal = date(2025, 12, 1), PROFILES["appeal"]
    forward = replace(appeal, shift=Direction.NEXT)
    back = count(None, start, "appeal")
    ahead = deadline(Duration(30, Unit.CALENDAR_DAYS, forward), start, published())

    assert back.nominal == ahead.nominal == date(2025, 12, 31)
    assert (back.effective, ahead.effective) == (date(2025, 12, 30), date(2026, 1, 12))
    assert (ahead.effective - back.effective).days == 13


@pytest.mark.parametrize(
    ("whole", "effective", "code"),
    [
        (date(2026, 12, 21), date(2026, 12, 8), "half"),  # 13 of 26 days
        (date(2026, 11, 26), date(2026, 11, 25), "half"),
        (None, date(2026, 12, 4), "plus"),  # ten days, the tenth being a Saturday
        (date(2026, 11, 20), date(2026, 12, 4), "plus"),  # over already: nothing to halve
    ],
)
def test_report_back_is_half_of_the_term_and_else_ten_days(
    whole: date | None, effective: date, code: str
) -> None:
    start = date(2026, 11, 25)
    term = parse_term("доложите", DEFAULT_PROFILES, MONTH)
    assert isinstance(term, Duration)
    found = deadline(term, start, published(), whole)

    assert found.effective == effective
    assert lines_of(found)[1]["code"] == code
    assert explained(found)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("10", 10, Unit.CALENDAR_DAYS),
        ("10 дней", 10, Unit.CALENDAR_DAYS),
        (" 10\u00a0календарных дней ", 10, Unit.CALENDAR_DAYS),
        ("1 день", 1, Unit.CALENDAR_DAYS),
        ("5рд", 5, Unit.WORKING_DAYS),
        ("5 р.д.", 5, Unit.WORKING_DAYS),
        ("5 раб. дн.", 5, Unit.WORKING_DAYS),
        ("3 рабочих дня", 3, Unit.WORKING_DAYS),
        ("5 working days", 5, Unit.WORKING_DAYS),
        ("2 месяца", 2, Unit.MONTHS),
        ("6 мес.", 6, Unit.MONTHS),
        ("Срочно", 3, Unit.CALENDAR_DAYS),
        ("НЕЗАМЕДЛИТЕЛЬНО", 3, Unit.CALENDAR_DAYS),
        ("parliamentary", 15, Unit.CALENDAR_DAYS),
        ("", 1, Unit.MONTHS),
    ],
)
def test_terms_as_people_write_them(text: str, amount: int, unit: Unit) -> None:
    term = parse_term(text, DEFAULT_PROFILES, MONTH)

    assert isinstance(term, Duration)
    assert (term.amount, term.unit) == (amount, unit)


@pytest.mark.parametrize("text", ["2026-12-01", "01.12.2026", "1.12.2026"])
def test_a_day_is_a_term(text: str) -> None:
    assert parse_term(text, DEFAULT_PROFILES, MONTH) == FixedDay(date(2026, 12, 1), MONTH)


@pytest.mark.parametrize("text", ["без срока", "Бессрочно", "none"])
def test_a_term_may_be_none(text: str) -> None:
    assert isinstance(parse_term(text, DEFAULT_PROFILES, MONTH), WithoutTerm)
    assert tell(lines_of(None)) == ["There is no term."]


@pytest.mark.parametrize(
    "text", ["0", "-5", "10 лет", "завтра бы", "999999", "5 рд и ещё", "рд", "1,5", "12/31/2026"]
)
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(BadTerm):
        parse_term(text, DEFAULT_PROFILES, MONTH)


@pytest.mark.parametrize("text", ["31.02.2026", "2026-02-31", "01.12", "31.12.26"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        parse_term(text, DEFAULT_PROFILES, MONTH)


def test_a_term_in_a_year_that_is_not_published_is_refused_by_name() -> None:
    with pytest.raises(CalendarYearUnknown) as failure:
        count("10.03.2041", date(2026, 11, 23))

    assert failure.value.details["year"] == 2041


def test_the_first_day_may_be_counted() -> None:
    inclusive = replace(MONTH, counts_start=True)
    for amount, unit, end in [
        (3, Unit.CALENDAR_DAYS, date(2026, 11, 25)),
        (3, Unit.WORKING_DAYS, date(2026, 11, 25)),
        (1, Unit.MONTHS, date(2026, 12, 23)),
    ]:
        found = deadline(Duration(amount, unit, inclusive), date(2026, 11, 23), published())
        assert found.effective == end
    assert "counted" in explained(found)[0]


def test_a_profile_may_refuse_a_day_off_and_names_the_nearest_working_days() -> None:
    strict = replace(MONTH, shift=Direction.REFUSE)
    with pytest.raises(NotAWorkingDay) as failure:
        deadline(FixedDay(date(2025, 5, 2), strict), date(2025, 4, 1), published())

    assert "30.04.2025" in failure.value.advice
    assert "05.05.2025" in failure.value.advice


def test_a_term_never_ends_before_it_begins() -> None:
    friday_evening = date(2026, 11, 20)
    found = count("1", friday_evening + timedelta(days=1))

    assert found.nominal == date(2026, 11, 22)
    assert found.effective == date(2026, 11, 23)
    assert "previous working day lies before the start" in " ".join(explained(found))


def test_a_term_that_is_over_is_refused() -> None:
    today = date(2026, 11, 23)
    with pytest.raises(DueInThePast):
        require_future(count("20.11.2026", today), today)
    require_future(count("23.11.2026", today), today)


def test_the_explanation_shows_every_step() -> None:
    lines = explained(count("оперативно", date(2025, 4, 22)))

    assert lines[0].startswith("From 22.04.2025 (Tue)")
    assert lines[1] == "+10 calendar days → 02.05.2025 (Fri)"
    assert lines[2].endswith("→ previous working day 30.04.2025 (Wed)")
    assert "Оперативно" in lines[3]


def test_one_explanation_is_told_in_the_language_of_each_reader() -> None:
    kept = lines_of(count("оперативно", date(2025, 4, 22)))
    i18n.use("ru")

    assert tell(kept)[0] == "От 22.04.2025 (вт), сам день не считается"
    assert tell(kept)[2].endswith("→ предыдущий рабочий день 30.04.2025 (ср)")


def test_an_explanation_that_was_kept_as_text_stays_readable() -> None:
    assert tell(["От 22.04.2025 (вт)", {"code": "none"}]) == [
        "От 22.04.2025 (вт)",
        "There is no term.",
    ]


def test_a_checked_profile_names_its_paragraph() -> None:
    checked = replace(PROFILES["appeal"], checked_on=date(2026, 11, 1))
    found = deadline(Duration(30, Unit.CALENDAR_DAYS, checked), date(2026, 11, 2), published())

    assert "ч. 1 ст. 12" in explained(found)[-1]
    assert "not compared" not in explained(found)[-1]


STARTS = st.dates(date(2013, 1, 1), date(2026, 6, 30))
AMOUNTS = st.one_of(
    st.tuples(st.integers(1, 120), st.just(Unit.CALENDAR_DAYS)),
    st.tuples(st.integers(1, 60), st.just(Unit.WORKING_DAYS)),
    st.tuples(st.integers(1, 4), st.just(Unit.MONTHS)),
)


@given(
    STARTS,
    AMOUNTS,
    st.sampled_from([Direction.PREVIOUS, Direction.NEXT]),
    st.booleans(),
)
def test_an_effective_term_is_a_working_day(
    start: date, amount: tuple[int, Unit], shift: Direction, counts_start: bool
) -> None:
    profile = replace(MONTH, shift=shift, counts_start=counts_start)
    found = deadline(Duration(*amount, profile), start, published())

    assert published().is_working(found.effective)
    assert found.effective >= start
    assert abs(found.shifted_by) <= 12
    assert explained(found)


@given(STARTS, st.integers(1, 60))
def test_working_days_end_on_the_day_that_counts_them(start: date, amount: int) -> None:
    found = deadline(Duration(amount, Unit.WORKING_DAYS, MONTH), start, published())

    assert found.nominal == found.effective
    assert published().working_days_between(start, found.effective) == amount


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader_of_terms(text: str) -> None:
    with suppress(BadTerm, BadDate):
        parse_term(text, DEFAULT_PROFILES, MONTH)
