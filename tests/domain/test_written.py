"""Values as people write them in tables."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain import written
from sed_tui.domain.dates import parse_date
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.domain.identifiers import checked_inn
from sed_tui.errors.correspondents import BadIdentifier
from sed_tui.errors.form import NotASheetCount, NotAWholeNumber, NumberOutOfRange
from sed_tui.errors.imports import DigitsLost, NotYesOrNo, UnknownValue

NUMBERS = st.from_regex(r"\A[0-9А-Я]{1,4}(?:[-/][0-9а-я]{1,4}){0,2}\Z")
DAYS = st.dates(date(1950, 1, 1), date(2100, 1, 1))


@given(NUMBERS, DAYS, st.sampled_from(["№ ", "№", ""]), st.sampled_from(["", " г.", "г", " года"]))
def test_a_number_with_its_date_is_split(number: str, day: date, sign: str, year: str) -> None:
    found, shown = written.number_and_date(f"{sign}{number} от {day:%d.%m.%Y}{year}")

    assert found == number
    assert parse_date(shown or "") == day


@given(NUMBERS)
def test_a_number_alone_stays_whole(number: str) -> None:
    assert written.number_and_date(number) == (number, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 от 2025-02-03", ("12", "2025-02-03")),
        ("12, от 03.02.2025", ("12", "03.02.2025")),
        ("б/н от 03.02.2025", ("б/н", "03.02.2025")),
        ("N 5", ("5", None)),
        ("No. 5", ("5", None)),
        ("Новый-5", ("Новый-5", None)),
        ("12 от вчера", ("12 от вчера", None)),
    ],
)
def test_ways_of_writing_a_number_with_its_date(text: str, expected: tuple[str, str]) -> None:
    assert written.number_and_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("145", "145"), ("145.0", "145"), ("145,00", "145"), ("1.5", "1.5")]
)
def test_a_fraction_that_is_whole_loses_its_zeros(text: str, expected: str) -> None:
    assert written.exact(text, "number") == expected


@pytest.mark.parametrize("text", ["7.70123E+09", "1,2E15", "1.234567890123457E+19"])
def test_digits_that_are_gone_are_not_guessed(text: str) -> None:
    with pytest.raises(DigitsLost):
        written.exact(text, "number")


@given(st.integers(1, 99), st.integers(0, 9_999_999))
def test_an_inn_gets_its_zero_back_where_the_check_digit_proves_it(area: int, rest: int) -> None:
    body = f"0{area % 9 + 1}{rest:07d}"
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    inn = body + str(sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11 % 10)

    assert checked_inn(inn) == inn
    assert written.restored_inn(str(int(inn))) == inn
    assert written.restored_inn(f"{int(inn)}.0") == inn


@pytest.mark.parametrize("text", ["123456789", "12345", "72020000010", "7202000001"])
def test_an_inn_that_nothing_proves_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier):
        written.restored_inn(text)


@pytest.mark.parametrize(
    ("text", "expected"), [("27401001", "027401001"), ("720301001", "720301001"), ("1.0", "1")]
)
def test_a_kpp_gets_its_zero_back(text: str, expected: str) -> None:
    assert written.restored_kpp(text) == expected


def test_counts_are_whole_and_within_bounds() -> None:
    assert written.count("1 000", "copies", most=5000) == 1000
    with pytest.raises(NotAWholeNumber):
        written.count("-1", "copies", most=5000)
    with pytest.raises(NumberOutOfRange):
        written.count("5001", "copies", most=5000)


def test_sheets_may_be_written_with_those_of_the_annexes() -> None:
    assert written.sheet_counts("1+7", most=100) == (1, 7)
    assert written.sheet_counts("3", most=100) == (3, None)
    with pytest.raises(NotASheetCount):
        written.sheet_counts("много", most=100)


def test_yes_and_no_are_understood_in_both_languages() -> None:
    assert [written.flag(word, "historic") for word in ("да", "YES", "1", "true", "+")] == [
        True
    ] * 5
    assert [written.flag(word, "historic") for word in ("нет", "no", "0", "False", "-")] == [
        False
    ] * 5
    with pytest.raises(NotYesOrNo):
        written.flag("возможно", "historic")


def test_flows_and_marks_are_named_in_both_languages() -> None:
    assert written.flow_named("Входящее") is Flow.INCOMING
    assert written.flow_named("order") is Flow.ORDER
    assert written.mark_named("ДСП") is Confidentiality.OFFICIAL
    with pytest.raises(UnknownValue):
        written.flow_named("боковой")
