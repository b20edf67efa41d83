"""A connection that waits for its sender, but not for ever.

uvicorn waits without end for the headers of a request: a thousand connections that send a
byte now and then would hold every file descriptor of a worker (slowloris). Here a request
has a time to say its headers in, a size that they may have, and a time to end in where it
was answered before its end. A body that is read is bounded by `limits` and by `files`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio

_TOO_SLOW = b"408 Request Timeout"
_TOO_LARGE = b"431 Request Header Fields Too Large"


class BoundedConnection(HttpToolsProtocol):
    """Closes the connection of whoever takes too long over headers, or makes them too large.

    Seconds run from the connection, of a later request from its first byte; in between the
    connection rests for as long as `timeout_keep_alive` says.
    """

    head_seconds: ClassVar[float] = 10
    head_bytes: ClassVar[int] = 64 * 1024
    rest_seconds: ClassVar[float] = 10
    """How long the rest of a body is taken in that nobody reads any more."""

    _head: asyncio.TimerHandle | None = None
    _rest: asyncio.TimerHandle | None = None
    _read: int = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._end_head()
        self._end_rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes in, and count those of headers that are not complete yet."""
        super().data_received(data)
        if self._head is not None and not self.transport.is_closing():
            self._read += len(data)
            if self._read > self.head_bytes:
                self._refuse(_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Wait for the headers of a request."""
        super().on_message_begin()
        if self._head is None:
            self._await_head()

    def on_headers_complete(self) -> None:
        """Leave the body to limits of its own."""
        self._end_head()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """See that a request has ended, answered or not."""
        self._end_rest()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Take in what still comes of a request that was answered early, for a while."""
        is_early = self.cycle.response_complete and self.cycle.more_body
        super().on_response_complete()
        if is_early and not self.transport.is_closing():
            self._rest = self.loop.call_later(self.rest_seconds, self.transport.close)

    def _await_head(self) -> None:
        self._read = 0
        self._head = self.loop.call_later(self.head_seconds, self._refuse, _TOO_SLOW)

    def _refuse(self, status: bytes) -> None:
        """Say why in a line, and close."""
        self._end_head()
        if not self.transport.is_closing():
            end = b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            self.transport.write(b"HTTP/1.1 " + status + end)
            self.transport.close()

    def _end_head(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _end_rest(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None
