"""Work in another organization of the database, as part of one's own transaction.

The few things that cross the border between organizations go through here: an order to
those below, and its state back. What is done is recorded in the other's audit trail.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sed_tui.domain.access import Role
from sed_tui.errors.room import NoRoomLeft, NoRoomThere
from sed_tui.storage.tenancy import introduce, move

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sed_tui.handlers.work import Work


@contextmanager
def working_in(work: Work, organization_id: UUID, code: str) -> Iterator[Work]:
    """Give the work in another organization; its trail is written at the end.

    The actor is the same person with no right there but to what bears his name. Raises
    `NoRoomThere`.
    """
    actor = replace(
        work.actor,
        organization_id=organization_id,
        organization=code,
        roles=frozenset({Role.EXECUTOR}),
        chosen=frozenset(),
        clearance=False,
    )
    other = work.elsewhere(actor)
    move(work.db, organization_id)
    introduce(work.db, organization_id, [work.actor.employee_id])
    yield other
    try:
        other.finish()
    except NoRoomLeft as failure:  # how much it stores is no business of others
        raise NoRoomThere(organization=code) from failure
    move(work.db, work.organization_id)
