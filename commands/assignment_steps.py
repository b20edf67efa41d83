"""`sedctl assignment`: the steps of those who execute and those who control."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.explained import show_explained
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.assignment_flow import Children
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.assignment_moved import AssignmentMoved

Which = Annotated[str, typer.Argument(help=_("An id or its beginning."), metavar="ASSIGNMENT")]
Version = Annotated[
    int | None, typer.Option("--version", help=_("Refuse if the assignment changed since."))
]
Results = Annotated[
    list[str] | None, typer.Option("--result", help=_("A document it brought about; several."))
]
Files = Annotated[
    list[Path] | None, typer.Option("--file", help=_("A file to put to the results; several."))
]
Below = Annotated[
    Children | None,
    typer.Option("--children", help=_("What becomes of open sub-assignments: stop or leave.")),
]
MOVED = ("id", "state", "due", "reported_on", "stopped_children", "explanation", "version")


def add_to(app: typer.Typer) -> None:
    """Add the steps to the group of assignments."""
    verb(app, "report", Sort.WRITE, N_("Report that an assignment is executed."))(report)
    verb(app, "contribute", Sort.WRITE, N_("Hand in a co-executor's contribution."))(contribute)
    verb(app, "accept", Sort.WRITE, N_("Accept a report: the assignment is executed."))(accept)
    verb(app, "release", Sort.WRITE, N_("Take off control, naming the proof."))(release)
    verb(app, "return", Sort.WRITE, N_("Return a report for rework with a new term."))(send_back)
    verb(app, "stop", Sort.DESTROY, N_("End an assignment without execution"))(stop)


def show_moved(session: Session, moved: AssignmentMoved) -> None:
    """Print where an assignment stands after a step."""
    show_explained(session, moved, MOVED)


def report(
    session: Session,
    assignment: Which,
    text: Annotated[str, typer.Option("--text", help=_("What was done."))],
    interim: Annotated[
        bool, typer.Option("--interim", help=_("Information in between: nothing ends by it."))
    ] = False,
    results: Results = None,
    files: Files = None,
    children: Below = None,
    version: Version = None,
) -> None:
    """Report, or give interim information."""
    from sed_tui.operations.assignment_execution import (
        INFORM,
        REPORT,
        InformAssignment,
        ReportAssignment,
    )

    given = _given(session, assignment, text, results, files, version)
    if interim:
        show_moved(session, session.call(INFORM, InformAssignment(**given)))
    else:
        show_moved(session, session.call(REPORT, ReportAssignment(**given, children=children)))


def contribute(
    session: Session,
    assignment: Which,
    text: Annotated[str, typer.Option("--text", help=_("What was done."))],
    results: Results = None,
    files: Files = None,
    version: Version = None,
) -> None:
    """Hand a contribution to the responsible executor."""
    from sed_tui.operations.assignment_execution import CONTRIBUTE, ContributeAssignment

    given = _given(session, assignment, text, results, files, version)
    show_moved(session, session.call(CONTRIBUTE, ContributeAssignment(**given)))


def accept(
    session: Session,
    assignment: Which,
    comment: Annotated[
        str | None, typer.Option("--comment", help=_("A word on the acceptance."))
    ] = None,
    proof: Annotated[
        str | None, typer.Option("--proof", help=_("The document or fact that proves it."))
    ] = None,
    children: Below = None,
    version: Version = None,
) -> None:
    """Accept a report."""
    from sed_tui.operations.assignment_control import ACCEPT, AcceptAssignment

    request = AcceptAssignment(
        assignment=assignment,
        comment=comment,
        proof=proof,
        children=children or Children.LEAVE,
        version=version,
    )
    show_moved(session, session.call(ACCEPT, request))


def release(
    session: Session,
    assignment: Which,
    proof: Annotated[str, typer.Option("--proof", help=_("The document or fact that proves it."))],
    comment: Annotated[
        str | None, typer.Option("--comment", help=_("A word on the acceptance."))
    ] = None,
    children: Below = None,
    version: Version = None,
) -> None:
    """Take off control with a proof."""
    from sed_tui.operations.assignment_control import RELEASE, ReleaseAssignment

    request = ReleaseAssignment(
        assignment=assignment,
        proof=proof,
        comment=comment,
        children=children or Children.LEAVE,
        version=version,
    )
    show_moved(session, session.call(RELEASE, request))


def send_back(
    session: Session,
    assignment: Which,
    text: Annotated[str, typer.Option("--text", help=_("What is to be mended."))],
    due: Annotated[str, typer.Option("--due", help=_("The new term, not before the current."))],
    version: Version = None,
) -> None:
    """Return a report for rework."""
    from sed_tui.operations.assignment_control import RETURN, ReturnAssignment

    request = ReturnAssignment(assignment=assignment, text=text, due=due, version=version)
    show_moved(session, session.call(RETURN, request))


def stop(
    session: Session, assignment: Which, children: Below = None, version: Version = None
) -> None:
    """End an assignment that is not to be executed any more."""
    from sed_tui.operations.assignment_control import STOP, StopAssignment

    request = StopAssignment(assignment=assignment, children=children, version=version)
    show_moved(session, session.call(STOP, request))


def _given(
    session: Session,
    assignment: str,
    text: str,
    results: list[str] | None,
    files: list[Path] | None,
    version: int | None,
) -> dict[str, Any]:
    from commands.document_file import staged

    return {
        "assignment": assignment,
        "text": text,
        "results": tuple(results or ()),
        "files": staged(session, files or ()),
        "version": version,
    }
