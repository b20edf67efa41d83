"""`sedctl report diff` and `extensions`: what changed, and which terms moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.arguments import day
from commands.report_options import FailIf, Period, Way, Whose, is_over_several
from commands.report_output import Published, fail_from, threshold
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Printout

DIFF_IN_LETTER = ("change", "document_number", "text", "executor", "due")


def add_to(app: typer.Typer) -> None:
    """Add the verbs."""
    changed = N_("What became overdue and what was closed between two days.")
    verb(app, "diff", Sort.READ, changed)(diff)
    later = N_("Requests for later terms: who asked, who granted, how often.")
    verb(app, "extensions", Sort.READ, later)(extensions)


def diff(
    session: Session,
    whose: Whose,
    way: Way,
    begin: Annotated[str, typer.Option("--from", help=_("The end of which day to compare."))],
    end: Annotated[
        str | None, typer.Option("--to", help=_("With the end of which day; today by default."))
    ] = None,
    fail_if: FailIf = None,
) -> None:
    """Print what changed between two days."""
    from sed_tui.operations.report_diff import DIFF, ReportDiff

    least = threshold(fail_if)

    def make(request: Any) -> Printout:
        from sed_tui.rendering.diff import diff_printout

        return diff_printout(session.call(DIFF, request), several=is_over_several(request))

    request = ReportDiff(since=day(begin, "from"), as_of=day(end, "as_of"), **whose.asked)
    report = Published.of("diff", make, request, DIFF_IN_LETTER)
    printout = way.publish(session, report, request)
    fail_from(least, len(printout.rows))


def extensions(
    session: Session,
    period: Period,
    whose: Whose,
    way: Way,
) -> None:
    """Print the requests for later terms."""
    from sed_tui.operations.report_extensions import EXTENSIONS, ReportExtensions

    def make(request: Any) -> Printout:
        from sed_tui.rendering.extensions import extensions_printout

        report = session.call(EXTENSIONS, request)
        return extensions_printout(report, several=is_over_several(request))

    request = ReportExtensions(**period.asked, **whose.asked)
    way.publish(session, Published.of("extensions", make, request), request)
