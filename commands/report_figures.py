"""`sedctl report summary` and `discipline`: figures of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.report_mail import MailEmpty, MailTo, mailing
from commands.report_options import (
    AsOf,
    Author,
    Department,
    Executor,
    Organization,
    Output,
    Since,
    Until,
    asked,
    is_over_several,
    of_period,
)
from commands.report_output import Published, publish
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.report_period import Basis
from sed_tui.i18n import N_, _
from sed_tui.operations.report_figures import FigureGrouping

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Printout

By = Annotated[FigureGrouping, typer.Option("--by", help=_("What the rows are."))]
ByDate = Annotated[Basis, typer.Option("--by-date", help=_("By which date the period selects."))]


def add_to(app: typer.Typer) -> None:
    """Add the verbs."""
    summarize = N_("Summarize: how much is executed, in work, in violation.")
    verb(app, "summary", Sort.READ, summarize)(summary)
    three = N_("Execution discipline by three formulas side by side.")
    verb(app, "discipline", Sort.READ, three)(discipline)


def summary(
    session: Session,
    by: By = FigureGrouping.DEPARTMENT,
    since: Since = None,
    until: Until = None,
    by_date: ByDate = Basis.REGISTRATION,
    as_of: AsOf = None,
    organization: Organization = None,
    department: Department = None,
    executor: Executor = None,
    author: Author = None,
    output: Output = None,
    mail: MailTo = None,
    mail_empty: MailEmpty = False,
) -> None:
    """Print the summary of a period."""
    from sed_tui.operations.report_figures import SUMMARY, ReportSummary

    to = mailing(session, mail, even_empty=mail_empty)

    def make(request: Any) -> Printout:
        from sed_tui.rendering.figures import summary_printout

        return summary_printout(session.call(SUMMARY, request))

    whose = asked(as_of, organization, department, executor, author)
    request = ReportSummary(by=by, by_date=by_date, **of_period(since, until), **whose)
    publish(session, Published.of("summary", make, request), request, output, to)


def discipline(
    session: Session,
    by: By = FigureGrouping.DEPARTMENT,
    since: Since = None,
    until: Until = None,
    by_date: ByDate = Basis.TERM,
    rows: Annotated[
        bool,
        typer.Option(
            "--rows",
            help=_("List what the formulas count differently; CSV then holds these rows."),
        ),
    ] = False,
    as_of: AsOf = None,
    organization: Organization = None,
    department: Department = None,
    executor: Executor = None,
    author: Author = None,
    output: Output = None,
    mail: MailTo = None,
    mail_empty: MailEmpty = False,
) -> None:
    """Print execution discipline."""
    from sed_tui.operations.report_figures import DISCIPLINE, ReportDiscipline

    to = mailing(session, mail, even_empty=mail_empty)

    def make(request: Any) -> Printout:
        from sed_tui.rendering.figures import discipline_printout

        report = session.call(DISCIPLINE, request)
        return discipline_printout(report, with_rows=request.rows, several=is_over_several(request))

    request = ReportDiscipline(
        by=by,
        by_date=by_date,
        rows=rows,
        months=output is not None and output.suffix.lower() == ".html",
        **of_period(since, until),
        **asked(as_of, organization, department, executor, author),
    )
    publish(session, Published.of("discipline", make, request), request, output, to)
