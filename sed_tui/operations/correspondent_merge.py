"""Making one correspondent of two."""

from __future__ import annotations

from uuid import UUID

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class MergeCorrespondents(Request):
    """Make one correspondent of two: `target` stays.

    The documents of `source` become those of `target`, which also takes the fields it
    lacks; the row of `source` stays as a redirect, so that its names, its INN and its
    id lead to `target`.
    """

    source: str
    target: str


class Merged(Message):
    """What a merge did."""

    source: UUID
    target: UUID
    name: str
    documents: int


MERGE = Operation(
    "correspondent.merge",
    N_("Merge correspondents"),
    MergeCorrespondents,
    Merged,
    Effect.DESTROY,
)
