"""Numbers of the state registers: real ones are taken, mistakes are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.identifiers import checked_inn, checked_kpp, checked_ogrn
from sed_tui.errors.correspondents import BadIdentifier

# Sberbank, Gazprom, Yandex, Lukoil: from their published requisites
REAL = [
    ("7707083893", "773601001", "1027700132195"),
    ("7736050003", "781401001", "1027700070518"),
    ("7736207543", "770401001", "1027700229193"),
    ("7708004767", "770801001", "1027700035769"),
]


@pytest.mark.parametrize(("inn", "kpp", "ogrn"), REAL)
def test_numbers_of_real_organizations_are_right(inn: str, kpp: str, ogrn: str) -> None:
    assert checked_inn(inn) == inn
    assert checked_kpp(kpp, inn) == kpp
    assert checked_ogrn(ogrn, inn) == ogrn


@pytest.mark.parametrize("inn", ["500100732259", "526317984689"])
def test_the_inn_of_a_person_has_two_check_digits(inn: str) -> None:
    assert checked_inn(inn) == inn
    for wrong in (inn[:10] + _other(inn[10]) + inn[11], inn[:11] + _other(inn[11])):
        with pytest.raises(BadIdentifier):
            checked_inn(wrong)


def test_the_ogrn_of_an_entrepreneur_is_right() -> None:
    assert checked_ogrn("304500116000157") == "304500116000157"


def test_blanks_between_digits_are_left_out() -> None:
    assert checked_inn(" 7707 083\u00a0893 ") == "7707083893"
    assert checked_kpp("7736 01 001", "7707083893") == "773601001"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "only digits"),
        ("77070838９3", "only digits"),
        ("٧٧٠٧٠٨٣٨٩٣", "only digits"),
        ("7707083893.0", "only digits"),
        ("770708389", "10 digits"),
        ("77070838930", "10 digits"),
        ("0000000000", "begins with 00"),
        ("7707083894", "check digit"),
    ],
)
def test_a_wrong_inn_is_refused_and_says_why(text: str, said: str) -> None:
    with pytest.raises(BadIdentifier) as caught:
        checked_inn(text)

    assert said in str(caught.value)
    assert caught.value.field == "inn"


@pytest.mark.parametrize("text", ["", "77360100", "7736010011", "77360а001", "ABCD01001"])
def test_a_wrong_kpp_is_refused(text: str) -> None:
    with pytest.raises(BadIdentifier):
        checked_kpp(text, "7707083893")


@pytest.mark.parametrize("inn", [None, "500100732259"])
def test_only_an_organization_has_a_kpp(inn: str | None) -> None:
    with pytest.raises(BadIdentifier):
        checked_kpp("773601001", inn)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1027700132194", "check digit"),
        ("9027700132195", "begins with 1 or 5"),
        ("104500116000157", "entrepreneur with 3"),
        ("102770013219", "13 digits"),
        ("304500116000157", "does not go with"),
    ],
)
def test_a_wrong_ogrn_is_refused_and_says_why(text: str, said: str) -> None:
    with pytest.raises(BadIdentifier) as caught:
        checked_ogrn(text, "7707083893")

    assert said in str(caught.value)


@given(st.integers(10**8, 10**9 - 1), st.integers(1, 9))
def test_every_wrong_check_digit_of_an_inn_is_found(body: int, error: int) -> None:
    inn = _complete(str(body))
    if inn is None:
        return
    wrong = inn[:-1] + str((int(inn[-1]) + error) % 10)

    assert checked_inn(inn) == inn
    with pytest.raises(BadIdentifier):
        checked_inn(wrong)


@given(st.integers(100_000_000_000, 199_999_999_999), st.integers(0, 11), st.integers(1, 9))
def test_every_single_wrong_digit_of_an_ogrn_is_found_unless_the_remainder_is_ten(
    body: int, place: int, error: int
) -> None:
    ogrn = f"{body}{body % 11 % 10}"
    digits = list(ogrn)
    digits[place] = str((int(digits[place]) + error) % 10)
    wrong = "".join(digits)

    assert checked_ogrn(ogrn) == ogrn
    # remainders 0 and 10 share a digit, so one wrong digit in a hundred or so slips through
    if {int(wrong[:-1]) % 11, body % 11} != {0, 10}:
        with pytest.raises(BadIdentifier):
            checked_ogrn(wrong)


@given(st.text(max_size=20))
def test_any_text_is_taken_or_refused_and_what_is_taken_stays_the_same(text: str) -> None:
    for check in (checked_inn, checked_ogrn):
        try:
            taken = check(text)
        except BadIdentifier:
            continue
        assert check(taken) == taken


def _other(digit: str) -> str:
    return str((int(digit) + 1) % 10)


def _complete(body: str) -> str | None:
    """Find the check digit by trying, so that the test does not repeat the arithmetic."""
    for digit in "0123456789":
        try:
            return checked_inn(body + digit)
        except BadIdentifier:
            continue
    return None
