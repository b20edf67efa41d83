"""The second wall between organizations: row-level security of PostgreSQL.

Every query names its organization; should one forget to, the database still gives no
row of another. A transaction runs as one of two roles, neither a superuser nor exempt:
`sed_application` sees the organization it has entered, `sed_everywhere` sees all and is
for what `domain.reach.SPANNING` lists, for finding out who acts, and for upkeep.
SQLite has no such thing: whoever holds the file holds the data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, case, cast, func, text, true

from sed_tui.storage.locks import JOIN_WRITERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection

APPLICATION = "sed_application"
EVERYWHERE = "sed_everywhere"
ROLES = (APPLICATION, EVERYWHERE)

_LOOK = f"SET LOCAL ROLE {EVERYWHERE}"
_ONE_MOMENT = "ISOLATION LEVEL REPEATABLE READ"
_MOVE = text("SELECT set_config('app.organization', :organization, true)")
_INTRODUCE = text(
    "INSERT INTO employee_guest (organization_id, employee_id) "
    "SELECT :organization, e FROM unnest(CAST(:employees AS uuid[])) e ON CONFLICT DO NOTHING"
)


def enter(db: Connection, organization_id: UUID) -> None:
    """Let the rest of the transaction see one organization and no other."""
    if db.dialect.name == "postgresql":
        # every operation does it: one message without parameters is half of one with them
        db.exec_driver_sql(
            f"SET LOCAL ROLE {APPLICATION}; SET LOCAL app.organization = '{organization_id.hex}'"
        )


def entering(organization_id: ColumnElement[Any]) -> ColumnElement[str]:
    """Return what enters an organization within a query, once it is through with its rows.

    Its value is the id that was entered; SQLite has nothing of the kind.
    """
    role = func.set_config("role", APPLICATION, true())
    place = func.set_config("app.organization", cast(organization_id, Text), true())
    return case((role == APPLICATION, place))


def move(db: Connection, organization_id: UUID) -> None:
    """Go on in another organization, as far as one could see before."""
    if db.dialect.name == "postgresql":
        db.execute(_MOVE, {"organization": str(organization_id)})


def everywhere(*, writes: bool) -> str:
    """Return the message that begins a transaction of an operation on PostgreSQL.

    It sees all organizations, until it enters one; a writer makes itself known. The queries
    of a reader tell of one moment, as they do in SQLite anyway.
    """
    return f"BEGIN; {JOIN_WRITERS}{_LOOK}" if writes else f"BEGIN {_ONE_MOMENT}; {_LOOK}"


def look_everywhere(db: Connection) -> None:
    """Let a transaction that was begun as any other see all organizations, until it enters one."""
    if db.dialect.name == "postgresql":
        known = JOIN_WRITERS if db.get_execution_options().get("writes", False) else ""
        db.exec_driver_sql(known + _LOOK)


def introduce(db: Connection, organization_id: UUID, employees: Sequence[UUID]) -> None:
    """Let people of another organization be known by name here, where they do something."""
    if db.dialect.name == "postgresql":
        who = {"organization": organization_id, "employees": list(employees)}
        db.execute(_INTRODUCE, who)
