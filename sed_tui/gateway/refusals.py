"""What a database refuses, as failures that a user can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    OperationalError,
)

from sed_tui.errors.causes import database_cause
from sed_tui.errors.installation import (
    Collision,
    DatabaseUnavailable,
    LockHeld,
    LoginTooWeak,
    NotADatabase,
    ReadOnlyStorage,
    ValueRefused,
)
from sed_tui.storage.database import PATIENCE_SECONDS
from sed_tui.storage.tenancy import EVERYWHERE

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError

_RETRIED = {"40001", "40P01"}  # serialization failure, deadlock: the transaction may run again
_NOT_WRITABLE = {"53100", "25006"}  # disk full, read-only transaction
_TAKEN = {"23505", "23503", 2067, 1555, 787}  # unique, foreign key: by PostgreSQL, by SQLite
_HELD = {"55P03", 5, 6}  # lock timeout; SQLite: busy, locked
_FORBIDDEN = "42501"  # a row of another organization is refused so too, which is our own bug
_DAMAGED = {11, 26}  # SQLite: corrupt, not a database


def may_run_again(error: DBAPIError, *, is_safe: bool) -> bool:
    """Tell whether the same transaction may succeed when it runs again.

    A twin that took the idempotency key first has left its answer there. A connection that
    was kept from before a restart of the server breaks at its first use: what `is_safe` to
    send twice gets a new one.
    """
    reason = str(error.orig)
    if error.connection_invalidated:
        return is_safe
    if isinstance(error, IntegrityError):
        return "idempotency" in reason
    return _code(error) in _RETRIED or "locked" in reason


def refusal(error: DBAPIError, database: str) -> Exception:
    """Return the failure to raise; the error itself where it can only be our own bug."""
    said = str(error.orig)
    reason, code = database_cause(said), _code(error)
    if code in _NOT_WRITABLE or _is_read_only(error, said):
        return ReadOnlyStorage(place=database, reason=reason)
    if code in _HELD:
        return LockHeld(database=database, seconds=PATIENCE_SECONDS)
    is_our_bug = "row-level security" in said
    if (code == _FORBIDDEN and not is_our_bug) or EVERYWHERE in said:
        return LoginTooWeak(database=database, reason=reason)
    match error:
        case IntegrityError():
            return Collision(reason=reason) if code in _TAKEN else error
        case DataError():
            return ValueRefused(reason=reason)
        case OperationalError() | InterfaceError():
            return DatabaseUnavailable(database=database, reason=reason)
        case DatabaseError() if code in _DAMAGED:
            return NotADatabase(database=database, reason=reason)
    return error


def _is_read_only(error: DBAPIError, said: str) -> bool:
    return isinstance(error, OperationalError) and ("disk" in said or "readonly" in said)


def _code(error: DBAPIError) -> Any:
    original: Any = error.orig
    return getattr(original, "sqlstate", None) or getattr(original, "sqlite_errorcode", None)
