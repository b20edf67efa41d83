"""The query language of the prompt."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.query import (
    Criterion,
    Query,
    Words,
    as_typed,
    criterion,
    parse_query,
    while_typing,
)
from sed_tui.domain.query_names import FLAGS, FLOWS, HOLDINGS, NAMES, Field
from sed_tui.errors import SedError
from sed_tui.errors.query import BadQuery

TODAY = date(2026, 11, 23)


def parse(text: str) -> Query:
    return parse_query(text, TODAY)


def days(text: str) -> tuple[str, str]:
    [found] = parse(text).criteria
    assert found.period
    return found.period[0].isoformat(), found.period[1].isoformat()


def test_words_phrases_and_conditions_stand_side_by_side() -> None:
    query = parse('flow:incoming from:"Минздрав" since:2026-01 overdue ремонт "новой школы" -смета')

    assert query.words == (Words("ремонт"), Words("новой школы", is_phrase=True))
    assert query.without == (Words("смета"),)
    assert [(found.field, found.text) for found in query.criteria] == [
        (Field.FLOW, "incoming"),
        (Field.FROM, "Минздрав"),
        (Field.SINCE, "2026-01"),
        (Field.OVERDUE, ""),
    ]


def test_the_russian_spelling_asks_the_same() -> None:
    english = parse("flow:incoming from:Минздрав since:2026-01 overdue -has:file")
    russian = parse("Поток:Входящие от:Минздрав с:2026-01 Просрочено -есть:файл")

    assert english == russian


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on:03.02.2026", "2026-02-03", "2026-02-03"),
        ("on:2026-02-03", "2026-02-03", "2026-02-03"),
        ("за:02.2026", "2026-02-01", "2026-02-28"),
        ("until:2026-02", "2026-02-01", "2026-02-28"),
        ("since:2024", "2024-01-01", "2024-12-31"),
        ("on:вчера", "2026-11-22", "2026-11-22"),
        ("on:today", "2026-11-23", "2026-11-23"),
    ],
)
def test_a_period_is_a_day_a_month_or_a_year(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("приказ since:31.02.2026", "since:31.02.2026", 8),
        ("since:2026-13", "since:2026-13", 1),
        ("since:02/03/2026", "since:02/03/2026", 1),
        ("flow:sideways", "flow:sideways", 1),
        ("ремонт цвет:красный", "цвет:красный", 8),
        ("from: Минздрав", "from:", 1),
        ('from:"" ремонт', 'from:""', 1),
        ("number:—", "number:—", 1),
        ('ремонт "новой школы', '"новой школы', 8),
        ("has:money", "has:money", 1),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, word: str, place: int) -> None:
    with pytest.raises(BadQuery) as caught:
        parse(text)

    assert (caught.value.details["word"], caught.value.details["place"]) == (word, place)
    assert word in str(caught.value)


def test_a_name_that_is_to_be_found_as_a_word_is_quoted() -> None:
    assert parse('"overdue"').words == (Words("overdue", is_phrase=True),)
    assert parse("«просрочено»").words == (Words("просрочено", is_phrase=True),)


def test_a_colon_before_a_space_and_a_dash_of_its_own_are_no_signs() -> None:
    assert parse("Приказ: о премии - срочно").words == (
        Words("Приказ:"),
        Words("о"),
        Words("премии"),
        Words("-"),
        Words("срочно"),
    )


def test_a_star_says_that_the_word_may_go_on() -> None:
    query = parse("минист* number:01-23/*")

    assert query.words == (Words("минист", is_begun=True),)
    assert query.criteria == (Criterion(Field.NUMBER, "01-23/", is_begun=True),)


def test_a_query_that_nobody_types_is_refused() -> None:
    with pytest.raises(BadQuery):
        parse("слово " * 51)
    with pytest.raises(SedError, match="1200"):
        parse("с" * 1200)
    with pytest.raises(SedError):
        parse("при\x1b[31mказ")


@pytest.mark.parametrize(
    ("typed", "run"),
    [
        ("", ""),
        ("прик", "прик*"),
        ("flow:incoming прик", "flow:incoming прик*"),
        ("прик ", "прик "),
        ("приказ -", "приказ "),
        ("приказ from:", "приказ "),
        ('приказ from:"', "приказ "),
        ('приказ from:"Минз', 'приказ from:"Минз"'),
        ("«ремонт шк", "«ремонт шк»"),
        ('"ремонт школы"', '"ремонт школы"'),
        ("number:01-23/14", "number:01-23/14*"),
        ("flow:incoming", "flow:incoming"),
        ("overdue", "overdue"),
        ('ООО"Рома', 'ООО"Рома*'),
        ("прик*", "прик*"),
    ],
)
def test_what_is_typed_so_far_is_a_query_already(typed: str, run: str) -> None:
    assert while_typing(typed) == run


@given(st.text(alphabet='аб -:"«»*1.\n', max_size=30))
def test_whatever_is_typed_gives_a_query_or_an_explained_mistake(text: str) -> None:
    for written in (text, while_typing(text)):
        with suppress(SedError):  # anything else would fail the test
            parse(written)


@given(st.text(alphabet="аб 1-/«»:", min_size=1).filter(lambda text: any(map(str.isalnum, text))))
def test_a_value_written_as_a_condition_is_read_back(value: str) -> None:
    [found] = parse(criterion(Field.FROM, value)).criteria

    assert found.text == " ".join(value.split())


@pytest.mark.parametrize(
    ("argument", "query"),
    [
        ("from:Минздрав России", 'from:"Минздрав России"'),
        ("-от:Минздрав России", '-from:"Минздрав России"'),
        ("flow:incoming ремонт from:Минздрав", "flow:incoming ремонт from:Минздрав"),
        ('from:"Минздрав" ремонт', 'from:"Минздрав" ремонт'),
        ("ремонт школы", "ремонт школы"),
        ("overdue", "overdue"),
    ],
)
def test_quotes_that_the_shell_took_away_are_put_back(argument: str, query: str) -> None:
    assert as_typed(argument) == query


def test_no_name_means_two_things() -> None:
    assert not NAMES.keys() & FLAGS.keys()
    assert all(field.value in NAMES or field.value in FLAGS for field in Field)
    assert all(english in FLOWS for english in FLOWS.values())
    assert all(english in HOLDINGS for english in HOLDINGS.values())
