"""Sessions of PostgreSQL that stay when a gateway closes, for the next gateway over the database.

A new one costs the server 15 ms: a process, and all that it learns of sixty tables. A test opens
seven. One that is handed on is as a new one is, but for what it knows of the definitions.
"""

from __future__ import annotations

import select
from typing import TYPE_CHECKING, Any, LiteralString

import psycopg
from psycopg.pq import TransactionStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine.interfaces import Dialect

    Key = tuple[tuple[str, Any], ...]

# what DISCARD ALL does, but for the plans
_AS_NEW: LiteralString = """
CLOSE ALL; SET SESSION AUTHORIZATION DEFAULT; RESET ALL; UNLISTEN *;
SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES
"""
_MOST = 12  # for one database


class Sessions:
    """The sessions of databases that tests take in turn; those of others end as ever."""

    def __init__(self) -> None:
        self._kept: dict[str, list[tuple[Key, psycopg.Connection]]] = {}
        self._opened: dict[int, Key] = {}

    def keep(self, database: str) -> None:
        """Let the sessions of a database stay."""
        self._kept.setdefault(database, [])

    def end(self, database: str) -> None:
        """End the sessions of a database that is to be dropped."""
        for _key, session in self._kept.pop(database, []):
            session.close()

    def opened(self, dialect: Dialect, _record: Any, words: Any, settings: dict[str, Any]) -> Any:
        """Return a session for an engine: one that stayed, or a new one."""
        database = settings.get("dbname", "")
        # every engine has a table of adapters of its own, and all are alike
        key = tuple(sorted(pair for pair in settings.items() if pair[0] != "context"))
        if words or database not in self._kept:
            return None
        kept = self._kept[database]
        for place, (of, session) in enumerate(kept):
            if of == key:
                del kept[place]
                if _is_alive(session):
                    return session
                session.close()
                break
        made = dialect.connect(**settings)
        self._opened[id(made)] = key
        return made

    def closing(self, close: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        """Return what an engine calls to close a session, in place of `close`."""

        def closed(dialect: Any, session: Any) -> None:
            key = self._opened.get(id(session))
            kept = self._kept.get(dict(key).get("dbname", "")) if key is not None else None
            if key is None or kept is None or len(kept) >= _MOST or not _made_as_new(session):
                self._opened.pop(id(session), None)
                close(dialect, session)
            else:
                kept.append((key, session))

        return closed


def _made_as_new(session: psycopg.Connection) -> bool:
    if session.closed:
        return False
    try:
        session.rollback()
        session.autocommit = True
        session.execute(_AS_NEW)
        session.autocommit = False
    except psycopg.Error:
        return False
    session._notice_handlers.clear()  # the next engine brings its own
    session.isolation_level = session.read_only = session.deferrable = None
    return True


def _is_alive(session: psycopg.Connection) -> bool:
    """Tell whether a session waits for work; whatever its server has said to it ends it."""
    if session.closed or session.info.transaction_status is not TransactionStatus.IDLE:
        return False
    return not select.select([session.fileno()], [], [], 0)[0]
