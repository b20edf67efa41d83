"""A text to be written: in the dialog, or in the editor of one's own choice."""

from __future__ import annotations

import asyncio
import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import SuspendNotSupported
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, TextArea

from sed_tui.errors import SedError
from sed_tui.errors.form import EditorFailed
from sed_tui.i18n import N_, _
from sed_tui.tui.wording import explanation
from widgets.keyboard import both_layouts

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class WritingDialog(ModalScreen["str | None"]):
    """Asks for a text; `check` blocks, and what it returns or raises keeps the text here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "submit", N_("Done"), priority=True, id="writing.submit"),
        Binding("f4", "editor", N_("Editor"), priority=True, id="writing.editor"),
        Binding("f8", "check", N_("Check"), priority=True, id="writing.check"),
        Binding("escape", "leave", N_("Leave"), id="writing.leave"),
        Binding(both_layouts("ctrl+s"), "submit", N_("Done"), show=False, id="writing.save"),
    ]

    def __init__(
        self, title: str, text: str, suffix: str = ".txt", check: Callable[[str], str] | None = None
    ) -> None:
        super().__init__()
        self._title, self._text, self._suffix = title, text, suffix
        self._checked = check
        self._warned = self._busy = False

    def compose(self) -> ComposeResult:
        """Put the text under its title, what is wrong with it under the text."""
        with Vertical(classes="dialog tall"):
            yield Label(self._title, classes="dialog-title", markup=False)
            yield TextArea(self._text, id="written", compact=True, tab_behavior="focus")
            yield Label("", id="error", classes="dialog-error", markup=False)
            hint = _("F2 is done, F4 opens your editor, Esc leaves.")
            if self._checked is not None:
                hint = _("F2 checks and saves, F8 checks, F4 opens your editor, Esc leaves.")
            yield Label(hint, classes="dialog-hint", markup=False)

    @property
    def _area(self) -> TextArea:
        return self.query_one("#written", TextArea)

    def is_reading(self, key: str) -> bool:
        """Tell whether the text is being checked."""
        return self._busy

    def action_submit(self) -> None:
        """Answer with the text, unless something is wrong with it."""
        if self._checked is None:
            self.dismiss(self._area.text)
        elif not self._busy:
            self._busy = True
            self._run_check(leaves=True)

    def action_check(self) -> None:
        """Say what is wrong with the text."""
        if self._checked is not None and not self._busy:
            self._busy = True
            self._run_check(leaves=False)

    @work(group="check")
    async def _run_check(self, *, leaves: bool) -> None:
        text = self._area.text
        try:
            found = await asyncio.to_thread(self._checked, text) if self._checked else ""
        except SedError as error:
            found = explanation(error)
        finally:
            self._busy = False
        if leaves and not found:
            self.dismiss(text)
        else:
            self._say(f"! {found}" if found else _("Nothing is wrong with it."))

    def action_editor(self) -> None:
        """Let the text be edited in the program that VISUAL or EDITOR names."""
        try:
            with self.app.suspend():
                self._area.text = edited(self._area.text, self._suffix)
        except SuspendNotSupported:
            self._say("! " + _("No other program can be opened here."))
        except SedError as error:
            self._say(f"! {explanation(error)}")

    def action_leave(self) -> None:
        """Leave; what was written is thrown away only on the second time."""
        if self._area.text != self._text and not self._warned:
            self._warned = True
            self._say("! " + _("What you typed is not saved. Esc once more leaves without it."))
            return
        self.dismiss(None)

    def _say(self, text: str) -> None:
        self.query_one("#error", Label).update(text)


def edited(text: str, suffix: str) -> str:
    """Return a text as an editor left it. Blocks; raises `EditorFailed`."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="sed-tui-") as folder:
        path = Path(folder) / f"text{suffix}"
        path.write_text(text, encoding="utf-8")
        try:
            status = subprocess.run([*shlex.split(command), str(path)], check=False).returncode
            if status:
                raise EditorFailed(command=command, reason=str(status))
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise EditorFailed(command=command, reason=str(error)) from error
