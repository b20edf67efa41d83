"""`sedctl journal`: journals, their numbers and gaps."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.flows import Flow
from sed_tui.domain.numbering import Period, Scope
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("Journals, their numbers and gaps."))

COLUMNS = ("code", "name", "flow", "formula", "period", "documents", "next", "state", "version")
Which = Annotated[str, typer.Argument(help=_("The code of the journal."), metavar="JOURNAL")]
Formula = Annotated[
    str | None, typer.Option("--formula", help=_("Text with tokens: {journal}-{ordinal}/{year2}."))
]
PeriodOption = Annotated[
    Period | None, typer.Option("--period", help=_("When the counter starts again."))
]
ScopeOption = Annotated[Scope | None, typer.Option("--scope", help=_("What separates counters."))]
Start = Annotated[int | None, typer.Option("--start", min=1, help=_("The first ordinal."))]
Group = Annotated[
    str | None, typer.Option("--group", help=_("The code of the group, for {group}."))
]
Default = Annotated[
    bool | None, typer.Option("--default/--not-default", help=_("Whether the flow's own."))
]


@verb(app, "add", Sort.WRITE, N_("Add a journal; a wrong formula is refused now."))
def add(
    session: Session,
    code: Annotated[str, typer.Argument(help=_("The code."), metavar="CODE")],
    name: Annotated[str, typer.Option("--name", help=_("The name."))],
    flow: Annotated[Flow, typer.Option("--flow", help=_("Which documents it takes."))],
    formula: Formula = None,
    period: PeriodOption = None,
    scope: ScopeOption = None,
    start: Start = None,
    group: Group = None,
    default: Default = None,
) -> None:
    from sed_tui.operations.journal import ADD, AddJournal

    given = {
        "formula": formula,
        "period": period,
        "scope": scope,
        "start": start,
        "group_code": group,
        "is_default": default,
    }
    chosen = {field: value for field, value in given.items() if value is not None}
    request = AddJournal.model_validate({"code": code, "name": name, "flow": flow, **chosen})
    session.show(session.call(ADD, request), COLUMNS)


@verb(app, "change", Sort.WRITE, N_("Change a journal; numbers given freeze its counter."))
def change(
    session: Session,
    journal: Which,
    name: Annotated[str | None, typer.Option("--name", help=_("The name."))] = None,
    formula: Formula = None,
    period: PeriodOption = None,
    scope: ScopeOption = None,
    start: Start = None,
    group: Group = None,
    default: Default = None,
    closed: Annotated[
        bool | None, typer.Option("--closed/--open", help=_("Whether it takes no documents."))
    ] = None,
    closed_before: Annotated[
        str | None, typer.Option("--closed-before", help=_("Refuse dates before this day."))
    ] = None,
    next_ordinal: Annotated[
        int | None, typer.Option("--next", min=1, help=_("Which ordinal comes next."))
    ] = None,
    version: Seen = None,
) -> None:
    from commands.arguments import day
    from sed_tui.operations.journal import CHANGE, ChangeJournal

    request = ChangeJournal(
        journal=journal,
        name=name,
        formula=formula,
        period=period,
        scope=scope,
        start=start,
        group_code=group,
        is_default=default,
        is_closed=closed,
        closed_before=day(closed_before, "closed_before"),
        next_ordinal=next_ordinal,
        version=version,
    )
    session.show(session.call(CHANGE, request), COLUMNS)


@verb(app, "list", Sort.READ, N_("List journals."))
def list_journals(
    session: Session,
    flow: Annotated[Flow | None, typer.Option("--flow", help=_("Of one flow."))] = None,
) -> None:
    from sed_tui.operations.journal import LIST, ListJournals

    session.show_rows(session.call(LIST, ListJournals(flow=flow)).rows, COLUMNS)


@verb(app, "show", Sort.READ, N_("Show a journal."))
def show(session: Session, journal: Which) -> None:
    from sed_tui.operations.journal import SHOW, ShowJournal

    columns = (*COLUMNS, "scope", "start", "is_default", "closed_before", "id")
    session.show(session.call(SHOW, ShowJournal(journal=journal)), columns)


@verb(app, "preview", Sort.READ, N_("Show the numbers a journal or a formula would give."))
def preview(
    session: Session,
    journal: Annotated[
        str | None, typer.Argument(help=_("The code of the journal."), metavar="JOURNAL")
    ] = None,
    formula: Formula = None,
    period: PeriodOption = None,
    scope: ScopeOption = None,
    count: Annotated[int, typer.Option("--count", min=1, max=1000, help=_("How many."))] = 20,
    since: Annotated[
        str | None, typer.Option("--since", help=_("The first day; before New Year by default."))
    ] = None,
) -> None:
    from commands.arguments import day
    from sed_tui.operations.journal import PREVIEW, PreviewNumbers

    request = PreviewNumbers(
        journal=journal,
        formula=formula,
        period=period or Period.YEAR,
        scope=scope or Scope.NONE,
        count=count,
        since=day(since, "since"),
    )
    session.show_rows(session.call(PREVIEW, request).rows, ("day", "number", "ordinal"))


@verb(app, "gaps", Sort.READ, N_("Control of gaps: skipped, reserved, cancelled, out of order."))
def gaps(
    session: Session,
    journal: Which,
    year: Annotated[int | None, typer.Option("--year", help=_("One year."))] = None,
) -> None:
    from sed_tui.operations.journal import GAPS, FindGaps

    rows = session.call(GAPS, FindGaps(journal=journal, year=year)).rows
    session.show_rows(rows, ("period", "ordinal", "through", "number", "problem", "reason", "see"))


@verb(app, "release", Sort.WRITE, N_("Turn lapsed reservations into gaps."))
def release(session: Session) -> None:
    from sed_tui.operations.journal import RELEASE, ReleaseLapsed

    session.show(session.call(RELEASE, ReleaseLapsed()))
