"""A small form over a screen: a few fields, one operation, its failure in words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from pydantic import ValidationError
from textual import on, work
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Select, Static, TextArea

from sed_tui.domain.calendar import Direction
from sed_tui.errors import SedError
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.i18n import N_, _
from sed_tui.operations.registry import CallOptions, Effect
from sed_tui.operations.validation import bad_request
from sed_tui.tui.commands_dialog import command_line
from sed_tui.tui.entry_help import PersonSuggester, told_term
from sed_tui.tui.meanwhile import Merged, merged, told
from sed_tui.tui.wording import explanation
from widgets.form_field import complaint
from widgets.keyboard import both_layouts
from widgets.one_line import OneLineInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import Message, Operation, Request
    from sed_tui.tui.app import SedApp

PATIENCE = 0.7
"""So many seconds a form is silent while it is done."""
REASON = "reason"  # the field that is an option of the call and not of the request


class Kind(Enum):
    """How a field is typed and helped."""

    LINE = "line"
    LONG = "long"
    TERM = "term"
    LATER_TERM = "later term"
    PERSON = "person"


# what becomes of a day off that is named: None leaves it to the profile of terms
_TERMS = {Kind.TERM: None, Kind.LATER_TERM: Direction.REFUSE}


@dataclass(frozen=True, slots=True)
class Entry:
    """A field: its name in the request, its label, what it begins with, what it may be."""

    name: str
    label: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    kind: Kind = Kind.LINE


@dataclass(frozen=True)
class Task:
    """What a dialog does: the operation, how its request is made, the same as a command."""

    title: str
    operation: Operation[Any, Any]
    entries: Sequence[Entry]
    request: Callable[[Mapping[str, str]], Request]
    words: Callable[[Mapping[str, str]], tuple[str, ...]]
    note: str = ""
    options: CallOptions = field(default_factory=lambda: CallOptions(source="tui"))
    again: Callable[[Gateway], Task] | None = None
    """Reads the thing again and returns this form over what it is now; blocks."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the thing says beside the fields, in words: what somebody else may change."""


class EntryDialog(ModalScreen["Message | None"]):
    """Asks for the fields of one operation and runs it; what it returns is the answer."""

    AUTO_FOCUS = "Input, TextArea, Select"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+enter", "submit", N_("Do it"), priority=True, id="entry.submit"),
        Binding("escape", "leave", N_("Leave"), id="entry.leave"),
        Binding("f6", "copy_command", N_("Command"), priority=True, id="entry.command"),
        Binding("f8", "take_theirs", N_("Theirs or yours"), priority=True, id="entry.theirs"),
        Binding(both_layouts("ctrl+s"), "submit", N_("Do it"), show=False, id="entry.save"),
    ]

    def __init__(self, gateway: Gateway, task: Task) -> None:
        super().__init__()
        self._gateway, self._errand = gateway, task
        self._warned = self._busy = False
        self._merged: Merged | None = None

    def compose(self) -> ComposeResult:
        """Put the fields under each other, and what goes wrong under them."""
        kept = self._merged.values if self._merged else {}
        with Vertical(classes="dialog meanwhile" if self._merged else "dialog"):
            yield Label(self._errand.title, classes="dialog-title", markup=False)
            if self._errand.note:
                yield Label(self._errand.note, classes="dialog-hint", markup=False)
            if self._merged:
                with VerticalScroll(id="meanwhile"):
                    yield Static(told(self._merged.differences), markup=False)
            with VerticalScroll(can_focus=False, id="entries"):
                for entry in self._errand.entries:
                    yield Label(entry.label, classes="field-label", markup=False)
                    yield _widget(self._gateway, entry, kept.get(entry.name, entry.value))
                    yield Label(id=_wrong(entry.name), classes="dialog-error wrong", markup=False)
                    if entry.kind in _TERMS:
                        yield Label("", id="term", classes="dialog-hint", markup=False)
            yield Label("", id="error", classes="dialog-error", markup=False)
            yield Label(self._keys, classes="dialog-hint", markup=False)

    @property
    def _keys(self) -> str:
        if self._merged and self._merged.contested:
            return _("F2 saves yours, F8 puts theirs and yours again, Esc leaves.")
        return _("F2 does it, Esc leaves, F6 copies it as a command.")

    @property
    def values(self) -> dict[str, str]:
        """Return what has been typed."""
        return {entry.name: self._value(entry) for entry in self._errand.entries}

    def _value(self, entry: Entry) -> str:
        widget = self.query_one(f"#{_id(entry.name)}")
        if isinstance(widget, TextArea):
            return widget.text.strip()
        if isinstance(widget, Select):
            return "" if widget.is_blank() else str(widget.value)
        return cast("Input", widget).value.strip()

    def on_input_submitted(self) -> None:
        """Go on to the next field; only F2 does it."""
        self.focus_next()

    def on_mount(self) -> None:
        """Explain the term that stands there already, from the top of the fields."""
        self._begin()

    def _begin(self) -> None:
        self._explain_term()
        # the focus has scrolled the label of the first field out of sight
        self.call_after_refresh(self.query_one("#entries").scroll_home, animate=False)

    @on(Input.Changed)
    def _explain_term(self) -> None:
        entry = next((one for one in self._errand.entries if one.kind in _TERMS), None)
        if entry is not None:
            self._explain(self._value(entry), _TERMS[entry.kind])

    @work(exclusive=True, group="term")
    async def _explain(self, term: str, days_off: Direction | None) -> None:
        told = partial(told_term, self._gateway, term, days_off)
        self.query_one("#term", Label).update(await asyncio.to_thread(told) if term else "")

    def action_submit(self) -> None:
        """Run the operation, after a warning where nothing brings back what it destroys."""
        if self._busy:
            return
        if self._errand.operation.effect is Effect.DESTROY and not self._warned:
            self._warned = True
            self._complain(_("This cannot be taken back. F2 once more does it, Esc leaves."))
            return
        self._busy = True
        self.set_timer(PATIENCE, self._say_busy)
        self._run()

    def _say_busy(self) -> None:
        """Say that it is under way: on a slow line a form that is silent is sent again."""
        if self._busy:
            self.query_one("#error", Label).update(_("It is being done…"))

    def is_reading(self, key: str) -> bool:
        """Tell whether it is being done: what is typed meanwhile is for what follows."""
        return self._busy

    @work(group="entry")
    async def _run(self) -> None:
        try:
            result = await asyncio.to_thread(self._call, self.values)
        except ValidationError as error:
            self._refuse(bad_request(error))
        except ChangedMeanwhile as error:
            await self._meet(error)
        except SedError as error:
            self._refuse(error)
        else:
            self.dismiss(result)
        finally:
            self._busy = False

    def _call(self, values: Mapping[str, str]) -> Message:
        options = self._errand.options
        if reason := values.get(REASON):
            options = CallOptions(reason=reason, source=options.source)
        result: Message = self._gateway.call(
            self._errand.operation, self._errand.request(values), options
        )
        return result

    async def _meet(self, error: ChangedMeanwhile) -> None:
        """Put what was typed over what the thing is now; nothing of it is lost."""
        again, typed = self._errand.again, self.values
        if again is None:
            self._complain(explanation(error))
            return
        try:
            fresh = await asyncio.to_thread(again, self._gateway)
        except SedError:  # it may be gone: the refusal itself is what matters
            self._complain(explanation(error))
            return
        self._merged, self._warned = merged(self._errand, fresh, typed), False
        self._errand = fresh
        await self.recompose()
        self._begin()
        contested = [*self._merged.contested, *(entry.name for entry in fresh.entries)]
        for name in contested[:1]:
            self.query_one(f"#{_id(name)}").focus()
        self._complain(_("{refusal} Your text is kept.").format(refusal=error))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer theirs where both have changed a field."""
        if action == "take_theirs":
            return self._merged is not None and bool(self._merged.contested)
        return super().check_action(action, parameters)

    def action_take_theirs(self) -> None:
        """Put into the field what the other has written, or back what was typed."""
        if self._merged is None:
            return
        theirs, yours = self._merged.contested, dict(self._merged.values)
        here = [name for name in theirs if self.query_one(f"#{_id(name)}").has_focus]
        for name in here or theirs:
            if (now := self.values[name]) == theirs[name].strip():
                self._put(name, yours[name])
            else:
                yours[name] = now
                self._put(name, theirs[name])
        self._merged = replace(self._merged, values=yours)

    def _put(self, name: str, text: str) -> None:
        widget = self.query_one(f"#{_id(name)}")
        if isinstance(widget, TextArea):
            widget.text = text
        elif isinstance(widget, Select):
            if text:
                widget.value = text
            else:
                widget.clear()
        else:
            cast("Input", widget).value = text

    def _refuse(self, error: SedError) -> None:
        """Say what is wrong under the field it is about, or under them all."""
        if any(entry.name == error.field for entry in self._errand.entries):
            self._complain("")
            self._say_under(error.field or "", f"! {complaint(error)}")
            self.query_one(f"#{_id(error.field or '')}").focus()
        else:
            self._complain(explanation(error))

    def _complain(self, text: str) -> None:
        for entry in self._errand.entries:
            self._say_under(entry.name, "")
        self.query_one("#error", Label).update(f"! {text}" if text else "")

    def _say_under(self, name: str, text: str) -> None:
        label = self.query_one(f"#{_wrong(name)}", Label)
        label.update(text)
        label.display = bool(text)
        self.query_one(f"#{_id(name)}").set_class(bool(text), "-wrong")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def _take_back_complaint(
        self, event: Input.Changed | TextArea.Changed | Select.Changed
    ) -> None:
        """Say nothing more of a field that is being mended."""
        for entry in self._errand.entries:
            if _id(entry.name) == event.control.id:
                self._say_under(entry.name, "")

    def action_leave(self) -> None:
        """Leave; what has been typed is thrown away only on the second time."""
        changed = any(self._value(entry) != entry.value for entry in self._errand.entries)
        if changed and not self._warned:
            self._warned = True
            self._complain(_("What you typed is not saved. Esc once more leaves without it."))
            return
        self.dismiss(None)

    def action_copy_command(self) -> None:
        """Copy what would be done as a command."""
        app = cast("SedApp", self.app)
        app.copy(command_line(app.root_options, *self._errand.words(self.values)))


def _widget(gateway: Gateway, entry: Entry, text: str) -> Input | TextArea | Select[str]:
    if entry.choices:
        choices = [(title, value) for value, title in entry.choices]
        if text:
            return Select(choices, id=_id(entry.name), value=text, compact=True)
        return Select(choices, id=_id(entry.name), prompt=_("Choose"), compact=True)
    if entry.kind is Kind.LONG:
        return TextArea(text, id=_id(entry.name), compact=True, tab_behavior="focus")
    suggester = PersonSuggester(gateway) if entry.kind is Kind.PERSON else None
    return OneLineInput(text, id=_id(entry.name), compact=True, suggester=suggester)


def _id(name: str) -> str:
    return f"field-{name.replace('.', '-')}"


def _wrong(name: str) -> str:
    return f"wrong-{name.replace('.', '-')}"
