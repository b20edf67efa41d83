"""`sedctl notify`: the outbox of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.mail import LetterState
from sed_tui.errors import NotPermitted
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sed_tui.operations.notify import WaitingLetters

_EVERY_ORGANIZATION = "all"

app = typer.Typer(rich_markup_mode=None, help=_("Reminders, digests and other letters."))

Org = Annotated[str | None, typer.Option("--org", help=_("A code of organization, or all."))]


@verb(app, "send", Sort.WRITE, N_("Send the letters that wait in the outbox."))
def send(
    session: Session,
    organization: Org = None,
    again: Annotated[
        bool,
        typer.Option("--again", help=_("Refused letters too, and without waiting for a pause.")),
    ] = False,
) -> None:
    from commands.delivery import failure_of_delivery, send_letters
    from sed_tui.mail_settings import mail_server
    from sed_tui.storage.outbox import Wanted

    boxes = list(waiting(session, organization))
    if session.dry_run:
        _show(session, 0, 0, boxes)
        return
    server = mail_server(session.settings.profile)
    ids: set[UUID] = {box.organization_id for box in boxes}
    delivery = send_letters(session, server, Wanted(ids, again=again))
    left = list(waiting(session, organization))
    _show(session, len(delivery.sent), len(delivery.refused), left)
    failure = failure_of_delivery(server, delivery, left)
    if failure is not None:
        raise failure


@verb(app, "list", Sort.LIST, N_("List the letters of the outbox, without their texts."))
def list_letters(
    session: Session,
    state: Annotated[
        LetterState | None, typer.Option("--state", help=_("pending, sent or failed."))
    ] = None,
) -> None:
    from sed_tui.operations.notify import LIST, ListLetters

    page = session.call(LIST, ListLetters(state=state, after=session.after, limit=session.limit))
    columns = ("created_at", "recipient", "employee", "subject", "state", "attempts")
    session.show_rows(page.rows, (*columns, "next_at", "error"), page.next)


def waiting(session: Session, organization: str | None) -> Iterator[WaitingLetters]:
    """Count what waits in an outbox, or in every one that the caller may empty."""
    from sed_tui.operations.notify import WAITING, CountWaiting

    for code in organizations(session, organization):
        try:
            yield session.call(WAITING, CountWaiting(organization=code))
        except NotPermitted:
            if organization != _EVERY_ORGANIZATION:
                raise


def organizations(session: Session, chosen: str | None) -> list[str | None]:
    """Return the codes that `--org` stands for; None for the caller's only organization."""
    if chosen != _EVERY_ORGANIZATION:
        return [chosen]
    from sed_tui.operations.organization import LIST, ListOrganizations

    rows = session.call(LIST, ListOrganizations()).rows
    return [row.code for row in rows if row.state == "active"]


def _show(session: Session, sent: int, refused: int, boxes: list[WaitingLetters]) -> None:
    waits = sum(box.letters for box in boxes)
    session.show_record({"sent": sent, "refused": refused, "waiting": waits})
