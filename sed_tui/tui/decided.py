"""A screen of one letter: it is read, something is decided about it, its document is opened."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Self, cast

from textual.containers import VerticalScroll
from textual.widgets import Static

from sed_tui.i18n import _
from sed_tui.operations.file import FilesAdded
from sed_tui.operations.registration import Registered
from sed_tui.rendering.cells import printable
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.file_opening import open_file, save_file_as
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.offered import offer
from sed_tui.tui.wording import explanation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from rich.text import Text
    from textual.app import ComposeResult

    from sed_tui.errors import SedError
    from sed_tui.operations.file import KeptFile
    from sed_tui.tui.entry_dialog import Task


class DecidedScreen(SedScreen[None]):
    """What all of them do alike; the letter is read anew after each decision."""

    AUTO_FOCUS = "#message"
    card: Any = None

    @property
    @abstractmethod
    def title_words(self) -> str:
        """Return what a letter is called here."""

    @property
    @abstractmethod
    def document(self) -> UUID | None:
        """Return the document that the letter belongs to."""

    @abstractmethod
    def read(self) -> Any:
        """Return the letter. Blocks."""

    @abstractmethod
    def text(self) -> Text:
        """Return the letter that was read, whole."""

    @abstractmethod
    def tasks(self) -> list[Task]:
        """Return what can be done with the letter now. Blocks."""

    def content(self) -> ComposeResult:
        """Make room for the letter."""
        with VerticalScroll(id="message"):
            yield Static(_("Reading…"), id="told", markup=False)

    def on_mount(self) -> None:
        """Read the letter."""
        self.say_title(self.title_words)
        self.say_counts("")
        self.action_reload()

    def action_reload(self) -> None:
        """Read the letter again."""
        self._opening = self.do(self.read, self._show, group="decided.read", otherwise=self._failed)

    def _show(self, card: Any) -> None:
        self.card = card
        self.say_title(f"{self.title_words} {card.short_id}")
        self.query_one("#told", Static).update(self.text())
        self.refresh_bindings()

    def _failed(self, error: SedError) -> None:
        text = explanation(error) + "\n" + _("r tries again.")
        self.query_one("#told", Static).update(text)

    @property
    def files(self) -> Sequence[KeptFile]:
        """Return the files of the letter."""
        return self.card.enclosures if self.card is not None else ()

    def equivalents_of_files(self, command: tuple[str, ...]) -> list[Equivalent]:
        """Return the commands that save the files."""
        return [
            Equivalent(_("Save {name}").format(name=one.name), (*command, one.name, "-o", "."))
            for one in self.files
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the document where there is one, the files by themselves before."""
        if action == "save":
            return bool(self.files)
        if action == "open_file":
            return bool(self.files) and self.document is None
        if action == "open_document":
            return self.card is not None and self.document is not None
        return super().check_action(action, parameters)

    def action_open_document(self) -> None:
        """Open the card of the document."""
        from sed_tui.tui.screens.document_card import DocumentCardScreen  # for this key alone

        if self.card is not None and self.document is not None:
            self.app.push_screen(
                DocumentCardScreen(self.gateway, str(self.document)),
                lambda _changed: self.action_reload(),
            )

    def action_open_file(self) -> None:
        """Open a file of the letter with its program."""
        self._choose_file(_("Open a file"), open_file)

    def action_save(self) -> None:
        """Save a file of the letter."""
        self._choose_file(_("Save a file"), save_file_as)

    def _choose_file(self, title: str, use: Callable[[Self, KeptFile], None]) -> None:
        """Use the file that is chosen, the only one without a question."""

        def chosen(file: object | None) -> None:
            if file is not None:
                use(self, cast("KeptFile", file))

        if len(self.files) == 1:
            use(self, self.files[0])
        else:
            lines = [(file, printable(file.name)) for file in self.files]
            self.app.push_screen(ChoiceDialog(title, lines), chosen)

    def action_act(self) -> None:
        """Choose among what can be done with the letter now."""
        if self.card is not None:
            self._opening = self.do(self.tasks, self._choose, group="decided.act")

    def _choose(self, tasks: list[Task]) -> None:
        offer(self, tasks, self._take)

    def _take(self, task: object | None) -> None:
        if task is not None:
            dialog = EntryDialog(self.gateway, cast("Task", task))
            self.app.push_screen(dialog, self._taken)

    def _taken(self, result: object) -> None:
        if result is None:
            return
        if isinstance(result, Registered):
            self.notify(
                result.number or "", title=_("The letter is registered"), markup=False, timeout=10
            )
        else:
            self.notify(_("Done."), timeout=3)
        if isinstance(result, (Registered, FilesAdded)):
            for warning in result.warnings:
                self.notify(warning, severity="warning", markup=False)
        self.action_reload()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
