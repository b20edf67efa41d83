"""The application: a route for every operation of the registry, and a few around them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route

from sed_tui.errors import SedError
from sed_tui.errors.network import NoSuchAddress
from sed_tui.gateway.local import LocalGateway
from sed_tui.gateway.protocol import PREFIX
from sed_tui.i18n import speaking
from sed_tui.operations.registry import Effect, operations
from sed_tui.server.answering import Answering
from sed_tui.server.asked import asked_by
from sed_tui.server.bodies import whole_body
from sed_tui.server.description import description
from sed_tui.server.entry import entry_router
from sed_tui.server.envelope import Envelope
from sed_tui.server.files import Files
from sed_tui.server.limits import Limits
from sed_tui.server.links import link_routes
from sed_tui.server.problems import problem_of, problem_response
from sed_tui.server.query import from_query

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

    from sed_tui.config import Settings
    from sed_tui.domain.clock import Clock
    from sed_tui.operations.registry import Message, Operation, Request

_CLIENT_GONE = 499


class Server(FastAPI):
    """A FastAPI application whose description comes from the registry."""

    @cached_property
    def described(self) -> dict[str, Any]:
        """Return the OpenAPI description, built when it is first asked for."""
        return description(self)

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description."""
        return self.described


def make_app(
    settings: Settings, clock: Clock | None = None, limits: Limits | None = None
) -> Envelope:
    """Return the application over a database; nothing is opened before the first call."""
    limits = limits or Limits()
    gateway = LocalGateway(settings, clock)
    answering = Answering(gateway, limits)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        gateway.close()

    # a redirect would lead to whatever host the request has named
    app = Server(docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=lifespan)
    app.router.routes.insert(0, _Operations(answering))
    app.router.routes += link_routes(answering)
    files = Files(answering)
    app.router.routes += [
        Route(f"{PREFIX}/files", files.send, methods=["POST"]),
        Route(f"{PREFIX}/files/{{sha256}}", files.fetch, methods=["GET"]),
        Route(f"{PREFIX}/files/{{sha256}}", files.forget, methods=["DELETE"]),
    ]
    app.include_router(entry_router(answering))
    for status in (404, 405):
        app.add_exception_handler(status, _no_such_address)
    for kind in (SedError, Exception):
        app.add_exception_handler(kind, _told(limits))
    app.add_exception_handler(ClientDisconnect, _gone)
    return Envelope(app, limits)


def from_environment() -> Envelope:
    """Return the application that a worker serves, by the settings in its environment."""
    from sed_tui.server.run import end_with_supervisor, worker_limits, worker_settings

    end_with_supervisor()
    return make_app(worker_settings(), limits=worker_limits())


class _Operations(BaseRoute):
    """The routes of all operations: found by name, not by trying four hundred one by one."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._known = {f"{PREFIX}/{name}": one for name, one in operations().items()}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Match the address of an operation, and `GET` where it reads."""
        operation = self._known.get(scope["path"]) if scope["type"] == "http" else None
        if operation is None:
            return Match.NONE, {}
        methods = {"POST", "GET"} if operation.effect is Effect.READ else {"POST"}
        found = Match.FULL if scope["method"] in methods else Match.NONE
        return found, {"endpoint": self._called, "operation": operation}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the operation that was found."""
        response = await self._called(HttpRequest(scope, receive), scope["operation"])
        await response(scope, receive, send)

    async def _called(
        self, request: HttpRequest, operation: Operation[Request, Message]
    ) -> Response:
        asked = asked_by(request)
        if request.method == "GET":
            pairs = request.query_params.multi_items()
            return await self._answering.operation(
                asked, operation, lambda: from_query(operation.request, pairs)
            )
        answering = self._answering
        known = partial(answering.require_known, asked)
        body = await whole_body(request, answering.limits, known)
        return await self._answering.operation(
            asked, operation, lambda: operation.request.model_validate_json(body or b"{}")
        )


async def _gone(_request: HttpRequest, _error: Exception) -> Response:
    """Answer nobody: who asked went away meanwhile. The log has the status that nginx writes."""
    return Response(status_code=_CLIENT_GONE)


async def _no_such_address(request: HttpRequest, _error: Exception) -> Response:
    asked = asked_by(request)
    with speaking(asked.language):
        failure = NoSuchAddress(method=request.method, path=request.url.path[:200])
        return problem_response(failure, asked.request_id)


def _told(limits: Limits) -> Any:
    """Return what makes a problem of a failure outside of any operation."""

    async def told(request: HttpRequest, error: Exception) -> Response:
        asked = asked_by(request)
        with speaking(asked.language):
            return problem_of(error, asked, limits.seconds)

    return told
