"""Connections to one server, kept between calls; whoever waits there can be let go of."""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Condition
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import httpx

from sed_tui import __version__
from sed_tui.errors.network import ProxyTrouble
from sed_tui.gateway.protocol import PROTOCOL, PROTOCOL_HEADER
from sed_tui.gateway.server_address import trust
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

# longer than the limit of a server, which then tells by itself that it was too slow
_LONGEST = 150
_TIMEOUT = httpx.Timeout(_LONGEST, connect=10)
# what httpcore tells when a socket is there: of TCP, and of TLS over it
_OPENED = ("connect_tcp.complete", "start_tls.complete")


@dataclass(eq=False)
class Line:
    """A client with its sockets; once let go of, the last who waited there closes it."""

    client: httpx.Client
    sockets: WeakSet[socket.socket] = field(default_factory=WeakSet)
    waiting: int = 0
    changing: int = 0
    is_let_go: bool = False


class Connections:
    """Opens a line to a server when it is first needed, and again after it was let go of."""

    def __init__(self, server: str, ca_file: str | None) -> None:
        self._server, self._ca_file = server, ca_file
        self._guard = Condition()
        self._line: Line | None = None

    @contextmanager
    def line(self, *, changes: bool = False) -> Iterator[Line]:
        """Hold the line for a call; what `changes` something is waited for by `let_go`."""
        with self._guard:
            line = self._line = self._line or self._opened()
            line.waiting += 1
            line.changing += changes
        try:
            yield line
        finally:
            with self._guard:
                line.waiting -= 1
                line.changing -= changes
                self._guard.notify_all()
                is_last = line.is_let_go and not line.waiting
            if is_last:
                line.client.close()

    def let_go(self) -> None:
        """Close the line. Reads on their way end at once, changes are waited for first."""
        with self._guard:
            if (line := self._line) is None:
                return
            self._guard.wait_for(lambda: not line.changing, _LONGEST)
            line.is_let_go, self._line = True, None
            is_idle = not line.waiting
            for one in line.sockets:
                _hang_up(one)
        if is_idle:
            line.client.close()

    def _opened(self) -> Line:
        line = Line(open_client(self._server, self._ca_file))
        line.client.event_hooks = {"request": [lambda request: self._watch(line, request)]}
        return line

    def _watch(self, line: Line, request: httpx.Request) -> None:
        def heed(event: str, told: dict[str, Any]) -> None:
            if event.endswith(_OPENED):
                opened: socket.socket = told["return_value"].get_extra_info("socket")
                with self._guard:
                    line.sockets.add(opened)
                    if line.is_let_go:
                        _hang_up(opened)

        request.extensions["trace"] = heed


def open_client(server: str, ca_file: str | None) -> httpx.Client:
    """Return a client that keeps its connections, and trusts what the machine trusts.

    Raises `ProxyTrouble` for a proxy of the environment that cannot be read, and `FileTrouble`.
    """
    trusted = trust(server, ca_file)
    try:
        return httpx.Client(
            base_url=server,
            verify=trusted,
            timeout=_TIMEOUT,
            headers={PROTOCOL_HEADER: PROTOCOL, "User-Agent": f"sed-tui/{__version__}"},
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        # the address is checked before: what is left are the proxies of the environment
        reason = _("HTTPS_PROXY, ALL_PROXY or NO_PROXY says what this program cannot follow.")
        raise ProxyTrouble(server=server, reason=reason) from error


def _hang_up(one: socket.socket) -> None:
    # of the socket beneath TLS: who reads is woken as if the other side had gone
    with suppress(OSError):
        socket.socket.shutdown(one, socket.SHUT_RDWR)
