"""Operations on extra rights: a document shown to a person who has no part in it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class GrantAccess(Request):
    """Let a person read a document, its files and its history; a later grant replaces this one."""

    document: str
    employee: str
    reason: str
    ends_on: date | None = None


class RevokeAccess(Request):
    """Take the extra right away."""

    document: str
    employee: str


class ListAccess(Request):
    """Ask who has extra rights to a document, with `past` also who had."""

    document: str
    past: bool = False


class AccessRow(Message):
    """An extra right; `is_active` tells whether it holds today."""

    id: UUID
    employee: str
    login: str
    ends_on: date | None
    reason: str
    granted_at: datetime
    granted_by: str
    revoked_at: datetime | None
    is_active: bool


class AccessList(Message):
    """Extra rights to one document, the latest first."""

    rows: list[AccessRow]
    next: None = None


GRANT = Operation(
    "access.grant", N_("Show a document to a person"), GrantAccess, AccessRow, Effect.WRITE
)
REVOKE = Operation(
    "access.revoke",
    N_("Take an extra right to a document away"),
    RevokeAccess,
    AccessRow,
    Effect.DESTROY,
)
LIST = Operation(
    "access.list", N_("List extra rights to a document"), ListAccess, AccessList, Effect.READ
)
