"""`sedctl open`: a link to a document or an assignment, on the screen or printed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.domain.link_address import LinkAddress
    from sed_tui.operations.registry import Message

app = typer.Typer(rich_markup_mode=None)


@verb(app, "open", Sort.READ, N_("Open a link in the interface that runs, in a new one, or here."))
def open_link(
    session: Session,
    url: Annotated[
        str, typer.Argument(help=_("sed://… or https://…, as it was sent."), metavar="LINK")
    ],
    printed: Annotated[
        bool, typer.Option("--print", help=_("Print the card, whatever interface runs."))
    ] = False,
) -> None:
    from sed_tui.domain.link_address import parse_link
    from sed_tui.linking.running import hand_link_over

    link = parse_link(url)
    card, columns = _resolved(session, link)
    if not printed and not session.format_given:
        if hand_link_over(session.settings, link):
            session.say(_("It is opened in the interface that runs."))
            return
        if sys.stdin.isatty() and sys.stdout.isatty():
            from commands.tui import start

            start(session, link)
            return
    session.show(card, columns)


def _resolved(session: Session, link: LinkAddress) -> tuple[Message, tuple[str, ...]]:
    """Return the card behind a link. Raises `NotOurLink` for what is not the caller's to see."""
    from sed_tui.domain.link_address import Target
    from sed_tui.errors import NotFound, NotPermitted
    from sed_tui.errors.link_address import NotOurLink

    try:
        if link.target is Target.TASK:
            from commands.assignment import CARD as TASK
            from sed_tui.operations.assignment import SHOW, ShowAssignment

            return session.call(SHOW, ShowAssignment(assignment=str(link.id))), TASK
        from commands.document import CARD
        from sed_tui.operations.document import SHOW as SHOW_DOCUMENT
        from sed_tui.operations.document import ShowDocument

        return session.call(SHOW_DOCUMENT, ShowDocument(document=str(link.id))), CARD
    except (NotFound, NotPermitted) as error:
        if type(error) not in {NotFound, NotPermitted}:  # who calls is not known: that is told
            raise
        raise NotOurLink(field="url") from None
