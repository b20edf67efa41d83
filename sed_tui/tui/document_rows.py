"""Documents as rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.i18n import N_, _
from sed_tui.operations.document_list import (
    COUNT,
    LIST,
    CountDocuments,
    DocumentRow,
    ListDocuments,
)
from sed_tui.operations.values import FLOWS
from sed_tui.tui.paging import PAGE, PagedRows
from sed_tui.tui.wording import day, document_state, translated
from widgets.rows import Column, Row, Total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gateway import Gateway

_COLUMNS = (
    Column(N_("№"), 12, copied=True),
    Column(N_("Date"), 10),
    Column(N_("Correspondent"), 13, share=2),
    Column(N_("Subject"), 34, share=5),
    Column(N_("Flow"), 11, optional=True),
    Column(N_("State"), 14),
)
# what a click on a column's title begins in the filter
CONDITIONS = (N_("number:"), N_("since:"), N_("from:"), "", N_("flow:"), N_("executor:"))


def document_columns() -> list[Column]:
    """Return the columns in the user's language."""
    return translated(_COLUMNS)


def document_rows(gateway: Gateway, query: str) -> PagedRows:
    """Return the documents that fit a query, the newest first."""

    def read(after: str | None, skip: int) -> tuple[Sequence[Row], str | None]:
        page = gateway.call(LIST, ListDocuments(query=query, after=after, skip=skip, limit=PAGE))
        return [document_row(row) for row in page.rows], page.next

    def count(limit: int | None) -> Total:
        found = gateway.call(COUNT, CountDocuments(query=query, limit=limit))
        return Total(found.total, more=found.more)

    return PagedRows(read, count)


def document_row(row: DocumentRow) -> Row:
    """Return a document as a line of the table."""
    cells = (
        row.number or _("no number"),
        day(row.registered_on),
        row.correspondent or "",
        row.subject,
        _(FLOWS[row.flow]),
        document_state(row),
    )
    return Row(str(row.id), cells, data=row)
