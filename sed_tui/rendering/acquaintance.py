"""The acquaintance sheet, filled in or blank, for people and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.acquaintance import KIND_TITLES, READING_TITLES, STATE_TITLES
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.rendering.printout import Column, Kind, Printout

if TYPE_CHECKING:
    from sed_tui.operations.acquaintance import Acquaintance


def sheet_printout(found: Acquaintance, *, blank: bool = False) -> Printout:
    """Return the sheet; a blank one has room for signatures of those who have not read."""
    rows = [row.model_dump(mode="json") for row in found.sheet]
    if blank:
        rows = [
            {**row, "signature": "", "signed": ""} for row in rows if row["acquainted_on"] is None
        ]
    number = found.document_number or found.short_id
    return Printout(
        title=_("Acquaintance sheet: {number}").format(number=number),
        day=found.started_at.date(),
        columns=_blank_columns() if blank else _columns(),
        rows=rows,
        data={"id": str(found.id), "state": found.state.value},
        notes=_notes(found),
        totals=[(_("Acquainted"), found.acquainted), (_("In all"), found.total)],
    )


def _notes(found: Acquaintance) -> tuple[str, ...]:
    files = ", ".join(
        f"{file.name} ({_('version {number}').format(number=file.version)})" for file in found.files
    )
    state = f"{_(KIND_TITLES[found.kind])}; {_(STATE_TITLES[found.state])}"
    notes = [found.subject, _("Acquaintance {state}").format(state=state)]
    if found.due is not None:
        notes.append(_("Term: {day}").format(day=f"{found.due:%d.%m.%Y}"))
    if files:
        notes.append(_("Files: {names}").format(names=files))
    return tuple(notes)


def _columns() -> list[Column]:
    words = {state.value: _(title) for state, title in READING_TITLES.items()}
    return [
        *_people(),
        Column("state", label("state"), width=16, words=words),
        Column("acquainted_on", label("acquainted_on"), Kind.DAY, width=12),
        Column("entered_by", label("entered_by"), width=24),
        Column("note", label("note"), width=24),
    ]


def _blank_columns() -> list[Column]:
    return [
        *_people(),
        Column("signed", label("acquainted_on"), width=14),
        Column("signature", label("signature"), width=24),
    ]


def _people() -> list[Column]:
    return [
        Column("name", label("full_name"), width=32),
        Column("position", label("position"), width=28),
        Column("department", label("department"), width=24),
    ]
