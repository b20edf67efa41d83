"""Routes of approval: which there are, in which versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.operations.route import LIST, ListRoutes, RouteRow, RouteState
from sed_tui.operations.values import shown_value
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.route_writing import EXAMPLE, RouteWriting
from sed_tui.tui.wording import amount, explanation, moment, translated
from widgets.keyboard import both_layouts
from widgets.rows import Column, Row, WholeRows
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway

_COLUMNS = (
    Column(N_("Code"), 14, copied=True),
    Column(N_("Version"), 7),
    Column(N_("Title"), 24, share=1),
    Column(N_("Stages"), 7),
    Column(N_("Priority"), 9),
    Column(N_("State"), 14),
)


class RoutesScreen(RouteWriting):
    """The list of routes; `v` shows old versions and closed ones too."""

    PLACE = "approvals"
    AUTO_FOCUS = "#routes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("insert", "create", N_("New route"), id="routes.create"),
        Binding(both_layouts("v"), "versions", N_("Old versions"), id="routes.versions"),
        Binding("escape,backspace", "leave", N_("Back"), id="routes.leave"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._all = False

    def content(self) -> ComposeResult:
        """Put the list over what is known of the route under the cursor."""
        empty = _("No routes: nobody has to approve anything.")
        if self.sed_app.may("route.import"):
            empty += " " + _("Insert writes one.")
        yield VirtualTable(translated(_COLUMNS), empty=empty, explain=explanation, id="routes")
        yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Read the routes."""
        self.say_title(_("Routes of approval"))
        self.action_reload()

    @property
    def table(self) -> VirtualTable:
        """Return the list."""
        return self.query_one("#routes", VirtualTable)

    def on_screen_resume(self) -> None:
        """Read again: a route may have been written meanwhile."""
        if self.table.total:
            self.action_reload()

    def action_reload(self) -> None:
        """Read the routes again."""

        def read() -> list[Row]:
            found = self.gateway.call(LIST, ListRoutes(all_versions=self._all))
            return [_row(row) for row in found.rows]

        self.table.show(WholeRows(read))

    @on(VirtualTable.Changed)
    def follow_cursor(self) -> None:
        """Say who made the route under the cursor, and when."""
        row, total = self.table.row, self.table.total
        number = amount(self.table.cursor + 1 if total else 0)
        self.say_counts(_("{number} of {total}").format(number=number, total=amount(total)))
        text = ""
        if row is not None and isinstance(row.data, RouteRow):
            text = f"{row.data.title} · {row.data.made_by}, {moment(row.data.made_at)}"
        self.query_one("#detail", Static).update(text, layout=False)

    @on(VirtualTable.Opened)
    def read(self, event: VirtualTable.Opened) -> None:
        """Open the route."""
        from sed_tui.tui.screens.route import RouteScreen  # for this key alone

        if isinstance(event.row.data, RouteRow):
            row = event.row.data
            self.app.push_screen(RouteScreen(self.gateway, row.code, row.version))

    def offers(self, action: str) -> bool:
        """Tell whether the user may write routes."""
        is_allowed = action != "create" or self.sed_app.may("route.import")
        return is_allowed and super().offers(action)

    def action_create(self) -> None:
        """Write a route."""
        if self.sed_app.may("route.import"):
            self.write_route(_("New route"), EXAMPLE)
        else:
            self.sed_app.say_not_permitted()

    def action_versions(self) -> None:
        """Show old versions too, or hide them again."""
        self._all = not self._all
        self.action_reload()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for routes."""
        words = ("approval", "route", "list", *(("--all",) if self._all else ()))
        return [Equivalent(_("This list"), words)]


def _row(row: RouteRow) -> Row:
    cells = (
        row.code,
        str(row.version),
        row.title,
        str(row.stages),
        str(row.priority),
        str(shown_value("state", row.state.value)),
    )
    tone = "" if row.state is RouteState.CURRENT else "muted"
    return Row(str(row.id), cells, tone, row)
