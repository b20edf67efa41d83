"""Operations on sessions: who is signed in from where."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListSessions(Request):
    """Ask where a person is signed in, oneself unless another is named."""

    employee: str | None = None
    past: bool = False


class RevokeSessions(Request):
    """End a session by its id, or every session of a person."""

    session: str | None = None
    employee: str | None = None


class SessionRow(Message):
    """A sign-in; `is_own` marks the one that asks."""

    id: UUID
    short_id: str
    login: str
    client: str | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    is_valid: bool
    is_own: bool


class SessionList(Message):
    """The sessions of a person, the newest first."""

    rows: list[SessionRow]
    next: None = None


LIST = Operation("session.list", N_("List sessions"), ListSessions, SessionList, Effect.READ)
REVOKE = Operation("session.revoke", N_("End sessions"), RevokeSessions, SessionList, Effect.WRITE)
