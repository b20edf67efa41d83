"""Where operations run: in this process, or on a server. Faces see one interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.operations.registry import CallOptions, Operation, RequestT, ResultT


class Gateway(Protocol):
    """Runs an operation and returns its result, or raises a `SedError`."""

    @property
    def place(self) -> str:
        """Say where operations run, for the status line: `sqlite: /path`."""
        ...

    @property
    def identity(self) -> str:
        """Say who acts, and for which organization where one is chosen: `login@code`."""
        ...

    @property
    def largest_file(self) -> int:
        """Return how many bytes of a file are too many, as far as it is known here."""
        ...

    def call(
        self,
        operation: Operation[RequestT, ResultT],
        request: RequestT,
        options: CallOptions | None = None,
    ) -> ResultT:
        """Run one operation; blocks, so an interface calls it from a thread worker."""
        ...

    def stage(self, source: BinaryIO, *, is_passing: bool = False) -> str:
        """Send bytes to where operations run and return the token that requests name them by.

        Of `passing` ones an operation takes what it keeps: the disk is not waited for, nor is
        their text read.
        """
        ...

    def fetch(self, sha256: str) -> BinaryIO:
        """Open bytes kept for a document, which an operation has named by their digest."""
        ...

    def export_organization(self, folder: Path) -> None:
        """Write everything of the caller's organization to a folder where the database is.

        Raises `NotOverServer` where that is another machine, `FolderTaken`.
        """
        ...

    def within(self, organization: str) -> Gateway:
        """Return the same gateway for another of the caller's organizations; close only this."""
        ...

    def hang_up(self) -> None:
        """Let go of answers that nobody waits for any more; calls may follow."""
        ...

    def close(self) -> None:
        """Let go of connections and of bytes that no operation kept."""
        ...


def connect(settings: Settings) -> Gateway:
    """Return the gateway for the settings of this run, importing only what it needs."""
    if settings.server:
        from sed_tui.gateway.remote import RemoteGateway

        return RemoteGateway(settings)
    from sed_tui.gateway.local import LocalGateway

    return LocalGateway(settings)
