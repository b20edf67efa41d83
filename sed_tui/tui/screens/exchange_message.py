"""A message of the exchange: what it is, what went wrong, its bytes, its document."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding

from sed_tui.i18n import N_, _
from sed_tui.operations.exchange_journal import RAW, SHOW, MessageCard, ShowMessage, ShowRawMessage
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.decided import DecidedScreen
from sed_tui.tui.exchange_tasks import tasks_for
from sed_tui.tui.exchange_text import message_text, raw_text
from sed_tui.tui.text_dialog import TextDialog
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from uuid import UUID

    from rich.text import Text
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.tui.entry_dialog import Task

_MOST_FETCHED = 64 * 1024 * 1024  # a package that is larger is saved by the command


class ExchangeMessageScreen(DecidedScreen):
    """One message, named by its id."""

    PLACE = "more"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_file", N_("Open"), id="message.open"),
        Binding("enter", "open_document", N_("Document"), id="message.document"),
        Binding(both_layouts("a,f7"), "act", N_("What to do"), id="message.act"),
        Binding(both_layouts("s"), "save", N_("Save"), id="message.save"),
        Binding(both_layouts("v,f4"), "raw", N_("As it travelled"), id="message.raw"),
        Binding("escape,backspace", "leave", N_("Back"), id="message.leave"),
    ]

    def __init__(self, gateway: Gateway, message: str) -> None:
        super().__init__(gateway)
        self._message = message
        self.card: MessageCard | None = None

    @property
    def title_words(self) -> str:
        """Return what it is called."""
        return _("Message")

    @property
    def document(self) -> UUID | None:
        """Return the document of the message."""
        return self.card.document_id if self.card is not None else None

    def read(self) -> MessageCard:
        """Read the message. Blocks."""
        return self.gateway.call(SHOW, ShowMessage(message=self._message))

    def text(self) -> Text:
        """Return the message whole."""
        return message_text(cast("MessageCard", self.card))

    def tasks(self) -> list[Task]:
        """Return what can be done with the message. Blocks."""
        return tasks_for(cast("MessageCard", self.card), self.gateway)

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

    def equivalents(self) -> list[Equivalent]:
        """Return the commands for the message."""
        name = self.card.short_id if self.card is not None else self._message
        return [
            Equivalent(_("Show the message"), ("exchange", "show", name)),
            Equivalent(_("As it travelled"), ("exchange", "raw", name, "-o", "message.xml")),
            *self.equivalents_of_files(("exchange", "file", name)),
        ]
