"""Acquaintance: who has to read which version of a document, and when a list is complete."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.access import Role
from sed_tui.errors.acquaintance import NobodyToAcquaint, NoClearance, NotReachable
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID


class AcquaintanceKind(StrEnum):
    """How reading is confirmed: by the person in the program, or by a signature on paper."""

    ELECTRONIC = "electronic"
    SIGNATURE = "signature"


class AcquaintanceState(StrEnum):
    """Whether a list is open."""

    RUNNING = "running"
    COMPLETED = "completed"
    STOPPED = "stopped"


class ReadingState(StrEnum):
    """Whether a person has read."""

    WAITING = "waiting"
    ACQUAINTED = "acquainted"


@dataclass(frozen=True, slots=True)
class Reader:
    """A person of a list: `is_reachable` is an active account or a substitute for it."""

    id: UUID
    name: str
    is_reachable: bool
    has_clearance: bool


# on paper a signature is entered by who keeps the sheet
KEEPERS = frozenset({Role.REGISTRAR, Role.ASSISTANT, Role.ADMINISTRATOR})


def check_readers(readers: Sequence[Reader], *, is_official_use: bool) -> None:
    """Refuse a list that nobody could complete.

    Raises `NobodyToAcquaint`, `NotReachable` naming people whose account is closed and
    for whom nobody stands in (rules §1.16), `NoClearance` for an official-use-only document.
    """
    if not readers:
        raise NobodyToAcquaint(field="people")
    if unreachable := [reader.name for reader in readers if not reader.is_reachable]:
        raise NotReachable(field="people", names=", ".join(unreachable))
    if is_official_use and (closed := [r.name for r in readers if not r.has_clearance]):
        raise NoClearance(field="people", names=", ".join(closed))


def may_enter(roles: Collection[Role], kind: AcquaintanceKind, *, is_own: bool) -> bool:
    """Tell whether a person may enter that somebody has read: oneself, or signatures on paper."""
    if is_own:
        return kind is AcquaintanceKind.ELECTRONIC or not KEEPERS.isdisjoint(roles)
    return kind is AcquaintanceKind.SIGNATURE and not KEEPERS.isdisjoint(roles)


KIND_TITLES = {
    AcquaintanceKind.ELECTRONIC: N_("in the program"),
    AcquaintanceKind.SIGNATURE: N_("by signature on paper"),
}
STATE_TITLES = {
    AcquaintanceState.RUNNING: N_("goes on"),
    AcquaintanceState.COMPLETED: N_("everybody has read"),
    AcquaintanceState.STOPPED: N_("stopped"),
}
READING_TITLES = {
    ReadingState.WAITING: N_("not read yet"),
    ReadingState.ACQUAINTED: N_("acquainted"),
}
