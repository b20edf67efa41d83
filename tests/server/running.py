"""A real server on a socket of this machine, in a thread of the test."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

from sed_tui.server.app import make_app
from sed_tui.server.connection import BoundedConnection
from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from sed_tui.domain.clock import Clock
    from sed_tui.server.limits import Limits


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()


@contextmanager
def running(
    settings: Settings, clock: Clock | None = None, limits: Limits | None = None, **uvicorns: Any
) -> Iterator[str]:
    """Serve an office and yield the address of the server."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            make_app(settings, clock, limits),
            **{"http": BoundedConnection, **uvicorns},
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
        )
        server = _Server(config)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        assert server.listens.wait(LONGEST)
        scheme = "https" if config.is_ssl else "http"
        try:
            yield f"{scheme}://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(LONGEST)
