"""The body of a request in memory: somebody unknown is read little of, and waited for little."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import anyio
from starlette.requests import ClientDisconnect

from sed_tui.errors.network import RequestTooLarge, RequestTooSlow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.types import Message

    from sed_tui.server.limits import Limits


async def whole_body(
    request: Request, limits: Limits, vouch: Callable[[], Awaitable[None]] | None = None
) -> bytes:
    """Return the body; after so many bytes, or seconds, the caller is asked for first.

    `vouch` raises what refuses him: thousands who hold no token would otherwise fill the
    memory of a worker, sixteen megabytes each, or hold its connections for two minutes each.
    Where nobody can vouch that is the end. Raises `RequestTooLarge`, `RequestTooSlow`.
    """
    pieces, size = [], 0
    until = anyio.current_time() + limits.unknown_seconds
    while True:
        message = await _received(request, until)
        if message is not None:
            pieces.append(message.get("body", b""))
            size += len(pieces[-1])
        if until < math.inf and (message is None or size > limits.unknown):
            if vouch is None:
                raise _refusal(limits, size)
            await vouch()
            until = math.inf  # the time of the whole call goes on
        if message is not None and not message.get("more_body", False):
            return b"".join(pieces)


async def _received(request: Request, until: float) -> Message | None:
    """Return the next piece, None where none has come in time: it is not lost by that."""
    with anyio.CancelScope(deadline=until):
        # not `request.stream()`: a generator that was broken off gives nothing any more
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        return message
    return None


def _refusal(limits: Limits, size: int) -> RequestTooLarge | RequestTooSlow:
    if size > limits.unknown:
        return RequestTooLarge(limit=limits.unknown // 1024)
    return RequestTooSlow(seconds=int(limits.unknown_seconds))
