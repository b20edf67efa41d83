"""`sedctl duma`: submissions to the regional Duma; rules and sittings in groups below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import duma_rules
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.domain.duma import Passage
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.duma_submission import Submission

app = typer.Typer(
    rich_markup_mode=None, help=_("Sittings of the Duma and what is submitted to them.")
)
duma_rules.add_to(app)

COLUMNS = (
    "short_id",
    "document",
    "kind",
    "title",
    "sitting_day",
    "due",
    "is_late",
    "passage_state",
    "numbers",
)
Which = Annotated[str, typer.Argument(help=_("The id of the submission."), metavar="SUBMISSION")]


@verb(app, "open", Sort.WRITE, N_("Begin a submission to a sitting."))
def open_(
    session: Session,
    document: Annotated[str, typer.Argument(help=_("The document with the papers."))],
    sitting: Annotated[str, typer.Option("--sitting", help=_("The day or the id of a sitting."))],
    kind: Annotated[str, typer.Option("--kind", help=_("What is submitted."))] = "законопроект",
    title: Annotated[str | None, typer.Option("--title", help=_("The title."))] = None,
) -> None:
    from sed_tui.operations.duma_submission import OPEN, OpenSubmission

    request = OpenSubmission(document=document, sitting=sitting, kind=kind, title=title)
    _show(session, session.call(OPEN, request))


@verb(app, "attach", Sort.WRITE, N_("Choose a file of the document as a paper."))
def attach(
    session: Session,
    submission: Which,
    paper: Annotated[str, typer.Argument(help=_("The code or the title of the paper."))],
    file: Annotated[str, typer.Argument(help=_("The name of the file."))],
) -> None:
    from sed_tui.operations.duma_submission import ATTACH, AttachPaper

    request = AttachPaper(submission=submission, paper=paper, file=file)
    _show(session, session.call(ATTACH, request))


@verb(app, "send", Sort.WRITE, N_("Say that it was sent: complete, signed, in time."))
def send(
    session: Session,
    submission: Which,
    late: Annotated[
        bool, typer.Option("--late", help=_("Though the term is over; with a reason."))
    ] = False,
    attempted_at: Annotated[
        str | None,
        typer.Option("--attempted-at", help=_("When it was tried while the link was down.")),
    ] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", help=_("What shows the attempt."))
    ] = None,
) -> None:
    from sed_tui.domain.dates import parse_moment
    from sed_tui.operations.duma_submission import SEND, SendSubmission

    request = SendSubmission.model_validate(
        {
            "submission": submission,
            "late": late,
            "reason": session.reason,
            "attempted_at": parse_moment(attempted_at, "attempted_at") if attempted_at else None,
            "evidence": evidence,
        }
    )
    _show(session, session.call(SEND, request))


@verb(app, "step", Sort.WRITE, N_("Enter a step of the passage: by a notice, or with a reason."))
def step(
    session: Session,
    submission: Which,
    state: Annotated[Passage, typer.Argument(help=_("What became of it."))],
    on: Annotated[str | None, typer.Option("--on", help=_("The day, today by default."))] = None,
    notice: Annotated[
        str | None, typer.Option("--notice", help=_("The registered notice of the Duma."))
    ] = None,
    numbers: Annotated[
        str | None, typer.Option("--number", help=_("The Duma's number; several with ;"))
    ] = None,
) -> None:
    from sed_tui.domain.dates import parse_date
    from sed_tui.operations.duma_submission import STEP, RecordPassage

    request = RecordPassage(
        submission=submission,
        passage_state=state,
        on=parse_date(on, "on") if on else None,
        notice=notice,
        reason=session.reason,
        numbers=numbers,
    )
    _show(session, session.call(STEP, request))


@verb(app, "show", Sort.READ, N_("Show a submission: its checklist, terms and history."))
def show(session: Session, submission: Which) -> None:
    from sed_tui.operations.duma_submission import SHOW, ShowSubmission

    _show(session, session.call(SHOW, ShowSubmission(submission=submission)))


@verb(app, "list", Sort.READ, N_("List the submissions under way."))
def list_(
    session: Session,
    all_states: Annotated[
        bool, typer.Option("--all", help=_("Those that are over as well."))
    ] = False,
) -> None:
    from sed_tui.operations.duma_submission import LIST, ListSubmissions

    rows = session.call(LIST, ListSubmissions(all_states=all_states)).rows
    session.show_rows(rows, COLUMNS)


def _show(session: Session, found: Submission) -> None:
    """Print a submission; for people its papers, terms and steps as tables below it."""
    if session.format is not Format.TABLE:
        session.show(found)
        return
    session.show(found, (*COLUMNS, "is_complete"))
    session.show_rows(found.papers, ("code", "title", "file", "edition", "is_signed", "lacks"))
    session.show_rows(found.terms, duma_rules.TERM)
    steps = (
        "passage_state",
        "on",
        "notice",
        "message",
        "reason",
        "attempted_at",
        "evidence",
        "entered_by",
    )
    session.show_rows(found.passage, steps, called={"message": N_("Message")})
