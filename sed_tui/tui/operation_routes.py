"""Where an operation chosen in the palette is done: on its screen, else in a plain form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.text import Text

from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.operations.registry import Effect
from sed_tui.operations.values import shown_value
from sed_tui.tui.entry_dialog import REASON, Entry, EntryDialog, Task
from sed_tui.tui.text_dialog import TextDialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

    from sed_tui.operations.registry import Message, Operation, Request
    from sed_tui.tui.app import SedApp

_SCREENS = {
    "document.list": "documents",
    "document.count": "documents",
    "assignment.list": "assignments",
    "assignment.count": "assignments",
    "assignment.summary": "work",
    "report.overdue": "reports",
    "report.due": "reports",
    "report.summary": "reports",
    "report.discipline": "reports",
    "report.ageing": "reports",
    "report.extensions": "reports",
    "report.journal": "reports",
    "report.volume": "reports",
    "report.appeals": "reports",
}
_UNDER_MORE = dict.fromkeys(
    ("exchange.list", "exchange.events", "exchange.metrics", "partner.list"),
    "sed_tui.tui.screens.exchange:ExchangeScreen",
)
_UNDER_MORE["intake.list"] = "sed_tui.tui.screens.intake:IntakeScreen"
_MOST_LINES = 400


def open_operation(app: SedApp, operation: Operation[Any, Any]) -> None:
    """Go to the screen of an operation, or ask for the fields of its request."""
    if mode := _SCREENS.get(operation.name):
        app.call_later(app.action_go, mode)
    elif screen := _UNDER_MORE.get(operation.name):
        app.push_named(screen)
    elif operation.name == "document.register":
        from sed_tui.tui.screens.registration import RegistrationScreen  # for this choice alone

        app.push_screen(RegistrationScreen(app.gateway))
    else:
        app.push_screen(
            EntryDialog(app.gateway, _task(operation)), lambda result: _show(app, operation, result)
        )


def _task(operation: Operation[Any, Any]) -> Task:
    fields = operation.request.model_fields
    entries = [Entry(name, _label(name, info), _default(info)) for name, info in fields.items()]
    if operation.effect is not Effect.READ:
        entries.append(Entry(REASON, _("Reason (may be left out)")))

    def given(values: Mapping[str, str]) -> dict[str, object]:
        return {name: _value(info, values[name]) for name, info in fields.items() if values[name]}

    def request(values: Mapping[str, str]) -> Request:
        made: Request = operation.request.model_validate(given(values))
        return made

    return Task(
        _(operation.title),
        operation,
        entries,
        request,
        lambda values: ("call", operation.name, json.dumps(given(values), ensure_ascii=False)),
        operation.name,
    )


def _label(name: str, info: FieldInfo) -> str:
    return f"{label(name)} *" if info.is_required() else label(name)


def _default(info: FieldInfo) -> str:
    value = info.get_default()
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _value(info: FieldInfo, text: str) -> object:
    kind = str(info.annotation)
    if kind.startswith(("tuple", "list")):
        return [part.strip() for part in text.split(",") if part.strip()]
    if kind.startswith("dict"):
        pairs = (part.partition("=") for part in text.split(";") if part.strip())
        return {name.strip(): value.strip() for name, _equals, value in pairs}
    return text


def _show(app: SedApp, operation: Operation[Any, Any], result: Message | None) -> None:
    if result is None:
        return
    text = Text()
    for name, value in result.model_dump(mode="json").items():
        _write(text, name, value, 0)
    app.push_screen(TextDialog(_(operation.title), text))


def _write(text: Text, name: str, value: Any, depth: int) -> None:
    if value in (None, "", [], {}):
        return
    indent, title = "  " * depth, label(name)
    if isinstance(value, list) and isinstance(value[0], dict):
        text.append(f"{indent}{title}: {len(value)}\n", "bold")
        for item in value[:_MOST_LINES]:
            text.append(f"{indent}  {_line(item)}\n")
    elif isinstance(value, dict):
        text.append(f"{indent}{title}\n", "bold")
        for key, part in value.items():
            _write(text, str(key), part, depth + 1)
    else:
        read = shown_value(name, value)
        shown = ", ".join(map(str, read)) if isinstance(read, list) else str(read)
        text.append(f"{indent}{title:<20} ", "dim").append(f"{shown}\n")


def _line(item: Mapping[str, Any]) -> str:
    parts = (shown_value(key, part) for key, part in item.items() if part not in (None, "", []))
    return " · ".join(map(str, parts))
