"""Whom a person stands in for on a day, asked at the beginning of every operation.

The table is named here by its columns: its SQLModel class would cost every start 4 ms.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Date, DateTime, String, Uuid, and_, bindparam, column, select, table

from sed_tui.domain.substitution import Scope, scopes_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection, Select, TableClause

    from sed_tui.domain.actor import Actor


def standing_in(db: Connection, actor: Actor, day: date) -> Actor:
    """Return the actor of a day, with the absent people whom he stands in for on it."""
    who = {"organization": actor.organization_id, "substitute": actor.employee_id, "day": day}
    covered = [(row.absent_id, row.scope) for row in db.execute(_query(), who)]
    acts, approves, reads = covering(covered)
    return replace(actor, day=day, stands_for=acts, approves_for=approves, reads_for=reads)


class Covering(NamedTuple):
    """For whom somebody does assignments, decides about drafts, gets acquainted."""

    stands_for: frozenset[UUID]
    approves_for: frozenset[UUID]
    reads_for: frozenset[UUID]


def covering(covered: Iterable[tuple[UUID, str]]) -> Covering:
    """Return for whom somebody stands in, of absent people and what it is for."""
    known = [(who, scopes_of(scope)) for who, scope in covered]
    work = (Scope.ASSIGNMENTS, Scope.APPROVAL, Scope.ACQUAINTANCE)
    return Covering(*(frozenset(who for who, scopes in known if one in scopes) for one in work))


@cache
def substitution_table() -> TableClause:
    """Return the table as far as it is asked here."""
    return table(
        "substitution",
        column("organization_id", Uuid()),
        column("absent_id", Uuid()),
        column("substitute_id", Uuid()),
        column("starts_on", Date()),
        column("ends_on", Date()),
        column("scope", String()),
        column("cancelled_at", DateTime()),
    )


def is_in_force() -> ColumnElement[bool]:
    """Return the condition that a substitution holds on the parameter `day`."""
    c = substitution_table().c
    return and_(
        c.ends_on >= bindparam("day", type_=Date()),
        c.starts_on <= bindparam("day", type_=Date()),
        c.cancelled_at.is_(None),
    )


@cache
def _query() -> Select[*tuple[Any, ...]]:
    c = substitution_table().c
    return select(c.absent_id, c.scope).where(
        c.substitute_id == bindparam("substitute"),
        c.organization_id == bindparam("organization"),
        is_in_force(),
    )
