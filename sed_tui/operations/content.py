"""The operation on everything that the store keeps: is it still what was put there."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.pages import Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class VerifyContents(Request):
    """Read the next contents in sight and compare each with its digest.

    A page ends after `limit` contents, sooner when they are large. Files of signatures are
    read where signatures are verified.
    """

    after: str | None = None
    limit: int = Field(default=200, ge=1, le=1000)


class SpoiledFile(Message):
    """A file whose bytes the store has lost or spoiled, under what names it is known.

    `kind` is the noun of what holds it; `result` is invalid, `reasons` are codes.
    """

    kind: str
    id: UUID
    document: UUID | None
    number: str | None
    file: str | None
    file_version: int | None
    sha256: str
    result: str
    reasons: list[str]


class VerifiedContents(Page):
    """What is wrong among the contents read, and how many those were."""

    rows: list[SpoiledFile]
    read: int
    bytes: int


VERIFY = Operation(
    "content.verify",
    N_("Compare stored files with their digests, page by page"),
    VerifyContents,
    VerifiedContents,
    Effect.READ,
)
