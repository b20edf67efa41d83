"""Bytes that the store keeps on the account of an organization, and the limit of them.

A content counts once for each organization that names it, however many of its rows do, and
in full for each: whoever was charged less for a file that others hold would learn that they
hold it. Counting is one lock of the organization from there to the commit, taken when
nothing else can be refused any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.stored_size import shown_size
from sed_tui.errors.room import NoRoomLeft
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.room import OrganizationContentTable, OrganizationStorageTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import Connection, Select

_C, _S = OrganizationContentTable, OrganizationStorageTable
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Room:
    """How much an organization has stored, and may store; None is without a limit.

    `largest` is the size of its largest content, where somebody has asked for it.
    """

    organization: str
    used: int = 0
    allowed: int | None = None
    largest: int = 0

    def holds(self, size: int) -> bool:
        """Tell whether there is room for so many bytes more."""
        return self.allowed is None or self.used + size <= self.allowed

    def require(self, size: int) -> None:
        """Refuse more bytes than there is room for. Raises `NoRoomLeft`."""
        if not self.holds(size):
            raise NoRoomLeft(
                organization=self.organization,
                used=shown_size(self.used),
                allowed=shown_size(self.allowed or 0),
            )

    def require_stream(self, size: int) -> None:
        """Refuse a stream of which so many bytes have come, as soon as it cannot be taken.

        One that is longer than the largest content can be none of those that are counted
        already. Raises `NoRoomLeft`.
        """
        if size > self.largest:
            self.require(size)


def room_of(db: Connection, organization_id: UUID, organization: str) -> Room:
    """Return how much an organization has stored and may store."""
    row = db.execute(
        select(col(_S.used_bytes), col(_S.allowed_bytes)).where(
            col(_S.organization_id) == organization_id
        )
    ).one_or_none()
    return Room(organization, *row) if row else Room(organization)


def rooms_of(db: Connection, organizations: Sequence[UUID]) -> dict[UUID, dict[str, int | None]]:
    """Return how much organizations have stored and may store, as fields of a row."""
    found: dict[UUID, dict[str, int | None]] = {
        key: {"used_bytes": 0, "allowed_bytes": None} for key in organizations
    }
    for start in range(0, len(organizations), _AT_ONCE):
        these = organizations[start : start + _AT_ONCE]
        rows = db.execute(
            select(col(_S.organization_id), col(_S.used_bytes), col(_S.allowed_bytes)).where(
                col(_S.organization_id).in_(these)
            )
        )
        found |= {key: {"used_bytes": used, "allowed_bytes": most} for key, used, most in rows}
    return found


def room_for_stream(db: Connection, organization_id: UUID, organization: str, most: int) -> Room:
    """Return the room of an organization for a stream of at most so many bytes.

    Its largest content is looked for where such a stream might not fit, and there alone.
    """
    room = room_of(db, organization_id, organization)
    if room.holds(most):
        return room
    counted = col(_C.organization_id) == organization_id
    return replace(room, largest=db.scalar(select(func.max(col(_C.size))).where(counted)) or 0)


def is_counted(db: Connection, organization_id: UUID, sha256: str) -> bool:
    """Tell whether the organization has these bytes on its account: once more costs nothing."""
    this = (col(_C.organization_id) == organization_id, col(_C.sha256) == sha256)
    return db.scalar(select(col(_C.size)).where(*this)) is not None


def charge(
    db: Connection, organization_id: UUID, organization: str, sizes: Mapping[str, int]
) -> None:
    """Put contents on the account of an organization. Raises `NoRoomLeft`."""
    lock_room(db, organization_id)
    digests = list(sizes)
    known: set[str] = set()
    for start in range(0, len(digests), _AT_ONCE):
        some = digests[start : start + _AT_ONCE]
        asked = {"organization": organization_id, "digests": some}
        known |= set(db.scalars(_counted(), asked))
    rows = [
        {"organization_id": organization_id, "sha256": sha256, "size": size}
        for sha256, size in sizes.items()
        if sha256 not in known
    ]
    if not rows:
        return
    added = sum(size for sha256, size in sizes.items() if sha256 not in known)
    room_of(db, organization_id, organization).require(added)
    db.execute(insert(_C), rows)
    add_bytes(db, organization_id, added)


@cache
def _counted() -> Select[str]:
    """Return the query of contents that are on an account, built once: every writer asks it."""
    return select(col(_C.sha256)).where(
        col(_C.organization_id) == bindparam("organization"),
        col(_C.sha256).in_(bindparam("digests", expanding=True)),
    )


def allow(db: Connection, organization_id: UUID, allowed: int | None) -> None:
    """Set the limit; what is stored already stays, above it too."""
    lock_room(db, organization_id)
    add_bytes(db, organization_id, 0)
    db.execute(
        update(_S).where(col(_S.organization_id) == organization_id).values(allowed_bytes=allowed)
    )


def lock_room(db: Connection, organization_id: UUID) -> None:
    """Make others who count for the organization wait until the commit."""
    lock_name(db, organization_id, "stored bytes")


def add_bytes(db: Connection, organization_id: UUID, size: int) -> None:
    """Change the sum of an organization, which is made where there was none."""
    upsert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    adding = upsert(_S).values(organization_id=organization_id, used_bytes=size)
    db.execute(
        adding.on_conflict_do_update(
            index_elements=["organization_id"],
            set_={"used_bytes": col(_S.used_bytes) + adding.excluded.used_bytes},
        )
    )
