"""A form: fields in the order of the paper, scrolled where the screen is short."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message

from sed_tui.errors import SedError
from widgets.form_field import Field, complaint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

Row = Field | tuple[Field, ...]


class Form(VerticalScroll, can_focus=False):
    """Fields, one to a row or several side by side, and whatever stands between them."""

    DEFAULT_CSS = """
    Form { height: 1fr; padding: 0 1; }
    Form > .form--row { height: auto; }
    """

    class Changed(Message):
        """A field has another content."""

        def __init__(self, form: Form, field: Field) -> None:
            super().__init__()
            self.form, self.field = form, field

    def __init__(self, rows: Sequence[Row | Widget], id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows = rows
        self.fields: dict[str, Field] = {}
        for row in rows:
            for part in row if isinstance(row, tuple) else (row,):
                if isinstance(part, Field):
                    self.fields[part.key] = part

    def compose(self) -> ComposeResult:
        """Lay the parts out."""
        for row in self._rows:
            if isinstance(row, tuple):
                with Horizontal(classes="form--row"):
                    yield from row
            else:
                yield row

    def read(self) -> dict[str, Any] | None:
        """Return the values by field; or say what is wrong, go there, and return None.

        Empty fields are left out.
        """
        values: dict[str, Any] = {}
        wrong: list[Field] = []
        for key, field in self.fields.items():
            field.take()
            if field.review():
                values[key] = field.read()
            else:
                wrong.append(field)
        if wrong:
            wrong[0].focus_editor()
            return None
        return {key: value for key, value in values.items() if value not in (None, ())}

    def readable(self, key: str) -> Any:
        """Return the value of a field, None while it has none or a wrong one; nothing is said."""
        field = self.fields.get(key)
        try:
            return None if field is None else field.read()
        except SedError:
            return None

    def complain(self, error: SedError) -> bool:
        """Show a refusal under the field it names and go there; False if it names none here."""
        field = self.fields.get((error.field or "").partition(".")[0])
        if field is None:
            return False
        field.complain(complaint(error))
        field.focus_editor()
        return True

    @property
    def state(self) -> dict[str, Any]:
        """Return what a draft must keep."""
        return {key: field.state for key, field in self.fields.items()}

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing stands in any field."""
        return not any(field.raw.strip() for field in self.fields.values())

    def restore(self, state: Mapping[str, Any]) -> None:
        """Fill the fields from a draft; those it does not know become empty."""
        for key, field in self.fields.items():
            field.restore(state.get(key))
            field.forget_touch()

    def focus_first(self) -> None:
        """Put the cursor into the first field."""
        next(iter(self.fields.values())).focus_editor()

    @on(Field.Changed)
    def _on_field_changed(self, event: Field.Changed) -> None:
        self.post_message(self.Changed(self, event.field))

    @on(Field.Done)
    def _on_field_done(self, event: Field.Done) -> None:
        event.stop()
        self.screen.focus_next()
