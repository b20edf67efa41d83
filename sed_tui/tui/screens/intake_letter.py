"""A letter taken in by mail: its text and files, what it may be, its document."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding

from sed_tui.i18n import N_, _
from sed_tui.operations.intake_letter import SHOW, LetterCard, ShowLetterTaken
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.decided import DecidedScreen
from sed_tui.tui.intake_rows import letter_text
from sed_tui.tui.intake_tasks import tasks_for
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from uuid import UUID

    from rich.text import Text
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.tui.entry_dialog import Task


class IntakeLetterScreen(DecidedScreen):
    """One letter, named by its id."""

    PLACE = "more"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open_file", N_("Open"), id="letter.open"),
        Binding("enter", "open_document", N_("Document"), id="letter.document"),
        Binding(both_layouts("a,f7"), "act", N_("What to do"), id="letter.act"),
        Binding(both_layouts("s"), "save", N_("Save"), id="letter.save"),
        Binding("escape,backspace", "leave", N_("Back"), id="letter.leave"),
    ]

    def __init__(self, gateway: Gateway, letter: str) -> None:
        super().__init__(gateway)
        self._letter = letter
        self.card: LetterCard | None = None

    @property
    def title_words(self) -> str:
        """Return what it is called."""
        return _("Letter")

    @property
    def document(self) -> UUID | None:
        """Return the document that the letter became or was added to."""
        return self.card.document_id if self.card is not None else None

    def read(self) -> LetterCard:
        """Read the letter. Blocks."""
        return self.gateway.call(SHOW, ShowLetterTaken(letter=self._letter))

    def text(self) -> Text:
        """Return the letter whole."""
        return letter_text(cast("LetterCard", self.card))

    def tasks(self) -> list[Task]:
        """Return what can be done with the letter."""
        return tasks_for(cast("LetterCard", self.card))

    def equivalents(self) -> list[Equivalent]:
        """Return the command for the letter."""
        name = self.card.short_id if self.card is not None else self._letter
        show = Equivalent(_("Show the letter"), ("document", "intake", "show", name))
        command = ("document", "intake", "file", name)
        return [show, *self.equivalents_of_files(command)]
