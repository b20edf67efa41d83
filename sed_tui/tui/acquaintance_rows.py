"""Documents to read as rows of the table of assignments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sed_tui.domain.acquaintance import STATE_TITLES
from sed_tui.domain.clock import office_day
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_list import Waiting
from sed_tui.tui.wording import day, short_name, translated
from widgets.rows import Column, FixedRows, Row

if TYPE_CHECKING:
    from sed_tui.operations.acquaintance_list import AcquaintancePage, AcquaintanceRow

MOST_PAPERS = 500
_COLUMNS = (
    Column(N_("Date"), 10),
    Column(N_("State"), 14),
    Column(N_("Term"), 12),
    Column(N_("Have read"), 10),
    Column(N_("Who started it"), 16, share=1),
)


def sheet_columns() -> list[Column]:
    """Return the columns of the acquaintances of a document."""
    return translated(_COLUMNS)


def sheet_rows(page: AcquaintancePage) -> FixedRows:
    """Return the acquaintances of a document."""
    return FixedRows([_sheet(row) for row in page.rows])


def _sheet(row: AcquaintanceRow) -> Row:
    sign = "!" if row.is_overdue else " "
    cells = (
        day(office_day(row.started_at)),
        _(STATE_TITLES[row.state]),
        f"{sign:<2}{day(row.due) or '—'}",
        _("{count} of {total}").format(count=row.acquainted, total=row.total),
        short_name(row.started_by),
    )
    return Row(str(row.id), cells, "alarm" if row.is_overdue else "", row)


def paper_rows(page: AcquaintancePage) -> FixedRows:
    """Return what waits for the user to be read, the overdue first, then by term."""
    rows = sorted(page.rows, key=lambda row: (row.due or date.max, row.started_at))
    return FixedRows([_row(row) for row in rows])


def papers_waiting(page: AcquaintancePage) -> Waiting:
    """Return how many wait, and how many are late."""
    return Waiting(total=len(page.rows), overdue=sum(row.is_overdue for row in page.rows))


def _row(row: AcquaintanceRow) -> Row:
    sign = "!" if row.is_overdue else " "
    count = _("{count} of {total}").format(count=row.acquainted, total=row.total)
    cells = (
        f"{sign:<2}{day(row.due) or '—'}",
        _("overdue") if row.is_overdue else _("to read"),
        row.document_number or row.short_id,
        row.subject.replace("\n", " "),
        short_name(row.started_by),
        "",
        count,
    )
    return Row(str(row.id), cells, "alarm" if row.is_overdue else "", row)
