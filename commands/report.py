"""`sedctl report`: who is late, as a table, data, a workbook or a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import report_approvals, report_changes, report_documents, report_figures
from commands.report_options import Day, FailIf, Way, Whose, is_over_several
from commands.report_output import Published, fail_from, threshold
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _
from sed_tui.operations.report import OVERDUE, Grouping, ReportOverdue

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Printout

app = typer.Typer(rich_markup_mode=None, help=_("Overdue and other reports."))

IN_LETTER = ("document_number", "text", "executor", "due", "days_overdue")
DUE_IN_LETTER = ("document_number", "text", "due", "days_left")


@verb(
    app,
    "overdue",
    Sort.READ,
    N_("Report what is overdue and whose; papers for the Duma too."),
)
def overdue(
    session: Session,
    day: Day,
    whose: Whose,
    way: Way,
    by: Annotated[
        Grouping, typer.Option("--by", help=_("What the totals are counted by."))
    ] = Grouping.DEPARTMENT,
    fail_if: FailIf = None,
    totals: Annotated[
        bool, typer.Option("--totals", help=_("Count, and leave the rows out."))
    ] = False,
) -> None:
    least = threshold(fail_if)

    def make(request: Any) -> Printout:
        from sed_tui.rendering.overdue import overdue_printout

        return overdue_printout(session.call(OVERDUE, request), several=is_over_several(request))

    needs_rows = not totals or bool(way.mail)
    request = ReportOverdue(by=by, rows=needs_rows, **day.asked, **whose.asked)
    report = Published.of("overdue", make, request, IN_LETTER)
    printout = way.publish(session, report, request, without_rows=totals)
    counted = printout.data["totals"]
    fail_from(least, counted["overdue"] + counted.get("submissions", 0))


@verb(app, "due", Sort.READ, N_("Remind: what falls due for whom day by day, what is overdue."))
def due(
    session: Session,
    day: Day,
    whose: Whose,
    way: Way,
    days: Annotated[
        int, typer.Option("--days", min=0, max=366, help=_("How many days ahead."))
    ] = 10,
    fail_if: FailIf = None,
) -> None:
    from sed_tui.operations.report_due import DUE, ReportDue

    least = threshold(fail_if)

    def make(request: Any) -> Printout:
        from sed_tui.rendering.due import due_printout

        return due_printout(session.call(DUE, request), several=is_over_several(request))

    request = ReportDue(days=days, **day.asked, **whose.asked)
    report = Published.of("due", make, request, DUE_IN_LETTER)
    printout = way.publish(session, report, request)
    fail_from(least, len(printout.rows))


report_figures.add_to(app)
report_changes.add_to(app)
report_documents.add_to(app)
report_approvals.add_to(app)
