"""The frame of a screen: its chrome, its calls in threads, and how failures are told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events, on
from textual.binding import Binding
from textual.screen import Screen

from sed_tui.errors import SedError
from sed_tui.i18n import N_, _
from sed_tui.tui.chrome import ActionBar, NavigationBar, StatusLine, TitleLine
from sed_tui.tui.commands_dialog import CommandsDialog, command_line
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts
from widgets.paged_view import PagedView, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.worker import Worker

    from sed_tui.domain.link_address import LinkAddress
    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import CallOptions, Operation, RequestT, ResultT
    from sed_tui.tui.app import SedApp
    from sed_tui.tui.commands_dialog import Equivalent

T = TypeVar("T")
AnswerT = TypeVar("AnswerT")
_WIDE = 120  # columns from which there is room for two things side by side


class SedScreen(Screen[AnswerT]):
    """A screen of the interface. A subclass composes its `content`.

    Lists of an `is_live` one are read again when somebody else has changed something. Where
    nothing but copying `ACTS_ON_MARKS`, the line of actions leaves its room to what else there is.
    """

    PLACE: ClassVar[str] = ""
    is_live: ClassVar[bool] = False
    ACTS_ON_MARKS: ClassVar[bool] = False
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(_WIDE, "wide")]  # type: ignore[misc]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(both_layouts("f5,r"), "reload", N_("Refresh"), show=False, id="screen.reload"),
        Binding(both_layouts("colon,f6"), "commands", N_("Command"), id="screen.commands"),
        Binding(both_layouts("e"), "explain", N_("Explain"), show=False, id="screen.explain"),
        Binding(both_layouts("L"), "copy_link", N_("Copy the link"), show=False, id="screen.link"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__()
        self.gateway = gateway
        self._opening: Worker[None] | None = None
        self._is_new = True

    def compose(self) -> ComposeResult:
        """Put the content between the lines that every screen has."""
        # known before anything is styled: told by the first layout, all of it is styled again
        self.set_class(self.app.size.width >= _WIDE, "wide", update=False)
        yield NavigationBar(self.PLACE)
        yield TitleLine()
        yield from self.content()
        yield ActionBar()
        yield StatusLine()

    @on(events.ScreenResume)
    def _shown(self, event: events.ScreenResume) -> None:
        if self._is_new:
            self._is_new, event.refresh_styles = False, False  # it has been styled just now

    def on_screen_resume(self) -> None:
        """Say who is acting: it may have become known while another screen was shown."""
        for line in self.query(TitleLine):
            line.side = self.sed_app.identity

    def content(self) -> ComposeResult:
        """Make the widgets of the screen itself."""
        raise NotImplementedError

    @property
    def sed_app(self) -> SedApp:
        """Return the application by its own type."""
        return cast("SedApp", self.app)

    def say_title(self, title: str) -> None:
        """Write the title line."""
        line = self.query_one(TitleLine)
        line.title, line.side = title, self.sed_app.identity

    def say_counts(self, counts: str) -> None:
        """Write the status line."""
        line = self.query_one(StatusLine)
        line.place, line.counts = self.sed_app.place, counts

    def call(
        self,
        operation: Operation[RequestT, ResultT],
        request: RequestT,
        then: Callable[[ResultT], None],
        *,
        otherwise: Callable[[SedError], None] | None = None,
        options: CallOptions | None = None,
    ) -> None:
        """Run an operation in a thread; what it returns comes back unless overtaken."""
        self.do(
            lambda: self.gateway.call(operation, request, options),
            then,
            group=operation.name,
            otherwise=otherwise,
        )

    def do(
        self,
        job: Callable[[], T],
        then: Callable[[T], None],
        *,
        group: str,
        otherwise: Callable[[SedError], None] | None = None,
    ) -> Worker[None]:
        """Do a blocking job in a thread; a later one of the same group overtakes it."""

        async def wait() -> None:
            try:
                result = await asyncio.to_thread(job)
            except SedError as error:
                (otherwise or self.fail)(error)
            else:
                then(result)

        return self.run_worker(wait, group=group, exclusive=True)

    def fail(self, error: SedError) -> None:
        """Tell the user what was not done, and why."""
        from sed_tui.support.last_errors import remember  # for failures alone

        remember(error, "sed-tui")
        self.notify(explanation(error), title=_("Not done"), severity="error", markup=False)

    def open(
        self,
        operation: Operation[RequestT, ResultT],
        request: RequestT,
        then: Callable[[ResultT], None],
    ) -> None:
        """Read what a dialog is to show; keys wait for the dialog."""
        self._opening = self.do(
            lambda: self.gateway.call(operation, request), then, group=operation.name
        )

    def is_reading(self, key: str) -> bool:
        """Tell whether what a key would act on is on its way: a dialog, or the rows of the list."""
        if self._opening is not None and not self._opening.is_finished:
            return True
        if key.isdecimal():  # goes to another screen
            return False
        return isinstance(self.focused, PagedView) and self.focused.state is State.LOADING

    def offers(self, action: str) -> bool:
        """Tell whether the line of actions names one that a key would try."""
        return self.ACTS_ON_MARKS or action != "mark"

    def equivalents(self) -> list[Equivalent]:
        """Return the commands that do from a script what can be done here."""
        return []

    def action_commands(self) -> None:
        """Show what can be done here as commands, to copy one."""
        self.app.push_screen(CommandsDialog(self.equivalents(), self.sed_app.root_options))

    def link_address(self) -> LinkAddress | None:
        """Return the link to what is under the cursor; None where nothing has one."""
        return None

    def action_copy_link(self) -> None:
        """Copy the link to what is under the cursor."""
        if (link := self.link_address()) is not None:
            self.sed_app.copy_link(link)
        else:
            self.notify(_("Nothing here has a link."), timeout=3)

    def action_reload(self) -> None:
        """Read everything on the screen again."""

    def renew(self) -> bool:
        """Read the lists again where nothing moves under a hand; tell whether it was done."""
        tables = list(self.query(PagedView))
        if not self.is_live or not all(table.holds_its_row() for table in tables):
            return False
        for table in tables:
            table.hold_row()
        self.action_reload()
        return True

    def action_explain(self) -> None:
        """Explain what is under the cursor, or say where help is."""
        self.notify(_("Nothing is explained here. F1 opens the guide."), timeout=3)

    def copy_command(self, *words: Any) -> None:
        """Copy one command line."""
        self.sed_app.copy(command_line(self.sed_app.root_options, *words))
