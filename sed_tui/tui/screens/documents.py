"""The list of documents: filter as you type, marks, a preview on wide terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.actions import SkipAction
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from sed_tui.domain.clock import SystemClock, office_day
from sed_tui.domain.link_address import LinkAddress, Target
from sed_tui.domain.query import parse_query, while_typing
from sed_tui.i18n import N_, _, ngettext
from sed_tui.operations.document import SHOW, DocumentCard, ShowDocument
from sed_tui.tui import equivalents, explanations
from sed_tui.tui.card_text import card_summary
from sed_tui.tui.document_rows import CONDITIONS, document_columns, document_rows
from sed_tui.tui.filter_bar import FilterBar, words
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import amount, explanation, long_day
from widgets.keyboard import both_layouts
from widgets.paged_view import State
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from sed_tui.gateway import Gateway
    from sed_tui.operations.document_list import DocumentRow
    from sed_tui.tui.commands_dialog import Equivalent

_REST = 0.12  # seconds; a held key repeats about thirty times in one


class DocumentsScreen(SedScreen[None]):
    """Documents, the newest first."""

    PLACE = "documents"
    is_live = True
    AUTO_FOCUS = "#documents"
    ACTS_ON_MARKS = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("n,insert,f7"), "new", N_("New"), id="documents.new"),
        Binding(
            both_layouts("slash,ctrl+f,f3"), "find", N_("Find"), priority=True, id="documents.find"
        ),
        Binding(both_layouts("f,f4"), "narrow", N_("Filter"), id="documents.narrow"),
        Binding(both_layouts("i,o"), "assign", N_("Assign"), id="documents.assign"),
        Binding(both_layouts("m"), "mail", N_("Mail"), show=False, id="documents.mail"),
        Binding("escape", "clear", N_("Clear the filter"), show=False, id="documents.clear"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._previewed: str | None = None
        self._resting: Timer | None = None

    def content(self) -> ComposeResult:
        """Put the filter over the list, the preview beside and the details under it."""
        yield FilterBar(
            _("words, from:ministry, flow:incoming, since:2026-01, overdue"),
            unfinished=while_typing,
            check=_check,
        )
        with Horizontal():
            yield VirtualTable(
                document_columns(),
                document_rows(self.gateway, ""),
                empty=_("No documents yet. n registers the first one."),
                explain=explanation,
                id="documents",
            )
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="preview-text", markup=False)
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Name the screen."""
        self.say_title(_("Documents"))
        self.say_counts("")

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#documents", VirtualTable)

    @property
    def filter(self) -> FilterBar:
        """Return the filter."""
        return self.query_one(FilterBar)

    @property
    def document(self) -> DocumentRow | None:
        """Return the document under the cursor."""
        row = self.table.row
        return cast("DocumentRow", row.data) if row is not None else None

    @on(FilterBar.Asked)
    def show_matches(self, event: FilterBar.Asked) -> None:
        """Show what fits the query."""
        self.table.marks.clear()
        self.table.cursor = 0
        self.table.highlight = words(event.query)
        self.table.is_filtered = bool(event.query)
        self.table.empty = (
            _("Nothing found. Esc clears the filter.")
            if event.query
            else _("No documents yet. n registers the first one.")
        )
        self.table.show(document_rows(self.gateway, event.query))

    @on(FilterBar.Left)
    def go_to_list(self) -> None:
        """Let the keys act on the list."""
        self.table.focus()

    @on(VirtualTable.Changed)
    def follow_cursor(self) -> None:
        """Say how many there are and show the document under the cursor."""
        self.say_title(_("Documents") + "   " + self._found())
        self.say_counts(self._counts())
        document = self.document
        detail = "" if document is None else _detail(document)
        self.query_one("#detail", Static).update(detail, layout=False)  # two lines at any length
        if self._resting is not None:
            self._resting.stop()
        if self.has_class("wide") and document is not None:
            # a card is read and laid out for the row the cursor stays on, not for each it passes
            self._resting = self.set_timer(_REST, self._preview)
        elif document is None:
            self.query_one("#preview-text", Static).update("")

    def _found(self) -> str:
        table = self.table
        if table.state is not State.READY:
            return ""
        if table.more:
            return _("more than {count}").format(count=amount(table.total))
        return _("found {count}").format(count=amount(table.total))

    def _counts(self) -> str:
        table = self.table
        place = _("{number} of {total}").format(
            number=amount(table.cursor + 1 if table.total else 0), total=amount(table.total)
        )
        marked = table.chosen
        if not marked:
            return place
        text = ngettext("{count} marked", "{count} marked", marked).format(count=amount(marked))
        return f"{place} · {text}"

    def _preview(self) -> None:
        document = self.document
        if document is None or self._previewed == str(document.id):
            return
        self._previewed = str(document.id)
        self.call(SHOW, ShowDocument(document=str(document.id)), self._show_preview)

    def _show_preview(self, card: DocumentCard) -> None:
        self.query_one("#preview-text", Static).update(card_summary(card))

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for this list and for the document under the cursor."""
        own = equivalents.of_document(self.document) if self.document is not None else []
        return equivalents.of_list(self.filter.query_text) + own

    def link_address(self) -> LinkAddress | None:
        """Return the link to the document under the cursor."""
        document = self.document
        return LinkAddress(Target.DOCUMENT, document.id) if document is not None else None

    def action_reload(self) -> None:
        """Read the list again."""
        self._previewed = None
        self.table.show(document_rows(self.gateway, self.filter.query_text))

    def action_find(self) -> None:
        """Go to the filter."""
        if self.focused is self.filter.line:
            raise SkipAction  # a letter of what is being typed
        # at once: over a slow line the next letter is in the same packet
        self.set_focus(self.filter.line)

    def action_clear(self) -> None:
        """Show everything again."""
        self.filter.action_clear()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what the user may do."""
        match action:
            case "new":
                return self.sed_app.may("document.register")
            case "mail":
                return self.sed_app.may("mailing.send") and self.table.total > 0
            case "assign":
                return self.sed_app.may("assignment.issue") and self.table.total > 0
        return super().check_action(action, parameters)

    def action_explain(self) -> None:
        """Explain the document under the cursor."""
        if (document := self.document) is not None:
            name = document.number or _("no number")
            self.app.push_screen(TextDialog(name, explanations.of_document(document)))

    def action_new(self) -> None:
        """Register a document."""
        from sed_tui.tui.screens.registration import RegistrationScreen  # for this key alone

        self.app.push_screen(RegistrationScreen(self.gateway), self._registered)

    def _registered(self, result: object) -> None:
        if result is not None:
            self.action_reload()

    def action_assign(self) -> None:
        """Issue an assignment on the document under the cursor."""
        from sed_tui.tui.screens.assignment_form import AssignmentScreen  # for this key alone

        if (document := self.document) is not None:
            self.app.push_screen(
                AssignmentScreen(self.gateway, document.id, document.number or ""),
                self._registered,
            )

    def action_mail(self) -> None:
        """Mail the document under the cursor, or all that are marked."""
        from sed_tui.tui.mail_dialog import MOST, MailDialog  # for this key alone

        table, document = self.table, self.document
        if table.chosen > MOST:
            text = _("At most {most} at once; {count} are marked.")
            text = text.format(most=amount(MOST), count=amount(table.chosen))
            self.notify(text, severity="warning", markup=False)
            return

        def read() -> list[DocumentRow]:
            marked = list(table.marks.rows(table.source, MOST)) if table.marks else []
            chosen = [cast("DocumentRow", row.data) for row in marked]
            return chosen or ([document] if document is not None else [])

        def ask(rows: list[DocumentRow]) -> None:
            app = self.sed_app
            dialog = MailDialog(self.gateway, rows, profile=app.profile, base=app.link_base)
            self.app.push_screen(dialog, self._mailed)

        self._opening = self.do(read, ask, group="marked")

    def _mailed(self, result: object) -> None:
        from sed_tui.tui.mail_dialog import Mailed

        if isinstance(result, Mailed):
            self.table.marks.clear()
            text = "\n".join([*result.lines, *(f"! {one}" for one in result.warnings)])
            self.notify(text, title=_("Mailed"), markup=False, timeout=10)

    def action_narrow(self) -> None:
        """Choose a condition from a list."""
        from sed_tui.tui.conditions_dialog import ConditionsDialog  # for this key alone

        self.app.push_screen(ConditionsDialog(self.filter.query_text), self._narrow)

    def _narrow(self, query: str | None) -> None:
        if query is not None:
            self.filter.set_query(query)

    @on(VirtualTable.HeaderClicked)
    def begin_condition(self, event: VirtualTable.HeaderClicked) -> None:
        """Begin a condition on the column in the filter."""
        line = self.filter.line
        line.value = f"{line.value} {_(CONDITIONS[event.column])}".lstrip()
        line.cursor_position = len(line.value)
        line.focus()

    @on(VirtualTable.Opened)
    def open_document(self, event: VirtualTable.Opened) -> None:
        """Open the card."""
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

        self.app.push_screen(DocumentCardScreen(self.gateway, event.row.key), self._registered)


def _check(query: str) -> None:
    parse_query(query, office_day(SystemClock().now()))


def _detail(document: DocumentRow) -> str:
    theirs = ""
    if document.their_number:
        theirs = _("their № {number}").format(number=document.their_number)
        if document.their_date:
            theirs += " " + _("of {day}").format(day=long_day(document.their_date))
    parts = [document.subject, document.correspondent or "", theirs, document.addressee or ""]
    return " · ".join(part for part in parts if part)
