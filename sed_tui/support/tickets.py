"""Tickets as they are kept on this machine: a file each, for their owner alone."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sed_tui.config import home
from sed_tui.errors.causes import system_cause
from sed_tui.errors.installation import ReadOnlyStorage
from sed_tui.errors.support import NoSuchTicket
from sed_tui.i18n import N_
from sed_tui.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

_PREFIX = "SED-"


class TicketState(StrEnum):
    """Which way a ticket went, as far as it has."""

    QUEUED = "queued"
    PORTAL = "portal"
    LETTER = "letter"
    PREPARED = "prepared"
    CLOSED = "closed"


TICKET_TITLES: dict[str, str] = {
    TicketState.QUEUED: N_("waits to be sent"),
    TicketState.PORTAL: N_("at the portal"),
    TicketState.LETTER: N_("sent by mail"),
    TicketState.PREPARED: N_("a letter to be sent by hand"),
    TicketState.CLOSED: N_("closed"),
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket: what was told, what went with it, which way it went, what was answered.

    `id` is its key everywhere: the portal makes no second ticket of it, the subject of the
    letter holds it.
    """

    id: str
    created_at: str
    summary: str
    description: str
    organization: str | None
    version: str
    system: str
    error: dict[str, Any] | None = None
    workstation: dict[str, Any] | None = None
    state: TicketState = TicketState.QUEUED
    number: str | None = None
    message_id: str | None = None
    letter: str | None = None
    trouble: str | None = None
    status: str | None = None
    answers: list[dict[str, str]] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    """What was added to it later and the portal does not know yet."""

    @property
    def is_open(self) -> bool:
        """Tell whether an answer is awaited."""
        return self.state is not TicketState.CLOSED

    def with_(self, **changes: Any) -> Ticket:
        """Return the ticket changed."""
        return replace(self, **changes)


def new_id() -> str:
    """Return the key of a new ticket."""
    return f"{_PREFIX}{secrets.token_hex(4)}"


def save(ticket: Ticket) -> Ticket:
    """Keep a ticket, whole or as it was. Raises `ReadOnlyStorage`."""
    path = folder() / f"{ticket.id}.json"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, json.dumps(asdict(ticket), ensure_ascii=False, indent=1).encode())
    except OSError as error:
        raise ReadOnlyStorage(place=str(path), reason=system_cause(error)) from error
    return ticket


def tickets() -> list[Ticket]:
    """Return the tickets of this machine, the newest first."""
    found = [_read(path) for path in folder().glob(f"{_PREFIX}*.json")]
    known = [ticket for ticket in found if ticket is not None]
    return sorted(known, key=lambda ticket: (ticket.created_at, ticket.id), reverse=True)


def find_ticket(text: str) -> Ticket:
    """Return the ticket of this key, its beginning, or the number of the portal.

    Raises `NoSuchTicket`.
    """
    wanted = text.strip().casefold()
    fitting = [
        ticket
        for ticket in tickets()
        if wanted and (wanted == str(ticket.number).casefold() or _fits(ticket.id, wanted))
    ]
    if len(fitting) != 1:
        raise NoSuchTicket(field="ticket", ticket=text)
    return fitting[0]


def folder() -> Path:
    """Return the folder of tickets, which need not exist."""
    return home() / "support"


def _fits(ticket_id: str, wanted: str) -> bool:
    known = ticket_id.casefold()
    return known.startswith(wanted) or known.removeprefix(_PREFIX.casefold()).startswith(wanted)


def _read(path: Path) -> Ticket | None:
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return Ticket(**{**row, "state": TicketState(row["state"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None  # half a file of another program is no ticket
