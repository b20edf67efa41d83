"""Links that other programs ask this interface to open, through a socket of the user's own."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sed_tui.errors import SedError
from sed_tui.linking.running import LONGEST_REQUEST, link_of_request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sed_tui.domain.link_address import LinkAddress

_PATIENCE_SECONDS = 2.0


class LinkListener:
    """Listens at a path for as long as the interface runs."""

    def __init__(self, path: Path, opened: Callable[[LinkAddress], None]) -> None:
        self._path, self._opened = path, opened
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Begin to listen; where that is not possible links open in a new interface."""
        listen = getattr(asyncio, "start_unix_server", None)  # not on Windows
        if listen is None:
            return
        mask = os.umask(0o177)
        try:
            self._path.unlink(missing_ok=True)
            self._server = await listen(self._answer, path=self._path, limit=LONGEST_REQUEST)
        except OSError:
            self._server = None
        finally:
            os.umask(mask)

    def stop(self) -> None:
        """Listen no more, and leave nothing behind."""
        if self._server is not None:
            self._server.close()
            self._server = None
            with suppress(OSError):
                self._path.unlink(missing_ok=True)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answer = b"refused\n"
        try:
            # whoever says nothing, or too much, is not waited for
            line = await asyncio.wait_for(reader.readline(), _PATIENCE_SECONDS)
            self._opened(link_of_request(line))
            answer = b"ok\n"
        except (TimeoutError, SedError, ValueError, OSError):
            pass
        with suppress(OSError):
            writer.write(answer)
            await writer.drain()
        writer.close()
