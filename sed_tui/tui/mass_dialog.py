"""One step on many assignments: asked once, done one by one, a result for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from rich.text import Text
from textual.widgets import Label

from sed_tui.domain.assignment import STATE_TITLES
from sed_tui.errors import SedError
from sed_tui.i18n import _
from sed_tui.operations.registry import CallOptions, Message
from sed_tui.tui.assignment_tasks import task_on_many
from sed_tui.tui.commands_dialog import command_line
from sed_tui.tui.entry_dialog import REASON, EntryDialog
from sed_tui.tui.wording import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sed_tui.domain.assignment_flow import Step
    from sed_tui.gateway import Gateway
    from sed_tui.operations.assignment_list import AssignmentRow
    from sed_tui.operations.assignment_moved import AssignmentMoved
    from sed_tui.tui.app import SedApp

MOST = 1000


class Outcome(Message):
    """What became of one assignment."""

    key: str
    name: str
    done: bool
    text: str


class Outcomes(Message):
    """What became of all of them; `left` were not tried, because the user stopped."""

    rows: list[Outcome]
    left: int = 0


class MassDialog(EntryDialog):
    """Takes a step on every given assignment; a refusal of one does not stop the others."""

    def __init__(self, gateway: Gateway, step: Step, rows: Sequence[AssignmentRow]) -> None:
        super().__init__(gateway, task_on_many(step, len(rows)))
        self._rows = rows
        self._is_stopped = False

    def _call(self, values: Mapping[str, str]) -> Message:
        asked = self._errand.request(values)  # what is missing is told before the first one
        options = CallOptions(reason=values.get(REASON) or None, source="tui")
        outcomes: list[Outcome] = []
        for number, row in enumerate(self._rows, 1):
            if self._is_stopped:
                break
            self.app.call_from_thread(self._say_progress, number)
            one = asked.model_copy(update={"assignment": str(row.id)})
            try:
                moved = self._gateway.call(self._errand.operation, one, options)
            except SedError as error:
                outcomes.append(_outcome(row, done=False, text=str(error)))
            else:
                outcomes.append(_outcome(row, done=True, text=_stands(moved)))
        return Outcomes(rows=outcomes, left=len(self._rows) - len(outcomes))

    def _say_progress(self, number: int) -> None:
        text = _("{number} of {total} … Esc stops after this one.")
        self.query_one("#error", Label).update(text.format(number=number, total=len(self._rows)))

    def action_leave(self) -> None:
        """Stop after the present one, or leave."""
        if self._busy:
            self._is_stopped = True
        else:
            super().action_leave()

    def is_reading(self, key: str) -> bool:
        """Let Escape through while it is being done."""
        return self._busy and key != "escape"

    def action_copy_command(self) -> None:
        """Copy a command for each assignment, a line for each."""
        app = cast("SedApp", self.app)
        words = self._errand.words(self.values)
        lines = (
            command_line(app.root_options, *words[:2], row.short_id, *words[3:])
            for row in self._rows
        )
        app.copy("\n".join(lines))


def _outcome(row: AssignmentRow, *, done: bool, text: str) -> Outcome:
    name = f"{row.document_number or row.short_id} {short_name(row.executor)}"
    return Outcome(key=str(row.id), name=name, done=done, text=text)


def _stands(moved: AssignmentMoved) -> str:
    due = f", {moved.due:%d.%m.%Y}" if moved.due else ""
    return "; ".join([_(STATE_TITLES[moved.state]) + due, *moved.warnings])


def outcomes_text(outcomes: Outcomes) -> Text:
    """Return a line for every assignment, what was refused first."""
    text = Text()
    for row in sorted(outcomes.rows, key=lambda row: row.done):
        text.append(f"{'✓' if row.done else '!'} {row.name}: ", "" if row.done else "bold")
        text.append(f"{row.text}\n")
    if outcomes.left:
        text.append(_("Not tried: {count}").format(count=outcomes.left))
    return text
