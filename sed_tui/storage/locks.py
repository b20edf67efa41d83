"""Locks of PostgreSQL on what is no row: a name that nobody has yet, all writers at once."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, cast, func, select, text
from sqlalchemy.exc import OperationalError

from sed_tui.errors.upkeep import WritersAtWork
from sed_tui.storage.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection, Engine, FromClause

# two numbers are a space of keys apart from the one of names; they are "sed" and "write"
_WRITERS = "7562596, 1"
# in front of the first statement of a writer, which it therefore costs no round trip
JOIN_WRITERS = f"SELECT pg_advisory_xact_lock_shared({_WRITERS}); "
_LOCK_TIMEOUT = "55P03"
_NAMED = Prepared(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"))


def lock_name(db: Connection, organization_id: UUID, name: str) -> None:
    """Make others who want the same name in the organization wait until the commit.

    SQLite has one writer at a time, so there is nothing to do.
    """
    if db.dialect.name == "postgresql":
        _NAMED.run(db, {"name": f"{organization_id}/{name}"})


def in_turn(*name: ColumnElement[Any]) -> FromClause:
    """Return a source of one row, which comes when everybody who asked before has committed.

    Those who wait for a row itself are all woken by each commit, look, and wait again:
    of 32 writers on one counter nobody got anywhere.
    """
    key = func.hashtextextended(func.concat_ws("/", *(cast(part, Text) for part in name)), 0)
    return select(func.pg_advisory_xact_lock(key).label("turn")).subquery("in_turn")


@contextmanager
def without_writers(engine: Engine, seconds: int) -> Iterator[Callable[[], None]]:
    """Let those who write to PostgreSQL finish, and make new ones wait until the end.

    What is yielded makes sure that they still wait: a connection can break, and its locks
    with it. Raises `WritersAtWork` where a writer takes longer than the seconds given.
    """
    with engine.begin() as db:
        # this transaction does nothing while a dump is made, and must outlive it
        db.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        db.exec_driver_sql(f"SET LOCAL lock_timeout = '{seconds}s'")
        try:
            db.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != _LOCK_TIMEOUT:
                raise
            raise WritersAtWork(seconds=seconds) from error
        yield lambda: db.execute(text("SELECT 1")).close()
