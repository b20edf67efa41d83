"""`sedctl calendar`: the production calendar, working days, terms explained."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import calendar_changes, calendar_export
from commands.arguments import day
from commands.explained import show_explained
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("The production calendar and terms."))
calendar_changes.add_to(app)
calendar_export.add_to(app)


@verb(app, "explain", Sort.READ, N_("Count a term and explain it line by line."))
def explain(
    session: Session,
    start: Annotated[str, typer.Option("--from", help=_("The day the term begins on."))],
    term: Annotated[
        str | None,
        typer.Option("--term", help=_("A date, 10, “5 рд”, срочно, оперативно, месяц.")),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", help=_("How to count: a code from `calendar profiles`.")),
    ] = None,
    whole: Annotated[
        str | None,
        typer.Option("--half-of", help=_("The end of the term that “доложите” takes half of.")),
    ] = None,
) -> None:
    from sed_tui.operations.calendar import EXPLAIN, ExplainTerm

    request = ExplainTerm(
        start=day(start, "from"), term=term, profile=profile, whole=day(whole, "half_of")
    )
    show_explained(session, session.call(EXPLAIN, request))


@verb(app, "show", Sort.READ, N_("Show the days off and working weekends of a year."))
def show(
    session: Session, year: Annotated[int, typer.Argument(help=_("A year."), show_default=False)]
) -> None:
    from sed_tui.operations.calendar import SHOW, ShowCalendar

    result = session.call(SHOW, ShowCalendar(year=year))
    if session.format.is_json:
        session.show(result)
        return
    session.show_rows(result.days, ("day", "is_working", "note"))
    session.say(
        _("{year}, working days: {count} ({source}).").format(
            year=result.year, count=result.working_days, source=result.source
        )
    )


@verb(app, "workdays", Sort.READ, N_("Count the working days of a period, both ends counted."))
def workdays(
    session: Session,
    start: Annotated[str, typer.Option("--from", help=_("The first day."))],
    end: Annotated[str, typer.Option("--to", help=_("The last day."))],
) -> None:
    from sed_tui.operations.calendar import WORKDAYS, CountWorkingDays

    request = CountWorkingDays(start=day(start, "from"), end=day(end, "to"))
    session.show(session.call(WORKDAYS, request))


@verb(app, "profiles", Sort.READ, N_("List the profiles of terms."))
def profiles(session: Session) -> None:
    from sed_tui.operations.calendar import PROFILES, ListTermProfiles

    result = session.call(PROFILES, ListTermProfiles())
    session.show_rows(
        result.rows,
        ("code", "title", "amount", "counted_in", "shift", "act", "checked_on", "version"),
    )
