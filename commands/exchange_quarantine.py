"""`sedctl exchange quarantine`: what could not be taken in, and what a clerk does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.exchange_flow import MessageState
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.exchange_inbox import PackageTaken

app = typer.Typer(rich_markup_mode=None, help=_("Messages that a clerk decides on."))
ROWS = ("short_id", "created_at", "kind", "partner", "subject", "reason")
TAKEN = ("outcome", "state", "kind", "partner", "subject", "reason", "id")
Which = Annotated[
    str, typer.Argument(help=_("An id of a message, or its beginning."), metavar="MESSAGE")
]


@verb(app, "list", Sort.LIST, N_("List messages in quarantine, the newest first."))
def list_quarantined(session: Session) -> None:
    """Print quarantined messages."""
    from sed_tui.operations.exchange_journal import LIST, ListMessages

    state = MessageState.QUARANTINED
    request = ListMessages(state=state, limit=session.limit, after=session.after)
    page = session.call(LIST, request)
    session.show_rows(page.rows, ROWS, page.next)


@verb(app, "release", Sort.WRITE, N_("Take a message in all the same."))
def release(
    session: Session,
    message: Which,
    partner: Annotated[
        str | None, typer.Option("--partner", help=_("Whose message it is: a code."))
    ] = None,
) -> None:
    """Release a message."""
    from sed_tui.operations.exchange_quarantine import RELEASE, ReleaseMessage

    _show(session, session.call(RELEASE, ReleaseMessage(message=message, partner=partner)))


@verb(app, "retry", Sort.WRITE, N_("Look at a message again, by the rules as they are now."))
def retry(session: Session, message: Which) -> None:
    """Look at a message again."""
    from sed_tui.operations.exchange_quarantine import RETRY, RetryQuarantined

    _show(session, session.call(RETRY, RetryQuarantined(message=message)))


@verb(app, "drop", Sort.DESTROY, N_("Put a message aside, for a reason; its bytes are kept."))
def drop(session: Session, message: Which) -> None:
    """Put a message aside."""
    from sed_tui.operations.exchange_quarantine import DROP, DropMessage

    session.show(session.call(DROP, DropMessage(message=message)))


def _show(session: Session, taken: PackageTaken) -> None:
    for warning in taken.warnings:
        session.say(f"! {warning}")
    session.show(taken, TAKEN)
