"""The reminder sheet: what falls due for whom, day by day, and what is overdue already."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sed_tui.handlers.report_listing import Listing
from sed_tui.handlers.report_parts import group_names, moment_of, parts_of
from sed_tui.operations.report import Grouping
from sed_tui.operations.report_due import DueReport, DueRow, DueTotals, ReportDue
from sed_tui.storage.overdue import due_listing

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work


def report_due(work: Work, request: ReportDue) -> DueReport:
    """Return the sheet of every executor, what is overdue first, then day by day."""
    day = moment_of(work, request.as_of).day
    last = day + timedelta(days=request.days)
    found: list[tuple[str, DueRow]] = []
    for part in parts_of(work, request):
        sheet = _Sheet(part)
        rows = sheet.read(last)
        people = [(key, sheet.people[key]) for key in {key for key, _row in rows}]
        names = group_names(people, Grouping.EXECUTOR, part.code)
        found += [(names[key], row) for key, row in rows]
    # the rows of a person stand together, in the order of terms in which they were listed
    found.sort(key=lambda pair: pair[0])
    return DueReport.model_construct(
        as_of=day, until=last, rows=[row for _name, row in found], totals=_totals(found)
    )


class _Sheet(Listing):
    def read(self, last: date) -> list[tuple[str, DueRow]]:
        part = self.part
        today = part.moment.day
        listed = self.fetch(due_listing(part.actor, part.moment, part.people, last))
        rows: list[tuple[str, DueRow]] = []
        for row in listed:
            days = (date.fromisoformat(row.due) - today).days
            working = self.delay(row.due, row.reported_on)[1] if days < 0 else None
            entry: DueRow = {
                **self.listed(row),
                "days_left": days,
                "working_days_overdue": working,
            }
            rows.append((row.executor_id, entry))
        return rows


def _totals(found: list[tuple[str, DueRow]]) -> DueTotals:
    coming = [row for _name, row in found if row["days_left"] >= 0]
    days = Counter(date.fromisoformat(str(row["due"])) for row in coming)
    return DueTotals(
        due=len(coming),
        overdue=len(found) - len(coming),
        by=dict(sorted(Counter(name for name, _row in found).items())),
        by_day=dict(sorted(days.items())),
    )
