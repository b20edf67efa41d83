"""What a link leads to, opened over whatever is on the screen; Esc goes back to that."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from sed_tui.domain.link_address import Target
from sed_tui.errors import NotFound, NotPermitted, SedError
from sed_tui.errors.link_address import NotOurLink
from sed_tui.i18n import _
from sed_tui.tui.wording import explanation

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from sed_tui.domain.link_address import LinkAddress
    from sed_tui.tui.app import SedApp


async def open_link(app: SedApp, link: LinkAddress) -> None:
    """Show the card behind a link; say that there is none where the user may see none."""
    try:
        screen = await asyncio.to_thread(_read, app, link)
    except SedError as error:
        told = NotOurLink(field="url") if type(error) in {NotFound, NotPermitted} else error
        app.notify(explanation(told), title=_("Not done"), severity="error", markup=False)
        return
    await app.push_screen(screen())


def _read(app: SedApp, link: LinkAddress) -> Callable[[], Screen[Any]]:
    gateway, key = app.gateway, str(link.id)
    if link.target is Target.TASK:
        from sed_tui.operations.assignment import SHOW as SHOW_TASK
        from sed_tui.operations.assignment import ShowAssignment
        from sed_tui.tui.assignment_dialog import AssignmentDialog

        card = gateway.call(SHOW_TASK, ShowAssignment(assignment=key))
        return lambda: AssignmentDialog(gateway, card)
    from sed_tui.operations.document import SHOW, ShowDocument
    from sed_tui.tui.screens.document_card import DocumentCardScreen

    gateway.call(SHOW, ShowDocument(document=key))  # the screen reads it; here it is asked for
    return lambda: DocumentCardScreen(gateway, key)
