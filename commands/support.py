"""`sedctl support`: tell what went wrong, and read what was answered."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.support.tickets import Ticket

app = typer.Typer(rich_markup_mode=None, help=_("Tickets of support: new, their answers."))
ROWS = ("id", "number", "state", "created_at", "summary", "status", "answers")
CARD = (
    *("id", "number", "message_id", "state", "status", "created_at", "summary", "description"),
    *("organization", "version", "system", "letter", "trouble"),
)


@verb(app, "new", Sort.READ, N_("Tell the support what went wrong; personal data are masked."))
def new(
    session: Session,
    summary: Annotated[
        str | None, typer.Option("--summary", help=_("What went wrong, in a few words."))
    ] = None,
    description: Annotated[
        str | None, typer.Option("--text", help=_("What you did, and what happened."))
    ] = None,
    error: Annotated[
        str | None, typer.Option("--error", help=_("The id of a failure; the last by default."))
    ] = None,
    without_error: Annotated[
        bool, typer.Option("--no-error", help=_("Without the last failure."))
    ] = False,
    without_report: Annotated[
        bool, typer.Option("--no-report", help=_("Without the check of this machine."))
    ] = False,
    join: Annotated[
        bool, typer.Option("--join", help=_("Add to the ticket about the same failure."))
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help=_("Another ticket about the same failure."))
    ] = False,
) -> None:
    from sed_tui.support.making import Complaint, make_ticket

    complaint = Complaint(
        summary=summary,
        description=description,
        error=error,
        without_error=without_error,
        without_report=without_report,
        joins=join,
        force=force,
        organization=_organization(session),
    )
    ticket = make_ticket(complaint, session.profile)
    if ticket.organization is None:
        session.say(_("No organization is named in the ticket (--org)."))
    _tell(session, ticket)


@verb(app, "list", Sort.READ, N_("List the tickets of this machine, the newest first."))
def list_tickets(session: Session) -> None:
    from sed_tui.support.tickets import tickets

    session.show_records([_row(ticket) for ticket in tickets()], ROWS)


@verb(app, "show", Sort.READ, N_("Show a ticket with its answers."))
def show(
    session: Session,
    ticket: Annotated[
        str, typer.Argument(help=_("The id of a ticket, or its number."), metavar="ID")
    ],
) -> None:
    from sed_tui.support.tickets import find_ticket

    _show(session, find_ticket(ticket))


@verb(app, "sync", Sort.READ, N_("Send what waits and read the answers; nothing goes twice."))
def sync(session: Session) -> None:
    from sed_tui.errors.support import SupportWaits
    from sed_tui.support.sending import synchronize
    from sed_tui.support.settings import support_settings
    from sed_tui.support.tickets import TicketState, tickets

    settings = support_settings(session.profile)
    done = [synchronize(one, settings, session.profile) for one in tickets()]
    session.show_records([_row(ticket) for ticket in done], ROWS)
    waiting = [one for one in done if one.state is TicketState.QUEUED]
    if waiting:
        raise SupportWaits(ticket=waiting[0].id, reason=waiting[0].trouble or "—")


def _tell(session: Session, ticket: Ticket) -> None:
    """Say which way the ticket went. Raises `SupportWaits` where it went none."""
    from sed_tui.errors.support import SupportWaits
    from sed_tui.support.tickets import TicketState

    _show(session, ticket)
    if ticket.trouble:
        session.say(ticket.trouble)
    match ticket.state:
        case TicketState.PORTAL:
            said = _("The portal has taken it: {number}").format(number=ticket.number)
        case TicketState.LETTER:
            said = _("It went by mail: {message_id}").format(message_id=ticket.message_id)
        case TicketState.PREPARED:
            said = _("A letter is ready to be sent by hand: {path}").format(path=ticket.letter)
        case _:
            raise SupportWaits(ticket=ticket.id, reason=ticket.trouble or "—")
    session.say(said)


def _show(session: Session, ticket: Ticket) -> None:
    session.show_record(asdict(ticket), CARD)
    if not session.as_json:
        for answer in ticket.answers:
            session.say(f"\n{answer['at']}\n{answer['text']}")


def _row(ticket: Ticket) -> dict[str, object]:
    row = asdict(ticket)
    return {name: row[name] for name in ROWS[:-1]} | {"answers": len(ticket.answers)}


def _organization(session: Session) -> str | None:
    """Return the organization of the caller; a ticket goes without a database too."""
    from sed_tui.errors import SedError
    from sed_tui.operations.session import SHOW, ShowSession

    try:
        return session.call(SHOW, ShowSession()).organization
    except SedError:
        return session.organization
