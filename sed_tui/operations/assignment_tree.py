"""The operation that shows an assignment in its tree."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sed_tui.domain.assignment import AssignmentState, Urgency
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ShowTree(Request):
    """Ask for the whole tree that an assignment stands in."""

    assignment: str


class TreeRow(Message):
    """An assignment of the tree, from the top downwards.

    `is_asked` marks the one that was named, `is_blocking` the one an overdue top waits for.
    """

    id: UUID
    short_id: str
    parent_id: UUID | None
    depth: int
    text: str
    executor: str
    due: date | None
    state: AssignmentState
    sign: Urgency
    is_asked: bool
    is_blocking: bool


class AssignmentTree(Message):
    """The tree; `more` says that it was cut at the greatest number shown."""

    rows: list[TreeRow]
    more: bool = False


TREE = Operation(
    "assignment.tree", N_("Show the tree of an assignment"), ShowTree, AssignmentTree, Effect.READ
)
