"""One field of a form: its label, its editor, and the line under it that says what is wrong."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from sed_tui.errors import SedError
from sed_tui.errors.input import EmptyText
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult
    from textual.widget import Widget

_LABEL = 15  # columns, before the margin of the editor


def complaint(error: SedError) -> str:
    """Return what a failure says under its own field, where the field's name is clear."""
    own = _(error.message).removeprefix("{field}: ")
    text = own.format_map({"field": error.field, **error.details})
    text = f"{text[:1].upper()}{text[1:]}"
    # an option of the command is no help where the field itself is
    return f"{text} {error.advice}" if error.advice and "--" not in error.advice else text


class Field(Vertical):
    """What a person fills in, under a name that the caller chooses.

    A subclass says how it is edited (`editor`, `raw`) and what the text means (`meaning`).
    """

    DEFAULT_CSS = """
    Field { height: auto; width: 1fr; color: $text-muted; }
    Field:focus-within { color: $text; }
    Field.-wrong { color: $error; }
    Field .field--editor { margin-left: 16; width: 1fr; }
    Field .field--note { margin-left: 16; height: auto; color: $text-muted; }
    Field.-wrong .field--note { color: $text-error; }
    """

    class Changed(Message):
        """The person typed or chose something."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> Field:
            """Return the field that sent the message."""
            return self.field

    class Left(Message):
        """The focus went elsewhere."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> Field:
            """Return the field that sent the message."""
            return self.field

    class Done(Message):
        """The person pressed Enter: the next field is wanted."""

    def __init__(
        self,
        key: str,
        label: str,
        *,
        required: bool = False,
        hint: str = "",
        check: Callable[[Any], object] | None = None,
    ) -> None:
        super().__init__(id=f"field-{key}")
        self.key, self.label, self.required, self.hint = key, label, required, hint
        self._check = check
        self._touched = False
        self._given = ""
        self._label = textwrap.wrap(f"{label}*" if required else label, _LABEL)
        self._editors: list[Widget] = []
        self._said = ""
        self._note: Static | None = None

    def compose(self) -> ComposeResult:
        """Put the editor beside the label, and under it what has been said already."""
        # The label is drawn, and a note is made when there is one: with widgets for them
        # a form of thirty fields took twice as long to open.
        self._editors = [each.add_class("field--editor", update=False) for each in self.editor()]
        if len(self._label) > 1:
            self.styles.min_height = len(self._label)
        yield from self._editors
        if self._said:
            yield self._noted()

    def render(self) -> Content:
        """Draw the label."""
        label = Content("\n".join(f"{line:>{_LABEL}}" for line in self._label))
        return label.stylize("bold") if self.has_focus_within else label

    def editor(self) -> Iterable[Widget]:
        """Yield the widgets that edit the field; the first takes the focus."""
        raise NotImplementedError

    @property
    def raw(self) -> str:
        """Return the text as it stands in the field."""
        raise NotImplementedError

    @raw.setter
    def raw(self, text: str) -> None:
        raise NotImplementedError

    def meaning(self, text: str) -> Any:
        """Return what the text means, or raise a `SedError`."""
        return text

    def read(self) -> Any:
        """Return the value, None when the field is empty. Raises a `SedError`."""
        text = self.raw.strip()
        if not text:
            if self.required:
                raise EmptyText(field=self.key)
            return None
        value = self.meaning(text)
        if self._check is not None:
            self._check(value)
        return value

    @property
    def state(self) -> Any:
        """Return what a draft must keep, as JSON knows it."""
        return self.raw

    def restore(self, state: Any) -> None:
        """Fill the field with what a draft kept."""
        self.raw = state if isinstance(state, str) else ""

    def review(self) -> bool:
        """Say under the field what is wrong, or nothing; return whether it is right."""
        try:
            self.accept(self.read())
        except SedError as error:
            self.complain(complaint(error))
            return False
        self.say("")
        return True

    def take(self) -> None:
        """Finish what is under way: the form may be sent with the cursor still here."""

    def accept(self, value: Any) -> None:
        """Show a value that was understood in its usual spelling."""

    def complain(self, text: str) -> None:
        """Show what is wrong with the field, under it."""
        self._write_note(text, wrong=True)

    def say(self, text: str) -> None:
        """Show a remark under the field that is no complaint; nothing takes it away."""
        self._write_note(text, wrong=False)

    @property
    def said(self) -> str:
        """Return what stands under the field, a complaint or a remark."""
        return self._said

    @property
    def wrong(self) -> str:
        """Return the complaint under the field, nothing when it is right."""
        return self._said if self.has_class("-wrong") else ""

    def focus_editor(self) -> None:
        """Put the cursor into the field."""
        for widget in self.query("*"):
            if widget.focusable:
                widget.focus()
                return

    def changed(self) -> None:
        """Tell the form that something was typed; a complaint about the old text goes."""
        self._touched = True
        if self.has_class("-wrong"):
            self.say("")
        self.post_message(self.Changed(self))

    def forget_touch(self) -> None:
        """Take the content for what was there from the beginning, with nothing said about it."""
        self._touched, self._given = False, self.raw
        self.say("")

    def on_descendant_blur(self) -> None:
        """Notice that the focus has gone."""
        self.leave()

    def leave(self) -> None:
        """Look at what was typed, now that the focus has gone elsewhere."""
        # the focus can be gone before the last letters of a burst are reported
        if self._touched or self.raw != self._given:
            self.review()
        self.post_message(self.Left(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next field."""
        event.stop()
        self.post_message(self.Done())

    def _write_note(self, text: str, *, wrong: bool) -> None:
        self._said = text
        self.set_class(bool(text) and wrong, "-wrong")
        if self._note is not None:
            self._note.update(text)
            self._note.display = bool(text)
        elif text and self._editors:
            self.mount(self._noted(), after=self._editors[-1])

    def _noted(self) -> Static:
        self._note = Static(self._said, classes="field--note", markup=False)
        return self._note
