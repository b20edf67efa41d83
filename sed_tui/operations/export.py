"""Operations that give out tables which can be imported again."""

from __future__ import annotations

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ExportRows(Request):
    """Ask for the next rows of a table, the oldest first."""

    after: str | None = None
    limit: int = Field(default=5000, ge=1, le=10_000)


class ExportDocuments(ExportRows):
    """Ask for registered cards that fit a query of the prompt."""

    query: str = ""


class ExportCorrespondents(ExportRows):
    """Ask for correspondents, but for those that were merged into others."""


class ExportPeople(ExportRows):
    """Ask for the people who work in the organization."""


class ExportedRows(Message):
    """Rows as texts under the columns that an import reads, and the cursor of the next ones."""

    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]
    next: str | None = None


DOCUMENTS = Operation(
    "export.documents", N_("Export documents"), ExportDocuments, ExportedRows, Effect.READ
)
CORRESPONDENTS = Operation(
    "export.correspondents",
    N_("Export correspondents"),
    ExportCorrespondents,
    ExportedRows,
    Effect.READ,
)
PEOPLE = Operation("export.people", N_("Export people"), ExportPeople, ExportedRows, Effect.READ)
