"""Sending a table, batch after batch: what was committed is never sent again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from sed_tui.errors import SedError
from sed_tui.operations import imports
from sed_tui.operations.file import FileContent
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.imports import (
    BeginImport,
    FinishImport,
    ImportedRows,
    ImportRows,
    NumberGaps,
    Outcome,
    RowError,
    RowResult,
)
from sed_tui.spreadsheet.attachments import find_attachments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from uuid import UUID

    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import CallOptions, Operation
    from sed_tui.spreadsheet.table import Line, Table

    Progress = Callable[[Sequence[Line], Sequence[RowResult]], None]

BATCH = 5000
_OPERATIONS: dict[Noun, tuple[Operation[Any, ImportedRows], type[ImportRows]]] = {
    Noun.DOCUMENTS: (imports.DOCUMENTS, imports.ImportDocuments),
    Noun.CORRESPONDENTS: (imports.CORRESPONDENTS, imports.ImportCorrespondents),
    Noun.PEOPLE: (imports.PEOPLE, imports.ImportPeople),
    Noun.ORGANIZATIONS: (imports.ORGANIZATIONS, imports.ImportOrganizations),
}


@dataclass
class Imported:
    """What became of a table: the counts of its run, earlier calls of a resumed one included."""

    run: UUID | None = None
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    gaps: list[NumberGaps] = field(default_factory=list)
    resumed_after: int = 0

    def count(self, results: Sequence[RowResult]) -> None:
        """Add the answers to a batch."""
        self.outcomes.update(result.outcome for result in results)

    @property
    def read(self) -> int:
        """Return how many rows were decided."""
        return self.outcomes.total()


class TableImport:
    """Sends one table through a gateway; `progress` sees each batch once it is committed."""

    def __init__(
        self, gateway: Gateway, table: Table, options: CallOptions, progress: Progress
    ) -> None:
        self._gateway = gateway
        self._table = table
        self._options = options
        self._progress = progress
        self._operation, self._request = _OPERATIONS[table.noun]

    def whole(self, *, atomic: bool) -> Imported:
        """Send everything in one call: for all or nothing, and for dry runs."""
        lines = list(self._table.lines())
        request = self._batch(lines, begin=self._begin(resume=False), atomic=atomic)
        answer = self._gateway.call(self._operation, request, self._options)
        done = Imported(run=None if self._options.dry_run else answer.run, gaps=answer.gaps)
        done.count(answer.results)
        self._progress(lines, answer.results)
        return done

    def in_batches(
        self, *, resume: bool, size: int = BATCH, resumed: Callable[[int], None] | None = None
    ) -> Imported:
        """Send batch after batch, each in a transaction of its own.

        With `resume` it goes on behind the last row of an unfinished run; `resumed` is
        told that row first.
        """
        run = self._gateway.call(imports.BEGIN, self._begin(resume=resume), self._step("begin"))
        done = Imported(run=run.id, resumed_after=run.last_row)
        done.outcomes.update(
            {
                Outcome.CREATED: run.created,
                Outcome.UNCHANGED: run.unchanged,
                Outcome.DUPLICATE: run.duplicates,
                Outcome.REFUSED: run.refused,
            }
        )
        if resumed is not None:
            resumed(run.last_row)
        after = run.last_row
        for lines in _batches(self._table.lines(after), size):
            request = self._batch(lines, run=run.id, after=after)
            answer = self._gateway.call(self._operation, request, self._step(str(after)))
            after = lines[-1].row
            done.count(answer.results)
            self._progress(lines, answer.results)
        finished = self._gateway.call(
            imports.FINISH, FinishImport(run=run.id), self._step("finish")
        )
        done.gaps = finished.gaps
        return done

    def answers(self, lines: Sequence[Line]) -> Sequence[RowResult]:
        """Ask what rows that were sent already came to, changing nothing."""
        options = replace(self._options, dry_run=True, idempotency_key=None)
        request = self._batch(lines, begin=self._begin(resume=False))
        return self._gateway.call(self._operation, request, options).results

    def _begin(self, *, resume: bool) -> BeginImport:
        return BeginImport(
            noun=self._table.noun,
            source=self._table.path.name[:255],
            fingerprint=self._table.fingerprint,
            resume=resume,
        )

    def _step(self, name: str) -> CallOptions:
        """Return the options of one of several calls: a key belongs to one call alone."""
        if self._options.idempotency_key is None:
            return self._options
        return replace(self._options, idempotency_key=f"{self._options.idempotency_key}/{name}")

    def _batch(self, lines: Sequence[Line], **more: Any) -> ImportRows:
        files, faults = self._attachments(lines)
        return self._request(
            columns=self._table.columns,
            numbers=tuple([line.row for line in lines]),
            rows=tuple([line.values for line in lines]),
            files=files,
            faults=faults,
            **more,
        )

    def _attachments(
        self, lines: Sequence[Line]
    ) -> tuple[dict[int, tuple[FileContent, ...]], dict[int, RowError]]:
        files: dict[int, tuple[FileContent, ...]] = {}
        faults: dict[int, RowError] = {}
        if "files" not in self._table.columns:
            return files, faults
        place = self._table.columns.index("files")
        for line in lines:
            if line.values[place]:
                try:
                    files[line.row] = self._staged(line.values[place])
                except SedError as error:
                    faults[line.row] = RowError(
                        code=error.code,
                        field=error.field,
                        message=str(error),
                        hint=error.advice or None,
                    )
        return files, faults

    def _staged(self, names: str) -> tuple[FileContent, ...]:
        staged = []
        for path in find_attachments(self._table.path.parent, names):
            with path.open("rb") as source:
                staged.append(FileContent(name=path.name, token=self._gateway.stage(source)))
        return tuple(staged)


def _batches(lines: Iterator[Line], size: int) -> Iterator[list[Line]]:
    while batch := list(islice(lines, size)):
        yield batch
