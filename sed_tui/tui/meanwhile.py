"""What somebody else has changed while a form was being filled in: theirs beside one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sed_tui.i18n import _
from sed_tui.operations.labels import LABELS, label
from sed_tui.operations.values import shown_value
from sed_tui.rendering.cells import printable
from sed_tui.tui.wording import long_day, moment

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sed_tui.operations.registry import Message
    from sed_tui.tui.entry_dialog import Entry, Task


@dataclass(frozen=True, slots=True)
class Difference:
    """What a field was when the form was opened, what it is now, what was typed into it."""

    title: str
    was: str
    theirs: str
    yours: str | None = None
    """None where nothing was typed: what somebody else has written is taken."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A form over what there is now, with all that was typed into the form before."""

    values: Mapping[str, str]
    differences: Sequence[Difference]
    contested: Mapping[str, str]
    """Fields that both have changed, with what the other has written."""


def merged(old: Task, new: Task, typed: Mapping[str, str]) -> Merged:
    """Put what was typed over what somebody else has made of the thing meanwhile."""
    begun = {entry.name: entry for entry in old.entries}
    yours = {name: text for name, text in typed.items() if text != begun[name].value.strip()}
    changed = [one for one in new.entries if one.value != _begun(begun, one)]
    contested = {
        one.name: one.value
        for one in changed
        if one.name in yours and yours[one.name] != one.value.strip()
    }
    differences = [_difference(begun, one, yours.get(one.name)) for one in changed]
    differences += changed_facts(old.facts, new.facts)
    values = {one.name: yours.get(one.name, one.value) for one in new.entries}
    return Merged(values, differences, contested)


def changed_facts(old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    """Return what a card says otherwise than it did."""
    return [
        Difference(title, old[title], now)
        for title, now in new.items()
        if title in old and old[title] != now
    ]


def told(differences: Sequence[Difference]) -> str:
    """Return differences, a line for each."""
    if not differences:
        return _("Nothing that this form shows has changed.")
    return "\n".join(_line(one) for one in differences)


def facts_of(card: Message, left_out: Collection[str] = ()) -> dict[str, str]:
    """Return what a card says beside the fields of a form: names of fields and values in words."""
    found = {}
    for name, value in card.model_dump(exclude={*_NOT_SAID, *left_out}).items():
        if not isinstance(value, dict) and not _has_parts(value):
            found[label(name)] = _in_words(name, value)
    return found


# counters and what the reader may do are no news of the thing itself
_NOT_SAID = ("id", "version", "steps", "possible", "explanation")


def _has_parts(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return long_day(value)
    if isinstance(value, list):
        return ", ".join(_in_words(name, one) for one in value)
    shown = shown_value(name, value)
    return "" if shown is None else str(shown)


def _begun(begun: Mapping[str, Entry], entry: Entry) -> str:
    return begun[entry.name].value if entry.name in begun else entry.value


def _difference(begun: Mapping[str, Entry], now: Entry, yours: str | None) -> Difference:
    was = replace(now, value=_begun(begun, now))
    typed = None if yours is None or yours == now.value.strip() else replace(now, value=yours)
    title = label(now.name) if now.name in LABELS else now.label
    return Difference(title, _said(was), _said(now), None if typed is None else _said(typed))


def _said(entry: Entry) -> str:
    return dict(entry.choices).get(entry.value, entry.value)


def _line(one: Difference) -> str:
    was, theirs = _readable(one.was), _readable(one.theirs)
    if one.yours is None:
        return f"{one.title}: {was} → {theirs}"
    return _("! {field}: {was} → {theirs}; yours: {yours}").format(
        field=one.title, was=was, theirs=theirs, yours=_readable(one.yours)
    )


def _readable(text: str) -> str:
    return "\n".join(map(printable, text.splitlines())) or "—"
