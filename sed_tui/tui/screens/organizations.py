"""Organizations: those one works in, those below; what each stores and may store."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import Binding

from sed_tui.domain.stored_size import written_size
from sed_tui.i18n import N_, _
from sed_tui.operations.organization import SHOW, ShowOrganization
from sed_tui.operations.organization_overview import OrganizationFigures
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.filter_bar import FilterBar, words
from sed_tui.tui.organization_rows import (
    SCOPES,
    organization_columns,
    organization_rows,
    organization_text,
    overseen_rows,
    quota_task,
)
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.turned import TurnedScreen
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.operations.organization import Organization, OrganizationRow


class OrganizationsScreen(TurnedScreen):
    """Organizations by code; the arrows turn to those below where the user oversees them."""

    PLACE = "more"
    AUTO_FOCUS = "#organizations"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("right,l,f4"), "turn(1)", N_("Which"), id="organizations.turn"),
        Binding(
            both_layouts("left,h"), "turn(-1)", N_("Previous"), show=False, id="organizations.back"
        ),
        Binding(
            both_layouts("slash,ctrl+f,f3"),
            "find",
            N_("Find"),
            priority=True,
            id="organizations.find",
        ),
        Binding(both_layouts("m"), "limit", N_("Limit"), id="organizations.limit"),
        Binding("escape,backspace", "leave", N_("Back"), id="organizations.leave"),
    ]

    def content(self) -> ComposeResult:
        """Put the filter over the list."""
        yield FilterBar(_("parts of a code, a name or an INN"))
        yield VirtualTable(
            organization_columns(),
            empty=_("No organization here. Esc shows all of them."),
            explain=explanation,
            id="organizations",
        )

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#organizations", VirtualTable)

    @property
    def listed(self) -> OrganizationRow | OrganizationFigures | None:
        """Return what stands under the cursor."""
        row = self.table.row
        return None if row is None else cast("OrganizationRow | OrganizationFigures", row.data)

    @property
    def turns(self) -> int:
        """Return how many selections there are: figures are for who oversees."""
        return len(SCOPES) if self.sed_app.may("organization.overview") else 1

    def action_reload(self) -> None:
        """Read the list again."""
        self.say_title(_("Your organizations") + ": " + _(SCOPES[self._scope]))
        self.table.highlight = words(self.query_text)
        rows = overseen_rows if self._scope else organization_rows
        self.table.show(rows(self.gateway, self.query_text))

    @on(VirtualTable.Opened)
    def read(self) -> None:
        """Show the organization under the cursor whole."""
        listed = self.listed
        if isinstance(listed, OrganizationFigures):
            self._show(listed)
        elif listed is not None:
            self.open(SHOW, ShowOrganization(organization=listed.code), self._show)

    def _show(self, card: Organization | OrganizationFigures) -> None:
        self.app.push_screen(TextDialog(_("Organization"), organization_text(card)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the limit to administrators; of them the operator of the system alone sets it."""
        if action == "limit":
            return self.sed_app.may("organization.quota")
        if action == "turn":
            return self.turns > 1
        return super().check_action(action, parameters)

    def action_limit(self) -> None:
        """Say how much the organization under the cursor may store."""
        if (listed := self.listed) is not None:
            dialog = EntryDialog(self.gateway, quota_task(listed))
            self.app.push_screen(dialog, lambda _done: self.action_reload())

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the list and the organization under the cursor."""
        verb = ("overview", *self.query_text.split()) if self._scope else ("list",)
        found = [Equivalent(_("This list"), ("organization", *verb))]
        if (listed := self.listed) is not None:
            show = ("organization", "show", listed.code)
            allowed = listed.allowed_bytes
            size = "10GiB" if allowed is None else written_size(allowed)
            found.append(Equivalent(_("Show the organization"), show))
            found.append(
                Equivalent(_("Limit what it stores"), ("organization", "quota", listed.code, size))
            )
        return found
