"""The operation that tells a caller who he is."""

from __future__ import annotations

from pydantic import Field

from sed_tui.domain.access import Role
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ShowSession(Request):
    """Ask who is acting, in which organization, and what he may do."""


class SessionView(Message):
    """The caller: `operations` are the names of those that his roles permit.

    `stands_in_for` are the names of the absent whom he stands in for today.
    """

    login: str
    name: str
    organization: str
    organization_name: str
    roles: list[Role]
    operations: list[str]
    stands_in_for: list[str] = Field(default_factory=list)


class ShowChanges(Request):
    """Ask how far the changes of the organization have come, to see whether there are new ones."""


class ChangeCursor(Message):
    """A number that grows with every change."""

    cursor: int


CHANGES = Operation(
    "session.changes", N_("Ask whether anything changed"), ShowChanges, ChangeCursor, Effect.READ
)
SHOW = Operation("session.show", N_("Show who you are"), ShowSession, SessionView, Effect.READ)
