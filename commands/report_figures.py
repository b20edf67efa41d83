"""`sedctl report summary`, `discipline` and `terms`: figures of a period, and their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.report_options import Period, Way, Whose, is_over_several
from commands.report_output import Published
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.report_period import Basis
from sed_tui.i18n import N_, _
from sed_tui.operations.report_figures import FigureGrouping
from sed_tui.operations.report_rows import Figure

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Printout

TERMS_IN_LETTER = ("document_number", "text", "executor", "due", "reported_on", "working_days_late")

By = Annotated[FigureGrouping, typer.Option("--by", help=_("What the rows are."))]
ByDate = Annotated[Basis, typer.Option("--by-date", help=_("By which date the period selects."))]


def add_to(app: typer.Typer) -> None:
    """Add the verbs."""
    summarize = N_("Summarize: how much is executed, in work, in violation.")
    verb(app, "summary", Sort.READ, summarize)(summary)
    three = N_("Execution discipline by three formulas side by side.")
    verb(app, "discipline", Sort.READ, three)(discipline)
    control = N_("Control of terms: plan and fact of every assignment of a period.")
    verb(app, "terms", Sort.READ, control)(terms)


def summary(
    session: Session,
    period: Period,
    whose: Whose,
    way: Way,
    by: By = FigureGrouping.DEPARTMENT,
    by_date: ByDate = Basis.REGISTRATION,
) -> None:
    """Print the summary of a period."""
    from sed_tui.operations.report_figures import SUMMARY, ReportSummary

    def make(request: Any) -> Printout:
        from sed_tui.rendering.figures import summary_printout

        return summary_printout(session.call(SUMMARY, request))

    request = ReportSummary(by=by, by_date=by_date, **period.asked, **whose.asked)
    way.publish(session, Published.of("summary", make, request), request)


def discipline(
    session: Session,
    period: Period,
    whose: Whose,
    way: Way,
    by: By = FigureGrouping.DEPARTMENT,
    by_date: ByDate = Basis.TERM,
    rows: Annotated[
        bool,
        typer.Option(
            "--rows",
            help=_("List what the formulas count differently; CSV then holds these rows."),
        ),
    ] = False,
) -> None:
    """Print execution discipline."""
    from sed_tui.operations.report_figures import DISCIPLINE, ReportDiscipline

    def make(request: Any) -> Printout:
        from sed_tui.rendering.figures import discipline_printout

        report = session.call(DISCIPLINE, request)
        return discipline_printout(report, with_rows=request.rows, several=is_over_several(request))

    request = ReportDiscipline(
        by=by,
        by_date=by_date,
        rows=rows,
        months=way.output is not None and way.output.suffix.lower() == ".html",
        **period.asked,
        **whose.asked,
    )
    way.publish(session, Published.of("discipline", make, request), request)


def terms(
    session: Session,
    period: Period,
    whose: Whose,
    way: Way,
    by_date: ByDate = Basis.TERM,
    figure: Annotated[
        Figure, typer.Option("--figure", help=_("Of which number of the reports the rows are."))
    ] = Figure.TOTAL,
) -> None:
    """Print the assignments that a number is made of."""
    from sed_tui.operations.report_rows import MOST_PRINTED, ROWS, ReportRows

    def make(request: Any) -> Printout:
        from sed_tui.rendering.terms import terms_printout

        return terms_printout(session.call(ROWS, request), several=is_over_several(request))

    request = ReportRows(
        figure=figure, by_date=by_date, limit=MOST_PRINTED, **period.asked, **whose.asked
    )
    way.publish(session, Published.of("terms", make, request, TERMS_IN_LETTER), request)
