"""The legal reference: what may be shown of a check, which terms follow an act, what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sed_tui.domain.legal import (
    Act,
    ActArea,
    ActLevel,
    ActProblem,
    ActStatus,
    act_of_profile,
    cited,
    findings,
    is_address,
    shown_status,
)
from sed_tui.domain.term_profiles import DEFAULT_PROFILES

TODAY = date(2026, 11, 23)
ACT = Act(
    code="59-fz",
    kind="федеральный закон",
    level=ActLevel.FEDERAL,
    area=ActArea.APPEALS,
    number="59-ФЗ",
    dated=date(2006, 5, 2),
    status=ActStatus.IN_FORCE,
    checked_on=date(2026, 11, 1),
    url="https://pravo.example/59",
)
APPEALS = [profile for profile in DEFAULT_PROFILES if "59-ФЗ" in profile.act]


def problems(*acts: Act, older_than: int = 180) -> list[ActProblem]:
    return [one.problem for one in findings(acts, APPEALS, TODAY, older_than)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Правила, приказ Росархива от 22.05.2019 № 71", (date(2019, 5, 22), "71")),
        ("закон от 17.01.1992 №2202-1, ст. 23", (date(1992, 1, 17), "2202-1")),
        ("от 02.05.2006 № 59-ФЗ", (date(2006, 5, 2), "59-фз")),
        ("Инструкция по делопроизводству организации", None),
        ("от 32.13.2006 № 5", None),
    ],
)
def test_an_act_is_recognized_by_its_date_and_number(
    text: str, found: tuple[date, str] | None
) -> None:
    assert cited(text) == found


def test_of_an_old_check_nothing_is_left() -> None:
    assert shown_status(ACT, TODAY) is ActStatus.IN_FORCE
    assert shown_status(ACT, TODAY, older_than=21) is ActStatus.NOT_CHECKED
    assert shown_status(replace(ACT, checked_on=None), TODAY) is ActStatus.NOT_CHECKED


def test_an_act_in_order_has_nothing_wrong() -> None:
    assert problems(ACT) == []


def test_a_repealed_act_is_told_while_a_term_follows_it() -> None:
    repealed = replace(ACT, status=ActStatus.REPEALED)
    [found] = findings([repealed], APPEALS, TODAY)

    assert found.problem is ActProblem.REPEALED_IN_USE
    assert "Рассмотрение обращения" in found.detail
    assert findings([repealed], [], TODAY) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"checked_on": None}, [ActProblem.NEVER_CHECKED]),
        ({"checked_on": date(2026, 1, 1)}, [ActProblem.STALE]),
        ({"url": None}, [ActProblem.NO_ADDRESS]),
        ({"url": "pravo"}, [ActProblem.BAD_ADDRESS]),
        ({"dated": date(2006, 5, 3)}, [ActProblem.NOT_LISTED] * len(APPEALS)),
    ],
)
def test_what_is_wrong_is_told(changes: dict[str, object], expected: list[ActProblem]) -> None:
    assert problems(replace(ACT, **changes)) == expected  # type: ignore[arg-type]


def test_the_same_number_with_another_date_is_told_of_both() -> None:
    other = replace(ACT, code="59-fz-2", dated=date(2006, 5, 3))

    assert problems(ACT, other) == [ActProblem.SAME_NUMBER] * 2
    assert problems(ACT, replace(other, kind="указ")) == []


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://pravo.gov.ru/act?id=5", True),
        ("http://consultant.example:8080/doc", True),
        ("pravo.gov.ru", False),
        ("javascript:alert(1)", False),
        ("https://user@host.example/", False),
        ("https://a b.example", False),
    ],
)
def test_an_address_is_known_by_its_form(url: str, is_one: bool) -> None:
    assert is_address(url) is is_one


def test_a_profile_without_a_cited_act_follows_none() -> None:
    own = next(profile for profile in DEFAULT_PROFILES if cited(profile.act) is None)

    assert act_of_profile(own, [ACT]) is None
