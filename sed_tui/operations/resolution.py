"""Operations on one resolution while it is a draft: write it, change it, show it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.assignment_people import Watch
from sed_tui.domain.resolution import DraftState, ResolutionKind
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request

MOST_POINTS = 5000


class PointGiven(Message, extra="forbid"):
    """A point as it was written; whatever is not understood becomes a gap, not a refusal.

    Of `executor` the first named is responsible and the others contribute. None leaves
    a field of a point that is there as it is, an empty text empties it. `row` is the
    row of the table it stood in.
    """

    number: str | None = None
    text: str | None = None
    executor: str | None = None
    co_executors: str | None = None
    observers: str | None = None
    controller: str | None = None
    due: str | None = None
    co_due: str | None = None
    row: int | None = None


class DraftResolution(Request):
    """Write a draft that takes force when its head approves it.

    Text, term and controller are common to the points that have none of their own.
    Without `author` it is the caller's, who must be a head. Without `document` the
    `basis` says what it rests upon, like «протокол совещания от 23.11.2026 № 5».
    """

    points: tuple[PointGiven, ...] = Field(max_length=MOST_POINTS)
    document: str | None = None
    basis: str | None = None
    kind: ResolutionKind = ResolutionKind.RESOLUTION
    author: str | None = None
    text: str | None = None
    due: str | None = None
    profile: str | None = None
    controller: str | None = None
    control: Watch | None = None


class EditResolution(Request):
    """Change a draft: what is None stays; points are found by number, others are added.

    An empty text empties a field. A returned draft lies before the head again.
    """

    resolution: str
    points: tuple[PointGiven, ...] = Field(default=(), max_length=MOST_POINTS)
    drop: tuple[int, ...] = Field(default=(), max_length=MOST_POINTS)
    text: str | None = None
    due: str | None = None
    profile: str | None = None
    controller: str | None = None
    control: Watch | None = None
    version: int | None = None


class ShowResolution(Request):
    """Ask for one resolution by id or short id."""

    resolution: str


class PointGap(Message):
    """What a point lacks, or what in it was not understood."""

    code: str
    field: str | None
    message: str
    hint: str | None


class PointRow(Message):
    """A point as it would be issued today, or as it was issued.

    `due` is the term as written, `effective` the day it would end on if the head
    approved today, or does end on. `controller` is the common one where there is no
    `own_controller`.
    """

    number: int
    text: str | None
    executor: str | None
    co_executors: list[str]
    observers: list[str]
    controller: str | None
    due: str | None
    effective: date | None
    co_due: str | None
    gaps: list[PointGap]
    assignment_id: UUID | None
    own_controller: str | None = None


class ResolutionCard(Message):
    """A resolution with its points; `notes` tell what a table was read as."""

    id: UUID
    short_id: str
    kind: ResolutionKind
    state: DraftState
    document_id: UUID | None
    document_number: str | None
    basis: str | None
    author: str
    drafted_by: str
    text: str | None
    due: str | None
    profile: str | None
    controller: str | None
    control: str | None
    comment: str | None
    created_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    version: int
    total: int
    with_gaps: int
    steps: list[str]
    points: list[PointRow]
    notes: list[str] = Field(default_factory=list)


DRAFT = Operation(
    "resolution.draft", N_("Draft a resolution"), DraftResolution, ResolutionCard, Effect.WRITE
)
EDIT = Operation(
    "resolution.edit", N_("Change a draft resolution"), EditResolution, ResolutionCard, Effect.WRITE
)
SHOW = Operation(
    "resolution.show", N_("Show a resolution"), ShowResolution, ResolutionCard, Effect.READ
)
