"""The order of a tree of assignments, and the leaf that blocks its top."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.assignment import OPEN, AssignmentState
from sed_tui.domain.assignment_tree import Node, blocking_leaf, in_order

TODAY = date(2026, 11, 23)
S = AssignmentState


def node(number: int, parent: int | None, state: S = S.IN_WORK, days: int | None = -1) -> Node:
    due = None if days is None else TODAY + timedelta(days=days)
    return Node(UUID(int=number), None if parent is None else UUID(int=parent), state, due)


def test_children_stand_under_their_parent_by_term() -> None:
    nodes = [
        node(1, None),
        node(2, 1, days=5),
        node(3, 1, days=2),
        node(4, 2),
        node(5, 1, days=None),
    ]

    order = [(row.id.int, depth) for row, depth in in_order(nodes, UUID(int=1))]

    assert order == [(1, 0), (3, 1), (2, 1), (4, 2), (5, 1)]


def test_the_blocking_leaf_is_open_and_first_by_term() -> None:
    nodes = [
        node(1, None),
        node(2, 1, S.EXECUTED, -9),
        node(3, 1, days=4),
        node(4, 1, days=2),
        node(5, 4, S.STOPPED, 1),
    ]

    assert blocking_leaf(nodes, UUID(int=1), TODAY) == UUID(int=4)


def test_what_is_open_under_a_closed_one_blocks_too() -> None:
    nodes = [node(1, None), node(2, 1, S.EXECUTED), node(3, 2)]

    assert blocking_leaf(nodes, UUID(int=1), TODAY) == UUID(int=3)


def test_a_top_that_is_not_late_waits_for_nobody() -> None:
    for top in (node(1, None, days=0), node(1, None, days=None), node(1, None, S.EXECUTED)):
        assert blocking_leaf([top, node(2, 1)], UUID(int=1), TODAY) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.sampled_from(S), st.one_of(st.none(), st.integers(-9, 9))),
        max_size=20,
    )
)
def test_every_node_stands_once_and_a_late_open_top_has_one_blocking_leaf(
    drawn: list[tuple[int, S, int | None]],
) -> None:
    nodes = [node(1, None)]
    for number, (parent, state, days) in enumerate(drawn, 2):
        nodes.append(node(number, parent % (number - 1) + 1, state, days))
    order = list(in_order(nodes, UUID(int=1)))
    leaf = blocking_leaf(nodes, UUID(int=1), TODAY)

    assert sorted(row.id.int for row, _depth in order) == sorted(one.id.int for one in nodes)
    found = next(one for one in nodes if one.id == leaf)
    assert found.state in OPEN
    assert not [one for one in nodes if one.parent_id == leaf and one.state in OPEN]
