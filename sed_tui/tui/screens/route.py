"""A route: its stages in words or its text, what is wrong with it, how it would go for a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.route_text import read_route
from sed_tui.i18n import N_, _
from sed_tui.operations.draft_list import LIST as DRAFTS
from sed_tui.operations.draft_list import DraftPage, ListDrafts
from sed_tui.operations.route import (
    CHECK,
    CLOSE,
    PREVIEW,
    SHOW,
    CheckRoute,
    CloseRoute,
    PreviewRoute,
    RouteCard,
    RouteChecked,
    RoutePlan,
    RouteState,
    ShowRoute,
)
from sed_tui.operations.values import shown_value
from sed_tui.tui.approval_text import plan_text
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog, Task
from sed_tui.tui.route_text import faults_text, route_text
from sed_tui.tui.route_writing import RouteWriting
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import explanation, short_name
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway

_UNSTARTED = frozenset({Stage.DRAFT, Stage.REWORK})


class RouteScreen(RouteWriting):
    """One version of a route."""

    PLACE = "approvals"
    AUTO_FOCUS = "#text"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("p"), "preview", N_("Preview"), id="route.preview"),
        Binding(both_layouts("c"), "check", N_("Check"), id="route.check"),
        Binding(both_layouts("m,f4"), "edit", N_("Edit"), id="route.edit"),
        Binding(both_layouts("v"), "turn", N_("Text"), id="route.turn"),
        Binding("delete", "close", N_("Close"), show=False, id="route.close"),
        Binding("escape,backspace", "leave", N_("Back"), id="route.leave"),
    ]

    def __init__(self, gateway: Gateway, code: str, version: int | None = None) -> None:
        super().__init__(gateway)
        self._code, self._version = code, version
        self._card: RouteCard | None = None
        self._shows_text = False

    def content(self) -> ComposeResult:
        """Show the stages."""
        with VerticalScroll(id="text"):
            yield Static(_("Reading…"), id="route", markup=False)

    def on_mount(self) -> None:
        """Read the route."""
        self.say_title(self._code)
        self.say_counts("")
        self.action_reload()

    def action_reload(self) -> None:
        """Read the route again."""
        request = ShowRoute(route=self._code, version=self._version)
        self.call(SHOW, request, self._show, otherwise=self._failed)

    def _failed(self, error: SedError) -> None:
        text = explanation(error) + "\n" + _("r tries again.")
        self.query_one("#route", Static).update(text)

    def _show(self, card: RouteCard) -> None:
        self._card = card
        self.say_title(f"{card.title} ({card.code}, {card.version})")
        self.say_counts(str(shown_value("state", card.state.value)))
        self._draw()
        self.refresh_bindings()

    def _draw(self) -> None:
        if (card := self._card) is not None:
            route = read_route(card.text).route
            shown = card.text if self._shows_text or route is None else route_text(route)
            self.query_one("#route", Static).update(shown)

    def action_turn(self) -> None:
        """Show the text, or the stages again."""
        self._shows_text = not self._shows_text
        self._draw()

    def offers(self, action: str) -> bool:
        """Tell whether the user may write routes, and try them."""
        needed = {"edit": "route.import", "close": "route.close", "preview": "route.preview"}
        return super().offers(action) and self.sed_app.may(needed.get(action, SHOW.name))

    def route_taken(self, card: RouteCard) -> None:
        """Show the version that was made."""
        self._code, self._version = card.code, None
        super().route_taken(card)

    def action_check(self) -> None:
        """Say what is wrong with the route now: people leave, kinds change."""
        if self._card is not None:
            self.open(CHECK, CheckRoute(text=self._card.text), self._checked)

    def _checked(self, found: RouteChecked) -> None:
        text = faults_text(found) or _("Nothing is wrong with it.")
        self.app.push_screen(TextDialog(_("Check of the route"), text))

    def action_edit(self) -> None:
        """Write the next version."""
        if not self.offers("edit"):
            self.sed_app.say_not_permitted()
        elif self._card is not None:
            title = _("The next version of {code}").format(code=self._card.code)
            self.write_route(title, self._card.text)

    def action_close(self) -> None:
        """Take the route out of use."""
        card = self._card
        if card is None or card.state is not RouteState.CURRENT or not self.offers("close"):
            return
        task = Task(
            _("Close the route {code}").format(code=card.code),
            CLOSE,
            [],
            lambda _values: CloseRoute(route=card.code),
            lambda _values: ("approval", "route", "close", card.code, "--yes"),
            _("What runs on it goes on; new approvals do not take it."),
        )
        self.app.push_screen(EntryDialog(self.gateway, task), self._was_closed)

    def _was_closed(self, result: object) -> None:
        if isinstance(result, RouteCard):
            self._show(result)

    def action_preview(self) -> None:
        """Choose a draft, and show who would act on it by when."""
        if self._card is not None and self.offers("preview"):
            self.open(DRAFTS, ListDrafts(limit=500), self._choose)

    def _choose(self, page: DraftPage) -> None:
        drafts = [row for row in page.rows if row.stage in _UNSTARTED]
        if not drafts:
            self.notify(_("There is no draft to try it on."), timeout=4)
            return
        choices = [
            (str(row.id), f"{row.short_id}  {row.subject} · {short_name(row.author)}")
            for row in drafts
        ]
        dialog = ChoiceDialog(_("Preview for which draft?"), choices)
        self.app.push_screen(dialog, self._preview)

    def _preview(self, document: object) -> None:
        if document is not None:
            request = PreviewRoute(document=str(document), route=self._code)
            self.open(PREVIEW, request, self._previewed)

    def _previewed(self, plan: RoutePlan) -> None:
        self.app.push_screen(TextDialog(_("Preview"), plan_text(plan)))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the route."""
        code = self._code
        return [
            Equivalent(_("Show the route"), ("approval", "route", "show", code)),
            Equivalent(
                _("Write its text to a file"),
                ("approval", "route", "export", code, "-o", f"{code}.toml"),
            ),
            Equivalent(_("Check its text"), ("approval", "route", "check", f"{code}.toml")),
        ]
