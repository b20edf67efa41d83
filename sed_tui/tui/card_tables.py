"""The parts of a card as rows: files, links, assignments, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.stored_size import shown_size
from sed_tui.i18n import N_, _, ngettext
from sed_tui.rendering.history import changed_fields, event_title, field_title
from sed_tui.tui.card_text import link_name
from sed_tui.tui.wording import day, moment, short_name
from widgets.rows import Column, FixedRows, Row

if TYPE_CHECKING:
    from sed_tui.operations.document import CardFile, CardLink, HistoryEntry

ROLES = {"main": N_("main"), "annex": N_("annex"), "signature": N_("signature")}
TEXTS = {
    "none": N_("not a text"),
    "read": N_("✓ found by its text"),
    "no_text": N_("no text in it"),
    "encrypted": N_("! encrypted"),
    "failed": N_("! could not be read"),
}


def file_columns() -> list[Column]:
    """Return the columns of files."""
    return [
        Column(_("Name"), 24, share=3, copied=True),
        Column(_("Version"), 7),
        Column(_("Size"), 10),
        Column(_("Role"), 9, optional=True),
        Column(_("Text"), 19, optional=True),
    ]


def file_rows(files: list[CardFile]) -> FixedRows:
    """Return files as rows."""
    return FixedRows(
        [
            Row(
                str(file.id),
                (
                    file.name,
                    str(file.version),
                    shown_size(file.size),
                    _(ROLES.get(file.role, file.role)),
                    _(TEXTS.get(file.text_state, file.text_state)),
                ),
                data=file,
            )
            for file in files
        ]
    )


def link_columns() -> list[Column]:
    """Return the columns of links."""
    return [
        Column(_("Link"), 18),
        Column(_("№"), 14, copied=True),
        Column(_("Date"), 10),
        Column(_("Subject"), 20, share=1),
    ]


def link_rows(links: list[CardLink]) -> FixedRows:
    """Return links as rows."""
    return FixedRows(
        [
            Row(
                f"{link.kind} {link.id}",
                (link_name(link), link.number or "", day(link.registered_on), link.subject),
                data=link,
            )
            for link in links
        ]
    )


def history_columns() -> list[Column]:
    """Return the columns of the history."""
    return [
        Column(_("When"), 16),
        Column(_("Who"), 14),
        Column(_("What"), 16, copied=True),
        Column(_("Changes"), 20, share=1),
    ]


def history_rows(entries: list[HistoryEntry]) -> FixedRows:
    """Return the history as rows."""
    return FixedRows(
        [
            Row(
                str(number),
                (
                    moment(entry.at),
                    short_name(entry.actor),
                    event_title(entry.event),
                    changed(entry),
                ),
                data=entry,
            )
            for number, entry in enumerate(entries)
        ]
    )


def changed(entry: HistoryEntry) -> str:
    """Return what an entry changed as fits a cell: one field with its values, else their names."""
    fields = [
        field_title(entry.event, field) for field, values in entry.changes.items() if any(values)
    ]
    if len(fields) <= 1:
        return changes(entry)
    count = ngettext("{count} field", "{count} fields", len(fields)).format(count=len(fields))
    return f"{count}: {', '.join(fields)}"


def changes(entry: HistoryEntry, separator: str = "; ") -> str:
    """Return what an entry changed, field by field, and why."""
    parts = changed_fields(entry.event, entry.changes)
    if entry.reason:
        parts.insert(0, _("reason: {reason}").format(reason=entry.reason))
    return separator.join(parts)
