"""A version that is read: its text or what changed, and beside it what was said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from sed_tui.domain.approval_flow import TaskState
from sed_tui.errors.approvals import NeverApproved
from sed_tui.i18n import N_, _
from sed_tui.operations.approval import SHOW, ShowApproval
from sed_tui.operations.draft_version import DIFF, READ, DiffVersions, ReadVersion
from sed_tui.tui.approval_rows import Queue
from sed_tui.tui.approval_tasks import Seen
from sed_tui.tui.approval_text import difference_text, sheet_text, version_text
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.sheet_saving import SheetSaving
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from rich.text import Text
    from textual.app import ComposeResult

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.operations.approval import ApprovalSheet
    from sed_tui.operations.draft import Draft
    from sed_tui.operations.draft_version import VersionDiff
    from sed_tui.tui.approval_rows import Paper
    from sed_tui.tui.entry_dialog import Task


# what every subclass puts after its own keys, so that those come first in the line of actions
READING_KEYS = (
    Binding(both_layouts("v"), "turn", N_("Changes"), id="approval.changes"),
    Binding(both_layouts("z"), "save_sheet", N_("Sheet"), show=False, id="approval.sheet"),
    Binding("escape,backspace", "leave", N_("Back"), id="approval.leave"),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What is shown, and whether a decision is waited for."""

    seen: Seen
    difference: VersionDiff | None
    is_asked: bool
    draft: Draft | None = None


class VersionReadingScreen(SheetSaving):
    """One document: whatever is done names the version that was read here."""

    PLACE = "approvals"
    AUTO_FOCUS = "#text"

    def __init__(self, gateway: Gateway, paper: Paper) -> None:
        super().__init__(gateway)
        self.paper = paper
        self.reading: Read | None = None
        self._shows_changes = False

    def content(self) -> ComposeResult:
        """Put the text beside what was said about it."""
        with Container(id="reading"):
            with VerticalScroll(id="text"):
                yield Static(id="version", markup=False)
            with VerticalScroll(id="aside"):
                yield Static(id="sheet", markup=False)

    def on_mount(self) -> None:
        """Read the version."""
        self.say_title(self.paper.subject)
        self.say_counts("")
        self.query_one("#version", Static).update(_("Reading…"))
        self.action_reload()

    def action_reload(self) -> None:
        """Read the version again: a decision names the one that was read last."""
        self._opening = self.do(self.read, self._show, group="reading", otherwise=self._failed)

    def read(self) -> Read:
        """Read the last version, what changed in it, and the sheet. Blocks."""
        paper, document = self.paper, self.paper.document_id
        version = self.gateway.call(READ, ReadVersion(document=document))
        difference = None
        if version.number > 1:
            request = DiffVersions(document=document, new=version.number)
            difference = self.gateway.call(DIFF, request)
        sheet = self._sheet()
        rows = sheet.rows if sheet is not None else ()
        mine = next((row for row in rows if row.task_id == paper.task_id), None)
        behalf = None
        if mine is not None and paper.queue is Queue.SUBSTITUTED:
            behalf = mine.approver_login
        seen = Seen(document, paper.short_id, version, sheet, behalf)
        return Read(seen, difference, mine is not None and mine.result is TaskState.ASKED)

    def _sheet(self) -> ApprovalSheet | None:
        try:
            return self.gateway.call(SHOW, ShowApproval(document=self.paper.document_id))
        except NeverApproved:
            return None

    @property
    def sheet(self) -> ApprovalSheet | None:
        """Return the sheet that is shown."""
        return self.reading.seen.sheet if self.reading is not None else None

    def _show(self, read: Read) -> None:
        self.reading = read
        turn = _("{subject}: version {version}")
        self.say_title(turn.format(subject=self.paper.subject, version=read.seen.version.number))
        self.query_one("#sheet", Static).update(self.aside(read))
        self._draw()
        self.refresh_bindings()

    def aside(self, read: Read) -> str | Text:
        """Return what stands beside the text."""
        sheet = read.seen.sheet
        return _("Nobody was asked about it.") if sheet is None else sheet_text(sheet)

    def _failed(self, error: SedError) -> None:
        text = explanation(error) + "\n" + _("r tries again.")
        self.query_one("#version", Static).update(text)

    def _draw(self) -> None:
        if self.reading is not None:
            version, difference = self.reading.seen.version, self.reading.difference
            shown = difference_text(difference) if self._shows_changes else version_text(version)
            self.query_one("#version", Static).update(shown)
            self.query_one("#text", VerticalScroll).scroll_home(animate=False)

    def action_turn(self) -> None:
        """Show what changed since the version before, or the whole text again."""
        self._shows_changes = not self._shows_changes
        self._draw()

    def take(self, task: Task, *, leaves: bool = False) -> None:
        """Ask for what a step needs, take it, and leave or read again."""
        self.app.push_screen(EntryDialog(self.gateway, task), self.left if leaves else self.changed)

    def left(self, result: object) -> None:
        """Leave after a step that was taken."""
        if result is not None:
            self.notify(_("Done."), timeout=3)
            self.dismiss(result)

    def changed(self, result: object) -> None:
        """Read again after a step that was taken."""
        if result is not None:
            self.notify(_("Done."), timeout=3)
            self.action_reload()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def equivalents(self) -> list[Equivalent]:
        """Return the commands that show what is read here."""
        name = self.paper.short_id
        return [
            Equivalent(_("The approval sheet"), ("approval", "show", name)),
            Equivalent(_("This text"), ("document", "version", "read", name)),
            Equivalent(_("What changed"), ("document", "version", "diff", name)),
        ]
