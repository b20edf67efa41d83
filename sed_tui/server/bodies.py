"""The body of a request in memory: of somebody unknown no more than a little of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request


async def whole_body(request: Request, free: int, vouch: Callable[[], Awaitable[None]]) -> bytes:
    """Return the body; past so many bytes the caller is asked for first.

    `vouch` raises what refuses him: thousands who hold no token would otherwise fill the
    memory of a worker, sixteen megabytes each.
    """
    pieces, size, is_known = [], 0, False
    async for piece in request.stream():
        pieces.append(piece)
        size += len(piece)
        if size > free and not is_known:
            await vouch()
            is_known = True
    return b"".join(pieces)
