"""Signing in and out, and whether the server works: the addresses that need no token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.requests import Request  # noqa: TC002 - FastAPI reads annotations
from starlette.responses import JSONResponse, Response

from sed_tui import __version__
from sed_tui.gateway.protocol import PREFIX, PROTOCOL
from sed_tui.gateway.sign_in import Attempt, sign_in, sign_out
from sed_tui.server.asked import asked_by
from sed_tui.server.bodies import whole_body

if TYPE_CHECKING:
    from sed_tui.server.answering import Answering


class SignInRequest(BaseModel, extra="forbid"):
    """Who says to be whom."""

    login: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=1000, repr=False)


class SignInAnswer(BaseModel):
    """The token of a session."""

    token: str
    expires_at: str


class Health(BaseModel):
    """What runs."""

    status: str
    version: str
    protocol: str


def entry_router(answering: Answering) -> APIRouter:
    """Return the routes."""
    router = APIRouter()
    add: Any = router.add_api_route
    content = {"application/json": {"schema": SignInRequest.model_json_schema()}}
    add(
        f"{PREFIX}/sign-in",
        _signing_in(answering),
        methods=["POST"],
        response_model=SignInAnswer,
        openapi_extra={"requestBody": {"required": True, "content": content}},
    )
    add(f"{PREFIX}/sign-out", _signing_out(answering), methods=["POST"], status_code=204)
    add("/health", _health, methods=["GET"], response_model=Health)
    add("/ready", _readiness(answering), methods=["GET"], response_model=Health)
    return router


def _signing_in(answering: Answering) -> Any:
    async def sign_in_with_password(request: Request) -> Response:
        """Begin a session with a login and a password."""
        asked, body = asked_by(request), await whole_body(request, answering.limits)
        address = request.client.host if request.client else ""
        client = request.headers.get("user-agent", "")

        def run() -> Response:
            wanted = SignInRequest.model_validate_json(body)
            attempt = Attempt(wanted.login, wanted.password, address, _printable(client))
            signed = sign_in(answering.gateway, attempt)
            answer = {"token": signed.secret, "expires_at": signed.expires_at.isoformat()}
            return JSONResponse(answer)

        return await answering.spoken(asked, run, answering.sign_ins)

    return sign_in_with_password


def _signing_out(answering: Answering) -> Any:
    async def end_session(request: Request) -> Response:
        """End the session of the token."""
        asked = asked_by(request)

        def run() -> Response:
            sign_out(answering.gateway, asked.token_hash)
            return Response(status_code=204)

        return await answering.spoken(asked, run, answering.calls)

    return end_session


async def _health() -> Any:
    """Tell that the process answers."""
    return Health(status="ok", version=__version__, protocol=PROTOCOL)


def _readiness(answering: Answering) -> Any:
    async def readiness(request: Request) -> Response:
        """Tell whether the database answers and has the schema of this version."""

        def run() -> Response:
            answering.gateway.require_schema(again=True)
            ready = Health(status="ready", version=__version__, protocol=PROTOCOL)
            return JSONResponse(ready.model_dump())

        return await answering.spoken(asked_by(request), run, answering.calls)

    return readiness


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:150]
