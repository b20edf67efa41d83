"""Databases that tests take in turn: one is made as new again instead of being copied anew.

To copy a template costs PostgreSQL a quarter of a second and more, the more databases came
before; to empty sixty small tables and put the few rows of the template back, a tenth of it.
A database whose definitions a test has changed, or that somebody still holds, is dropped.
"""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests import postgres

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
_SEQUENCES: LiteralString = "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence"


class Copies:
    """Copies of one template, each as new when it is taken."""

    def __init__(self, template: str) -> None:
        self._template = template
        self._free: list[str] = []
        self._definitions: dict[str, str] = {}
        with _session(template) as session:
            rows = session.execute(_TABLES, [_public(session)]).fetchall()
            self._tables = [sql.Identifier(name) for (name,) in rows]
            self._rows = [(table, _rows_of(session, table)) for table in self._tables]

    def take(self) -> str:
        """Return the name of a database that is like the template."""
        if self._free:
            return self._free.pop()
        name = postgres.create_database(self._template)
        with _session(name) as session:
            self._definitions[name] = _definitions(session)
        return name

    def give_back(self, name: str) -> None:
        """Make a database as new for the next test, or drop it."""
        try:
            with _session(name) as session:
                is_as_defined = _definitions(session) == self._definitions[name]
                if is_as_defined:
                    self._renew(session)
        except psycopg.errors.LockNotAvailable:
            is_as_defined = False
        if is_as_defined:
            self._free.append(name)
        else:
            postgres.drop_database(name)

    def drop_all(self) -> None:
        """Remove the databases that nobody has."""
        while self._free:
            postgres.drop_database(self._free.pop())

    def _renew(self, session: psycopg.Connection) -> None:
        with session.transaction():
            # neither the guards of the audit nor foreign keys stand in the way
            session.execute("SET LOCAL session_replication_role = replica")
            session.execute("SET LOCAL lock_timeout = '2s'")
            session.execute(sql.SQL(";").join(map(_emptied, self._tables)))
            for table, rows in self._rows:
                if rows:
                    into = sql.SQL("COPY {} FROM STDIN").format(table)
                    with session.cursor().copy(into) as copy:
                        copy.write(rows)
            session.execute(_SEQUENCES)


def _session(name: str) -> psycopg.Connection:
    return psycopg.connect(make_conninfo(postgres.server_address(), dbname=name), autocommit=True)


def _public(session: psycopg.Connection) -> int:
    [oid] = session.execute("SELECT 'public'::regnamespace::oid").fetchone() or [0]
    return int(oid)


def _definitions(session: psycopg.Connection) -> str:
    [found] = session.execute(_DEFINITIONS).fetchone() or [""]
    return str(found)


def _emptied(table: sql.Identifier) -> sql.Composed:
    return sql.SQL("DELETE FROM {}").format(table)


def _rows_of(session: psycopg.Connection, table: sql.Identifier) -> bytes:
    with session.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(table)) as copy:
        return b"".join(bytes(part) for part in copy)
