"""Sub-assignments at any depth: issued, shown as a tree, ended together, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.assignment import AssignmentState
from sed_tui.errors import SedError
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.assignment_control import STOP, StopAssignment
from sed_tui.operations.registry import CallOptions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.handlers.assignment_acts import Acts


S = AssignmentState


def chain(acts: Acts, depth: int) -> list[str]:
    """Issue assignments one under another, Petrov and Sidorov in turn; the last first to end."""
    keys = [str(acts.office.issue(due="11.12.2026").id)]
    for level in range(1, depth):
        by, to = ("petrov", "sidorov") if level % 2 else ("sidorov", "petrov")
        due = date(2026, 12, 11) - timedelta(days=level)
        while due.isoweekday() > 5:
            due -= timedelta(days=1)
        child = acts.office.issue(by, executor=to, parent=keys[-1], due=f"{due:%d.%m.%Y}")
        keys.append(str(child.id))
    return keys


def test_a_tree_of_six_levels_is_shown_whole_from_any_of_them(acts: Acts) -> None:
    keys = chain(acts, 6)

    for asked in (keys[0], keys[3], keys[-1]):
        rows = acts.tree(asked).rows
        assert [(str(row.id), row.depth) for row in rows] == [(k, d) for d, k in enumerate(keys)]
        assert [str(row.id) for row in rows if row.is_asked] == [asked]
        assert not [row for row in rows if row.is_blocking]


def test_an_overdue_top_names_the_leaf_that_blocks_it(acts: Acts) -> None:
    keys = chain(acts, 4)
    acts.office.clock.moment += timedelta(days=30)
    late = [str(row.id) for row in acts.tree(keys[0]).rows if row.is_blocking]
    acts.take("report", "sidorov", keys[-1])
    acts.take("accept", "petrov", keys[-1])
    after = [str(row.id) for row in acts.tree(keys[0]).rows if row.is_blocking]

    assert late == [keys[3]]
    assert after == [keys[2]]


def test_the_lead_sees_below_and_a_helper_not_above(acts: Acts) -> None:
    keys = chain(acts, 4)
    other = acts.office.issue("sidorov", executor="sidorov", parent=keys[1], due="без срока")

    assert len(acts.tree(keys[0], "petrov").rows) == 5
    assert next(str(row.id) for row in acts.tree(other.id, "sidorov").rows) == keys[1]


def test_a_child_goes_to_the_document_of_its_parent(acts: Acts) -> None:
    number = acts.office.letter()
    parent = acts.office.issue(document=number)
    child = acts.office.issue("petrov", executor="sidorov", parent=str(parent.id))

    card = acts.card(parent.id)
    assert (child.document_number, child.parent_id) == (number, parent.id)
    assert (card.children, card.open_children) == (1, 1)
    assert acts.card(child.id).parent == card.short_id


@pytest.mark.parametrize(
    ("by", "state", "code", "status"),
    [
        ("kuznec", "in_work", "not_found", 4),
        ("kontr", "in_work", "no_part_in_parent", 4),
        ("petrov", "acceptance", "parent_closed", 6),
        ("petrov", "executed", "parent_closed", 6),
        ("petrov", "stopped", "parent_closed", 6),
    ],
)
def test_not_everybody_divides_and_not_always(
    acts: Acts, by: str, state: str, code: str, status: int
) -> None:
    parent = acts.office.issue()
    if state in {"acceptance", "executed"}:
        acts.take("report", "petrov", parent.id)
    if state == "executed":
        acts.take("accept", "golova", parent.id)
    if state == "stopped":
        acts.take("stop", "golova", parent.id, "Не нужно")
    before = acts.everything()
    to = {"kuznec": "kuznec", "kontr": "kontr"}.get(by, "sidorov")
    with pytest.raises(SedError) as refused:
        acts.office.issue(by, executor=to, parent=str(parent.id))

    assert (refused.value.code, refused.value.exit_code) == (code, status)
    assert acts.everything() == before


def test_i7_nothing_stays_open_below_what_was_stopped(acts: Acts) -> None:
    keys = chain(acts, 5)
    closed = keys[2]
    acts.take("stop", "sidorov", closed, "Не нужно", children="leave")
    acts.take("stop", "golova", keys[0], "Отозвано", children="stop")

    assert {acts.card(key).state for key in keys} == {S.STOPPED}


def test_acceptance_may_stop_what_was_left(acts: Acts) -> None:
    keys = chain(acts, 3)
    acts.take("report", "petrov", keys[0], children="leave")
    moved = acts.take("accept", "golova", keys[0], children="stop")

    assert (moved.state, moved.stopped_children) == (S.EXECUTED, 2)
    assert {acts.card(key).state for key in keys[1:]} == {S.STOPPED}


def test_a_child_given_out_while_its_parent_is_stopped_does_not_outlive_it(acts: Acts) -> None:
    parent = str(acts.office.issue().id)
    start = Barrier(2)

    def at_once(login: str, call: Callable[[LocalGateway], object]) -> str:
        from dataclasses import replace

        gateway = LocalGateway(replace(acts.office.settings, login=login), acts.office.clock)
        try:
            start.wait()
            call(gateway)
        except SedError as refused:
            return refused.code
        finally:
            gateway.close()
        return "done"

    child = IssueAssignment(text="x", executor="sidorov", parent=parent)
    stop = StopAssignment(assignment=parent, children="stop")
    why = CallOptions(reason="Отозвано")
    with ThreadPoolExecutor(2) as pool:
        issued = pool.submit(at_once, "petrov", lambda gateway: gateway.call(ISSUE, child))
        stopped = pool.submit(at_once, "golova", lambda gateway: gateway.call(STOP, stop, why))

    assert stopped.result() == "done"
    assert issued.result() in {"done", "parent_closed"}
    assert {row.state for row in acts.tree(parent).rows} == {S.STOPPED}
