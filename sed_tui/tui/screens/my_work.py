"""My work: what waits for me, what is late and what is due today first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.operations.acquaintance_list import LIST as PAPERS
from sed_tui.operations.acquaintance_list import (
    AcquaintancePage,
    AcquaintanceRow,
    ListAcquaintances,
)
from sed_tui.operations.assignment_list import (
    SUMMARY,
    AssignmentFilter,
    AssignmentSummary,
    Scope,
    SummarizeAssignments,
    Waiting,
)
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.resolution_list import LIST as DRAFTS
from sed_tui.operations.resolution_list import ListResolutions, ResolutionPage, ResolutionRow
from sed_tui.tui.acquaintance_rows import MOST_PAPERS, paper_rows, papers_waiting
from sed_tui.tui.assignment_list import AssignmentListScreen
from sed_tui.tui.assignment_rows import assignment_columns, assignment_rows
from sed_tui.tui.resolution_rows import drafts_waiting, waiting_rows
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.operations.acquaintance import Acquaintance
    from sed_tui.tui.commands_dialog import Equivalent
    from sed_tui.tui.resolution_tasks import Reading

TO_DECIDE, TO_READ = "to_decide", "to_read"
_GROUPS: dict[str, str] = {
    Scope.TO_EXECUTE: N_("To execute"),
    Scope.TO_ACCEPT: N_("To accept"),
    Scope.SUBSTITUTED: N_("For others"),
    Scope.ISSUED: N_("Issued by me"),
    TO_DECIDE: N_("Resolutions"),
    TO_READ: N_("To read"),
}
_WIDTH = 16


class MyWorkScreen(AssignmentListScreen):
    """The groups of what waits, and the assignments of one group by their terms."""

    PLACE = "work"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,tab,l"), "group(1)", N_("Next group"), id="work.next"),
        Binding(both_layouts("b,f8"), "calendar", N_("Calendar"), id="work.calendar"),
        Binding(both_layouts("z,f7"), "confirm", N_("I have read it"), id="work.confirm"),
        Binding(
            both_layouts("left,shift+tab,h"),
            "group(-1)",
            N_("Previous group"),
            show=False,
            id="work.previous",
        ),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._group: str = Scope.TO_EXECUTE
        self._papers: AcquaintancePage | None = None
        self._drafts: ResolutionPage | None = None
        self._summary: AssignmentSummary | None = None

    def content(self) -> ComposeResult:
        """Put the groups over the assignments of the chosen one."""
        yield Static(id="groups", markup=False)
        yield VirtualTable(assignment_columns(), empty="", explain=explanation, id="assignments")
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Ask what waits."""
        self.say_title(_("My work"))
        self.say_counts("")
        self.action_reload()

    def on_screen_resume(self) -> None:
        """Ask again when the user comes back: something may have been done meanwhile."""
        if self._summary is not None:
            self.action_reload()

    def action_reload(self) -> None:
        """Ask how much waits in each group, and read the chosen one."""
        self._read_group()
        self.do(self._ask, self._show_waiting, group="waiting", otherwise=self._no_summary)

    def _ask(self) -> tuple[AssignmentSummary, AcquaintancePage, ResolutionPage]:
        call = self.gateway.call
        return (
            call(SUMMARY, SummarizeAssignments()),
            call(PAPERS, ListAcquaintances(waiting=True, limit=MOST_PAPERS)),
            call(DRAFTS, ListResolutions(waiting=True, limit=MOST_PAPERS)),
        )

    def _show_waiting(
        self, found: tuple[AssignmentSummary, AcquaintancePage, ResolutionPage]
    ) -> None:
        summary, self._papers, self._drafts = found
        if self._group in {TO_READ, TO_DECIDE}:
            self._read_group()
        self._show_summary(summary)

    def _read_group(self) -> None:
        if self._group == TO_READ and self._papers is not None:
            self.table.show(paper_rows(self._papers))
        elif self._group == TO_DECIDE and self._drafts is not None:
            self.table.show(waiting_rows(self._drafts))
        elif self._group not in {TO_READ, TO_DECIDE}:
            wanted = AssignmentFilter(scope=Scope(self._group))
            self.table.columns = tuple(assignment_columns(wanted.scope))
            self.table.show(assignment_rows(self.gateway, wanted))

    def _show_summary(self, summary: AssignmentSummary) -> None:
        first = self._summary is None
        self._summary = summary
        present = [scope for scope, _waiting in self._filled()]
        if first and present and self._group not in present:
            self._choose(present[0])
        self.table.empty = (
            _("Nothing in this group.")
            if present
            else _("Nothing waits for you. 2 opens the documents, 3 all assignments.")
        )
        self.table.refresh()
        self._draw_groups()
        self.refresh_bindings()

    def _no_summary(self, _error: SedError) -> None:
        # the list under it fails for the same reason and says why
        self.query_one("#groups", Static).update("")

    def _filled(self) -> Iterator[tuple[str, Waiting]]:
        for scope in _GROUPS:
            waiting: Waiting = getattr(self._summary, scope, Waiting())
            if scope == TO_READ and self._papers is not None:
                waiting = papers_waiting(self._papers)
            if scope == TO_DECIDE and self._drafts is not None:
                waiting = drafts_waiting(self._drafts)
            if waiting.total:
                yield scope, waiting

    def _draw_groups(self) -> None:
        text = Text(no_wrap=True, overflow="ellipsis")
        for scope, waiting in self._filled():
            here = scope == self._group
            if text:
                text.append("\n")
            text.append("▸ " if here else "  ")
            text.append(f"{_(_GROUPS[scope]):<{_WIDTH}} {waiting.total:>5}", "bold" if here else "")
            for sign, word, count in (
                ("!", _("overdue"), waiting.overdue),
                ("•", _("today"), waiting.today),
                (" ", _("in three days"), waiting.soon),
            ):
                if count:
                    text.append(f"   {sign} {word} {count}", "bold" if sign != " " else "")
        self.query_one("#groups", Static).update(text)

    def _choose(self, scope: str) -> None:
        self._group = scope
        self.table.marks.clear()
        self.table.cursor = 0
        self._read_group()
        self._draw_groups()

    def action_group(self, step: int) -> None:
        """Go to another group that is not empty."""
        present = [scope for scope, _waiting in self._filled()]
        if not present:
            return
        place = present.index(self._group) + step if self._group in present else 0
        self._choose(present[place % len(present)])

    @property
    def paper(self) -> AcquaintanceRow | None:
        """Return the document to read under the cursor."""
        row = self.table.row
        return row.data if row is not None and isinstance(row.data, AcquaintanceRow) else None

    @property
    def draft(self) -> ResolutionRow | None:
        """Return the draft resolution under the cursor."""
        row = self.table.row
        return row.data if row is not None and isinstance(row.data, ResolutionRow) else None

    def open_assignment(self) -> None:
        """Show everything about the assignment, the document to read or the draft."""
        if self.paper is not None:
            self.action_document()
        elif self.draft is not None:
            self._open_draft(self.draft)
        else:
            super().open_assignment()

    def _open_draft(self, draft: ResolutionRow) -> None:
        from sed_tui.tui.resolution_tasks import read_resolution  # for this group alone

        self._opening = self.do(
            lambda: read_resolution(self.gateway, str(draft.id)),
            self._show_draft,
            group="resolution",
        )

    def _show_draft(self, reading: Reading) -> None:
        from sed_tui.tui.resolution_dialog import ResolutionDialog

        self.app.push_screen(ResolutionDialog(self.gateway, reading), self._came_back)

    def action_document(self) -> None:
        """Open the card of the document."""
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

        if self.paper is None:
            super().action_document()
        else:
            card = DocumentCardScreen(self.gateway, str(self.paper.document_id))
            self.app.push_screen(card)

    def action_confirm(self) -> None:
        """Confirm that the document has been read."""
        from sed_tui.operations.acquaintance import CONFIRM, ConfirmAcquaintance

        if self.paper is not None:
            request = ConfirmAcquaintance(acquaintance=str(self.paper.id))
            self._opening = self.do(
                lambda: self.gateway.call(CONFIRM, request, CallOptions(source="tui")),
                self._confirmed,
                group="confirm",
            )

    def _confirmed(self, sheet: Acquaintance) -> None:
        name = sheet.document_number or sheet.subject
        text = _("Read: {name}. Acquainted: {count} of {total}.")
        text = text.format(name=name, count=sheet.acquainted, total=sheet.total)
        self.notify(text, timeout=4, markup=False)
        self.action_reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to change the group where there is another one, and what suits the group."""
        if action == "group":
            return len(list(self._filled())) > 1
        if action == "confirm":
            return self.paper is not None and self.sed_app.may("acquaintance.confirm")
        if action == "document" and self.paper is not None:
            return True
        return super().check_action(action, parameters)

    def action_calendar(self) -> None:
        """Show how many terms of the group end on each day."""
        from sed_tui.tui.screens.term_calendar import TermCalendarScreen  # for this key alone

        is_scope = self._group not in {TO_READ, TO_DECIDE}
        scope = Scope(self._group) if is_scope else Scope.TO_EXECUTE
        self.app.push_screen(TermCalendarScreen(self.gateway, scope))

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the group and for the assignment under the cursor."""
        from sed_tui.tui.commands_dialog import Equivalent

        if self._group == TO_READ:
            listing = Equivalent(_("This list"), ("acquaintance", "list", "--waiting"))
            if self.paper is None:
                return [listing]
            words = ("acquaintance", "confirm", self.paper.short_id)
            return [listing, Equivalent(_("I have read it"), words)]
        if self._group == TO_DECIDE:
            return [Equivalent(_("This list"), ("resolution", "list", "--waiting"))]
        listing = Equivalent(_("This list"), ("assignment", "list", "--scope", self._group))
        return [listing, *super().equivalents()]
