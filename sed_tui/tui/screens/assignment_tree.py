"""The tree of an assignment: who does which part, and what an overdue top waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_tree import TREE, AssignmentTree, ShowTree, TreeRow
from sed_tui.tui.assignment_list import AssignmentListScreen
from sed_tui.tui.assignment_rows import left, sign, state, tone
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.wording import day, explanation, short_name
from widgets.rows import Column, FixedRows, Row
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway


class AssignmentTreeScreen(AssignmentListScreen):
    """The whole tree that an assignment stands in, from the top downwards."""

    PLACE = "assignments"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace", "leave", N_("Back"), id="tree.leave"),
    ]

    def __init__(self, gateway: Gateway, assignment: str) -> None:
        super().__init__(gateway)
        self._assignment = assignment

    def content(self) -> ComposeResult:
        """Put the rows over the whole text of one."""
        columns = [
            Column(_("Who"), 24, share=3),
            Column(_("Term"), 12),
            Column(_("Left"), 13),
            Column(_("State"), 20),
            Column(_("Assignment"), 20, share=4, optional=True),
        ]
        yield VirtualTable(columns, empty="", explain=explanation, id="assignments")
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Read the tree."""
        self.say_title(_("Tree of the assignment"))
        self.say_counts("")
        self.action_reload()

    def action_reload(self) -> None:
        """Read the tree again."""
        self.call(TREE, ShowTree(assignment=self._assignment), self._show_tree)

    def _show_tree(self, tree: AssignmentTree) -> None:
        self.table.show(FixedRows(tree_rows(tree.rows)))
        if tree.more:
            self.notify(_("There are more: the tree was cut."), severity="warning")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave out the tree: it is shown."""
        return action != "tree" and super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the tree and for the assignment under the cursor."""
        tree = Equivalent(_("This tree"), ("assignment", "tree", self._assignment))
        return [tree, *super().equivalents()]


def tree_rows(rows: Sequence[TreeRow]) -> list[Row]:
    """Return the tree as lines: branches drawn, the blocking leaf marked with words."""
    return [_row(row, branch) for row, branch in zip(rows, _branches(rows), strict=True)]


def _row(row: TreeRow, branch: str) -> Row:
    who = f"{branch}{short_name(row.executor)}"
    if row.is_asked:
        who += " ◂"
    blocks = "← " + _("holds it up")
    where = blocks if row.is_blocking else state(row)
    text = row.text.replace("\n", " ")
    cells = (who, f"{sign(row):<2}{day(row.due) or '—'}", left(row), where, text)
    return Row(str(row.id), cells, "alarm" if row.is_blocking else tone(row), row)


def _branches(rows: Sequence[TreeRow]) -> list[str]:
    """Return what stands before each row: ├ where a sibling follows, └ where none does."""
    found: list[str] = []
    follows: set[int] = set()  # depths at which another row comes below
    for row in reversed(rows):
        lines = ["│ " if depth in follows else "  " for depth in range(1, row.depth)]
        if row.depth:
            lines.append("├ " if row.depth in follows else "└ ")
        found.append("".join(lines))
        follows = {depth for depth in follows if depth < row.depth} | {row.depth}
    return found[::-1]
