"""Two ways of writing a sender's number are one number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.duplicates import Letter, Likeness, exact_form, likeness, number_key
from sed_tui.domain.flows import Flow
from sed_tui.domain.registration import WITHOUT_NUMBER, sender_number

DAY = date(2025, 3, 20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("145/и", "145-И"),
        ("№ 01-23/45", "0123/45"),
        ("OГ-77", "ОГ-77"),  # Latin O
        ("О1-2", "01-2"),  # the letter O and the digit
        ("12–А", "12-а"),
        ("АВС 1", "ABC1"),  # Latin letters
    ],
)
def test_the_same_number_written_otherwise(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other"), [("145", "146"), ("145/и", "145/п"), ("1", "11")])
def test_different_numbers_stay_different(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("145/и", "145-И", True),
        ("145/и", "145и", True),
        ("И-5/1", "и5 / 1", True),
        ("О1-2", "01-2", True),  # the letter O
        ("3-10", "31-0", False),
        ("№ 01-23/45", "01-23-45", True),
        ("01-23/45", "0123/45", False),
    ],
)
def test_the_parts_of_a_number_are_kept_apart(one: str, other: str, is_same: bool) -> None:
    assert (exact_form(one) == exact_form(other)) is is_same


def written(number: str | None = "3-10", day: date | None = DAY, **other: Any) -> Letter:
    fields = {"sender": "Минздрав", "flow": Flow.INCOMING, **other}
    return Letter(**fields, key=number_key(number), number=number, day=day)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (written(), Likeness.EXACT),
        (written("3/10"), Likeness.EXACT),
        (written("31-0"), Likeness.SIMILAR_NUMBER),
        (written(day=DAY - timedelta(days=30)), Likeness.SIMILAR_NUMBER),
        (written(day=None), Likeness.SIMILAR_NUMBER),
        (written(day=DAY - timedelta(days=31)), None),
        (written("3-11"), None),
        (written("б/н"), None),
        (written(sender="Минфин"), None),
        (written(flow=Flow.APPEAL), None),
    ],
)
def test_a_letter_is_like_a_registered_one(known: Letter, expected: Likeness | None) -> None:
    assert likeness(known, written()) is expected


def test_a_file_and_a_person_come_after_the_number() -> None:
    other, appeal = written("7"), written("8", flow=Flow.APPEAL)

    assert likeness(other, written(), same_file=True) is Likeness.SAME_FILE
    assert likeness(written(), written(), same_file=True) is Likeness.EXACT
    assert likeness(appeal, written(flow=Flow.APPEAL)) is Likeness.REPEATED_APPEAL
    assert likeness(written(None, sender=None), written(None, sender=None)) is None


@pytest.mark.parametrize("text", ["б/н", "Б/Н", "бн", "без номера", "б.н."])
def test_every_way_of_saying_no_number_is_one(text: str) -> None:
    assert sender_number(text) == WITHOUT_NUMBER
    assert number_key(sender_number(text)) is None


@given(st.text("абвзОЗорABCOcopxy0123456789 -–/№.«»", max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    key = number_key(text)

    assert key is None or number_key(key) == key
