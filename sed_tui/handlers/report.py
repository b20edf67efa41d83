"""Reports: what is overdue at the end of a day, assignments and submissions, and who is late."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import Uuid, column, select, table

from sed_tui.handlers.overdue_rows import OverdueRows
from sed_tui.handlers.report_parts import group_names, moment_of, parts_of, person_of
from sed_tui.operations.report import (
    Grouping,
    LateSubmission,
    OverdueReport,
    OverdueRow,
    OverdueTotals,
    ReportOverdue,
)
from sed_tui.storage.names import as_recorded
from sed_tui.storage.overdue import overdue_counts

if TYPE_CHECKING:
    from sed_tui.handlers.report_parts import Part
    from sed_tui.handlers.work import Work
    from sed_tui.storage.names import Person

_SUBMISSION = table("duma_submission", column("organization_id", Uuid()))


def report_overdue(work: Work, request: ReportOverdue) -> OverdueReport:
    """Report on one organization, or on every one the actor may report on."""
    rows: list[OverdueRow] = []
    by: Counter[str] = Counter()
    submissions: list[LateSubmission] = []
    total = 0
    person = person_of(request.by)
    for part in parts_of(work, request):
        if request.rows:
            # counted in the list itself: between two queries somebody may report
            listed, counted = OverdueRows(part).read(person)
            rows += listed
        else:
            counted = _counted(part, person)
        total += sum(counted.values())
        submissions += _late_submissions(part)
        names = group_names([(one.login, one) for one in counted], request.by, part.code)
        for one, count in counted.items():
            by[names[one.login]] += count
    groups = {} if request.by is Grouping.NONE else dict(sorted(by.items()))
    # a report holds up to a hundred thousand rows, which are made right here
    return OverdueReport.model_construct(
        as_of=moment_of(work, request.as_of).day,
        rows=rows,
        totals=OverdueTotals(overdue=total, submissions=len(submissions), by=groups),
        submissions=submissions,
    )


def _late_submissions(part: Part) -> list[LateSubmission]:
    own = select(_SUBMISSION.c.organization_id).where(
        _SUBMISSION.c.organization_id == part.work.organization_id
    )
    if part.work.db.scalar(own.limit(1)) is None:
        return []
    # tables of the Duma, for those who submit to it alone
    from sed_tui.handlers.report_submissions import late_submissions

    return late_submissions(part)


def _counted(part: Part, person: str) -> dict[Person, int]:
    db = part.work.db
    rows = db.execute(overdue_counts(part.actor, part.moment, part.people, person)).all()
    people = as_recorded(db, part.work.organization_id, rows, part.moment.cutoff)
    return {people[row.id]: row.overdue for row in rows}
