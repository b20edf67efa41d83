"""One batch of rows, or a whole import of all or nothing, in one transaction."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy.exc import IntegrityError

from sed_tui.errors import Invalid
from sed_tui.errors.imports import NotStoredWithOthers, WrittenMeanwhile
from sed_tui.handlers.importing.gaps import gaps_of_run
from sed_tui.handlers.importing.row import ImportedRow, rows_of
from sed_tui.handlers.importing.run import claim, count, open_run
from sed_tui.i18n import _
from sed_tui.operations.import_columns import COLUMNS, Noun
from sed_tui.operations.imports import ImportedRows, NumberGaps, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from sed_tui.handlers.importing.row import Importer
    from sed_tui.handlers.work import Work
    from sed_tui.operations.imports import ImportRows

    MakeImporter = Callable[[Work, Sequence[str], UUID], Importer]

# what is looked up at once; larger ones save nothing and hold more in memory
CHUNK = 2000


def import_rows(
    work: Work, request: ImportRows, noun: Noun, importer: MakeImporter
) -> ImportedRows:
    """Store the rows of a request and answer each of them.

    Raises `WrittenMeanwhile` when the database finds what the look-ups could not see.
    """
    _check(request, noun)
    rows = rows_of(request)
    try:
        if request.begin is not None:
            return _whole(work, request, rows, importer)
        if request.run is None:
            raise Invalid(field="run", reason=_("name the run, or begin one with the rows"))
        last = max(request.numbers, default=request.after)
        claim(work, request.run, noun, request.after, last)
        _take(importer(work, request.columns, request.run), rows)
        count(work, request.run, rows)
    except IntegrityError as error:
        raise WrittenMeanwhile from error
    return _answer(request.run, rows, [])


def _check(request: ImportRows, noun: Noun) -> None:
    unknown = [name for name in request.columns if name not in COLUMNS[noun]]
    if unknown or len(set(request.columns)) != len(request.columns):
        reason = _("there is no column “{name}”, or it stands there twice")
        raise Invalid(field="columns", reason=reason.format(name=", ".join(unknown)))
    width = len(request.columns)
    if len(request.numbers) != len(request.rows) or any(len(r) != width for r in request.rows):
        raise Invalid(field="rows", reason=_("their cells do not match the columns"))


def _whole(
    work: Work, request: ImportRows, rows: list[ImportedRow], importer: MakeImporter
) -> ImportedRows:
    assert request.begin is not None
    mark = work.mark()
    with work.db.begin_nested() as savepoint:
        run = open_run(work, request.begin)
        _take(importer(work, request.columns, run), rows)
        wrong = [row for row in rows if row.outcome is Outcome.REFUSED]
        if not (request.atomic and wrong):
            last = max(request.numbers, default=0)
            count(work, run, rows, last_row=last, state="finished", finished_at=work.now)
            return _answer(run, rows, gaps_of_run(work, run))
        work.forget_after(mark)
        savepoint.rollback()
    for row in rows:
        if row.outcome is Outcome.CREATED:
            row.refuse(NotStoredWithOthers())
    return _answer(None, rows, [])


def _take(importer: Importer, rows: list[ImportedRow]) -> None:
    for start in range(0, len(rows), CHUNK):
        importer.take(rows[start : start + CHUNK])


def _answer(run: UUID | None, rows: Sequence[ImportedRow], gaps: list[NumberGaps]) -> ImportedRows:
    outcomes = Counter(row.outcome for row in rows)
    return ImportedRows.model_construct(
        run=run,
        results=[row.result for row in rows],
        created=outcomes[Outcome.CREATED],
        unchanged=outcomes[Outcome.UNCHANGED],
        duplicates=outcomes[Outcome.DUPLICATE],
        refused=outcomes[Outcome.REFUSED],
        gaps=gaps,
    )
