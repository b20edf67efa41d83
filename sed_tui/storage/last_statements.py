"""The last statements of a transaction, sent together with its commit (PostgreSQL).

Whoever registers holds the row of the counter until the commit, and everybody else waits
for it. Each statement that is sent alone holds it for one more way to the server and back,
and on a busy machine until both programs have had their turns.
SQLite is in the process: there is nothing to send.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_END = "sed_end"


@contextmanager
def ending_together(db: Connection) -> Iterator[None]:
    """Let the transaction that is begun inside send its last statements with its commit.

    Raises `DBAPIError` where the connection breaks while the last answers are waited for:
    the driver tells that by itself, behind the back of SQLAlchemy, so that here the
    connection is taken out of the pool, which else would take a transaction back on it.
    """
    driver: Any = db.dialect.loaded_dbapi
    try:
        with ExitStack() as end:
            db.execution_options(**{_END: end})
            yield
    except driver.Error as error:
        lost = _is_lost(db, error)
        if lost:
            db.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, driver.Error, connection_invalidated=lost, dialect=db.dialect
        ) from error


def send_with_commit(db: Connection) -> None:
    """Wait for no answer from here to the commit, which then raises what any of them raises.

    Nothing may follow that reads an answer.
    """
    end = db.get_execution_options().get(_END)
    if db.dialect.name == "postgresql" and isinstance(end, ExitStack):
        end.enter_context(_connection(db).pipeline())


def commit_behind_them(db: Connection) -> None:
    """Send the commit behind the last statements, and wait once for all the answers.

    The driver's own commit waits for them, and the end of its pipeline waits again.
    """
    end = db.get_execution_options().get(_END)
    if isinstance(end, ExitStack) and _sends_only(db):
        _connection(db).execute("COMMIT")
        end.close()


def ask_no_more(db: Connection) -> None:
    """Leave the answers alone before a transaction is taken back: one of them was a refusal.

    Those sent after it were not looked at by PostgreSQL, and to ask for them raises that
    instead of what was refused.
    """
    end = db.get_execution_options().get(_END)
    if isinstance(end, ExitStack):
        from psycopg import Error

        with suppress(Error):
            end.close()


def _is_lost(db: Connection, error: Any) -> bool:
    """Tell whether nothing can be asked of the connection any more.

    One that broke among the answers may not know it yet, but stays in its pipeline.
    """
    return not db.invalidated and (
        db.dialect.is_disconnect(error, _connection(db), None) or _sends_only(db)
    )


def _sends_only(db: Connection) -> bool:
    return db.dialect.name == "postgresql" and bool(_connection(db).info.pipeline_status)


def _connection(db: Connection) -> Any:
    """Return the connection as the driver knows it."""
    return db.connection.driver_connection
