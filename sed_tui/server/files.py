"""Bytes in and out, in pieces: a file of two gigabytes takes a megabyte of memory."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, BinaryIO, cast

import anyio
import anyio.from_thread
from starlette.responses import JSONResponse, Response, StreamingResponse

from sed_tui.errors.network import RequestTooSlow
from sed_tui.server.asked import asked_by
from sed_tui.server.ranges import Span, asked_span

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request
    from starlette.types import Message, Receive, Scope, Send

    from sed_tui.server.answering import Answering
    from sed_tui.server.limits import Limits

_PIECE = 256 * 1024


class Files:
    """The addresses of files."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    async def send(self, request: Request) -> Response:
        """Stage the body of a request and answer with its token."""
        asked, source = asked_by(request), Incoming(request.stream(), self._answering.limits)

        def run() -> Response:
            caller = self._answering.caller(asked)
            caller.require_writer()
            return JSONResponse({"token": caller.stage(cast("BinaryIO", source))}, 201)

        return await self._answering.spoken(asked, run, self._answering.transfers)

    async def forget(self, request: Request) -> Response:
        """Forget staged bytes that no operation has kept."""
        asked, token = asked_by(request), request.path_params["sha256"]

        def run() -> Response:
            caller = self._answering.caller(asked)
            caller.require_writer()
            caller.files.discard(token)
            return Response(status_code=204)

        return await self._answering.spoken(asked, run, self._answering.transfers)

    async def fetch(self, request: Request) -> Response:
        """Answer with the bytes of a digest, or a span of them."""
        asked, sha256 = asked_by(request), request.path_params["sha256"]

        def run() -> Response:
            content = self._answering.caller(asked).fetch(sha256)
            return _download(request, content, sha256, self._answering.limits)

        return await self._answering.spoken(asked, run, self._answering.transfers)


class Incoming(io.RawIOBase):
    """The body of a request as a file that a thread reads.

    Whoever sends a byte now and then would hold the thread for ever: pauses are bounded, and
    so is the pace over all the time that he was waited for.
    """

    def __init__(self, stream: AsyncIterator[bytes], limits: Limits) -> None:
        super().__init__()
        self._stream, self._limits = stream, limits
        self._left = b""
        self._waited, self._size = 0.0, 0

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, waiting for the sender. Raises `RequestTooSlow`."""
        while not self._left:
            piece = anyio.from_thread.run(self._next)
            if piece is None:
                return b""
            self._left = piece
        piece, self._left = self._left[:size], self._left[size:]
        return piece

    async def _next(self) -> bytes | None:
        limits, began = self._limits, time.monotonic()
        try:
            with anyio.fail_after(limits.pause):
                piece = await anext(self._stream, None)
        except TimeoutError:
            raise RequestTooSlow(seconds=int(limits.pause)) from None
        self._waited += time.monotonic() - began
        self._size += len(piece or b"")
        if self._size < (self._waited - limits.pause) * limits.pace:
            raise RequestTooSlow(seconds=int(self._waited))
        return piece


def _download(request: Request, content: BinaryIO, sha256: str, limits: Limits) -> Response:
    size, tag = content.seek(0, 2), f'"{sha256}"'
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{sha256[:16]}"',
        "ETag": tag,
    }
    if tag in request.headers.get("if-none-match", ""):
        content.close()
        return Response(status_code=304, headers=headers)
    is_same = request.headers.get("if-range", tag) == tag
    span = asked_span(request.headers.get("range") if is_same else None, size)
    if span is None:
        content.close()
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Length"] = str(span.length)
    if span.is_part:
        headers["Content-Range"] = f"bytes {span.first}-{span.first + span.length - 1}/{size}"
    if request.method == "HEAD":
        content.close()
        return Response(headers=headers, media_type="application/octet-stream")
    return _Sending(content, span, headers, limits)


class _Sending(StreamingResponse):
    """Sends a span of a file, and closes the file also when the reader goes away first."""

    def __init__(
        self, content: BinaryIO, span: Span, headers: dict[str, str], limits: Limits
    ) -> None:
        status = 206 if span.is_part else 200
        super().__init__(
            _pieces(content, span), status, headers, media_type="application/octet-stream"
        )
        self._content, self._limits = content, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def in_time(message: Message) -> None:
            """Send a piece, unless the reader takes longer over it than a slow line does."""
            size = len(message.get("body", b""))
            with anyio.fail_after(self._limits.pause + size / self._limits.pace):
                await send(message)

        try:
            await super().__call__(scope, receive, in_time)
        finally:
            self._content.close()


def _pieces(content: BinaryIO, span: Span) -> Iterator[bytes]:
    content.seek(span.first)
    left = span.length
    while left and (piece := content.read(min(_PIECE, left))):
        left -= len(piece)
        yield piece
