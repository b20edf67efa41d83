"""An assignment in its tree, from the top that the actor may see downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlmodel import col

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.assignment_tree import Node, blocking_leaf, in_order
from sed_tui.handlers.assignment_children import below
from sed_tui.handlers.assignment_current import find_assignment
from sed_tui.handlers.assignment_rows import assignment_rows, shown_row
from sed_tui.operations.assignment_tree import AssignmentTree, TreeRow
from sed_tui.storage.assignment_visibility import visible_assignments
from sed_tui.storage.tables.assignment import AssignmentTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_tree import ShowTree

_A = AssignmentTable
MOST_NODES = 2000


def show_tree(work: Work, request: ShowTree) -> AssignmentTree:
    """Return the tree; who sees an assignment sees what was given out under it."""
    asked = find_assignment(work, request.assignment)
    root = _top(work, asked.id, asked.parent_id)
    rows = _read(work, root)
    nodes = [
        Node(row.id, None if row.id == root else row.parent_id, AssignmentState(row.state), row.due)
        for row in rows[:MOST_NODES]
    ]
    blocking = blocking_leaf(nodes, root, work.today)
    shown = {row.id: shown_row(work, row) for row in rows[:MOST_NODES]}
    return AssignmentTree(
        rows=[
            TreeRow(
                **shown[node.id],
                parent_id=node.parent_id,
                depth=depth,
                is_asked=node.id == asked.id,
                is_blocking=node.id == blocking,
            )
            for node, depth in in_order(nodes, root)
        ],
        more=len(rows) > MOST_NODES,
    )


def _read(work: Work, root: UUID) -> Any:
    return work.db.execute(
        assignment_rows(col(_A.parent_id))
        .where(
            col(_A.organization_id) == work.organization_id,
            or_(col(_A.id) == root, col(_A.id).in_(below(root))),
        )
        .order_by(col(_A.issued_at), col(_A.id))
        .limit(MOST_NODES + 1)
    ).all()


def _top(work: Work, found: UUID, parent: UUID | None) -> UUID:
    """Return the highest assignment above one that the actor may see without a break."""
    while parent is not None:
        row = work.db.execute(
            select(col(_A.id), col(_A.parent_id)).where(
                col(_A.id) == parent, visible_assignments(work.actor)
            )
        ).one_or_none()
        if row is None:
            break
        found, parent = row.id, row.parent_id
    return found
