"""A field of several values, each proposed and then put into a list above the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding
from textual.message import Message
from textual.widgets import Input, Static

from widgets.completion import CompletionField, CompletionInput, Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.widget import Widget


class ListInput(CompletionInput):
    """A line whose Backspace, when it is empty, takes back the last value."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "delete_or_take_back", show=False),
    ]

    class TakeBack(Message):
        """The last value of the list is to be edited again."""

    @property
    def ends_with_enter(self) -> bool:
        """Tell whether Enter merely goes on; a line that is not empty it adds."""
        return not self.proposing and not self.value.strip()

    def action_delete_or_take_back(self) -> None:
        """Delete a character, or edit the last value again."""
        if self.value:
            self.action_delete_left()
        else:
            self.post_message(self.TakeBack())


class CompletionListField(CompletionField):
    """Several values: Enter puts the line into the list, Backspace takes the last one back.

    The value is a tuple; what still stands in the line belongs to it.
    """

    DEFAULT_CSS = """
    CompletionListField .field--items { height: auto; display: none; color: $foreground; }
    CompletionListField.-filled .field--items { display: block; }
    """

    def __init__(self, key: str, label: str, *args: Any, **settings: Any) -> None:
        super().__init__(key, label, *args, **settings)
        self.items: list[Suggestion] = []
        self._shown = Static("", classes="field--items", markup=False)

    def editor(self) -> Iterable[Widget]:
        """Yield the widgets that edit the field."""
        yield self._shown
        yield self.input

    def make_input(self) -> Input:
        """Return the widget that takes the line."""
        return ListInput(self.hint, lambda: False)

    def read(self) -> Any:
        """Return the values, an empty tuple when there are none."""
        values = [self.item_value(each) for each in self.items]
        last = super().read() if self.raw.strip() or (self.required and not values) else None
        if last is not None:
            values.append(last)
        return tuple(values)

    def item_value(self, item: Suggestion) -> Any:
        """Return the value of one member of the list."""
        return item.key or item.text

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the values as they are shown."""
        line = self.raw.strip()
        return (*(each.text for each in self.items), *([line] if line else []))

    @property
    def state(self) -> Any:
        """Return what a draft must keep."""
        return {
            "items": [{"text": each.text, "key": each.key} for each in self.items],
            "text": self.raw,
        }

    def restore(self, state: Any) -> None:
        """Fill the field with what a draft kept."""
        known = state if isinstance(state, dict) else {}
        self.items = [
            Suggestion(str(each["text"]), key=each.get("key")) for each in known.get("items", [])
        ]
        self.raw = str(known.get("text") or "")
        self.chosen = None
        self.show_items()

    def choose(self, suggestion: Suggestion) -> None:
        """Put a suggestion into the list, once."""
        self.raw = ""
        if all(each.text != suggestion.text for each in self.items):
            self.items.append(suggestion)
        self.show_items()
        self.put_away()
        super(CompletionField, self).changed()

    def item_line(self, item: Suggestion) -> str:
        """Return how a member of the list is shown."""
        return f"{item.text}  {item.detail}".rstrip()

    def show_items(self) -> None:
        """Draw the list again."""
        self._shown.update("\n".join(self.item_line(each) for each in self.items))
        self.set_class(bool(self.items), "-filled")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Put the line into the list; an empty line goes on to the next field."""
        super().on_input_submitted(event)
        if self.raw.strip() and self.review():
            event.prevent_default()
            self.choose(self.chosen or Suggestion(self.raw.strip()))

    @on(ListInput.TakeBack)
    def _on_take_back(self, event: ListInput.TakeBack) -> None:
        event.stop()
        if self.items:
            self.raw = self.items.pop().text
            self.show_items()
            super(CompletionField, self).changed()
