"""Whom a person stands in for on a day, asked at the beginning of every operation.

The table is named here by its columns: its SQLModel class would cost every start 4 ms.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, DateTime, String, Uuid, bindparam, column, select, table

from sed_tui.domain.substitution import Scope, scopes_of

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection, Select

    from sed_tui.domain.actor import Actor


def standing_in(db: Connection, actor: Actor, day: date) -> Actor:
    """Return the actor of a day, with the absent people whom he stands in for on it."""
    who = {"organization": actor.organization_id, "substitute": actor.employee_id, "day": day}
    rows = db.execute(_query(), who).all()
    if not rows:
        return replace(actor, day=day)
    covered = [(row.absent_id, scopes_of(row.scope)) for row in rows]
    return replace(
        actor,
        day=day,
        stands_for=frozenset(who for who, scopes in covered if Scope.ASSIGNMENTS in scopes),
        approves_for=frozenset(who for who, scopes in covered if Scope.APPROVAL in scopes),
        reads_for=frozenset(who for who, scopes in covered if Scope.ACQUAINTANCE in scopes),
    )


@cache
def _query() -> Select[*tuple[Any, ...]]:
    substitution = table(
        "substitution",
        column("organization_id", Uuid()),
        column("absent_id", Uuid()),
        column("substitute_id", Uuid()),
        column("starts_on", Date()),
        column("ends_on", Date()),
        column("scope", String()),
        column("cancelled_at", DateTime()),
    )
    c = substitution.c
    return select(c.absent_id, c.scope).where(
        c.substitute_id == bindparam("substitute"),
        c.ends_on >= bindparam("day"),
        c.starts_on <= bindparam("day"),
        c.organization_id == bindparam("organization"),
        c.cancelled_at.is_(None),
    )
