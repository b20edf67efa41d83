"""Fields of the usual sorts: text, long text, date, whole number, choice, sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Input, Select, TextArea

from sed_tui.errors.form import NotASheetCount, NotAWholeNumber, NumberOutOfRange
from widgets.form_dates import Leaning, read_date, write_date
from widgets.form_field import Field
from widgets.one_line import OneLineInput, in_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date


class PromptKeys(Widget):
    """Edits at once what a key of its own edits.

    Textual lets such a key rise to the application first, so that of several keys that
    come in one packet, as over a slow line, a letter would overtake a Backspace.
    """

    async def on_key(self, event: events.Key) -> None:
        """Do what the key is bound to here, Enter and what may not be done now excepted."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if event.key != "enter" and self.check_action(binding.action, ()) is not False:
                event.stop()
                event.prevent_default()
                await self.run_action(binding.action)
                return


class LineInput(OneLineInput, PromptKeys):
    """The line of text of a field."""

    # what is typed changes no place of any widget: Textual lays the whole screen out anew
    # for each letter, which on a long form took longer than all the rest
    virtual_size = reactive(Size(0, 0))

    def __init__(self, hint: str, *, select_on_focus: bool = False) -> None:
        super().__init__(placeholder=hint, compact=True, select_on_focus=select_on_focus)

    @property
    def ends_with_enter(self) -> bool:
        """Tell whether Enter merely goes on to the next field."""
        return True


class TextField(Field):
    """A line of text."""

    def __init__(self, key: str, label: str, **settings: Any) -> None:
        super().__init__(key, label, **settings)
        self.input = self.make_input()

    def editor(self) -> Iterable[Widget]:
        """Yield the widgets that edit the field."""
        yield self.input

    def make_input(self) -> Input:
        """Return the widget that takes the line."""
        return LineInput(self.hint)

    @property
    def raw(self) -> str:
        """Return the text, or put one in without telling the form."""
        return self.input.value

    @raw.setter
    def raw(self, text: str) -> None:
        with self.input.prevent(Input.Changed):
            self.input.value = text
        self.input.cursor_position = len(text)

    @on(Input.Changed)
    def _on_typed(self, event: Input.Changed) -> None:
        event.stop()
        self.changed()


class DateField(TextField):
    """A date; what was understood is written out when the field is left."""

    def __init__(
        self,
        key: str,
        label: str,
        *,
        today: Callable[[], date],
        leaning: Leaning = Leaning.NEITHER,
        **settings: Any,
    ) -> None:
        super().__init__(key, label, **settings)
        self._today, self._leaning = today, leaning

    def make_input(self) -> Input:
        """Return a line in which typing replaces the date that stands there."""
        return LineInput(self.hint, select_on_focus=True)

    def meaning(self, text: str) -> date | None:
        """Return what the text means."""
        return read_date(text, self._today(), self._leaning, self.key)

    def accept(self, value: date | None) -> None:
        """Write the value out as it is usually spelt."""
        if value is not None:
            self.raw = write_date(value)


class IntegerField(TextField):
    """A whole number in a range."""

    def __init__(
        self, key: str, label: str, *, least: int = 0, most: int = 100_000, **settings: Any
    ) -> None:
        super().__init__(key, label, **settings)
        self._least, self._most = least, most

    def meaning(self, text: str) -> int:
        """Return what the text means."""
        digits = re.sub(r"\s", "", text)
        if not re.fullmatch(r"[+-]?[0-9]+", digits):
            raise NotAWholeNumber(field=self.key, value=text)
        return in_range(int(digits), self._least, self._most, self.key)


class SheetsField(TextField):
    """Sheets of a letter and of its annexes, as offices write them: `1+7`."""

    def meaning(self, text: str) -> tuple[int, int | None]:
        """Return what the text means."""
        found = re.fullmatch(r"([0-9]+)(?:\s*\+\s*([0-9]+))?(?:\s*л\.?)?", text)
        if found is None:
            raise NotASheetCount(field=self.key, value=text)
        sheets = in_range(int(found[1]), 0, 100_000, self.key)
        annexes = in_range(int(found[2]), 0, 100_000, self.key) if found[2] else None
        return sheets, annexes

    def accept(self, value: tuple[int, int | None] | None) -> None:
        """Write the value out as it is usually spelt."""
        if value is not None:
            sheets, annexes = value
            self.raw = str(sheets) if annexes is None else f"{sheets}+{annexes}"


class _Editor(TextArea, PromptKeys):
    """A text area that Enter leaves unless its text may have several lines."""

    def __init__(self, *, multiline: bool, hint: str) -> None:
        super().__init__(
            compact=True, placeholder=hint, soft_wrap=True, highlight_cursor_line=False
        )
        for key in ("f6", "f7"):  # they select a line and everything; here they are the form's
            self._bindings.key_to_bindings.pop(key, None)
        self._multiline = multiline

    def on_paste(self, event: events.Paste) -> None:
        """Put the lines of a paste after one another where there is to be one line."""
        if not self._multiline:
            event.stop()
            event.prevent_default()
            self.replace(in_one_line(event.text), *self.selection, maintain_selection_offset=False)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self._multiline:
            event.prevent_default()
            event.stop()
            self.post_message(Field.Done())
            return
        await super()._on_key(event)


class LongTextField(Field):
    """A text that is shown on several lines; Enter makes a line only where asked."""

    DEFAULT_CSS = """
    LongTextField TextArea {
        height: auto; min-height: 2; max-height: 6; width: 1fr; padding: 0;
    }
    """

    def __init__(self, key: str, label: str, *, multiline: bool = False, **settings: Any) -> None:
        super().__init__(key, label, **settings)
        self.area = _Editor(multiline=multiline, hint=self.hint)

    def editor(self) -> Iterable[Widget]:
        """Yield the widgets that edit the field."""
        yield self.area

    @property
    def raw(self) -> str:
        """Return the text, or put one in without telling the form."""
        return self.area.text

    @raw.setter
    def raw(self, text: str) -> None:
        with self.area.prevent(TextArea.Changed):
            self.area.text = text
        self.area.move_cursor(self.area.document.end)

    @on(TextArea.Changed)
    def _on_typed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.changed()


class ChoiceField(Field):
    """One of a few values; the empty one, where allowed, says what it means."""

    DEFAULT_CSS = """
    ChoiceField Select { width: 1fr; }
    """
    NOTHING: ClassVar[str] = ""

    def __init__(
        self,
        key: str,
        label: str,
        choices: Sequence[tuple[str, str]],
        *,
        value: str = "",
        **settings: Any,
    ) -> None:
        super().__init__(key, label, **settings)
        self._default = self._wanted = value
        self._known = {name for name, _text in choices}
        self.select: Select[str] = Select(
            [(text, name) for name, text in choices],
            compact=True,
            allow_blank=not value,
            prompt=self.hint,
            value=value or Select.NULL,
        )

    def editor(self) -> Iterable[Widget]:
        """Yield the widgets that edit the field."""
        yield self.select

    @property
    def raw(self) -> str:
        """Return the text, or put one in without telling the form."""
        return self.select.value if isinstance(self.select.value, str) else self.NOTHING

    @raw.setter
    def raw(self, text: str) -> None:
        self._wanted = text
        with self.select.prevent(Select.Changed):
            self.select.value = text if text in self._known else self._default or Select.NULL

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replace the choices, as when they have been read; what was wanted stays."""
        self._known = {name for name, _text in choices}
        with self.select.prevent(Select.Changed):
            self.select.set_options([(text, name) for name, text in choices])
        self.raw = self._wanted

    @on(Select.Changed)
    def _on_chosen(self, event: Select.Changed) -> None:
        event.stop()
        self._wanted = self.raw
        self.changed()


def in_range(number: int, least: int, most: int, field: str) -> int:
    """Return a number that lies in its range. Raises `NumberOutOfRange`."""
    if not least <= number <= most:
        raise NumberOutOfRange(field=field, value=number, least=least, most=most)
    return number
