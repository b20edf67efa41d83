"""Dates as people type them into a form."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.errors.input import BadDate
from widgets.form_dates import Leaning, read_date, write_date

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("  ", None),
        ("12.11.2026", date(2026, 11, 12)),
        ("2026-11-12", date(2026, 11, 12)),
        ("12.11.26", date(2026, 11, 12)),
        ("12.11", date(2026, 11, 12)),
        ("12.11.", date(2026, 11, 12)),
        ("1.2", date(2026, 2, 1)),
        ("12,11", date(2026, 11, 12)),
        ("12ю11ю26", date(2026, 11, 12)),
        ("12 11", date(2026, 11, 12)),
        ("12.11.2026 г.", date(2026, 11, 12)),
        ("1211", date(2026, 11, 12)),
        ("121126", date(2026, 11, 12)),
        ("12112026", date(2026, 11, 12)),
        ("5", date(2026, 11, 5)),
        ("сегодня", TODAY),
        ("Вчера", date(2026, 11, 22)),
        ("завтра", date(2026, 11, 24)),
        ("+3", date(2026, 11, 26)),
        ("-1", date(2026, 11, 22)),
    ],
)
def test_a_date_is_understood(text: str, expected: date | None) -> None:
    assert read_date(text, TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "31.02",
        "31.02.2026",
        "0226",
        "10.11.0226",
        "11/10/2026",
        "13-11-2026",
        "29.02.2025",
        "дата",
        "1.13.2026",
        "32",
        "+99999",
        "2026.11.12",
        "12.11.202",
        "١٢.١١.٢٠٢٦",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        read_date(text, TODAY)


def test_a_date_without_a_year_leans_to_where_it_is_likely() -> None:
    january = date(2027, 1, 12)

    assert read_date("28.12", january, Leaning.PAST) == date(2026, 12, 28)
    assert read_date("28.12", january, Leaning.NEITHER) == date(2027, 12, 28)
    assert read_date("15.01", date(2026, 12, 28), Leaning.FUTURE) == date(2027, 1, 15)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_what_is_written_is_read_back(day: date) -> None:
    assert read_date(write_date(day), TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        found = read_date(text, TODAY)
    except BadDate:
        return
    assert found is None or found.year >= 1900


@given(st.integers(-400, 400))
def test_a_shift_counts_days_from_today(days: int) -> None:
    assert read_date(f"{days:+d}", TODAY) == TODAY + timedelta(days)
