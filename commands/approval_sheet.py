"""`sedctl approval list`, `show`, `sheet`: what waits, and the approval sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.approval_flow import ApprovalScope
from sed_tui.domain.signing import SigningScope
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.approval import ApprovalSheet

COLUMNS = ("short_id", "subject", "stage", "round", "approver", "initiator", "version", "due")
HEAD = ("short_id", "subject", "number", "stage", "route", "round", "initiator", "version")
ROWS = (
    *("round", "stage", "approver", "on_behalf_of", "result", "version", "comment"),
    *("due", "decided_at", "delay_days", "signature"),
)
TO_SIGN = ("short_id", "flow", "kind", "subject", "author", "signatory", "version", "made_at")
REMARKS = ("number", "round", "author", "clause", "text", "answer_state", "answer")
STEPS = ("stage", "kind", "state", "people", "due", "finished_at", "note")
NEXT = ("short_id", "number", "subject", "kind", "stage", "due", "opened_at", "initiator", "note")
_ROWS_ALONE = frozenset({"csv", "tsv", "jsonl"})

Which = Annotated[
    str,
    typer.Argument(help=_("A number, JOURNAL:NUMBER, NUMBER@YEAR or an id."), metavar="DOCUMENT"),
]


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group of approvals."""
    verb(app, "list", Sort.LIST, N_("List what waits for a decision, the first asked first."))(
        list_approvals
    )
    verb(app, "to-sign", Sort.LIST, N_("List what waits for your signature, the oldest first."))(
        to_sign
    )
    verb(app, "next", Sort.LIST, N_("List what approved documents wait for: to register …"))(next_)
    verb(app, "show", Sort.READ, N_("Show the approval sheet: rounds, decisions, remarks."))(show)
    verb(app, "sheet", Sort.READ, N_("Write the approval sheet, to be printed or kept."))(sheet)
    verb(app, "escalate", Sort.WRITE, N_("Write to the heads of those who are late, once."))(
        escalate
    )


def list_approvals(
    session: Session,
    scope: Annotated[
        ApprovalScope, typer.Option("--scope", help=_("mine, substituted or started."))
    ] = ApprovalScope.MINE,
) -> None:
    """Print a page of questions."""
    from sed_tui.operations.approval_list import LIST, ListApprovals

    request = ListApprovals(scope=scope, after=session.after, limit=session.limit)
    page = session.call(LIST, request)
    session.show_rows(page.rows, COLUMNS, page.next)


def to_sign(
    session: Session,
    scope: Annotated[
        SigningScope, typer.Option("--scope", help=_("mine, or substituted."))
    ] = SigningScope.MINE,
) -> None:
    """Print a page of drafts that wait for a signature."""
    from sed_tui.operations.signing_list import LIST, ListToSign

    request = ListToSign(scope=scope, after=session.after, limit=session.limit)
    page = session.call(LIST, request)
    session.show_rows(page.rows, TO_SIGN, page.next, {"signatory": N_("Who is to sign")})


def next_(session: Session) -> None:
    """Print a page of stages that are to be done."""
    from sed_tui.operations.approval_steps import LIST, ListSteps

    page = session.call(LIST, ListSteps(after=session.after, limit=session.limit))
    session.show_rows(page.rows, NEXT, page.next)


def show(session: Session, document: Which) -> None:
    """Print the sheet."""
    from sed_tui.operations.approval import SHOW, ShowApproval

    print_sheet(session, session.call(SHOW, ShowApproval(document=document)))


def sheet(
    session: Session,
    document: Which,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=_("A file: .pdf, .xlsx, .html, .csv or .json.")),
    ] = None,
) -> None:
    """Print or write the sheet."""
    from commands.report_output import print_report
    from sed_tui.operations.approval import SHOW, ShowApproval
    from sed_tui.rendering.approval import sheet_printout
    from sed_tui.rendering.saved import replaced

    found = session.call(SHOW, ShowApproval(document=document))
    form = session.format.value if output is None else output.suffix.lower().removeprefix(".")
    if output is None and form == "json":
        session.show(found)
    elif output is not None and form == "json":
        with replaced(output) as target:
            target.write(f"{found.model_dump_json(indent=2)}\n".encode())
        session.say(_("The sheet is written to {path}.").format(path=output))
    else:
        printout = sheet_printout(found, with_remarks=form not in _ROWS_ALONE)
        print_report(session, printout, output)


def escalate(
    session: Session,
    days: Annotated[
        int, typer.Option("--days", min=1, max=365, help=_("Working days after the term."))
    ] = 1,
) -> None:
    """Write to heads."""
    from sed_tui.operations.approval_list import ESCALATE, EscalateApprovals

    session.show(session.call(ESCALATE, EscalateApprovals(days=days)))


def print_sheet(session: Session, sheet: ApprovalSheet) -> None:
    """Print a sheet: what is approved, decision by decision, remarks under them."""
    session.show(sheet, HEAD)
    if session.format.is_json or session.fields:
        return
    session.say("")
    session.show_rows(sheet.rows, ROWS)
    if sheet.remarks:
        session.say("")
        session.show_rows(sheet.remarks, REMARKS)
    if sheet.steps:
        session.say("")
        session.show_rows(sheet.steps, STEPS)
