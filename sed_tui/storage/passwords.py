"""Passwords as argon2id hashes (RFC 9106): made slowly on purpose, checked outside transactions."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY
from sqlalchemy import or_, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.storage.tables.identity import PasswordTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Connection

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def hashed(password: str) -> str:
    """Return what is kept of a password; takes some 50 ms and 64 MiB."""
    return _HASHER.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one of a hash; without a hash it takes as long."""
    try:
        return _HASHER.verify(kept or _nobodys(), password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def kept_hash(db: Connection, login: str, at: datetime | None = None) -> str | None:
    """Return the hash of the password of an active person; one that ended `at` then is none."""
    until = col(PasswordTable.valid_until)
    in_force = true() if at is None else or_(until.is_(None), until > at)
    return db.scalar(
        select(col(PasswordTable.hash))
        .join(EmployeeTable, col(EmployeeTable.id) == col(PasswordTable.employee_id))
        .where(col(EmployeeTable.login) == login, col(EmployeeTable.state) == "active", in_force)
    )


def keep_hash(
    db: Connection,
    employee: UUID,
    organization: UUID,
    kept: str,
    at: datetime,
    by: UUID,
    until: datetime | None = None,
) -> None:
    """Set the password of a person, in one statement whether there was one or not."""
    insert = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
    values = {"hash": kept, "set_at": at, "set_by": by, "valid_until": until}
    db.execute(
        insert(PasswordTable)
        .values(employee_id=employee, organization_id=organization, **values)
        .on_conflict_do_update(index_elements=["employee_id"], set_=values)
    )


@cache
def _nobodys() -> str:
    return hashed("nobody has this password")
