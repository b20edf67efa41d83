"""The operation that lists drafts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.flows import Flow
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation


class ListDrafts(ListRequest):
    """Ask for drafts, the newest first: all one may see, or `mine` alone, of one stage."""

    stage: Stage | None = None
    mine: bool = False


class DraftRow(Message):
    """A draft in a list."""

    id: UUID
    short_id: str
    flow: Flow
    kind: str
    subject: str
    stage: Stage
    author: str
    signatory: str | None
    version: int
    created_at: datetime


class DraftPage(Page):
    """A page of drafts."""

    rows: list[DraftRow]


LIST = Operation("draft.list", N_("List drafts"), ListDrafts, DraftPage, Effect.READ)
