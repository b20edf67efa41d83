"""`sedctl assignment`: issue, report, accept, return, list."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands.explained import show_explained
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.domain.assignment import AssignmentState
from sed_tui.errors.assignments import TooManyExecutors
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_list import Order, Scope

app = typer.Typer(rich_markup_mode=None, help=_("Issue, report and accept assignments."))

Which = Annotated[str, typer.Argument(help=_("An id or its beginning."), metavar="ASSIGNMENT")]
Version = Annotated[
    int | None, typer.Option("--version", help=_("Refuse if the assignment changed since."))
]
ROW = ("id", "document_number", "text", "author", "executor", "controller", "due", "days_left")
ISSUED = (
    *("id", "document_number", "author", "executor", "co_executors", "controller", "due"),
    *("nominal_due", "co_due", "explanation", "state"),
)
CARD = (
    *("document_number", "text", "author", "executor", "co_executors", "controller", "due"),
    *("nominal_due", "co_due", "days_left", "state", "control", "sign", "issued_on"),
    *("entered_by", "report_text", "reported_on", "waiting_days", "closed_at", "version"),
    *("steps", "explanation", "id"),
)


@verb(app, "issue", Sort.WRITE, N_("Issue an assignment; its term is explained."))
def issue(
    session: Session,
    text: Annotated[str, typer.Option("--text", help=_("What is to be done."))],
    executor: Annotated[
        list[str], typer.Option("--executor", help=_("The responsible executor: login or name."))
    ],
    document: Annotated[
        str | None, typer.Option("--document", help=_("The document it is issued on."))
    ] = None,
    author: Annotated[
        str | None, typer.Option("--author", help=_("Whose assignment it is; you, if a head."))
    ] = None,
    co_executor: Annotated[
        list[str] | None, typer.Option("--co-executor", help=_("Who contributes; several."))
    ] = None,
    controller: Annotated[
        str | None, typer.Option("--controller", help=_("Who accepts the report."))
    ] = None,
    due: Annotated[
        str | None,
        typer.Option("--due", help=_("A date, 10, “5 рд”, срочно, оперативно, месяц, без срока.")),
    ] = None,
    co_due: Annotated[
        str | None, typer.Option("--co-due", help=_("The term of the co-executors."))
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", help=_("How to count: a code from `calendar profiles`.")),
    ] = None,
) -> None:
    from sed_tui.operations.assignment import ISSUE, IssueAssignment

    if len(executor) > 1:
        raise TooManyExecutors(field="executor", count=len(executor))
    request = IssueAssignment(
        text=text,
        executor=executor[0],
        document=document,
        author=author,
        co_executors=tuple(co_executor or ()),
        controller=controller,
        due=due,
        co_due=co_due,
        profile=profile,
    )
    show_explained(session, session.call(ISSUE, request), ISSUED)


@verb(app, "list", Sort.LIST, N_("List assignments."))
def list_them(
    session: Session,
    scope: Annotated[
        Scope, typer.Option("--scope", help=_("Whose: yours to do, yours to accept, overdue …"))
    ] = Scope.ALL,
    executor: Annotated[
        str | None, typer.Option("--executor", help=_("The responsible executor: login or name."))
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", help=_("The document it is issued on."))
    ] = None,
    state: Annotated[
        AssignmentState | None, typer.Option("--state", help=_("How far it has come."))
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help=_("Words of the text."))] = None,
    order: Annotated[
        Order | None, typer.Option("--order", help=_("By issue, the newest first, or by term."))
    ] = None,
) -> None:
    from sed_tui.operations.assignment_list import LIST, ListAssignments

    request = ListAssignments(
        scope=scope,
        executor=executor,
        document=document,
        state=state,
        text=text,
        order=order,
        after=session.after,
        limit=session.limit,
    )
    page = session.call(LIST, request)
    session.show_rows(page.rows, (*ROW, "state", "sign"), page.next)


@verb(app, "show", Sort.READ, N_("Show an assignment with its term explained and its history."))
def show(session: Session, assignment: Which) -> None:
    from sed_tui.operations.assignment import SHOW, ShowAssignment

    card = session.call(SHOW, ShowAssignment(assignment=assignment))
    show_explained(session, card, CARD)
    if session.format is Format.TABLE:
        sys.stdout.write("\n")
        session.show_rows(card.history, ("at", "event", "state", "due", "actor", "text"))


@verb(app, "report", Sort.WRITE, N_("Report that an assignment is executed."))
def report(
    session: Session,
    assignment: Which,
    text: Annotated[str, typer.Option("--text", help=_("What was done."))],
    version: Version = None,
) -> None:
    from sed_tui.operations.assignment import REPORT, ReportAssignment

    request = ReportAssignment(assignment=assignment, text=text, version=version)
    session.show(session.call(REPORT, request))


@verb(app, "accept", Sort.WRITE, N_("Accept a report: the assignment is executed."))
def accept(
    session: Session,
    assignment: Which,
    comment: Annotated[
        str | None, typer.Option("--comment", help=_("A word on the acceptance."))
    ] = None,
    version: Version = None,
) -> None:
    from sed_tui.operations.assignment import ACCEPT, AcceptAssignment

    request = AcceptAssignment(assignment=assignment, comment=comment, version=version)
    session.show(session.call(ACCEPT, request))


@verb(app, "return", Sort.WRITE, N_("Return a report for rework with a new term."))
def send_back(
    session: Session,
    assignment: Which,
    text: Annotated[str, typer.Option("--text", help=_("What is to be mended."))],
    due: Annotated[str, typer.Option("--due", help=_("The new term, not before the current."))],
    version: Version = None,
) -> None:
    from sed_tui.operations.assignment import RETURN, ReturnAssignment

    request = ReturnAssignment(assignment=assignment, text=text, due=due, version=version)
    show_explained(session, session.call(RETURN, request))


@verb(app, "summary", Sort.READ, N_("Show how much waits for you."))
def summary(session: Session) -> None:
    from sed_tui.operations.assignment_list import SUMMARY, SummarizeAssignments

    result = session.call(SUMMARY, SummarizeAssignments())
    if session.format.is_json:
        session.show(result)
        return
    groups = result.model_dump()
    session.show_records(
        [{"group": group, **waiting} for group, waiting in groups.items()],
        ("group", "total", "overdue", "today", "soon"),
    )
