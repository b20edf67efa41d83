"""Databases that tests take in turn: one is made as new again instead of being copied anew.

To copy a template costs PostgreSQL a quarter of a second and more, the more databases came
before; to empty sixty small tables and put the few rows of the template back, a tenth of it.
A database whose definitions a test has changed, or that somebody still holds, is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests import postgres

if TYPE_CHECKING:
    from tests.postgres_sessions import Sessions

# every change of a definition leaves a row of a later transaction in one of these
_DEFINITIONS: LiteralString = """
SELECT (SELECT (count(*), max(xmin::text::bigint)) FROM pg_class)::text
    || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_attribute)::text
    || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_constraint)::text
    || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_trigger)::text
    || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_proc)::text
    || (SELECT (count(*), max(xmin::text::bigint)) FROM pg_namespace)::text
"""
_TABLES: LiteralString = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = %s"
_SEQUENCES: LiteralString = """
SELECT format('%I.%I', schemaname, sequencename),
    coalesce(last_value, start_value), last_value IS NOT NULL
FROM pg_sequences
"""


@dataclass(frozen=True, slots=True)
class Rows:
    """What a database holds: the rows of every table as COPY writes them, and its sequences."""

    tables: tuple[tuple[sql.Identifier, bytes], ...]
    sequences: tuple[tuple[str, int, bool], ...]


class Copies:
    """Copies of one template, each as new when it is taken."""

    def __init__(self, template: str, kept: Sessions) -> None:
        self._template = template
        self._kept = kept
        self._free: list[str] = []
        self._definitions: dict[str, str] = {}
        # one that is new learns all the tables first, which takes longer than its work
        self._sessions: dict[str, psycopg.Connection] = {}
        self._rows = rows_of(template)

    def take(self) -> str:
        """Return the name of a database that is like the template."""
        if self._free:
            return self._free.pop()
        name = postgres.create_database(self._template)
        self._definitions[name] = _definitions(self._session(name))
        self._kept.keep(name)
        return name

    def give_back(self, name: str) -> None:
        """Make a database as new for the next test, or drop it."""
        try:
            session = self._session(name)
            is_as_defined = _definitions(session) == self._definitions[name]
            if is_as_defined:
                _write(session, self._rows)
        except psycopg.OperationalError:
            # somebody still holds it, or the test has killed the server
            is_as_defined = False
        if is_as_defined:
            self._free.append(name)
        else:
            self._drop(name)

    def drop_all(self) -> None:
        """Remove the databases that nobody has."""
        while self._free:
            self._drop(self._free.pop())

    def _drop(self, name: str) -> None:
        if (session := self._sessions.pop(name, None)) is not None:
            session.close()
        self._kept.end(name)
        postgres.drop_database(name)

    def _session(self, name: str) -> psycopg.Connection:
        if name not in self._sessions:
            self._sessions[name] = _session(name)
        return self._sessions[name]


def rows_of(name: str) -> Rows:
    """Return all that a database holds."""
    with _session(name) as session:
        found = session.execute(_TABLES, [_public(session)]).fetchall()
        tables = [sql.Identifier(table) for (table,) in found]
        return Rows(
            tuple((table, _copied(session, table)) for table in tables),
            tuple(session.execute(_SEQUENCES).fetchall()),
        )


def write_rows(name: str, rows: Rows) -> None:
    """Put into a database what another of the same definitions held, in place of its own."""
    with _session(name) as session:
        _write(session, rows)


def _write(session: psycopg.Connection, rows: Rows) -> None:
    with session.transaction():
        session.execute("SELECT pg_temp.empty_tables()")
        for table, content in rows.tables:
            if content:
                into = sql.SQL("COPY {} FROM STDIN").format(table)
                with session.cursor().copy(into) as copy:
                    copy.write(content)
        for sequence in rows.sequences:
            session.execute("SELECT setval(%s, %s, %s)", sequence)


def _session(name: str) -> psycopg.Connection:
    """Return a session that can empty all tables, by statements planned once."""
    address = make_conninfo(postgres.server_address(), dbname=name)
    session = psycopg.connect(address, autocommit=True)
    # neither the guards of the audit nor foreign keys stand in the way
    session.execute("SET session_replication_role = replica")  # to change it forgets all plans
    session.execute("SET lock_timeout = '2s'")
    tables = session.execute(_TABLES, [_public(session)]).fetchall()
    emptied = sql.SQL("").join(
        sql.SQL("DELETE FROM {};").format(sql.Identifier(table)) for (table,) in tables
    )
    session.execute(
        sql.SQL(
            "CREATE FUNCTION pg_temp.empty_tables() RETURNS void "
            "LANGUAGE plpgsql AS $$BEGIN {} END$$"
        ).format(emptied)
    )
    return session


def _public(session: psycopg.Connection) -> int:
    [oid] = session.execute("SELECT 'public'::regnamespace::oid").fetchone() or [0]
    return int(oid)


def _definitions(session: psycopg.Connection) -> str:
    [found] = session.execute(_DEFINITIONS).fetchone() or [""]
    return str(found)


def _copied(session: psycopg.Connection, table: sql.Identifier) -> bytes:
    with session.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(table)) as copy:
        return b"".join(bytes(part) for part in copy)
