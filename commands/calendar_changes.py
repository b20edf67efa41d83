"""`sedctl calendar override | import | profile`: the calendar and the profiles changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.arguments import day
from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import Unit
from sed_tui.i18n import N_, _
from sed_tui.operations.calendar_upkeep import DayKind


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    verb(app, "override", Sort.WRITE, N_("Set a day of the organization's own calendar."))(
        _override
    )
    verb(app, "import", Sort.WRITE, N_("Load the calendar of years from a table of days."))(_import)
    verb(app, "profile", Sort.WRITE, N_("Make or change a profile of terms."))(_profile)


def _override(
    session: Session,
    which: Annotated[str, typer.Argument(help=_("A day."), metavar="DAY")],
    kind: Annotated[
        DayKind, typer.Argument(help=_("What the day is; default forgets what was set."))
    ],
    note: Annotated[str | None, typer.Option("--note", help=_("Why, shown in terms."))] = None,
    branch: Annotated[
        bool, typer.Option("--branch", help=_("For the organizations below as well: a region."))
    ] = False,
) -> None:
    from sed_tui.operations.calendar_upkeep import OVERRIDE, OverrideDay

    request = OverrideDay(day=day(which, "day"), kind=kind, note=note, branch=branch)
    result = session.call(OVERRIDE, request)
    session.show(result, ("day", "is_working", "note", "branch", "open_terms"))
    if not session.as_json:
        for warning in result.warnings:
            session.say(warning)


def _import(
    session: Session,
    file: Annotated[
        Path,
        typer.Argument(help=_("A table with the columns day, is_working, note."), metavar="FILE"),
    ],
    source: Annotated[
        str | None,
        typer.Option("--source", help=_("The act that published it; the file's name otherwise.")),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help=_("The encoding of a CSV: utf-8, cp1251."))
    ] = None,
) -> None:
    from sed_tui.operations.calendar_upkeep import IMPORT, ImportCalendar
    from sed_tui.spreadsheet.calendar_days import read_calendar

    rows = read_calendar(file, encoding)
    result = session.call(IMPORT, ImportCalendar(source=source or file.name, rows=rows))
    session.show_rows(result.years, ("year", "was", "working_days"))


def _profile(
    session: Session,
    code: Annotated[str, typer.Argument(help=_("The code of the profile."), metavar="CODE")],
    title: Annotated[str | None, typer.Option("--title", help=_("Its name."))] = None,
    amount: Annotated[int | None, typer.Option("--amount", help=_("How many."))] = None,
    unit: Annotated[Unit | None, typer.Option("--unit", help=_("Of what."))] = None,
    shift: Annotated[
        Direction | None,
        typer.Option("--shift", help=_("Where a term goes that ends on a day off.")),
    ] = None,
    counts_start: Annotated[
        bool | None,
        typer.Option("--count-start/--no-count-start", help=_("Whether the first day counts.")),
    ] = None,
    act: Annotated[str | None, typer.Option("--act", help=_("The act that says so."))] = None,
    paragraph: Annotated[str | None, typer.Option("--paragraph", help=_("Its paragraph."))] = None,
    checked_on: Annotated[
        str | None, typer.Option("--checked-on", help=_("When it was compared with the act."))
    ] = None,
    version: Seen = None,
) -> None:
    from sed_tui.operations.calendar_upkeep import SET_PROFILE, SetTermProfile

    request = SetTermProfile(
        code=code,
        title=title,
        amount=amount,
        counted_in=unit,
        shift=shift,
        counts_start=counts_start,
        act=act,
        paragraph=paragraph,
        checked_on=day(checked_on, "checked_on"),
        version=version,
    )
    session.show(session.call(SET_PROFILE, request))
