"""Starting an acquaintance and what can be done about one, each as a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.acquaintance import KIND_TITLES, AcquaintanceKind
from sed_tui.domain.dates import parse_date
from sed_tui.i18n import _
from sed_tui.operations.acquaintance import (
    CONFIRM,
    START,
    STOP,
    Acquaintance,
    ConfirmAcquaintance,
    StartAcquaintance,
    StopAcquaintance,
)
from sed_tui.tui.commands_dialog import Equivalent
from sed_tui.tui.entry_dialog import REASON, Entry, Kind, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.operations.document import DocumentCard

_LISTS = {"people": "--person", "units": "--unit", "except_for": "--except"}


def start(card: DocumentCard) -> Task:
    """Give a document to people to read, as its files are now."""
    name = card.number or str(card.id)
    kinds = tuple((kind.value, _(title)) for kind, title in KIND_TITLES.items())

    def given(values: Mapping[str, str]) -> dict[str, Any]:
        found: dict[str, Any] = {field: _parts(values[field]) for field in _LISTS}
        found["everybody"] = bool(values["everybody"])
        found["kind"] = AcquaintanceKind(values["kind"] or AcquaintanceKind.ELECTRONIC)
        return {**found, "due": values["due"] or None, "text": values["text"] or None}

    return Task(
        _("Give {name} to read").format(name=name),
        START,
        [
            Entry("people", _("People: names or logins, with commas")),
            Entry("units", _("Departments: codes or names, with commas")),
            Entry("everybody", _("Everybody"), choices=(("yes", _("everybody here")),)),
            Entry("except_for", _("But for: names or logins, with commas")),
            Entry("due", _("Term: a date, 5 рд, 10 (may be left out)"), kind=Kind.TERM),
            Entry("kind", _("How reading is confirmed"), AcquaintanceKind.ELECTRONIC, kinds),
            Entry("text", _("What to pay attention to (may be left out)")),
        ],
        lambda values: StartAcquaintance(document=str(card.id), **given(values)),
        lambda values: _start_words(name, values),
    )


def _start_words(name: str, values: Mapping[str, str]) -> tuple[str, ...]:
    found = ["acquaintance", "start", name]
    for field, option in _LISTS.items():
        found += [word for part in _parts(values[field]) for word in (option, part)]
    found += ["--everybody"] if values["everybody"] else []
    for field in ("kind", "due", "text"):
        found += [f"--{field}", values[field]] if values[field] else []
    return tuple(found)


def again(sheet: Acquaintance) -> Task:
    """Give the files as they are now to the same people."""
    return Task(
        _("Give {name} to read once more").format(name=name_of(sheet)),
        START,
        [Entry("due", _("Term: a date, 5 рд, 10 (may be left out)"), kind=Kind.TERM)],
        lambda values: StartAcquaintance(again=str(sheet.id), due=values["due"] or None),
        lambda values: (
            *("acquaintance", "start", "--again", sheet.short_id),
            *(("--due", values["due"]) if values["due"] else ()),
        ),
        _("To the same people: {count}").format(count=sheet.total),
    )


def stop(sheet: Acquaintance) -> Task:
    """Stop waiting for those who have not read."""
    return Task(
        _("Stop the acquaintance with {name}").format(name=name_of(sheet)),
        STOP,
        [Entry(REASON, _("Reason"))],
        lambda _values: StopAcquaintance(acquaintance=str(sheet.id)),
        lambda values: (
            *("acquaintance", "stop", sheet.short_id),
            *("--reason", values[REASON], "--yes"),
        ),
    )


def signature(sheet: Acquaintance) -> Task:
    """Enter a signature that somebody has put on paper."""
    return Task(
        _("A signature on {name}").format(name=name_of(sheet)),
        CONFIRM,
        [
            Entry("person", _("Who has signed: name or login"), kind=Kind.PERSON),
            Entry("signed_on", _("The date on paper (today by default)")),
        ],
        lambda values: ConfirmAcquaintance(
            acquaintance=str(sheet.id),
            person=values["person"] or None,
            signed_on=parse_date(values["signed_on"], "signed_on") if values["signed_on"] else None,
        ),
        lambda values: (
            *("acquaintance", "confirm", sheet.short_id, "--person", values["person"]),
            *(("--signed-on", values["signed_on"]) if values["signed_on"] else ()),
        ),
    )


def commands_of(sheet: Acquaintance) -> list[Equivalent]:
    """Return the commands for a sheet."""
    return [
        Equivalent(_("Show the sheet"), ("acquaintance", "sheet", sheet.short_id)),
        Equivalent(_("I have read it"), ("acquaintance", "confirm", sheet.short_id)),
    ]


def name_of(sheet: Acquaintance) -> str:
    """Return what the sheet is of: the number of the document, or its subject."""
    return sheet.document_number or sheet.subject


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
