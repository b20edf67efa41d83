"""Addresses of links, `/t/ID` and `/d/ID`: the card for whoever may see it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sed_tui.i18n import _, speaking
from sed_tui.operations import assignment, document
from sed_tui.server.asked import asked_by

if TYPE_CHECKING:
    from starlette.requests import Request

    from sed_tui.server.answering import Answering

_PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><title>sed-tui</title>'
    "<p>{told}</p><p><code>sedctl open {address}</code></p></html>"
)


def link_routes(answering: Answering) -> list[Route]:
    """Return the routes of both sorts of links."""

    async def task(request: Request) -> Response:
        def read() -> assignment.ShowAssignment:
            return assignment.ShowAssignment(assignment=str(request.path_params["id"]))

        return await _card(answering, request, assignment.SHOW, read)

    async def card(request: Request) -> Response:
        def read() -> document.ShowDocument:
            return document.ShowDocument(document=str(request.path_params["id"]))

        return await _card(answering, request, document.SHOW, read)

    return [
        Route("/t/{id:uuid}", task, methods=["GET"]),
        Route("/d/{id:uuid}", card, methods=["GET"]),
    ]


async def _card(answering: Answering, request: Request, operation: Any, read: Any) -> Response:
    """Answer a program with the card; tell a browser, which has no token, how to see it."""
    asked = asked_by(request)
    if not asked.authorization and "text/html" in request.headers.get("accept", ""):
        with speaking(asked.language):
            told = _("This link is opened by the program, by whoever is signed in to it:")
            page = _PAGE.format(
                language=asked.language, told=escape(told), address=escape(str(request.url))
            )
            return HTMLResponse(page, 401)
    return await answering.operation(asked, operation, read)
