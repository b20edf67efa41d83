"""`sedctl report journal`, `gaps`, `volume`, `appeals`: what was registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.arguments import day
from commands.report_options import FailIf, Output, Period, Place, Way, is_over_several
from commands.report_output import Published, fail_from, print_report, threshold
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.flows import Flow
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Printout


def add_to(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "journal", Sort.READ, N_("Write out the register of a flow."))(journal)
    verb(app, "gaps", Sort.READ, N_("Control of the gaps of a journal, to print."))(gaps)
    verb(app, "volume", Sort.READ, N_("How many documents and copies, by month."))(volume)
    verb(app, "appeals", Sort.READ, N_("Citizens' appeals in figures."))(appeals)


def journal(
    session: Session,
    period: Period,
    place: Place,
    way: Way,
    flow: Annotated[Flow, typer.Argument(help=_("Whose register."))] = Flow.INCOMING,
    which: Annotated[
        str | None, typer.Option("--journal", help=_("Of one journal: its code."))
    ] = None,
) -> None:
    """Print a register."""
    from sed_tui.operations.report_documents import JOURNAL, ReportJournal

    def make(request: Any) -> Printout:
        from sed_tui.rendering.documents import register_printout

        report = session.call(JOURNAL, request)
        return register_printout(report, several=is_over_several(request))

    request = ReportJournal(flow=flow, journal=which, **period.asked, **place.asked)
    way.publish(session, Published.of("journal", make, request), request)


def gaps(
    session: Session,
    which: Annotated[str, typer.Argument(help=_("The code of the journal."), metavar="JOURNAL")],
    year: Annotated[int | None, typer.Option("--year", help=_("One year."))] = None,
    fail_if: FailIf = None,
    output: Output = None,
) -> None:
    """Print the control of gaps as it is recorded now."""
    from sed_tui.operations.journal import GAPS, FindGaps
    from sed_tui.rendering.gaps import gaps_printout

    least = threshold(fail_if)
    found = session.call(GAPS, FindGaps(journal=which, year=year))
    print_report(session, gaps_printout(found, which, day("today", "as_of")), output)
    fail_from(least, len(found.rows))


def volume(
    session: Session,
    period: Period,
    place: Place,
    way: Way,
) -> None:
    """Print the volume of documents."""
    from sed_tui.operations.report_documents import VOLUME, ReportVolume

    def make(request: Any) -> Printout:
        from sed_tui.rendering.documents import volume_printout

        return volume_printout(session.call(VOLUME, request))

    request = ReportVolume(**period.asked, **place.asked)
    way.publish(session, Published.of("volume", make, request), request)


def appeals(
    session: Session,
    period: Period,
    place: Place,
    way: Way,
) -> None:
    """Print the figures of appeals."""
    from sed_tui.operations.report_documents import APPEALS, ReportAppeals

    def make(request: Any) -> Printout:
        from sed_tui.rendering.documents import appeals_printout

        return appeals_printout(session.call(APPEALS, request))

    request = ReportAppeals(**period.asked, **place.asked)
    way.publish(session, Published.of("appeals", make, request), request)
