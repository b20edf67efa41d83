"""The operation that shows an assignment in its tree."""

from __future__ import annotations

from uuid import UUID  # noqa: TC003 - pydantic reads it

from sed_tui.i18n import N_
from sed_tui.operations.assignment_list import AssignmentRow
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ShowTree(Request):
    """Ask for the whole tree that an assignment stands in."""

    assignment: str


class TreeRow(AssignmentRow):
    """An assignment of the tree, from the top downwards.

    `is_asked` marks the one that was named, `is_blocking` the one an overdue top waits for.
    """

    parent_id: UUID | None
    depth: int
    is_asked: bool
    is_blocking: bool


class AssignmentTree(Message):
    """The tree; `more` says that it was cut at the greatest number shown."""

    rows: list[TreeRow]
    more: bool = False


TREE = Operation(
    "assignment.tree", N_("Show the tree of an assignment"), ShowTree, AssignmentTree, Effect.READ
)
