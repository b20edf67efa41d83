"""A quick look for the completion of a shell: names that begin with what was typed.

It speaks SQL to the driver itself, because importing SQLAlchemy alone takes longer than
a key press may. It reads what the lists of the same person would show, or nothing.
"""

from __future__ import annotations

import getpass
import re
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sed_tui.domain.access import SIGHT, Sight

if TYPE_CHECKING:
    from sed_tui.config import Settings

ROWS = 50
_READERS = ", ".join(f"'{role}'" for role, sight in SIGHT.items() if sight is Sight.ORGANIZATION)
_WHOLE = f" WHERE scope = '{Sight.ORGANIZATION}' OR scope IS NULL AND role IN ({_READERS})"
_WHERE = "organization_id IN (SELECT organization_id FROM mine{readers}) AND"
QUERIES = {
    "document": ("document", "number", _WHOLE),
    "journal": ("journal", "code", ""),
    "employee": ("employee", "login", ""),
    "correspondent": ("correspondent", "name", _WHOLE),
}


def glimpse(settings: Settings, kind: str, beginning: str) -> list[str]:
    """Return some names of a kind; none where the database cannot be read at once."""
    query = _query(kind, settings)
    values = {
        "login": settings.login or _os_user(),
        "organization": settings.organization,
        "low": beginning,
        "high": f"{beginning}\U0010ffff",
        "rows": ROWS,
    }
    if settings.database.startswith("sqlite:///"):
        return _from_sqlite(settings.database.removeprefix("sqlite:///"), query, values)
    if settings.database.startswith("postgresql+psycopg://"):
        address = settings.database.replace("+psycopg", "", 1)
        return _from_postgres(address, query, values)
    return []


def _query(kind: str, settings: Settings) -> str:
    table, column, readers = QUERIES[kind]
    who = "login" if settings.login else "os_user"
    where = "AND o.code = :organization" if settings.organization else ""
    within = _WHERE.format(readers=readers)
    return f"""
        WITH mine AS (
            SELECT g.organization_id, g.role, g.scope
            FROM employee e
            JOIN role_grant g ON g.employee_id = e.id
            JOIN organization o ON o.id = g.organization_id
            WHERE e.state = 'active' AND o.state = 'active' AND e.{who} = :login {where}
        )
        SELECT DISTINCT {column} FROM {table}
        WHERE {within} {column} >= :low AND {column} < :high
        ORDER BY {column} LIMIT :rows
    """


def _from_sqlite(path: str, query: str, values: dict[str, Any]) -> list[str]:
    import sqlite3  # 8 ms, for a key press that completes a name alone

    try:
        address = f"file:{quote(path)}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=0.1)) as db:
            return [row[0] for row in db.execute(query, values)]
    except sqlite3.Error:
        return []


def _from_postgres(address: str, query: str, values: dict[str, Any]) -> list[str]:
    import psycopg  # 60 ms, for a key press that completes a name alone

    limits = "-c statement_timeout=200 -c default_transaction_read_only=on"
    try:
        with psycopg.connect(address, connect_timeout=2, options=limits) as db:
            named = re.sub(r":(\w+)", r"%(\1)s", query)
            return [row[0] for row in db.execute(named.encode(), values)]
    except psycopg.Error:
        return []


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
