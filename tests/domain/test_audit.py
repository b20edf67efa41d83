"""The chain of the trail: every tampering is found, and at the right entry."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.audit import HASHED, Chain, canonical, chain_hash, difference, salted
from sed_tui.domain.audit_export import entry_line, opening_line, verify_export
from sed_tui.errors.audit import NotAnExport

_SALT, _NAME = "00ff", "Иванов Иван"
_VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(), max_size=3)


def test_a_whole_chain_is_intact() -> None:
    assert verdict(lines(5)) == (5, True, None)


def test_an_empty_chain_is_intact() -> None:
    assert verdict(lines(0)) == (0, True, None)


@pytest.mark.parametrize("place", [1, 2, 5])
@pytest.mark.parametrize("field", [name for name in HASHED if name not in {"seq", "organization"}])
def test_a_changed_value_is_found(place: int, field: str) -> None:
    changed = lines(5)
    entry = json.loads(changed[place])
    changed[place] = canonical({**entry, field: f"{entry[field]}!"})

    assert verdict(changed) == (5, False, place)


@pytest.mark.parametrize("place", [1, 3, 5])
def test_a_missing_entry_is_found(place: int) -> None:
    kept = lines(5)
    del kept[place]

    assert verdict(kept) == (4, False, place)


def test_swapped_entries_are_found() -> None:
    swapped = lines(5)
    swapped[2], swapped[3] = swapped[3], swapped[2]

    assert verdict(swapped) == (5, False, 2)


def test_a_tail_that_was_cut_off_is_found() -> None:
    assert verdict(lines(5)[:4]) == (3, False, 4)


def test_an_added_entry_is_found() -> None:
    longer, opening = lines(6), lines(5)[0]

    assert verdict([opening, *longer[1:]]) == (6, False, 6)


def test_a_head_that_does_not_fit_is_found() -> None:
    opening = opening_line("o", "01", 5, "0" * 64)

    assert verdict([opening, *lines(5)[1:]]) == (5, False, 5)


def test_a_chain_rebuilt_after_a_change_ends_in_another_head() -> None:
    rebuilt = lines(5, actor="another")

    assert verdict([lines(5)[0], *rebuilt[1:]]) == (5, False, 5)


def test_an_entry_of_another_organization_fits_nowhere() -> None:
    foreign = lines(5, organization="another")

    assert verdict([*lines(5)[:3], *foreign[3:]]) == (5, False, 3)


def test_a_false_personal_value_is_found_and_an_erased_one_is_fine() -> None:
    with_value = lines(3)
    entry = json.loads(with_value[2])
    erased = {**entry, "personal": {}}
    false = {**entry, "personal": {"name.after": {"salt": _SALT, "value": "Петров"}}}
    unknown = {**entry, "personal": {"other.after": {"salt": _SALT, "value": _NAME}}}

    assert verdict([*with_value[:2], canonical(erased), with_value[3]]) == (3, True, None)
    assert verdict([*with_value[:2], canonical(false), with_value[3]]) == (3, False, 2)
    assert verdict([*with_value[:2], canonical(unknown), with_value[3]]) == (3, False, 2)


@pytest.mark.parametrize("damage", ["", "{", "[]", "null", '{"seq": 2}'])
def test_a_damaged_line_is_an_entry_that_does_not_fit(damage: str) -> None:
    broken = lines(3)
    broken[2] = damage

    assert verdict(broken) == (3, False, 2)


@pytest.mark.parametrize("content", [[], ["text"], ["{}"], ['{"seq": 1}']])
def test_another_file_is_not_an_export(content: list[str]) -> None:
    with pytest.raises(NotAnExport):
        list(verify_export(content))


def test_several_exports_in_a_row_are_told_apart() -> None:
    verdicts = list(verify_export([*lines(2), *lines(3)[:3], *lines(1, code="02")]))

    assert [(v.code, v.events, v.ok) for v in verdicts] == [
        ("01", 2, True),
        ("01", 2, False),
        ("02", 1, True),
    ]


@given(st.dictionaries(st.text(max_size=5), _VALUES, max_size=5))
def test_the_hashed_text_survives_storing_and_reading(values: dict[str, Any]) -> None:
    text = canonical(values)

    assert canonical(json.loads(text)) == text


@given(
    st.dictionaries(st.sampled_from("abc"), _VALUES),
    st.dictionaries(st.sampled_from("abc"), _VALUES),
)
def test_a_difference_leads_from_the_old_to_the_new(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    changes = difference(before, after)

    for name in "abc":
        old, new = before.get(name), after.get(name)
        assert changes.get(name, [old, old]) == [old, new]
        assert (name in changes) == (old != new)


@given(st.lists(st.text(max_size=3), min_size=1, max_size=6), st.data())
def test_any_two_chains_that_differ_end_in_different_heads(
    actors: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(actors) - 1))
    other = [*actors]
    other[place] += "x"

    assert head(actors) != head(other)


def head(actors: list[str]) -> str:
    previous = ""
    for number, actor in enumerate(actors, 1):
        previous = chain_hash(previous, entry(number, actor=actor))
    return previous


def entry(seq: int, **values: str) -> dict[str, Any]:
    hidden = canonical({"name": [None, salted(_SALT, _NAME)]})
    plain = {name: f"{name} {seq}" for name in HASHED}
    return {**plain, "organization": "o", "seq": seq, "changes": hidden, **values}


def lines(count: int, code: str = "01", **values: str) -> list[str]:
    previous, rows = "", []
    for seq in range(1, count + 1):
        row = entry(seq, **values)
        row["prev_hash"], row["hash"] = previous, chain_hash(previous, row)
        previous = row["hash"]
        rows.append(entry_line(row, {"name.after": {"salt": _SALT, "value": _NAME}}))
    return [opening_line(values.get("organization", "o"), code, count, previous), *rows]


def verdict(content: list[str]) -> tuple[int, bool, int | None]:
    [found] = verify_export(content)
    return found.events, found.ok, found.first_broken


def test_entries_after_the_first_broken_one_are_only_counted() -> None:
    chain = Chain()
    for number in (1, 3, 2):
        chain.take({**entry(number), "prev_hash": "", "hash": "x"})
    chain.finish(3, "x")

    assert (chain.events, chain.first_broken) == (3, 1)
