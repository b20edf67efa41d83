"""Which substitutions can be arranged, beside those that are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.access import Role
from sed_tui.domain.substitution import (
    Arrangement,
    Scope,
    check_arrangement,
    may_arrange,
    scopes_of,
    written_scopes,
)
from sed_tui.errors.people import (
    CircularSubstitution,
    OwnSubstitute,
    PeriodOver,
    SubstituteTaken,
)
from sed_tui.errors.terms import WrongOrder

PETROV, ORLOVA, KIM = (UUID(int=n) for n in range(1, 4))
TODAY = date(2026, 11, 23)
LEAVE = Arrangement(PETROV, ORLOVA, TODAY, TODAY + timedelta(days=13), frozenset(Scope))


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        ({"substitute": PETROV}, OwnSubstitute),
        ({"ends_on": TODAY - timedelta(days=1)}, WrongOrder),
        (
            {"starts_on": TODAY - timedelta(days=9), "ends_on": TODAY - timedelta(days=1)},
            PeriodOver,
        ),
    ],
)
def test_what_makes_no_sense_is_refused(change: dict[str, Any], failure: type) -> None:
    with pytest.raises(failure):
        check_arrangement(replace(LEAVE, **change), [], TODAY)


def test_one_person_has_one_substitute_for_one_sort_of_work_on_a_day() -> None:
    other = replace(LEAVE, substitute=KIM, starts_on=LEAVE.ends_on, ends_on=LEAVE.ends_on)
    with pytest.raises(SubstituteTaken):
        check_arrangement(other, [LEAVE], TODAY)
    later = LEAVE.ends_on + timedelta(days=1)
    check_arrangement(replace(other, starts_on=later, ends_on=later), [LEAVE], TODAY)
    reading = replace(other, scopes=frozenset({Scope.ACQUAINTANCE}))
    working = replace(LEAVE, scopes=frozenset({Scope.ASSIGNMENTS}))
    check_arrangement(reading, [working], TODAY)


def test_two_people_never_stand_in_for_each_other_at_once() -> None:
    back = replace(LEAVE, absent=ORLOVA, substitute=PETROV)
    with pytest.raises(CircularSubstitution):
        check_arrangement(back, [LEAVE], TODAY)
    check_arrangement(replace(back, substitute=KIM), [LEAVE], TODAY)


@given(st.sets(st.sampled_from(Scope)))
def test_a_scope_is_read_as_it_was_written(scopes: set[Scope]) -> None:
    assert scopes_of(written_scopes(scopes)) == (scopes or set(Scope))


@given(st.sets(st.sampled_from(Role)))
def test_everybody_sets_his_own_and_officers_set_others(roles: set[Role]) -> None:
    assert may_arrange(roles, is_own=True)
    officers = {Role.ADMINISTRATOR, Role.HEAD, Role.ASSISTANT, Role.REGISTRAR}
    assert may_arrange(roles, is_own=False) is bool(roles & officers)
