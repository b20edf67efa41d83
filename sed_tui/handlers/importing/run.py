"""The row of a run: opened, claimed by one batch at a time, counted up."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.text import clean
from sed_tui.errors.imports import ImportOvertaken, NoSuchImport
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.imports import Outcome
from sed_tui.storage.tables.import_run import ImportRunTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.importing.row import ImportedRow
    from sed_tui.handlers.work import Work
    from sed_tui.operations.import_columns import Noun
    from sed_tui.operations.imports import BeginImport


def open_run(work: Work, request: BeginImport) -> UUID:
    """Store a run that has done nothing yet and return its id."""
    run = uuid4()
    values = {
        "noun": request.noun.value,
        "source": clean(request.source, "source", limit=255),
        "fingerprint": request.fingerprint,
    }
    none = dict.fromkeys(("last_row", "read", "created", "unchanged", "duplicates", "refused"), 0)
    work.db.execute(
        insert(ImportRunTable).values(
            id=run,
            organization_id=work.organization_id,
            state="running",
            started_at=work.now,
            started_by=work.actor.employee_id,
            **values,
            **none,
        )
    )
    work.record("begin", "import", run, None, values)
    return run


def claim(work: Work, run: UUID, noun: Noun, after: int, last_row: int) -> None:
    """Move a run on to the last row of a batch; its row stays locked until the commit.

    Raises `NoSuchImport`, and `ImportOvertaken` when it is not where the caller thinks.
    """
    mine = (
        col(ImportRunTable.id) == run,
        col(ImportRunTable.organization_id) == work.organization_id,
        col(ImportRunTable.noun) == noun,
    )
    moved = work.db.execute(
        update(ImportRunTable)
        .where(*mine, col(ImportRunTable.state) == "running", col(ImportRunTable.last_row) == after)
        .values(last_row=last_row)
        .returning(col(ImportRunTable.id))
    ).one_or_none()
    if moved is None:
        found = work.db.execute(select(col(ImportRunTable.last_row)).where(*mine)).one_or_none()
        if found is None:
            raise NoSuchImport(field="run", run=str(run))
        raise ImportOvertaken(field="run", run=short_id(run), row=found.last_row)


def count(work: Work, run: UUID, rows: Sequence[ImportedRow], **state: Any) -> None:
    """Add what became of the rows to the counts of a run."""
    outcomes = Counter(row.outcome for row in rows)
    table = ImportRunTable
    work.db.execute(
        update(table)
        .where(col(table.id) == run)
        .values(
            read=col(table.read) + len(rows),
            created=col(table.created) + outcomes[Outcome.CREATED],
            unchanged=col(table.unchanged) + outcomes[Outcome.UNCHANGED],
            duplicates=col(table.duplicates) + outcomes[Outcome.DUPLICATE],
            refused=col(table.refused) + outcomes[Outcome.REFUSED],
            **state,
        )
    )
