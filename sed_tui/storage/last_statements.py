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
    the driver tells that by itself, behind the back of SQLAlchemy.
    """
    driver: Any = db.dialect.loaded_dbapi
    try:
        with ExitStack() as end:
            db.execution_options(**{_END: end})
            yield
    except driver.Error as error:
        raise DBAPIError.instance(None, None, error, driver.Error, dialect=db.dialect) from error


def send_with_commit(db: Connection) -> None:
    """Wait for no answer from here to the commit, which then raises what any of them raises.

    Nothing may follow that reads an answer.
    """
    end = db.get_execution_options().get(_END)
    if db.dialect.name == "postgresql" and isinstance(end, ExitStack):
        driver: Any = db.connection.driver_connection
        end.enter_context(driver.pipeline())


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
