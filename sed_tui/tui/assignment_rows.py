"""Assignments as rows of a table: the term, a sign and how long there is, who and what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sed_tui.domain.ageing import LONG_LATE, LONG_WAITING
from sed_tui.domain.assignment import STATE_TITLES, Urgency
from sed_tui.i18n import N_, _, ngettext
from sed_tui.operations.assignment_list import (
    COUNT,
    LIST,
    AssignmentFilter,
    AssignmentRow,
    CountAssignments,
    ListAssignments,
    Scope,
)
from sed_tui.tui.paging import PAGE, PagedRows
from sed_tui.tui.wording import day, short_name, translated
from widgets.rows import Column, Row, Total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gateway import Gateway

_LONG = {Urgency.OVERDUE: "!!", Urgency.WAITING: "◦◦"}
SIGNS = {Urgency.OVERDUE: "!", Urgency.TODAY: "•", Urgency.WAITING: "◦", Urgency.CLOSED: "✓"}
TONES = {
    Urgency.OVERDUE: "alarm",
    Urgency.TODAY: "notice",
    Urgency.CLOSED: "muted",
}
_SHOWS_EXECUTOR = {
    Scope.TO_CONTRIBUTE,
    Scope.TO_ACCEPT,
    Scope.ISSUED,
    Scope.OBSERVED,
    Scope.SUBSTITUTED,
}
_AUTHOR = 4  # the place of its column; the executor's is the next one
_COLUMNS = (
    Column(N_("Term"), 12),
    Column(N_("Left"), 13),
    Column(N_("№"), 11, copied=True),
    Column(N_("Assignment"), 30, share=6),
    Column(N_("From whom"), 12, share=1),
    Column(N_("Executor"), 14, share=1, optional=True),
    Column(N_("State"), 15, optional=True),
)


def assignment_columns(scope: Scope = Scope.ALL) -> list[Column]:
    """Return the columns in the user's language; who is not the user stands first."""
    columns = translated(_COLUMNS)
    if scope in _SHOWS_EXECUTOR:
        author, executor = columns[_AUTHOR : _AUTHOR + 2]
        columns[_AUTHOR : _AUTHOR + 2] = [
            replace(author, title=executor.title),
            replace(executor, title=author.title),
        ]
    return columns


def assignment_rows(gateway: Gateway, wanted: AssignmentFilter) -> PagedRows:
    """Return the assignments that fit a filter."""
    fields = wanted.model_dump()

    def read(after: str | None, skip: int) -> tuple[Sequence[Row], str | None]:
        page = gateway.call(LIST, ListAssignments(**fields, after=after, skip=skip, limit=PAGE))
        return [assignment_row(row, wanted.scope) for row in page.rows], page.next

    def count(limit: int | None) -> Total:
        found = gateway.call(COUNT, CountAssignments(**fields, limit=limit))
        return Total(found.total, more=found.more)

    return PagedRows(read, count)


def assignment_row(row: AssignmentRow, scope: Scope = Scope.ALL) -> Row:
    """Return an assignment as a line of the table."""
    people = [short_name(row.author), short_name(row.executor)]
    if scope in _SHOWS_EXECUTOR:
        people.reverse()
    cells = (
        f"{sign(row):<2}{day(row.due) or '—'}",
        left(row),
        row.document_number or row.short_id,
        row.text.replace("\n", " "),
        *people,
        state(row),
    )
    return Row(str(row.id), cells, tone(row), row)


def sign(row: AssignmentRow) -> str:
    """Return the sign of an assignment; it stands twice where that has lasted long."""
    return _LONG[row.sign] if _lasts_long(row) else SIGNS.get(row.sign, " ")


def tone(row: AssignmentRow) -> str:
    """Return the tone of an assignment in a list."""
    if row.sign is Urgency.WAITING and _lasts_long(row):
        return "notice"
    return TONES.get(row.sign, "")


def state(row: AssignmentRow) -> str:
    """Return the state of an assignment, and how often its term was moved."""
    title = _(STATE_TITLES[row.state])
    return f"{title} ↷{row.shifts}" if row.shifts else title


def _lasts_long(row: AssignmentRow) -> bool:
    if row.sign is Urgency.OVERDUE:
        return -(row.days_left or 0) > LONG_LATE
    return row.sign is Urgency.WAITING and (row.waiting_days or 0) > LONG_WAITING


def left(row: AssignmentRow) -> str:
    """Say in words how long there is, or how long somebody waits."""
    if row.sign is Urgency.CLOSED:
        return _("executed")
    if row.sign is Urgency.WAITING:
        waiting = row.waiting_days or 0
        if not waiting:
            return _("waits")
        return ngettext("waits {days} day", "waits {days} days", waiting).format(days=waiting)
    if row.days_left is None:
        return _("without term")
    if row.sign is Urgency.TODAY:
        return _("today")
    days = abs(row.days_left)
    if row.sign is Urgency.OVERDUE:
        return ngettext("{days} day ago", "{days} days ago", days).format(days=days)
    return ngettext("{days} day left", "{days} days left", days).format(days=days)
