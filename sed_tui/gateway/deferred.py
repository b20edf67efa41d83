"""A gateway that is opened by the first call, so that a screen is drawn before it."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import CallOptions, Operation, RequestT, ResultT


class DeferredGateway:
    """Passes every call on to a gateway which it opens in the thread of the first one."""

    def __init__(self, opening: Callable[[], Gateway]) -> None:
        self._opening = opening
        self._lock = Lock()
        self._opened: Gateway | None = None

    @property
    def place(self) -> str:
        """Say where operations run, or nothing before the first call."""
        return self._opened.place if self._opened is not None else ""

    @property
    def identity(self) -> str:
        """Say who acts."""
        return self._gateway.identity

    @property
    def largest_file(self) -> int:
        """Return how many bytes of a file are too many."""
        return self._gateway.largest_file

    def call(
        self,
        operation: Operation[RequestT, ResultT],
        request: RequestT,
        options: CallOptions | None = None,
    ) -> ResultT:
        """Run one operation."""
        return self._gateway.call(operation, request, options)

    def stage(self, source: BinaryIO, *, is_passing: bool = False) -> str:
        """Send bytes to where operations run."""
        return self._gateway.stage(source, is_passing=is_passing)

    def fetch(self, sha256: str) -> BinaryIO:
        """Open bytes kept for a document."""
        return self._gateway.fetch(sha256)

    def export_organization(self, folder: Path) -> None:
        """Write the caller's organization to a folder."""
        self._gateway.export_organization(folder)

    def within(self, organization: str) -> Gateway:
        """Return the gateway of another organization."""
        return self._gateway.within(organization)

    def hang_up(self) -> None:
        """Let go of answers on their way."""
        if self._opened is not None:
            self._opened.hang_up()

    def close(self) -> None:
        """Close what was opened."""
        if self._opened is not None:
            self._opened.close()

    @property
    def _gateway(self) -> Gateway:
        with self._lock:
            if self._opened is None:
                self._opened = self._opening()
            return self._opened
