"""The quick reading of original numbers agrees with the formula's own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.numbering import Period, Scope, parse_formula
from sed_tui.errors import SedError
from sed_tui.handlers.importing.numbers import Templates
from sed_tui.handlers.numbers import Journal

FORMULAS = (
    "{journal}/{ordinal}",
    "{journal}-{ordinal:4}/{year2}",
    "{ordinal}-{journal}",
    "{kind}{case}-{ordinal:3}/{year}",
    "{year}{month}{day}{ordinal}",
    "{organization}.{group}.{quarter}-{ordinal}п",
    "{ordinal:5}",
)
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


def journal(formula: str) -> Journal:
    return Journal(
        id=UUID(int=1),
        code="01-23",
        flow="incoming",
        formula=parse_formula(formula),
        period=Period.YEAR,
        scope=Scope.NONE,
        start=1,
        group_code="ГР",
        state="active",
        closed_before=None,
    )


@given(
    st.sampled_from(FORMULAS),
    DAYS,
    st.integers(1, 99_999_999),
    st.sampled_from(["", "а", "-б", "/1", "/12"]),
)
def test_what_the_formula_writes_is_read_back(
    formula: str, day: date, ordinal: int, suffix: str
) -> None:
    templates, one = Templates("01"), journal(formula)
    context = templates.context(one, day, kind="п", case="05")
    number = one.formula.number(ordinal, context, suffix)
    template = templates.find(one, context)

    assert template is not None
    place = template.read(number)
    assert (place.ordinal, place.suffix) == one.formula.read(number, context)
    assert (place.period, place.scope) == (str(day.year), "")


@given(st.sampled_from(FORMULAS), DAYS, st.text(alphabet="0123456789-/.аб1", max_size=14))
def test_no_other_text_is_taken_for_a_number_of_the_formula(
    formula: str, day: date, text: str
) -> None:
    templates, one = Templates("01"), journal(formula)
    context = templates.context(one, day, kind="п", case="05")
    template = templates.find(one, context)
    assert template is not None
    place = template.read(text)
    try:
        expected = one.formula.read(text, context)
    except SedError:
        expected = None

    if expected is not None and expected[0] < 1_000_000_000:
        assert (place.ordinal, place.suffix) == expected
    elif place.ordinal is not None:
        # bare digits are an ordinal in any register
        assert (text.isdecimal(), place.suffix) == (True, "")


def test_a_formula_with_an_empty_code_reads_nothing() -> None:
    templates, one = Templates("01"), journal("{case}-{ordinal}")

    assert templates.find(one, templates.context(one, date(2025, 1, 1))) is None


@pytest.mark.parametrize("text", ["2025000145", "0", "", "12а", "1/2/3"])
def test_what_is_no_ordinal_stays_a_text(text: str) -> None:
    templates, one = Templates("01"), journal("{journal}/{ordinal}")
    template = templates.find(one, templates.context(one, date(2025, 1, 1)))

    assert template is not None
    assert template.read(text).ordinal is None
