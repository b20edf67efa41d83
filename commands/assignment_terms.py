"""`sedctl assignment`: a later term, a question in mid-term."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.assignment_steps import Version, Which, show_moved
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group of assignments."""
    verb(app, "extend", Sort.WRITE, N_("Ask for a later term."))(extend)
    verb(app, "grant", Sort.WRITE, N_("Grant the later term asked for."))(grant)
    verb(app, "deny", Sort.WRITE, N_("Refuse the later term asked for."))(deny)
    verb(app, "ask", Sort.WRITE, N_("Ask how far an assignment has come."))(ask)
    verb(app, "answer", Sort.WRITE, N_("Answer how far it has come."))(answer)
    verb(app, "accept-answer", Sort.WRITE, N_("Be content with an answer."))(accept_answer)
    verb(app, "return-answer", Sort.WRITE, N_("Ask again: the answer lacks something."))(
        return_answer
    )


def extend(
    session: Session,
    assignment: Which,
    due: Annotated[str, typer.Option("--due", help=_("The term asked for, a working day."))],
    version: Version = None,
) -> None:
    """Ask for a later term."""
    from sed_tui.operations.assignment_extension import EXTEND, ExtendAssignment

    request = ExtendAssignment(assignment=assignment, due=due, version=version)
    show_moved(session, session.call(EXTEND, request))


def grant(
    session: Session,
    assignment: Which,
    due: Annotated[
        str | None, typer.Option("--due", help=_("Another later term than the one asked for."))
    ] = None,
    shift_children: Annotated[
        bool,
        typer.Option("--shift-children", help=_("Move the terms of sub-assignments as far.")),
    ] = False,
    version: Version = None,
) -> None:
    """Grant a later term."""
    from sed_tui.operations.assignment_extension import GRANT, GrantExtension

    request = GrantExtension(
        assignment=assignment, due=due, shift_children=shift_children, version=version
    )
    show_moved(session, session.call(GRANT, request))


def deny(session: Session, assignment: Which, version: Version = None) -> None:
    """Refuse a later term."""
    from sed_tui.operations.assignment_extension import DENY, DenyExtension

    request = DenyExtension(assignment=assignment, version=version)
    show_moved(session, session.call(DENY, request))


def ask(
    session: Session,
    assignment: Which,
    text: Annotated[str, typer.Option("--text", help=_("The question."))],
    by: Annotated[
        str | None, typer.Option("--by", help=_("The day an answer is expected on."))
    ] = None,
    version: Version = None,
) -> None:
    """Ask the executor in mid-term."""
    from commands.arguments import day
    from sed_tui.operations.status_request import ASK, AskStatus

    request = AskStatus(
        assignment=assignment, text=text, answer_by=day(by, "answer_by"), version=version
    )
    show_moved(session, session.call(ASK, request))


def answer(
    session: Session,
    assignment: Which,
    text: Annotated[str, typer.Option("--text", help=_("The answer."))],
    version: Version = None,
) -> None:
    """Answer the question that waits."""
    from sed_tui.operations.status_request import ANSWER, AnswerStatus

    request = AnswerStatus(assignment=assignment, text=text, version=version)
    show_moved(session, session.call(ANSWER, request))


def accept_answer(session: Session, assignment: Which, version: Version = None) -> None:
    """Be content with an answer."""
    from sed_tui.operations.status_request import ACCEPT_ANSWER, AcceptAnswer

    request = AcceptAnswer(assignment=assignment, version=version)
    show_moved(session, session.call(ACCEPT_ANSWER, request))


def return_answer(
    session: Session,
    assignment: Which,
    text: Annotated[str, typer.Option("--text", help=_("What the answer lacks."))],
    version: Version = None,
) -> None:
    """Put the question again."""
    from sed_tui.operations.status_request import RETURN_ANSWER, ReturnAnswer

    request = ReturnAnswer(assignment=assignment, text=text, version=version)
    show_moved(session, session.call(RETURN_ANSWER, request))
