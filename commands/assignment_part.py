"""`sedctl assignment part`: an order to many organizations, and how far each has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.assignment_part import PartList

app = typer.Typer(rich_markup_mode=None, help=_("An order to many organizations."))

COLUMNS = (
    *("number", "organization", "organization_name", "state", "due", "is_overdue"),
    *("their_number", "their_date", "reported_on", "wanted_due"),
)

Which = Annotated[str, typer.Argument(help=_("The id of the assignment."), metavar="ID")]
Organization = Annotated[
    str, typer.Argument(help=_("The code of the organization."), metavar="ORGANIZATION")
]


@verb(app, "send", Sort.WRITE, N_("Give parts to organizations below the own one."))
def send(
    session: Session,
    assignment: Which,
    organization: Annotated[
        list[str] | None, typer.Option("--to", help=_("A code; may be repeated."))
    ] = None,
    branch: Annotated[
        str | None, typer.Option("--branch", help=_("An organization and everything below it."))
    ] = None,
    except_for: Annotated[
        list[str] | None, typer.Option("--except", help=_("Whom to leave out; may be repeated."))
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help=_("What each has to do."))] = None,
    due: Annotated[
        str | None, typer.Option("--due", help=_("The term; that of the assignment otherwise."))
    ] = None,
) -> None:
    from sed_tui.operations.assignment_part import SEND, SendParts

    request = SendParts(
        assignment=assignment,
        organizations=tuple(organization or ()),
        branch=branch,
        except_for=tuple(except_for or ()),
        text=text,
        due=due,
    )
    _show_all(session, session.call(SEND, request))


@verb(app, "list", Sort.READ, N_("Show how far the organizations have come."))
def list_(session: Session, assignment: Which) -> None:
    from sed_tui.operations.assignment_part import LIST, ListParts

    _show_all(session, session.call(LIST, ListParts(assignment=assignment)))


@verb(app, "accept", Sort.WRITE, N_("Accept the report of an organization."))
def accept(
    session: Session,
    assignment: Which,
    organization: Organization,
    comment: Annotated[str | None, typer.Option("--comment", help=_("A remark."))] = None,
    proof: Annotated[
        str | None, typer.Option("--proof", help=_("What proves it: a number, a text."))
    ] = None,
) -> None:
    from sed_tui.operations.assignment_part import ACCEPT, AcceptPart

    request = AcceptPart(
        assignment=assignment, organization=organization, comment=comment, proof=proof
    )
    session.show(session.call(ACCEPT, request), COLUMNS)


@verb(app, "return", Sort.WRITE, N_("Return the report of an organization for rework."))
def return_(
    session: Session,
    assignment: Which,
    organization: Organization,
    text: Annotated[str, typer.Option("--text", help=_("What is to be mended."))],
    due: Annotated[str, typer.Option("--due", help=_("By when."))],
) -> None:
    from sed_tui.operations.assignment_part import RETURN, ReturnPart

    request = ReturnPart(assignment=assignment, organization=organization, text=text, due=due)
    session.show(session.call(RETURN, request), COLUMNS)


@verb(app, "grant", Sort.WRITE, N_("Grant an organization the later term it asks for."))
def grant(
    session: Session,
    assignment: Which,
    organization: Organization,
    due: Annotated[str | None, typer.Option("--due", help=_("Another term than asked."))] = None,
) -> None:
    from sed_tui.operations.assignment_part import GRANT, GrantPart

    request = GrantPart(assignment=assignment, organization=organization, due=due)
    session.show(session.call(GRANT, request), COLUMNS)


@verb(app, "deny", Sort.WRITE, N_("Deny an organization a later term; --reason says why."))
def deny(session: Session, assignment: Which, organization: Organization) -> None:
    from sed_tui.operations.assignment_part import DENY, DenyPart

    request = DenyPart(assignment=assignment, organization=organization)
    session.show(session.call(DENY, request), COLUMNS)


@verb(app, "stop", Sort.WRITE, N_("Stop the part of an organization; --reason says why."))
def stop(session: Session, assignment: Which, organization: Organization) -> None:
    from sed_tui.operations.assignment_part import STOP, StopPart

    request = StopPart(assignment=assignment, organization=organization)
    session.show(session.call(STOP, request), COLUMNS)


def _show_all(session: Session, parts: PartList) -> None:
    session.show_rows(parts.rows, COLUMNS)
    if not session.as_json:
        session.say(
            _("Executed {executed} of {total}.").format(executed=parts.executed, total=parts.total)
        )
