"""My work: what waits for me, what is late and what is due today first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.errors import NotPermitted
from sed_tui.i18n import N_, _
from sed_tui.operations.acquaintance_list import AcquaintanceRow
from sed_tui.operations.approval_list import ApprovalRow
from sed_tui.operations.assignment_list import AssignmentFilter, Scope
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.resolution_list import ResolutionRow
from sed_tui.operations.signing_list import ToSignRow
from sed_tui.tui.assignment_list import AssignmentListScreen
from sed_tui.tui.assignment_rows import assignment_columns, assignment_rows
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.resolution_rows import resolution_detail
from sed_tui.tui.wording import explanation
from sed_tui.tui.work_papers import GROUPS, TO_READ, Waits, paper_columns, read_waits
from widgets.keyboard import both_layouts
from widgets.rows import FixedRows
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.operations.acquaintance import Acquaintance
    from sed_tui.operations.assignment_list import Waiting
    from sed_tui.tui.resolution_tasks import Reading

_TITLES: dict[str, str] = {
    Scope.TO_EXECUTE: N_("To execute"),
    Scope.TO_ACCEPT: N_("To accept"),
    Scope.SUBSTITUTED: N_("For others"),
    Scope.ISSUED: N_("Issued by me"),
    **{name: group.title for name, group in GROUPS.items()},
}
_WIDTH = 16


class MyWorkScreen(AssignmentListScreen):
    """The groups of what waits, and the assignments of one group by their terms."""

    PLACE = "work"
    is_live = True
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
        self._waits: Waits | None = None

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
        if self._waits is not None:
            self.action_reload()

    @property
    def scope(self) -> Scope:
        """Return whose assignments are listed."""
        return Scope.ALL if self._group in GROUPS else Scope(self._group)

    def action_reload(self) -> None:
        """Ask how much waits in each group, and read the chosen one."""
        self._read_group()
        self.do(
            lambda: read_waits(self.gateway),
            self._show_waits,
            group="waiting",
            otherwise=self._no_summary,
        )

    def _show_waits(self, waits: Waits) -> None:
        first, self._waits = self._waits is None, waits
        present = [group for group, _waiting in self._filled()]
        self.table.empty = _empty(waits, is_other=bool(present))
        if first and present and self._group not in present:
            self._choose(present[0])
        elif self._group in GROUPS or not waits.has_assignments:
            self._read_group()
        self.table.refresh()
        self._draw_groups()
        self.refresh_bindings()

    def _read_group(self) -> None:
        if self._waits is not None and self._group in GROUPS:
            self.table.columns = tuple(paper_columns(self._group))
            self.table.show(self._waits.papers(self._group))
        elif self._waits is not None and not self._waits.has_assignments:
            self.table.show(FixedRows(()))
        elif self._group not in GROUPS:
            wanted = AssignmentFilter(scope=Scope(self._group))
            self.table.columns = tuple(assignment_columns(wanted.scope))
            self.table.show(assignment_rows(self.gateway, wanted))

    def on_paged_view_failed(self, event: VirtualTable.Failed) -> None:
        """Leave the list empty for a role that has no assignments."""
        if isinstance(event.error, NotPermitted) and self._waits is not None:
            event.stop()
            self._read_group()

    def _no_summary(self, _error: SedError) -> None:
        # the list under it fails for the same reason and says why
        self.query_one("#groups", Static).update("")

    def _filled(self) -> Iterator[tuple[str, Waiting]]:
        if (waits := self._waits) is not None:
            waiting = ((group, waits.waiting(group)) for group in _TITLES)
            yield from ((group, found) for group, found in waiting if found.total)

    def _draw_groups(self) -> None:
        text = Text(no_wrap=True, overflow="ellipsis")
        for scope, waiting in self._filled():
            here = scope == self._group
            if text:
                text.append("\n")
            text.append("▸ " if here else "  ")
            text.append(f"{_(_TITLES[scope]):<{_WIDTH}} {waiting.total:>5}", "bold" if here else "")
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

    @property
    def approval(self) -> ApprovalRow | ToSignRow | None:
        """Return what is to be approved or signed under the cursor."""
        row = self.table.row
        is_one = row is not None and isinstance(row.data, (ApprovalRow, ToSignRow))
        return cast("ApprovalRow | ToSignRow", row.data) if row is not None and is_one else None

    def detail(self) -> str:
        """Return what is said of the row under the cursor: of a draft its points."""
        return super().detail() if self.draft is None else resolution_detail(self.draft)

    def open_assignment(self) -> None:
        """Show everything about the assignment, the document to read or the draft."""
        if self.paper is not None:
            self.action_document()
        elif self.approval is not None:
            self._open_approval(self.approval)
        elif self.draft is not None:
            self._open_draft(self.draft)
        else:
            super().open_assignment()

    def _open_approval(self, row: ApprovalRow | ToSignRow) -> None:
        from sed_tui.tui.approval_rows import paper_of  # for these groups alone
        from sed_tui.tui.screens.approval_reading import ApprovalReadingScreen

        self.app.push_screen(ApprovalReadingScreen(self.gateway, paper_of(row)))

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
            return any(group != self._group for group, _waiting in self._filled())
        if action == "confirm":
            return self.paper is not None and self.sed_app.may("acquaintance.confirm")
        if action == "document" and self.paper is not None:
            return True
        return super().check_action(action, parameters)

    def action_calendar(self) -> None:
        """Show how many terms of the group end on each day."""
        from sed_tui.tui.screens.term_calendar import TermCalendarScreen  # for this key alone

        is_scope = self._group not in GROUPS
        scope = Scope(self._group) if is_scope else Scope.TO_EXECUTE
        self.app.push_screen(TermCalendarScreen(self.gateway, scope))

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the group and for the assignment under the cursor."""
        if (group := GROUPS.get(self._group)) is None:
            listing = Equivalent(_("This list"), ("assignment", "list", "--scope", self._group))
            return [listing, *super().equivalents()]
        found = [Equivalent(_("This list"), group.words)]
        if self._group == TO_READ and self.paper is not None:
            words = ("acquaintance", "confirm", self.paper.short_id)
            found.append(Equivalent(_("I have read it"), words))
        return found


def _empty(waits: Waits, *, is_other: bool) -> str:
    if is_other:
        return _("Nothing in this group.")
    if not waits.has_assignments:
        return _("Your role has no papers of its own. Ctrl+P lists what it may do.")
    return _("Nothing waits for you. 2 opens the documents, 3 all assignments.")
