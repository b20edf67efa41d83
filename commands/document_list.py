"""`sedctl document list` and `search`: find documents."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

COLUMNS = (
    *("number", "registered_on", "flow", "correspondent", "their_number", "their_date"),
    *("subject", "execution"),
)

Flow = Annotated[str | None, typer.Option("--flow", help=_("incoming, outgoing, internal …"))]
From = Annotated[str | None, typer.Option("--from", help=_("Words of a correspondent's name."))]
Number = Annotated[str | None, typer.Option("--number", help=_("A number, ours or theirs."))]
Journal = Annotated[str | None, typer.Option("--journal", help=_("The code of the journal."))]
Kind = Annotated[str | None, typer.Option("--kind", help=_("The kind of document."))]
Since = Annotated[str | None, typer.Option("--since", help=_("A day, a month or a year."))]
Until = Annotated[str | None, typer.Option("--until", help=_("A day, a month or a year."))]
Registrar = Annotated[
    str | None, typer.Option("--registrar", help=_("Who registered it: login, name or “me”."))
]
Addressee = Annotated[
    str | None, typer.Option("--addressee", help=_("Words of the official's name."))
]
Executor = Annotated[
    str | None, typer.Option("--executor", help=_("Who has to execute it: login, name or “me”."))
]
Case = Annotated[str | None, typer.Option("--case", help=_("The index of the file plan."))]
Overdue = Annotated[bool, typer.Option("--overdue", help=_("With an overdue assignment."))]
Unregistered = Annotated[bool, typer.Option("--unregistered", help=_("Waiting for registration."))]
HasFile = Annotated[bool, typer.Option("--has-file", help=_("With a file."))]
CountOnly = Annotated[bool, typer.Option("--count", help=_("Only say how many there are."))]
_QUERY = _('Words and conditions: flow:incoming from:"Минздрав" since:2026-01 overdue -word')


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group of documents."""
    verb(app, "list", Sort.LIST, N_("List documents, the newest first."))(list_documents)
    verb(app, "search", Sort.LIST, N_("Find documents by words and conditions."))(search)


def list_documents(
    session: Session,
    query: Annotated[
        list[str] | None, typer.Argument(help=_QUERY, metavar="QUERY", show_default=False)
    ] = None,
    flow: Flow = None,
    correspondent: From = None,
    number: Number = None,
    journal: Journal = None,
    kind: Kind = None,
    since: Since = None,
    until: Until = None,
    registrar: Registrar = None,
    addressee: Addressee = None,
    executor: Executor = None,
    case: Case = None,
    overdue: Overdue = False,
    unregistered: Unregistered = False,
    has_file: HasFile = False,
    count: CountOnly = False,
) -> None:
    """Print a page of documents that fit the words and the options."""
    values = {
        "flow": flow,
        "from": correspondent,
        "number": number,
        "journal": journal,
        "kind": kind,
        "since": since,
        "until": until,
        "registrar": registrar,
        "addressee": addressee,
        "executor": executor,
        "case": case,
        "has": "file" if has_file else None,
    }
    flags = [("overdue", overdue), ("unregistered", unregistered)]
    _print(session, _query(query or [], values, flags), count=count)


def search(
    session: Session,
    query: Annotated[list[str], typer.Argument(help=_QUERY, metavar="QUERY")],
    count: CountOnly = False,
) -> None:
    """Print a page of documents that fit the query."""
    _print(session, _query(query, {}, []), count=count)


def _query(typed: list[str], values: dict[str, str | None], flags: list[tuple[str, bool]]) -> str:
    from sed_tui.domain.query import as_typed, criterion
    from sed_tui.domain.query_names import Field

    conditions = [criterion(Field(name), value) for name, value in values.items() if value]
    named = [name for name, is_set in flags if is_set]
    return " ".join([*(as_typed(word) for word in typed), *conditions, *named])


def _print(session: Session, query: str, *, count: bool) -> None:
    from sed_tui.operations.document_list import COUNT, LIST, CountDocuments, ListDocuments

    if count:
        session.show(session.call(COUNT, CountDocuments(query=query)), ("total",))
        return
    request = ListDocuments(query=query, limit=session.limit, after=session.after)
    page = session.call(LIST, request)
    session.show_rows(page.rows, COLUMNS, page.next)
