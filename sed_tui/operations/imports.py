"""Operations that load tables: begin a run, send rows in batches, finish, undo, list."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import Field

from sed_tui.i18n import N_
from sed_tui.operations.file import FileContent
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request

MOST_ROWS = 1_000_000


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class RowError(Message):
    """What is wrong with a row, or worth a look though the row was taken."""

    code: str
    field: str | None = None
    message: str
    hint: str | None = None


class RowResult(Message):
    """What became of a row; `id` and `number` are of the card made or found."""

    row: int
    outcome: Outcome
    id: UUID | None = None
    number: str | None = None
    errors: list[RowError] = Field(default_factory=list)


class BeginImport(Request):
    """Open a run for a file; its fingerprint tells the same file read the same way.

    With `resume`, an unfinished run of that fingerprint goes on. Without, an unfinished
    one is closed, and whoever still sends its rows is told so.
    """

    noun: Noun
    source: str = Field(max_length=255)
    fingerprint: str = Field(min_length=16, max_length=64)
    resume: bool = False


class ImportRows(Request):
    """A batch of rows as texts, in the order of `columns`, all stored in one transaction.

    `numbers` are the rows' numbers in the file. `faults` are rows whose reader found
    them wrong: they are counted and answered, not read. `files` are staged contents by
    row number. Without a run the rows are a whole import in themselves: `begin` names
    the file, and with `atomic` nothing is stored unless every row is right. `after` is
    the last row that the caller knows to be done.
    """

    columns: tuple[str, ...]
    numbers: tuple[int, ...] = Field(max_length=MOST_ROWS)
    rows: tuple[tuple[str, ...], ...] = Field(max_length=MOST_ROWS)
    files: dict[int, tuple[FileContent, ...]] = Field(default_factory=dict)
    faults: dict[int, RowError] = Field(default_factory=dict)
    run: UUID | None = None
    after: int = 0
    begin: BeginImport | None = None
    atomic: bool = False


class ImportDocuments(ImportRows):
    """A batch of registration cards."""


class ImportCorrespondents(ImportRows):
    """A batch of correspondents."""


class ImportPeople(ImportRows):
    """A batch of people."""


class ImportOrganizations(ImportRows):
    """A batch of the register of organizations: an application for each that is new."""


class NumberGaps(Message):
    """Ordinals that no document carries, in one period of a journal."""

    journal: str
    period: str
    missing: int
    ranges: list[str]


class ImportRun(Message):
    """A run: how far it came and what became of its rows."""

    id: UUID
    noun: Noun
    source: str
    state: str
    last_row: int
    read: int
    created: int
    unchanged: int
    duplicates: int
    refused: int
    started_at: datetime
    finished_at: datetime | None
    started_by: str


class ImportedRows(Message):
    """What became of each row of a batch, and where the run is now.

    `run` is None where nothing was stored: an import of all or nothing with a wrong row.
    """

    run: UUID | None
    results: list[RowResult]
    created: int
    unchanged: int
    duplicates: int
    refused: int
    gaps: list[NumberGaps] = Field(default_factory=list)


class FinishImport(Request):
    """Close a run: every row of the file was sent."""

    run: UUID


class FinishedImport(ImportRun):
    """A closed run, with the gaps in the numbers of the periods it filled."""

    gaps: list[NumberGaps]


class UndoImport(Request):
    """Take everything back that a run stored, while nothing depends on it."""

    run: str


class ListImports(ListRequest):
    """Ask for the runs, the newest first."""


class ImportPage(Page):
    """Some runs."""

    rows: list[ImportRun]


BEGIN = Operation("import.begin", N_("Begin an import"), BeginImport, ImportRun, Effect.WRITE)
DOCUMENTS = Operation(
    "import.documents", N_("Import documents"), ImportDocuments, ImportedRows, Effect.WRITE
)
CORRESPONDENTS = Operation(
    "import.correspondents",
    N_("Import correspondents"),
    ImportCorrespondents,
    ImportedRows,
    Effect.WRITE,
)
PEOPLE = Operation("import.people", N_("Import people"), ImportPeople, ImportedRows, Effect.WRITE)
ORGANIZATIONS = Operation(
    "import.organizations",
    N_("Import the register of organizations"),
    ImportOrganizations,
    ImportedRows,
    Effect.WRITE,
)
FINISH = Operation(
    "import.finish", N_("Finish an import"), FinishImport, FinishedImport, Effect.WRITE
)
UNDO = Operation("import.undo", N_("Undo an import"), UndoImport, ImportRun, Effect.DESTROY)
LIST = Operation("import.list", N_("List imports"), ListImports, ImportPage, Effect.READ)
