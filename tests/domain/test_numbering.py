"""Number formulas: what they write they read, and what cannot number is refused at once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.numbering import (
    CODES,
    NumberContext,
    Period,
    Scope,
    Token,
    check_counter,
    check_suffix,
    parse_formula,
    period_key,
)
from sed_tui.errors.numbering import BadFormula, BadNumber, BadSuffix, CodeMissing

DAY = date(2026, 11, 23)
CONTEXT = NumberContext(on=DAY, codes={Token.JOURNAL: "01-23", Token.KIND: "п"})


@pytest.mark.parametrize(
    ("formula", "number"),
    [
        ("{journal}/{ordinal}", "01-23/145"),
        ("{ordinal}-{kind}/{year2}", "145-п/26"),
        ("{ordinal:5}", "00145"),
        ("{year}-{month}-{day}-{ordinal}", "2026-11-23-145"),
        ("{quarter}кв-{ordinal}", "4кв-145"),
        ("{журнал}-{номер}/{год2}", "01-23-145/26"),
    ],
)
def test_a_formula_writes_numbers(formula: str, number: str) -> None:
    assert parse_formula(formula).number(145, CONTEXT) == number


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("{journal}/{year}", "has no {ordinal}"),
        ("{ordinal}-{ordinal}", "stands in it twice"),
        ("{ordinal}/{year}/{year}", "stands in it twice"),
        ("{journal} {ordinal}", "spaces"),
        ("{ordinal}/{colour}", "no token {colour}"),
        ("{ordinal:0}", "from 1 to 9"),
        ("{ordinal:10}", "from 1 to 9"),
        ("{year:4}{ordinal}", "only {ordinal} takes digits"),
        ("{ordinal", "brace"),
    ],
)
def test_a_formula_that_cannot_number_is_refused(formula: str, reason: str) -> None:
    with pytest.raises(BadFormula, match="wrong") as refused:
        parse_formula(formula)

    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("formula", "period", "scope"),
    [
        ("{ordinal}", Period.MONTH, Scope.NONE),
        ("{ordinal}", Period.QUARTER, Scope.NONE),
        ("{ordinal}/{month}", Period.DAY, Scope.NONE),
        ("{ordinal}", Period.YEAR, Scope.UNIT),
        ("{ordinal}", Period.YEAR, Scope.LEADING),
    ],
)
def test_a_counter_whose_numbers_could_not_be_told_apart_is_refused(
    formula: str, period: Period, scope: Scope
) -> None:
    with pytest.raises(BadFormula):
        check_counter(parse_formula(formula), period, scope)


def test_a_code_that_is_not_filled_in_is_named() -> None:
    with pytest.raises(CodeMissing, match="unit"):
        parse_formula("{unit}-{ordinal}").number(1, CONTEXT)


def test_digits_are_a_minimum_and_never_wrap() -> None:
    formula = parse_formula("{ordinal:3}")

    assert [formula.number(n, CONTEXT) for n in (7, 999, 1000)] == ["007", "999", "1000"]


@pytest.mark.parametrize(
    "number", ["01-23/0145", "01-23/0", "01-24/145", "145", "01-23/", "01-23/145 "]
)
def test_a_number_of_another_form_is_refused(number: str) -> None:
    with pytest.raises(BadNumber):
        parse_formula("{journal}/{ordinal}").read(number, CONTEXT)


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("01-23/145", (145, "")),
        ("01-23/145а", (145, "а")),
        ("01-23/145-а", (145, "-а")),
        ("01-23/145/1", (145, "/1")),
    ],
)
def test_a_suffixed_number_is_read(number: str, place: tuple[int, str]) -> None:
    assert parse_formula("{journal}/{ordinal}").read(number, CONTEXT) == place


@pytest.mark.parametrize("suffix", ["a", "аб", "/0", "А", "-", "1", " а"])
def test_a_latin_letter_is_no_suffix(suffix: str) -> None:
    with pytest.raises(BadSuffix):
        check_suffix(suffix)


@pytest.mark.parametrize(
    ("period", "key"),
    [
        (Period.YEAR, "2026"),
        (Period.QUARTER, "2026-Q4"),
        (Period.MONTH, "2026-11"),
        (Period.DAY, "2026-11-23"),
        (Period.CONTINUOUS, "all"),
    ],
)
def test_the_counter_starts_again_with_its_period(period: Period, key: str) -> None:
    assert period_key(period, DAY) == key


_LITERALS = st.text("абвABC-/._№", max_size=4)
_TOKENS = st.lists(
    st.sampled_from([t for t in Token if t is not Token.ORDINAL]), unique=True, max_size=4
)
_SUFFIXES = st.sampled_from(["", "а", "-б", "/1", "/12"])


@given(st.data())
def test_what_a_formula_writes_it_reads_back(data: st.DataObject) -> None:
    tokens = [f"{{{token.value}}}" for token in data.draw(_TOKENS)]
    tokens.insert(
        data.draw(st.integers(0, len(tokens))), f"{{ordinal:{data.draw(st.integers(1, 9))}}}"
    )
    # a letter between tokens keeps the digits of one from running into the other's
    text = "".join(part + "х" + data.draw(_LITERALS) for part in tokens)
    codes = {token: data.draw(st.text("абвг-1", min_size=1, max_size=5)) for token in CODES}
    context = NumberContext(
        on=data.draw(st.dates(date(2000, 1, 1), date(2099, 12, 31))), codes=codes
    )
    ordinal, suffix = data.draw(st.integers(1, 10**10)), data.draw(_SUFFIXES)
    formula = parse_formula(text)

    assert formula.read(formula.number(ordinal, context, suffix), context) == (ordinal, suffix)
