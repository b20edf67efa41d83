"""The line of `sedctl document register` that says the same as a form."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sed_tui.domain.flows import Confidentiality, Flow
from widgets.completion import CompletionField
from widgets.completion_list import CompletionListField

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from widgets.form import Form

# the options whose names are not those of the fields
_OPTIONS = {
    "correspondent": "--from",
    "addressees": "--to",
    "received_on": "--received",
    "files": "--file",
    "case_index": "--case",
    "signatures_count": "--signatures",
}


def register_command(flow: Flow, form: Form) -> Sequence[str]:
    """Return the words of the command; fields that are empty or wrong are left out."""
    words = ["sedctl", "document", "register", flow.value]
    for name in form.fields:
        words += _option(name, form)
    return words


def _option(name: str, form: Form) -> Iterator[str]:
    value = form.readable(name)
    if value in (None, ()) or value == Confidentiality.NONE:
        return
    field = form.fields[name]
    option = _OPTIONS.get(name, f"--{name.replace('_', '-')}")
    if name == "confidentiality":
        yield "--official-use"
    elif name == "sheets":
        yield from ("--sheets", field.raw.strip())
    elif isinstance(field, CompletionListField):
        texts = value if name == "files" else field.texts
        for each in texts:
            yield from (option, _word(each))
    elif isinstance(field, CompletionField):
        # people read names; an ambiguous one is refused by the command, not guessed
        yield from (option, " ".join(field.raw.split()))
    else:
        yield from (option, _word(value))


def _word(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return str(value.absolute()) if isinstance(value, Path) else str(value)
