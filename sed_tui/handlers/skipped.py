"""Ordinals of a counter that nothing carries: no document, reservation or explained gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, union
from sqlmodel import col

from sed_tui.domain.gaps import missing_runs
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.numbers import GapTable, ReservationTable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from sqlalchemy import CompoundSelect, Row

    from sed_tui.handlers.work import Work

_AT_ONCE = 10_000


def skipped_runs(
    work: Work, journal: UUID, counter: Row[*tuple[Any, ...]]
) -> Iterator[tuple[int, int]]:
    """Yield the first and the last ordinal of every run that is missing, in order."""
    taken: CompoundSelect[Any] = union(
        *(
            select(col(table.ordinal).label("ordinal")).where(
                col(table.journal_id) == journal,
                col(table.period) == counter.period,
                col(table.scope) == counter.scope,
                col(table.ordinal).is_not(None),
            )
            for table in (DocumentTable, ReservationTable, GapTable)
        )
    ).order_by("ordinal")
    # a journal may hold a million ordinals: they are not gathered
    with work.db.execute(taken, execution_options={"yield_per": _AT_ONCE}) as rows:
        yield from missing_runs(counter.start, counter.last_ordinal, rows.scalars())
