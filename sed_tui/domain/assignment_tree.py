"""Assignments and what hangs below them: the order of a tree, and the leaf that blocks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sed_tui.domain.assignment import OPEN, AssignmentState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

_NEVER = date.max


@dataclass(frozen=True, slots=True)
class Node:
    """An assignment in its tree."""

    id: UUID
    parent_id: UUID | None
    state: AssignmentState
    due: date | None


def in_order(nodes: Iterable[Node], root: UUID) -> Iterator[tuple[Node, int]]:
    """Return a tree from the root downwards with depths, children by term."""
    by_id, below = _indexed(nodes)
    waiting = [(root, 0)]
    while waiting:
        key, depth = waiting.pop()
        yield by_id[key], depth
        waiting += [(child.id, depth + 1) for child in reversed(below.get(key, []))]


def blocking_leaf(nodes: Iterable[Node], root: UUID, today: date) -> UUID | None:
    """Return the open assignment that an overdue root waits for, None when it is not late.

    From the root down it is the open child with the earliest term; where nothing open is
    below, that is the one to be done first.
    """
    by_id, below = _indexed(nodes)
    top = by_id[root]
    if top.state not in OPEN or top.due is None or top.due >= today:
        return None
    found = top
    while still := [child for child in below.get(found.id, []) if _blocks(child, below)]:
        found = still[0]
    return found.id


def _blocks(node: Node, below: dict[UUID, list[Node]]) -> bool:
    """Tell whether something is open in a node or anywhere under it."""
    waiting = [node]
    while waiting:
        seen = waiting.pop()
        if seen.state in OPEN:
            return True
        waiting += below.get(seen.id, [])
    return False


def _indexed(nodes: Iterable[Node]) -> tuple[dict[UUID, Node], dict[UUID, list[Node]]]:
    by_id: dict[UUID, Node] = {}
    below: dict[UUID, list[Node]] = {}
    for node in sorted(nodes, key=lambda node: (node.due or _NEVER, node.id)):
        by_id[node.id] = node
        if node.parent_id is not None:
            below.setdefault(node.parent_id, []).append(node)
    return by_id, below
