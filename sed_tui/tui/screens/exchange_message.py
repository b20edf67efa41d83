"""A message of the exchange: what it is, what went wrong, its bytes, its document."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from sed_tui.i18n import N_, _
from sed_tui.operations.exchange_journal import RAW, SHOW, MessageCard, ShowMessage, ShowRawMessage
from sed_tui.operations.registration import Registered
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.exchange_tasks import tasks_for
from sed_tui.tui.exchange_text import message_text, raw_text
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.text_dialog import TextDialog
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.tui.entry_dialog import Task

_MOST_FETCHED = 64 * 1024 * 1024  # a package that is larger is saved by the command


class ExchangeMessageScreen(SedScreen[None]):
    """One message, named by its id."""

    PLACE = "more"
    AUTO_FOCUS = "#message"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_document", N_("Document"), id="message.document"),
        Binding(both_layouts("a,f7"), "act", N_("What to do"), id="message.act"),
        Binding(both_layouts("v,f4"), "raw", N_("As it travelled"), id="message.raw"),
        Binding("escape,backspace", "leave", N_("Back"), id="message.leave"),
    ]

    def __init__(self, gateway: Gateway, message: str) -> None:
        super().__init__(gateway)
        self._message = message
        self.card: MessageCard | None = None

    def content(self) -> ComposeResult:
        """Make room for the message."""
        with VerticalScroll(id="message"):
            yield Static(_("Reading…"), id="told", markup=False)

    def on_mount(self) -> None:
        """Read the message."""
        self.say_title(_("Message"))
        self.say_counts("")
        self.action_reload()

    def action_reload(self) -> None:
        """Read the message again."""
        request = ShowMessage(message=self._message)
        self._opening = self.do(
            lambda: self.gateway.call(SHOW, request),
            self._show,
            group=SHOW.name,
            otherwise=self._failed,
        )

    def _show(self, card: MessageCard) -> None:
        self.card = card
        self.say_title(_("Message") + f" {card.short_id}")
        self.query_one("#told", Static).update(message_text(card))
        self.refresh_bindings()

    def _failed(self, error: SedError) -> None:
        text = explanation(error) + "\n" + _("r tries again.")
        self.query_one("#told", Static).update(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the document where there is one."""
        if action == "open_document":
            return self.card is not None and self.card.document_id is not None
        return super().check_action(action, parameters)

    def action_open_document(self) -> None:
        """Open the card of the document."""
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

        if self.card is not None and self.card.document_id is not None:
            document = str(self.card.document_id)
            self.app.push_screen(
                DocumentCardScreen(self.gateway, document), lambda _changed: self.action_reload()
            )

    def action_raw(self) -> None:
        """Show the bytes of the message."""

        def show(text: str) -> None:
            self.app.push_screen(TextDialog(_("As it travelled"), text))

        self._opening = self.do(self._raw, show, group=RAW.name)

    def _raw(self) -> str:
        found = self.gateway.call(RAW, ShowRawMessage(message=self._message))
        is_archive = found.media_type == "application/zip"
        if found.content is not None:
            content = base64.b64decode(found.content)
        elif found.sha256 is None:
            return _("The message never travelled: it stayed within the system.")
        elif found.size > _MOST_FETCHED:
            return _("It is too large to be shown; the command under : saves it.")
        else:
            with self.gateway.fetch(found.sha256) as source:
                content = source.read()
        return raw_text(content, is_archive=is_archive)

    def action_act(self) -> None:
        """Choose among what can be done with the message now."""
        if (card := self.card) is None:
            return
        self._opening = self.do(
            lambda: tasks_for(card, self.gateway), self._choose, group="exchange.act"
        )

    def _choose(self, tasks: list[Task]) -> None:
        may = [(task, task.title) for task in tasks if self.sed_app.may(task.operation.name)]
        if may:
            self.app.push_screen(ChoiceDialog(_("What to do"), may), self._take)
        elif tasks:
            self.notify(_("This is not permitted to your roles."), severity="warning")
        else:
            self.notify(_("Nothing is left to do."))

    def _take(self, task: object | None) -> None:
        if task is not None:
            dialog = EntryDialog(self.gateway, cast("Task", task))
            self.app.push_screen(dialog, self._taken)

    def _taken(self, result: object) -> None:
        if isinstance(result, Registered):
            number = result.number or ""
            self.notify(number, title=_("Registered"), markup=False, timeout=10)
            for warning in result.warnings:
                self.notify(warning, severity="warning", markup=False)
        elif result is not None:
            self.notify(_("Done."), timeout=3)
        if result is not None:
            self.action_reload()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the message."""
        name = self.card.short_id if self.card is not None else self._message
        return [
            Equivalent(_("Show the message"), ("exchange", "show", name)),
            Equivalent(_("As it travelled"), ("exchange", "raw", name, "-o", "message.xml")),
        ]
