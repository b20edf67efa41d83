"""Control of gaps: what a reader of a journal would ask about (rules §1.6)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.handlers.skipped import skipped_runs
from sed_tui.operations.journal import Gap
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.numbers import CounterTable, GapTable, ReservationTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Row

    from sed_tui.handlers.numbers import Journal
    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]


def gaps_of(work: Work, journal: Journal, year: int | None) -> list[Gap]:
    """Return gaps, reservations, odd numbers and breaches of chronology, by period and ordinal."""
    counters = work.db.execute(
        select(
            *map(col, (CounterTable.period, CounterTable.scope)),
            *map(col, (CounterTable.start, CounterTable.last_ordinal)),
        )
        .where(col(CounterTable.journal_id) == journal.id)
        .order_by(col(CounterTable.period), col(CounterTable.scope))
    ).all()
    rows: list[Gap] = []
    for counter in counters:
        if year is not None and not counter.period.startswith((f"{year}", "all")):
            continue
        rows += _of_counter(work, journal, counter)
    rows += _without_ordinal(work, journal, year)
    return rows


def _of_counter(work: Work, journal: Journal, counter: _Row) -> list[Gap]:
    documents = _documents(work, journal, counter)
    held = {
        "reserved": _held(work, ReservationTable, journal, counter),
        "gap": _held(work, GapTable, journal, counter),
    }
    rows = [_reserved(counter.period, row) for row in held["reserved"]]
    rows += [_explained(counter.period, row) for row in held["gap"]]
    rows += [
        Gap(period=counter.period, ordinal=first, through=last, number=None, problem="skipped")
        for first, last in skipped_runs(work, journal.id, counter)
    ]
    rows += _breaches(counter.period, documents)
    return sorted(rows, key=lambda gap: (gap.ordinal or 0, gap.problem))


def _reserved(period: str, row: _Row) -> Gap:
    return Gap(
        period=period,
        ordinal=row.ordinal,
        number=row.number,
        problem="reserved",
        reason=row.reason,
    )


def _explained(period: str, row: _Row) -> Gap:
    return Gap(
        period=period,
        ordinal=row.ordinal,
        number=row.number,
        problem=row.cause,
        reason=row.reason,
        document_id=row.document_id,
        see=row.replaced_by,
    )


def _breaches(period: str, documents: Sequence[_Row]) -> Iterator[Gap]:
    """Yield numbers that are greater than one of a later date."""
    for before, after in pairwise(documents):
        # a suffixed number stands back-dated beside its neighbour by design
        if before.registered_on > after.registered_on and not after.suffix and not before.suffix:
            yield Gap(
                period=period,
                ordinal=after.ordinal,
                number=after.number,
                problem="chronology",
                reason=f"{after.registered_on:%d.%m.%Y} < {before.registered_on:%d.%m.%Y}",
                document_id=after.id,
                see=before.number,
            )


def _without_ordinal(work: Work, journal: Journal, year: int | None) -> list[Gap]:
    """Return historic documents whose number the formula does not read."""
    table = DocumentTable
    rows = work.db.execute(
        select(*map(col, (table.id, table.number, table.period, table.registered_on)))
        .where(col(table.journal_id) == journal.id, col(table.ordinal).is_(None))
        .order_by(col(table.registered_on), col(table.key))
    ).all()
    return [
        Gap(
            period=row.period or "",
            ordinal=None,
            number=row.number,
            problem="format",
            document_id=row.id,
        )
        for row in rows
        if year is None or row.registered_on.year == year
    ]


def _documents(work: Work, journal: Journal, counter: _Row) -> Sequence[_Row]:
    table = DocumentTable
    return work.db.execute(
        select(
            *map(col, (table.id, table.ordinal, table.suffix, table.number, table.registered_on))
        )
        .where(
            col(table.journal_id) == journal.id,
            col(table.period) == counter.period,
            col(table.scope) == counter.scope,
            col(table.ordinal).is_not(None),
        )
        .order_by(col(table.ordinal), col(table.suffix))
    ).all()


def _held(work: Work, table: Any, journal: Journal, counter: _Row) -> Sequence[_Row]:
    return work.db.execute(
        select(table.__table__).where(
            table.journal_id == journal.id,
            table.period == counter.period,
            table.scope == counter.scope,
        )
    ).all()
