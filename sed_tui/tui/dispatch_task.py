"""Entering that a registered letter has gone out, from its draft or from its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import _
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument
from sed_tui.operations.labels import label
from sed_tui.tui.entry_dialog import Entry, Task

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sed_tui.operations.registry import Request

_OPTIONS = {"delivery": "--delivery", "postal_number": "--postal-number", "sent_on": "--on"}


def dispatch_task(
    document: str, name: str, addressees: Sequence[str], delivery: str | None, subject: str
) -> Task:
    """Return the form of a dispatch; to a partner of the exchange the letter goes at once."""

    def request(values: Mapping[str, str]) -> Request:
        given = {field: values[field] or None for field in _OPTIONS}
        to = parts_of(values["addressees"])
        told = {"document": document, "addressees": to, "again": bool(values["again"]), **given}
        return DispatchDocument.model_validate(told)

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        to = [word for one in parts_of(values["addressees"]) for word in ("--to", one)]
        given = [
            w for field, flag in _OPTIONS.items() if values[field] for w in (flag, values[field])
        ]
        again = ("--again",) if values["again"] else ()
        return ("document", "dispatch", name, *to, *given, *again)

    entries = [
        Entry("addressees", _("Addressees, with ; between them"), "; ".join(addressees)),
        Entry("delivery", label("delivery"), delivery or ""),
        Entry("postal_number", label("postal_number")),
        Entry("sent_on", _("Sent on (today, when left out)")),
        Entry("again", _("To whom it has gone already"), choices=(("yes", _("send once more")),)),
    ]
    title = _("Dispatch {name}").format(name=name)
    return Task(title, DISPATCH, entries, request, words, subject)


def parts_of(text: str) -> tuple[str, ...]:
    """Return the names between semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())
