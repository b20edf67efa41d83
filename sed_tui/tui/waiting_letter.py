"""The form that gives a waiting letter its number, whatever way it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.dates import parse_date
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.registration import DuplicatePolicy
from sed_tui.tui.entry_dialog import REASON, Entry, Kind, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.operations.registration import Registered, WaitingLetter
    from sed_tui.operations.registry import Operation

_POLICIES = (
    (DuplicatePolicy.REFUSE.value, N_("is refused")),
    (DuplicatePolicy.FORCE.value, N_("is registered all the same, for a reason")),
)


def registration_task(
    operation: Operation[Any, Registered],
    letter: Mapping[str, str],
    command: tuple[str, ...],
    told: Mapping[str, str],
    note: str,
) -> Task:
    """Return the form; `letter` names what is registered, `told` is what it says itself."""
    begun = {**told, **dict.fromkeys(("addressee", "kind", "journal"), "")}
    policies = tuple((value, _(title)) for value, title in _POLICIES)
    entries = [
        *(Entry(name, label(name), value, kind=_kind(name)) for name, value in begun.items()),
        Entry("on_duplicate", _("One that is there already"), policies[0][0], policies),
        Entry(REASON, _("Reason (may be left out)")),
    ]

    def request(values: Mapping[str, str]) -> WaitingLetter:
        given: dict[str, Any] = {**letter, **_changed(begun, values)}
        if day := given.get("their_date"):
            given["their_date"] = parse_date(day, "their_date")
        given["in_reply_to"] = values["in_reply_to"] or None
        given["on_duplicate"] = DuplicatePolicy(values["on_duplicate"])
        made: WaitingLetter = operation.request(**given)
        return made

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        given = _changed(begun, values)
        if values["in_reply_to"]:
            given["in_reply_to"] = values["in_reply_to"]
        force = ("--force",) if values["on_duplicate"] == DuplicatePolicy.FORCE.value else ()
        return (*command, *_options(given), *force, *told_reason(values))

    return Task(_(operation.title), operation, entries, request, words, note)


def told_reason(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the option of a command with the reason, where one was given."""
    return ("--reason", values[REASON]) if values.get(REASON) else ()


def _kind(field: str) -> Kind:
    return {"addressee": Kind.PERSON, "subject": Kind.LONG}.get(field, Kind.LINE)


def _changed(begun: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Return what was changed: what is left as it came is taken from the letter itself."""
    return {
        name: values[name]
        for name in begun
        if name != "in_reply_to" and values[name] not in ("", begun[name].strip())
    }


def _options(given: Mapping[str, str]) -> list[str]:
    return [
        word
        for name, value in given.items()
        for word in ("--from" if name == "correspondent" else f"--{name.replace('_', '-')}", value)
    ]
