"""`sedctl report diff` and `extensions`: what changed, and which terms moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.arguments import day
from commands.report_mail import MailEmpty, MailTo, mailing
from commands.report_options import (
    AsOf,
    Author,
    Department,
    Executor,
    FailIf,
    Organization,
    Output,
    Since,
    Until,
    asked,
    is_over_several,
    of_period,
)
from commands.report_output import Published, fail_from, publish, threshold
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
    begin: Annotated[str, typer.Option("--from", help=_("The end of which day to compare."))],
    end: Annotated[
        str | None, typer.Option("--to", help=_("With the end of which day; today by default."))
    ] = None,
    organization: Organization = None,
    department: Department = None,
    executor: Executor = None,
    author: Author = None,
    fail_if: FailIf = None,
    output: Output = None,
    mail: MailTo = None,
    mail_empty: MailEmpty = False,
) -> None:
    """Print what changed between two days."""
    from sed_tui.operations.report_diff import DIFF, ReportDiff

    least = threshold(fail_if)
    to = mailing(session, mail, even_empty=mail_empty)

    def make(request: Any) -> Printout:
        from sed_tui.rendering.diff import diff_printout

        return diff_printout(session.call(DIFF, request), several=is_over_several(request))

    whose = asked(end, organization, department, executor, author)
    request = ReportDiff(since=day(begin, "from"), **whose)
    report = Published.of("diff", make, request, DIFF_IN_LETTER)
    printout = publish(session, report, request, output, to)
    fail_from(least, len(printout.rows))


def extensions(
    session: Session,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    organization: Organization = None,
    department: Department = None,
    executor: Executor = None,
    author: Author = None,
    output: Output = None,
    mail: MailTo = None,
    mail_empty: MailEmpty = False,
) -> None:
    """Print the requests for later terms."""
    from sed_tui.operations.report_extensions import EXTENSIONS, ReportExtensions

    to = mailing(session, mail, even_empty=mail_empty)

    def make(request: Any) -> Printout:
        from sed_tui.rendering.extensions import extensions_printout

        report = session.call(EXTENSIONS, request)
        return extensions_printout(report, several=is_over_several(request))

    whose = asked(as_of, organization, department, executor, author)
    request = ReportExtensions(**of_period(since, until), **whose)
    publish(session, Published.of("extensions", make, request), request, output, to)
