"""`sedctl assignment`: issue, list, show; what happens to one afterwards stands beside it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands import (
    assignment_office,
    assignment_part,
    assignment_repeat,
    assignment_steps,
    assignment_template,
    assignment_terms,
)
from commands.arguments import day
from commands.assignment_steps import Which
from commands.assignment_template import Template, words
from commands.explained import show_explained
from commands.part_options import PartOptions
from commands.save_options import FileName, SaveOptions, hand_out
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.domain.assignment import AssignmentState
from sed_tui.errors.assignments import TooManyExecutors, WordsNeeded
from sed_tui.i18n import N_, _
from sed_tui.operations.assignment_list import Order, Scope
from sed_tui.operations.labels import label

app = typer.Typer(rich_markup_mode=None, help=_("Issue, report and accept assignments."))
assignment_steps.add_to(app)
assignment_terms.add_to(app)
assignment_office.add_to(app)
app.add_typer(assignment_part.app, name="part")
assignment_repeat.add_to(app)
assignment_template.add_to(app)

ROW = ("id", "document_number", "text", "author", "executor", "controller", "due", "days_left")
ISSUED = (
    *("id", "document_number", "author", "executor", "co_executors", "controller", "observers"),
    *("control", "due", "nominal_due", "co_due", "explanation", "state"),
)
CARD = (
    *("document_number", "text", "author", "executor", "co_executors", "readiness"),
    *("controller", "observers", "due", "nominal_due", "original_due", "shifts", "co_due"),
    *("days_left", "state", "control", "sign", "issued_on", "entered_by", "parent", "children"),
    *("open_children", "report_text", "reported_on", "reported_by", "proof", "waiting_days"),
    *("closed_at", "version", "steps", "explanation", "id"),
)
# what hangs on a card, each as a table of its own when there is something
TABLES = {
    "history": ("at", "event", "state", "executor", "due", "actor", "on_behalf_of", "text"),
    "terms": ("due", "since", "event", "actor", "on_behalf_of", "reason"),
    "contributions": ("name", "state", "reported_at", "text"),
    "extensions": (
        *("requested_at", "requested_by", "current_due", "wanted_due", "is_late", "reason"),
        *("state", "granted_due", "decided_by", "comment"),
    ),
    "status_requests": (
        *("asked_at", "asked_by", "question", "answer_by", "state", "answer", "answered_by"),
        "comment",
    ),
    "results": ("document_number", "name", "size", "added_at", "added_by"),
}


@verb(app, "issue", Sort.WRITE, N_("Issue an assignment; its term is explained."))
def issue(
    session: Session,
    executor: Annotated[
        list[str], typer.Option("--executor", help=_("The responsible executor: login or name."))
    ],
    parts: PartOptions,
    text: Annotated[str | None, typer.Option("--text", help=_("What is to be done."))] = None,
    template: Template = None,
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
    parent: Annotated[
        str | None, typer.Option("--parent", help=_("The assignment it is a part of."))
    ] = None,
) -> None:
    from sed_tui.operations.assignment import ISSUE, IssueAssignment

    if len(executor) > 1:
        raise TooManyExecutors(field="executor", count=len(executor))
    text, due = words(session, template, text, due)
    if text is None:
        raise WordsNeeded(field="text")
    request = IssueAssignment(
        text=text,
        executor=executor[0],
        due=due,
        co_due=co_due,
        profile=profile,
        parent=parent,
        **parts.fields,
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
    due: Annotated[
        str | None, typer.Option("--due", help=_("Open ones whose term is that day."))
    ] = None,
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
        due_on=day(due, "due"),
        order=order,
        after=session.after,
        limit=session.limit,
    )
    page = session.call(LIST, request)
    session.show_rows(page.rows, (*ROW, "state", "sign"), page.next)


@verb(app, "days", Sort.READ, N_("Count open terms by day, with days off and what is overdue."))
def days(
    session: Session,
    since: Annotated[str, typer.Option("--since", help=_("The first day."))],
    until: Annotated[str, typer.Option("--until", help=_("The last day."))],
    scope: Annotated[
        Scope, typer.Option("--scope", help=_("Whose: yours to do, yours to accept, overdue …"))
    ] = Scope.ALL,
) -> None:
    from sed_tui.operations.assignment_days import DAYS, CountByDay

    request = CountByDay(scope=scope, since=day(since, "since"), until=day(until, "until"))
    found = session.call(DAYS, request)
    session.show_rows(found.days, ("day", "is_working", "note", "open", "overdue"), None)


@verb(app, "show", Sort.READ, N_("Show an assignment with its term explained and its history."))
def show(session: Session, assignment: Which) -> None:
    from sed_tui.operations.assignment import SHOW, ShowAssignment

    card = session.call(SHOW, ShowAssignment(assignment=assignment))
    show_explained(session, card, CARD)
    if session.format is not Format.TABLE or session.fields:
        return
    for name, columns in TABLES.items():
        if rows := getattr(card, name):
            sys.stdout.write(f"\n{label(name)}\n")
            session.show_rows(rows, columns)


@verb(app, "tree", Sort.READ, N_("Show the tree of an assignment and what its top waits for."))
def tree(session: Session, assignment: Which) -> None:
    from sed_tui.operations.assignment_tree import TREE, ShowTree

    found = session.call(TREE, ShowTree(assignment=assignment))
    columns = ("short_id", "executor", "due", "state", "sign", "is_blocking", "text")
    if session.format is not Format.TABLE:
        session.show_rows(found.rows, (*columns, "depth", "parent_id", "id"))
    else:
        rows = [
            {**row.model_dump(mode="json"), "short_id": "· " * row.depth + row.short_id}
            for row in found.rows
        ]
        session.show_records(rows, columns)
    if found.more:
        session.say(_("There are more: the tree was cut."))


@verb(app, "result", Sort.READ, N_("Write a file of a result to disk, or to standard output."))
def result(
    session: Session,
    assignment: Which,
    options: SaveOptions,
    name: FileName = None,
) -> None:
    from sed_tui.operations.assignment_result import GET, GetResult

    hand_out(session, session.call(GET, GetResult(assignment=assignment, name=name)), options)


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
