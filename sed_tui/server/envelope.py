"""What surrounds every request: its number, its limits, its headers, its line in the log."""

from __future__ import annotations

import re
import time
from contextlib import nullcontext
from http import HTTPStatus
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import anyio
from starlette.datastructures import Headers

from sed_tui import __version__
from sed_tui.errors.network import ProtocolMismatch, RequestTooLarge
from sed_tui.gateway.protocol import PREFIX, PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER
from sed_tui.i18n import speaking
from sed_tui.server.asked import asked_language
from sed_tui.server.logs import tell
from sed_tui.server.problems import failure_of, problem_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from sed_tui.server.limits import Limits

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_FILES = f"{PREFIX}/files"
_QUIET = {"/health", "/ready"}
_ALWAYS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    PROTOCOL_HEADER: PROTOCOL,
    VERSION_HEADER: __version__,
}
_ALWAYS_SENT = [(name.lower().encode(), value.encode()) for name, value in _ALWAYS.items()]


class Envelope:
    """Runs an application for one request after another; nothing leaves it without its headers."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        call = _Call(scope, receive, send, self._limits)
        is_file = scope["path"].startswith(_FILES)
        bounded = nullcontext() if is_file else anyio.fail_after(self._limits.seconds)
        try:
            call.check(is_file=is_file)
            with bounded:
                await self._app(scope, receive if is_file else call.receive, call.send)
        except Exception as error:
            await call.fail(error)
        finally:
            call.log()


class _Call:
    """One request under way."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limits: Limits) -> None:
        self._scope, self._receive, self._send, self._limits = scope, receive, send, limits
        self._headers = Headers(scope=scope)
        self._read = self._written = 0
        self._status: int | None = None
        self._began = time.perf_counter()
        given = self._headers.get("x-request-id", "")
        self.id = given if _ID.fullmatch(given) else token_hex(8)
        scope["request_id"] = self.id

    def check(self, *, is_file: bool) -> None:
        """Refuse a client of another protocol, and a body that says it is too large."""
        theirs = self._headers.get(PROTOCOL_HEADER, PROTOCOL)
        if theirs != PROTOCOL:
            raise ProtocolMismatch(theirs=PROTOCOL, version=__version__, ours=theirs[:20])
        length = self._headers.get("content-length", "0")
        if not is_file and length.isdecimal() and int(length) > self._limits.body:
            raise RequestTooLarge(limit=self._limits.body // 1024)

    async def receive(self) -> Message:
        """Pass the body on, as far as the limit."""
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._limits.body:
            raise RequestTooLarge(limit=self._limits.body // 1024)
        return message

    async def send(self, message: Message) -> None:
        """Pass the answer on with the headers that every answer has."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            given = {name for name, _value in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *(one for one in _ALWAYS_SENT if one[0] not in given),
                (b"x-request-id", self.id.encode()),
            ]
        self._written += len(message.get("body", b""))
        await self._send(message)

    async def fail(self, error: Exception) -> None:
        """Answer with a problem, unless the answer has begun."""
        with speaking(asked_language(self._headers.get("accept-language", ""))):
            failure = failure_of(error, self.id, self._limits.seconds)
            self._scope.setdefault("told", {})["code"] = failure.code
            if self._status is None:
                response = problem_response(failure, self.id)
                response.headers["Connection"] = "close"  # the rest of a body is not read
                await response(self._scope, self._receive, self.send)

    def log(self) -> None:
        """Write the line of the request."""
        path = self._scope["path"]
        if path in _QUIET and self._status == HTTPStatus.OK:
            return
        told: dict[str, Any] = {
            "request": self.id,
            "method": self._scope["method"],
            "path": _without_ids(path),
            "status": self._status,
            "ms": round((time.perf_counter() - self._began) * 1000, 1),
            "bytes": self._written,
            "from": (self._scope.get("client") or ("",))[0],
        }
        tell("request", **told, **self._scope.get("told", {}))


def _without_ids(path: str) -> str:
    known = re.fullmatch(r"(/v1/[a-z_]+[.-]?[a-z_]*|/[a-z.]*|/(?=[td]/)[td])(/.*)?", path)
    return "…" if known is None else known[1] + ("/…" if known[2] else "")
