"""The operation that lists resolutions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.resolution import DraftState, ResolutionKind
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation


class ListResolutions(ListRequest):
    """Ask for resolutions, the newest first.

    `waiting` are drafts that wait for the caller: as a head to decide, as a drafter to mend.
    """

    document: str | None = None
    state: DraftState | None = None
    waiting: bool = False


class FirstPoint(Message):
    """One of the points that a list shows of a resolution; what is common fills its gaps."""

    number: int
    text: str | None
    executor: str | None


class ResolutionRow(Message):
    """A resolution in a list; of its points the first few."""

    id: UUID
    short_id: str
    kind: ResolutionKind
    state: DraftState
    document_number: str | None
    basis: str | None
    author: str
    drafted_by: str
    text: str | None
    total: int
    created_at: datetime
    decided_at: datetime | None
    comment: str | None
    points: list[FirstPoint] = Field(default_factory=list)


class ResolutionPage(Page):
    """A page of resolutions."""

    rows: list[ResolutionRow]


LIST = Operation(
    "resolution.list", N_("List resolutions"), ListResolutions, ResolutionPage, Effect.READ
)
