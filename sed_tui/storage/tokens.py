"""Tokens and sessions as rows: read, revoked, and marked as used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select, update
from sqlmodel import col

from sed_tui.storage.tables.identity import AccessTokenTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement, Connection, Row

    from sed_tui.domain.identity import TokenKind

_T = AccessTokenTable
_COLUMNS = (_T.id, _T.kind, _T.name, _T.scopes, _T.client)
_MOMENTS = (_T.created_at, _T.expires_at, _T.used_at, _T.revoked_at)


@dataclass(frozen=True, slots=True)
class Presented:
    """A token that a caller has presented, by its hash, and when."""

    hash: str
    at: datetime


def in_force(at: datetime) -> ColumnElement[bool]:
    """Return the condition that a token opens something."""
    return and_(col(_T.revoked_at).is_(None), col(_T.expires_at) > at)


def tokens(
    db: Connection, kind: TokenKind, *conditions: ColumnElement[bool]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return tokens with the logins of their owners, the newest first."""
    return db.execute(
        select(*map(col, (*_COLUMNS, *_MOMENTS)), col(EmployeeTable.login))
        .join(EmployeeTable, col(EmployeeTable.id) == col(_T.employee_id))
        .where(col(_T.kind) == kind.value, *conditions)
        .order_by(col(_T.created_at).desc(), col(_T.id))
    ).all()


def revoke(db: Connection, at: datetime, *conditions: ColumnElement[bool]) -> list[UUID]:
    """Revoke the tokens of a condition that still open something, and return their ids."""
    return list(
        db.scalars(
            update(_T).where(in_force(at), *conditions).values(revoked_at=at).returning(col(_T.id))
        )
    )


def mark_used(db: Connection, presented: Presented) -> None:
    """Note that a token was used."""
    moment = func.coalesce(col(_T.used_at), presented.at)
    db.execute(
        update(_T)
        .where(col(_T.hash) == presented.hash, moment <= presented.at)
        .values(used_at=presented.at)
    )
