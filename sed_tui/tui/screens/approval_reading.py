"""Reading a version under approval: its text or what changed, the remarks beside, a decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from sed_tui.domain.approval_flow import RunState, TaskState
from sed_tui.domain.draft_flow import Stage
from sed_tui.errors.approvals import NeverApproved
from sed_tui.i18n import N_, _
from sed_tui.operations.approval import SHOW, ShowApproval
from sed_tui.operations.draft_version import DIFF, READ, DiffVersions, ReadVersion
from sed_tui.operations.route import PREVIEW, PreviewRoute, RoutePlan
from sed_tui.tui.approval_rows import Queue
from sed_tui.tui.approval_tasks import (
    Seen,
    answer,
    approve,
    redirect,
    remark,
    rework,
    start,
    withdraw,
)
from sed_tui.tui.approval_text import difference_text, plan_text, sheet_text, version_text
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.operations.approval import ApprovalSheet
    from sed_tui.operations.draft_version import VersionDiff
    from sed_tui.tui.approval_rows import Paper
    from sed_tui.tui.entry_dialog import Task

_DECISIONS = {"approve": approve, "remark": remark, "rework": rework, "redirect": redirect}


@dataclass(frozen=True, slots=True)
class Read:
    """What is shown, and whether a decision is waited for."""

    seen: Seen
    difference: VersionDiff | None
    is_asked: bool


class ApprovalReadingScreen(SedScreen[None]):
    """One document: the decision names the version that was read here."""

    PLACE = "approvals"
    AUTO_FOCUS = "#text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("a,f2"), "decide('approve')", N_("Agree"), id="approval.approve"),
        Binding(both_layouts("m"), "decide('remark')", N_("With remarks"), id="approval.remark"),
        Binding(both_layouts("w"), "decide('rework')", N_("Rework"), id="approval.rework"),
        Binding(both_layouts("t"), "decide('redirect')", N_("Redirect"), id="approval.redirect"),
        Binding(both_layouts("s"), "sign", N_("Sign"), id="approval.sign"),
        Binding(both_layouts("p"), "start", N_("Put on approval"), id="approval.start"),
        Binding(both_layouts("n"), "answer", N_("Answer"), id="approval.answer"),
        Binding(both_layouts("v"), "turn", N_("Changes"), id="approval.changes"),
        Binding(both_layouts("X"), "withdraw", N_("Withdraw"), id="approval.withdraw"),
        Binding("escape,backspace", "leave", N_("Back"), id="approval.leave"),
    ]

    def __init__(self, gateway: Gateway, paper: Paper) -> None:
        super().__init__(gateway)
        self._paper = paper
        self._read: Read | None = None
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
        self.say_title(self._paper.subject)
        self.say_counts("")
        self.query_one("#version", Static).update(_("Reading…"))
        self.action_reload()

    def action_reload(self) -> None:
        """Read the version again: a decision names the one that was read last."""
        self._opening = self.do(self._ask, self._show, group="reading", otherwise=self._failed)

    def _ask(self) -> Read:
        paper, document = self._paper, self._paper.document_id
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
            return self.gateway.call(SHOW, ShowApproval(document=self._paper.document_id))
        except NeverApproved:
            return None

    def _show(self, read: Read) -> None:
        self._read = read
        turn = _("{subject}: version {version}")
        self.say_title(turn.format(subject=self._paper.subject, version=read.seen.version.number))
        sheet = read.seen.sheet
        never = _("Not on approval yet. p shows who would be asked.")
        self.query_one("#sheet", Static).update(never if sheet is None else sheet_text(sheet))
        self._draw()
        self.refresh_bindings()

    def _failed(self, error: SedError) -> None:
        self.query_one("#version", Static).update(explanation(error))

    def _draw(self) -> None:
        if self._read is not None:
            version, difference = self._read.seen.version, self._read.difference
            shown = difference_text(difference) if self._shows_changes else version_text(version)
            self.query_one("#version", Static).update(shown)
            self.query_one("#text", VerticalScroll).scroll_home(animate=False)

    def action_turn(self) -> None:
        """Show what changed since the version before, or the whole text again."""
        self._shows_changes = not self._shows_changes
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what this user may do about the document now."""
        is_own = self._paper.queue.is_of_author
        read = self._read
        match action:
            case "decide":
                return read is not None and read.is_asked and not is_own
            case "sign":
                return self._paper.queue.is_of_signatory and read is not None
            case "answer":
                return is_own and read is not None and read.seen.open_remark is not None
            case "withdraw":
                return is_own and self._state in {RunState.RUNNING, RunState.REWORK}
            case "start":
                return is_own and read is not None and self._stage in {Stage.DRAFT, Stage.REWORK}
        return super().check_action(action, parameters)

    @property
    def _state(self) -> RunState | None:
        sheet = self._read.seen.sheet if self._read is not None else None
        return sheet.state if sheet is not None else None

    @property
    def _stage(self) -> Stage:
        sheet = self._read.seen.sheet if self._read is not None else None
        return sheet.stage if sheet is not None else self._paper.stage

    def action_decide(self, step: str) -> None:
        """Ask for what a decision needs, and make it."""
        if self._read is not None:
            self._take(_DECISIONS[step](self._read.seen))

    def action_withdraw(self) -> None:
        """Take the document off approval."""
        if self._read is not None:
            self._take(withdraw(self._read.seen))

    def action_sign(self) -> None:
        """Sign the document."""
        from sed_tui.tui.screens.batch_signing import BatchSigningScreen  # for this key alone

        screen = BatchSigningScreen(self.gateway, [self._paper.document_id])
        self.app.push_screen(screen, self._decided)

    def _take(self, task: Task) -> None:
        self.app.push_screen(EntryDialog(self.gateway, task), self._decided)

    def action_answer(self) -> None:
        """Answer the first remark that has no answer."""
        if self._read is not None and (given := self._read.seen.open_remark) is not None:
            task = answer(self._read.seen, given)
            self.app.push_screen(EntryDialog(self.gateway, task), self._answered)

    def action_start(self) -> None:
        """Show who would be asked, and put the document on approval."""
        self.open(PREVIEW, PreviewRoute(document=self._paper.document_id), self._planned)

    def _planned(self, plan: RoutePlan) -> None:
        if plan.obstacles:
            self.app.push_screen(TextDialog(_("It cannot start yet"), plan_text(plan)))
        elif self._read is not None:
            task = start(self._read.seen, plan)
            self.app.push_screen(EntryDialog(self.gateway, task), self._answered)

    def _decided(self, result: object) -> None:
        if result is not None:
            self.notify(_("Done."), timeout=3)
            self.dismiss()

    def _answered(self, result: object) -> None:
        if result is not None:
            self.notify(_("Done."), timeout=3)
            self.action_reload()

    def action_leave(self) -> None:
        """Go back: nothing was decided."""
        self.dismiss()

    def equivalents(self) -> list[Equivalent]:
        """Return the commands that show what is read here."""
        name = self._paper.short_id
        return [
            Equivalent(_("The approval sheet"), ("approval", "show", name)),
            Equivalent(_("This text"), ("document", "version", "read", name)),
            Equivalent(_("What changed"), ("document", "version", "diff", name)),
        ]
