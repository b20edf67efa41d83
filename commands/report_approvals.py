"""`sedctl report approvals`: who was asked what, and how late the decisions came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.report_options import FailIf, Period, Way, Whose, is_over_several
from commands.report_output import Published, fail_from, threshold
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_

if TYPE_CHECKING:
    import typer

    from sed_tui.rendering.printout import Printout

IN_LETTER = ("document", "subject", "approver", "due", "result", "delay_days")


def add_to(app: typer.Typer) -> None:
    """Add the verb."""
    title = N_("Approvals: who was asked what, who decided how late.")
    verb(app, "approvals", Sort.READ, title)(approvals)


def approvals(
    session: Session,
    period: Period,
    whose: Whose,
    way: Way,
    fail_if: FailIf = None,
) -> None:
    """Print the questions of a period; `--fail-if` counts those that wait after their term."""
    from sed_tui.operations.report_approvals import APPROVALS, ReportApprovals

    least = threshold(fail_if)

    def make(request: Any) -> Printout:
        from sed_tui.rendering.approval_report import approvals_printout

        report = session.call(APPROVALS, request)
        return approvals_printout(report, several=is_over_several(request))

    request = ReportApprovals(**period.asked, **whose.asked)
    report = Published.of("approvals", make, request, IN_LETTER)
    printout = way.publish(session, report, request)
    fail_from(least, printout.data["totals"]["overdue"])
