"""The gaps that an import shows: ordinals of its periods that no document carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.handlers.skipped import skipped_runs
from sed_tui.operations.imports import NumberGaps
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.numbers import CounterTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

_SHOWN = 20


def gaps_of_run(work: Work, run: UUID) -> list[NumberGaps]:
    """Return, for each counter that a run gave numbers of, the ordinals that are missing."""
    found = (_gaps(work, counter) for counter in counters_of_run(work, run))
    return [gaps for gaps in found if gaps is not None]


def counters_of_run(work: Work, run: UUID) -> list[Row[*tuple[Any, ...]]]:
    """Return the counters of a run's cards, with the code of the journal."""
    table, counter = DocumentTable, CounterTable
    used = (
        select(*map(col, (table.journal_id, table.period, table.scope)))
        .where(col(table.import_run_id) == run, col(table.ordinal).is_not(None))
        .distinct()
        .subquery()
    )
    rows = work.db.execute(
        select(
            *map(col, (counter.journal_id, counter.period, counter.scope)),
            *map(col, (counter.start, counter.last_ordinal)),
            col(JournalTable.code),
        )
        .join(
            used,
            (used.c.journal_id == col(counter.journal_id))
            & (used.c.period == col(counter.period))
            & (used.c.scope == col(counter.scope)),
        )
        .join(JournalTable, col(JournalTable.id) == col(counter.journal_id))
        .where(col(counter.organization_id) == work.organization_id)
        .order_by(col(JournalTable.code), col(counter.period), col(counter.scope))
    ).all()
    return list(rows)


def _gaps(work: Work, counter: Row[*tuple[Any, ...]]) -> NumberGaps | None:
    missing = 0
    ranges: list[str] = []
    for first, last in skipped_runs(work, counter.journal_id, counter):
        missing += last - first + 1
        if len(ranges) < _SHOWN:
            ranges.append(_range(first, last))
    if not missing:
        return None
    return NumberGaps(journal=counter.code, period=counter.period, missing=missing, ranges=ranges)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
