"""Two ways of writing a sender's number are one number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.duplicates import exact_form, number_key
from sed_tui.domain.registration import WITHOUT_NUMBER, sender_number


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
    [("145/и", "145-И", True), ("3-10", "31-0", False), ("№ 01-23/45", "01-23-45", True)],
)
def test_the_parts_of_a_number_are_kept_apart(one: str, other: str, is_same: bool) -> None:
    assert (exact_form(one) == exact_form(other)) is is_same


@pytest.mark.parametrize("text", ["б/н", "Б/Н", "бн", "без номера", "б.н."])
def test_every_way_of_saying_no_number_is_one(text: str) -> None:
    assert sender_number(text) == WITHOUT_NUMBER
    assert number_key(sender_number(text)) is None


@given(st.text("абвзОЗорABCOcopxy0123456789 -–/№.«»", max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    key = number_key(text)

    assert key is None or number_key(key) == key
