"""The operation that lists what waits for a signature."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.flows import Flow
from sed_tui.domain.signing import SigningScope
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation


class ListToSign(ListRequest):
    """Ask for drafts that wait for a signature: yours, or of those you stand in for.

    A draft waits once everybody has agreed, or when no route makes anybody approve it. One
    that names no signatory waits for whoever has a right to sign.
    """

    scope: SigningScope = SigningScope.MINE


class ToSignRow(Message):
    """A draft that waits; `made_at` is when its version was made."""

    id: UUID
    short_id: str
    flow: Flow
    kind: str
    subject: str
    stage: Stage
    author: str
    signatory: str | None
    version: int
    made_at: datetime


class ToSignPage(Page):
    """A page of what waits, the oldest first."""

    rows: list[ToSignRow]


LIST = Operation(
    "signature.to_sign",
    N_("List what waits for a signature"),
    ListToSign,
    ToSignPage,
    Effect.READ,
)
