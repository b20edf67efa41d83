"""What a driver of the exchange is: it moves packages and knows nothing of documents.

A driver runs beside the folders or the network, never inside a transaction. Formats are
not its business (`sed_tui.exchange.formats`): it gets the bytes of a message and the files
that go with it, and hands over whole packages. A new channel is a class of these two verbs.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Protocol

from sed_tui.errors.causes import system_cause
from sed_tui.errors.exchange_messages import PackageUnreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from sed_tui.domain.exchange_partner import Channel
    from sed_tui.operations.exchange_outbox import Parcel


@dataclass(frozen=True, slots=True)
class FoundPackage:
    """A package that lies complete at the other end.

    `archive` opens it as one zip; `head` as one of its message alone, for a package that is
    too large to be taken; both raise `PackageUnreadable`. `settle` is called once it was
    taken in for good.
    """

    name: str
    size: int
    archive: Callable[[], AbstractContextManager[BinaryIO]]
    head: Callable[[], AbstractContextManager[BinaryIO]]
    settle: Callable[[], None]
    partner: str | None = None


@contextmanager
def reading(
    name: str, opening: Callable[[], AbstractContextManager[BinaryIO]]
) -> Iterator[BinaryIO]:
    """Open a package that others may take away meanwhile. Raises `PackageUnreadable`."""
    with ExitStack() as stack:
        try:
            source = stack.enter_context(opening())
        except OSError as error:
            raise PackageUnreadable(package=name, reason=system_cause(error)) from error
        yield source


class Driver(Protocol):
    """A way to move packages."""

    @property
    def channel(self) -> Channel:
        """Name the channel that the driver serves."""
        ...

    def close(self) -> None:
        """Let go of connections; the driver may be used again."""
        ...

    def poll(self, inbox: str) -> Iterator[FoundPackage]:
        """Return the packages that lie complete. Raises `ExchangeUnavailable`."""
        ...

    def news(self, place: str) -> Iterator[FoundPackage]:
        """Return what the carrier could not carry of our messages. Raises `ExchangeUnavailable`."""
        ...

    def send(self, parcel: Parcel, fetch: Callable[[str], BinaryIO]) -> None:
        """Send a message; `fetch` opens a file by its digest. Sent twice it arrives once.

        It may be on its way at `flush` alone.

        Raises `ExchangeUnavailable` where the other side does not answer, and
        `ParcelRefused` where it will never take the message as it is.
        """
        ...

    def flush(self) -> None:
        """Let go what was sent, and return when no failure of ours can undo it any more.

        Raises `ExchangeUnavailable`: none of what was sent since the last time counts as gone.
        """
        ...
