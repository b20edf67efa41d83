"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.dates import FIRST_YEAR, LAST_YEAR, parse_date
from sed_tui.errors.input import BadDate, UnclearYear

DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))


@given(DAYS)
def test_every_way_of_writing_names_the_same_day(day: date) -> None:
    ways = (
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f" {day:%d.%m.%Y} г. ",
        f"{day:%d.%m.%Y}\u00a0года",
        day.isoformat(),
    )

    assert {parse_date(way) for way in ways} == {day}


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2026",
        "00.01.2026",
        "2026-02-31",
        "2026-2-3",
        "02/03/2026",
        "12-31-2026",
        "13.2026",
        "2026.02.03",
        "завтра",
        "",
        "٣.٠٢.2026",
        "03.02.2026 12:00",
    ],
)
def test_what_is_not_a_date_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        parse_date(text, "their_date")


def test_the_month_never_comes_first() -> None:
    assert parse_date("03.02.2026") == date(2026, 2, 3)
    with pytest.raises(BadDate):
        parse_date("02.13.2026")


@pytest.mark.parametrize("text", ["03.02.26", "03.02.0226", "0226-02-03", "03.02.20226", "3.2.226"])
def test_a_year_that_must_be_guessed_is_refused(text: str) -> None:
    with pytest.raises(UnclearYear) as caught:
        parse_date(text, "received_on")

    assert caught.value.field == "received_on"


@given(st.text(max_size=12))
def test_no_text_breaks_the_parser(text: str) -> None:
    failure = None
    try:
        parse_date(text)
    except BadDate as error:
        failure = error

    assert failure is None or failure.details["value"] == text
