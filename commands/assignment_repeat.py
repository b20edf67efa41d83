"""`sedctl assignment repeat`: assignments that come back every week, month, quarter, year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.arguments import day as day_of
from commands.part_options import PartOptions
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.domain.recurrence import Every, ScheduleState, Weekday
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label

if TYPE_CHECKING:
    from sed_tui.operations.recurring import Schedule

COLUMNS = (
    *("short_id", "text", "author", "executor", "controller", "document_number", "rule"),
    *("starts_on", "ends_on", "lead", "state", "issued", "id"),
)
LISTED = ("short_id", "text", "executor", "rule", "lead", "state", "issued", "upcoming")
PERIODS = ("period", "effective", "issue_on", "executor", "state", "assignment_id")
RUN = ("short_id", "period", "became", "executor", "due", "assignment_id", "message", "text")

Which = Annotated[str, typer.Argument(help=_("An id or its beginning."), metavar="SCHEDULE")]


def add_to(app: typer.Typer) -> None:
    """Add the group to that of assignments."""
    group = typer.Typer(
        rich_markup_mode=None, help=_("Assignments that come back: weekly, monthly, yearly.")
    )
    verb(group, "add", Sort.WRITE, N_("Schedule an assignment that comes back."))(_add)
    verb(group, "list", Sort.LIST, N_("List schedules with what they will issue."))(_list)
    verb(group, "show", Sort.READ, N_("Show a schedule with its periods."))(_show)
    verb(group, "skip", Sort.WRITE, N_("Leave one period out."))(_skip)
    verb(group, "executor", Sort.WRITE, N_("Let somebody else execute from a day on."))(_executor)
    verb(group, "close", Sort.DESTROY, N_("Close a schedule: nothing more is issued by it"))(_close)
    verb(group, "run", Sort.WRITE, N_("Issue what is due; for cron."))(_run)
    app.add_typer(group, name="repeat")


def _add(
    session: Session,
    text: Annotated[str, typer.Option("--text", help=_("What is to be done."))],
    executor: Annotated[
        str, typer.Option("--executor", help=_("The responsible executor: login or name."))
    ],
    parts: PartOptions,
    every: Annotated[Every | None, typer.Option("--every", help=_("How often."))] = None,
    interval: Annotated[
        int, typer.Option("--interval", min=1, help=_("Every so many weeks, months, years."))
    ] = 1,
    weekday: Annotated[
        Weekday | None, typer.Option("--weekday", help=_("The day of a week: MO, TU …"))
    ] = None,
    day: Annotated[
        str | None, typer.Option("--day", help=_("The day of a month: 1 to 31, or last."))
    ] = None,
    rule: Annotated[
        str | None, typer.Option("--rule", help=_("A rule of RFC 5545 instead."))
    ] = None,
    starts_on: Annotated[
        str | None, typer.Option("--from", help=_("The first term is not before; today."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", help=_("The last term is not after."))
    ] = None,
    lead: Annotated[
        int, typer.Option("--lead", min=0, help=_("Issued so many days before the term."))
    ] = 0,
) -> None:
    from sed_tui.operations.recurring import ADD, AddSchedule

    request = AddSchedule(
        text=text,
        executor=executor,
        every=every,
        interval=interval,
        weekday=weekday,
        day=day,
        rule=rule,
        starts_on=day_of(starts_on, "starts_on"),
        until=day_of(until, "until"),
        lead=lead,
        **parts.fields,
    )
    _print(session, session.call(ADD, request))


def _list(
    session: Session,
    state: Annotated[
        ScheduleState | None, typer.Option("--state", help=_("active or closed."))
    ] = None,
    ahead: Annotated[
        int, typer.Option("--ahead", min=0, max=100, help=_("How many periods to come."))
    ] = 3,
) -> None:
    from sed_tui.operations.recurring import LIST, ListSchedules

    request = ListSchedules(state=state, ahead=ahead, after=session.after, limit=session.limit)
    page = session.call(LIST, request)
    if session.format.is_json:
        session.show_rows(page.rows, LISTED, page.next)
        return
    rows = [
        {
            **row.model_dump(mode="json"),
            "upcoming": ", ".join(f"{period.period:%d.%m.%Y}" for period in row.upcoming),
        }
        for row in page.rows
    ]
    session.show_records(rows, LISTED, page.next)


def _show(
    session: Session,
    schedule: Which,
    ahead: Annotated[
        int, typer.Option("--ahead", min=0, max=500, help=_("How many periods to come."))
    ] = 12,
) -> None:
    from sed_tui.operations.recurring import SHOW, ShowSchedule

    _print(session, session.call(SHOW, ShowSchedule(schedule=schedule, ahead=ahead)))


def _skip(
    session: Session,
    schedule: Which,
    period: Annotated[str, typer.Argument(help=_("The nominal term."), metavar="PERIOD")],
) -> None:
    from sed_tui.operations.recurring import SKIP, SkipPeriod

    request = SkipPeriod(schedule=schedule, period=day_of(period, "period"))
    _print(session, session.call(SKIP, request))


def _executor(
    session: Session,
    schedule: Which,
    executor: Annotated[str, typer.Argument(help=_("A login or a name."), metavar="PERSON")],
    from_day: Annotated[
        str, typer.Option("--from", help=_("For terms that are not before the day."))
    ],
) -> None:
    from sed_tui.operations.recurring import EXECUTOR, ChangeExecutor

    request = ChangeExecutor(
        schedule=schedule, executor=executor, from_day=day_of(from_day, "from_day")
    )
    _print(session, session.call(EXECUTOR, request))


def _close(session: Session, schedule: Which) -> None:
    from sed_tui.operations.recurring import CLOSE, CloseSchedule

    _print(session, session.call(CLOSE, CloseSchedule(schedule=schedule)))


def _run(
    session: Session,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help=_("What is due on this day; today."))
    ] = None,
    organization: Annotated[
        str | None, typer.Option("--org", help=_("A code of organization, or all."))
    ] = None,
) -> None:
    from commands.notify import organizations
    from sed_tui.errors import NotPermitted
    from sed_tui.errors.recurring import NotAllIssued
    from sed_tui.operations.recurring_run import RUN as OPERATION
    from sed_tui.operations.recurring_run import RunSchedules

    rows = []
    for code in organizations(session, organization):
        request = RunSchedules(as_of=day_of(as_of, "as_of"), organization=code)
        try:
            rows += session.call(OPERATION, request).rows
        except NotPermitted:
            if organization != "all":
                raise
    columns = ("organization", *RUN) if organization == "all" else RUN
    session.show_rows(rows, columns)
    left = sum(row.assignment_id is None for row in rows)
    if left:
        raise NotAllIssued(failed=left, due=len(rows))


def _print(session: Session, schedule: Schedule) -> None:
    """Print a schedule; on a terminal its periods are tables."""
    session.show(schedule, COLUMNS)
    if session.format is not Format.TABLE or session.fields:
        return
    for name in ("past", "upcoming"):
        if rows := getattr(schedule, name):
            session.say(f"\n{label(name)}")
            session.show_rows(rows, PERIODS)
