"""The commands that do from a script what screens do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.assignment_flow import STEP_TITLES, TRANSITIONS
from sed_tui.i18n import _
from sed_tui.tui.assignment_steps import possible_keys
from sed_tui.tui.commands_dialog import Equivalent

if TYPE_CHECKING:
    from collections.abc import Collection

    from sed_tui.operations.assignment_list import AssignmentRow
    from sed_tui.operations.document import DocumentCard
    from sed_tui.operations.document_list import DocumentRow


def of_list(query: str) -> list[Equivalent]:
    """Return the commands for a list of documents."""
    words: tuple[str, ...] = ("document", "list")
    if query:
        # after -- a query may begin with a minus
        words += ("--", query) if query.startswith("-") else (query,)
    return [Equivalent(_("This list"), words)]


def of_document(document: DocumentRow | DocumentCard) -> list[Equivalent]:
    """Return the commands for one document."""
    name = document.number or str(document.id)
    return [
        Equivalent(_("Show the document"), ("document", "show", name)),
        Equivalent(_("History of the document"), ("document", "history", name)),
        Equivalent(_("Assignments on the document"), ("assignment", "list", "--document", name)),
        Equivalent(
            _("Issue an assignment"),
            ("assignment", "issue", "--document", name, "--text", "…", "--executor", "…"),
        ),
    ]


def of_assignment(
    assignment: AssignmentRow, possible: Collection[str] | None = None
) -> list[Equivalent]:
    """Return the commands for one assignment: of the possible steps, else of its state's."""
    from sed_tui.tui.assignment_tasks import example_of  # 20 ms of every step's models

    name = assignment.short_id
    if possible is None:
        possible = {row.step for row in TRANSITIONS if row.source == assignment.state}
    return [
        Equivalent(_("Show the assignment"), ("assignment", "show", name)),
        Equivalent(_("Show its tree"), ("assignment", "tree", name)),
        *(
            Equivalent(_capitalized(_(STEP_TITLES[step])), example_of(step, name))
            for _key, _name, step in possible_keys(possible)
        ),
    ]


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]
