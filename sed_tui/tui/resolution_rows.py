"""Resolutions as rows: those that wait, in the table of assignments, and those of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.clock import office_day
from sed_tui.domain.resolution import STATE_TITLES, DraftState
from sed_tui.i18n import N_, _, ngettext
from sed_tui.operations.assignment_list import Waiting
from sed_tui.tui.wording import day, short_name, translated
from widgets.rows import Column, FixedRows, Row

if TYPE_CHECKING:
    from sed_tui.operations.resolution_list import ResolutionPage, ResolutionRow

_SIGNS = {
    DraftState.DRAFT: "◦",
    DraftState.RETURNED: "!",
    DraftState.APPROVED: "✓",
    DraftState.WITHDRAWN: "×",
}
_COLUMNS = (
    Column(N_("Date"), 10),
    Column(N_("State"), 24),
    Column(N_("Author"), 14),
    Column(N_("Text"), 20, share=1),
)


def resolution_columns() -> list[Column]:
    """Return the columns of the resolutions of a document."""
    return translated(_COLUMNS)


def resolution_rows(page: ResolutionPage) -> FixedRows:
    """Return the resolutions of a document."""
    return FixedRows(
        [
            Row(
                str(row.id),
                (
                    day(office_day(row.created_at)),
                    f"{_SIGNS[row.state]} {_(STATE_TITLES[row.state])}",
                    short_name(row.author),
                    _text(row),
                ),
                "muted" if row.state is DraftState.WITHDRAWN else "",
                row,
            )
            for row in page.rows
        ]
    )


def waiting_rows(page: ResolutionPage) -> FixedRows:
    """Return the drafts that wait for the user, in the columns of assignments."""
    return FixedRows([_waiting(row) for row in page.rows])


def drafts_waiting(page: ResolutionPage) -> Waiting:
    """Return how many wait."""
    return Waiting(total=len(page.rows))


def _waiting(row: ResolutionRow) -> Row:
    is_returned = row.state is DraftState.RETURNED
    cells = (
        f"{_SIGNS[row.state]:<2}{day(office_day(row.created_at))}",
        _("to mend") if is_returned else _("to decide"),
        row.document_number or row.short_id,
        (row.comment or _text(row)) if is_returned else _text(row),
        short_name(row.author if is_returned else row.drafted_by),
        short_name(row.author),
        _(STATE_TITLES[row.state]),
    )
    return Row(str(row.id), cells, "notice" if is_returned else "", row)


def resolution_detail(row: ResolutionRow) -> str:
    """Return the first points of a resolution and who is to do them."""
    told = [
        f"{point.number}. {_line(point.text)} → {short_name(point.executor or '…')}"
        for point in row.points
    ]
    return " · ".join([*told, *(["…"] if row.total > len(row.points) else [])])


def _text(row: ResolutionRow) -> str:
    count = ngettext("{count} point", "{count} points", row.total).format(count=row.total)
    text = row.text or "; ".join(_line(point.text) for point in row.points)
    return " · ".join(filter(None, [_line(text) if text else "", row.basis, count]))


def _line(text: str | None) -> str:
    return " ".join((text or "…").split())
