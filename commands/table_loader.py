"""Loading a table: what the user sees while it goes, and the files of results."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.errors.usage import OptionsExclude
from sed_tui.gateway.table_import import TableImport
from sed_tui.i18n import _
from sed_tui.operations.imports import Outcome
from sed_tui.operations.labels import label
from sed_tui.spreadsheet.mapping import read_mapping
from sed_tui.spreadsheet.results import Results, open_results
from sed_tui.spreadsheet.table import open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from commands.session import Session
    from sed_tui.gateway.table_import import Imported
    from sed_tui.operations.import_columns import Noun
    from sed_tui.operations.imports import RowError, RowResult
    from sed_tui.spreadsheet.table import Line, Table

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of an import."""

    sheet: str | None
    atomic: bool
    result: Path | None
    mapping: Path | None
    resume: bool
    encoding: str | None
    batch: int


class Watcher:
    """Shows how far an import is and which rows were refused, and keeps the answers."""

    def __init__(self, session: Session, table: Table, results: Results | None) -> None:
        self._session = session
        self._total = table.total
        self._results = results
        self._done = 0
        self._refused = 0
        self._differing = 0
        self._shows = sys.stderr.isatty() and session.verbosity >= 0

    def take(self, lines: Sequence[Line], results: Sequence[RowResult]) -> None:
        """Look at a batch that was committed."""
        if self._results is not None:
            self._results.add(lines, results)
        self._done += len(results)
        for result in results:
            if result.errors:
                self._tell(result)
        gc.collect()
        if self._shows:
            share = self._done * 100 // max(1, self._total)
            sys.stderr.write(f"\r\033[K{self._done} / {self._total} ({share} %)")
            sys.stderr.flush()

    def say(self, text: str) -> None:
        """Print a message."""
        self._session.say(text)

    def start_at(self, done: int) -> None:
        """Say how many rows earlier calls of a resumed import have done."""
        self._done = done

    def finish(self) -> None:
        """Clear the line of progress and tell what was not shown one by one."""
        self._clear()
        if self._refused > _SHOWN:
            hidden = self._refused - _SHOWN
            self._session.say(_("… and {count} more rows.").format(count=hidden))
        if self._differing:
            self._session.say(
                _(
                    "{count} rows differ from the cards that are there; cards were not changed."
                ).format(count=self._differing)
            )
        if self._results is not None:
            self._results.finish()

    def _tell(self, result: RowResult) -> None:
        if result.outcome is not Outcome.REFUSED:
            self._differing += any(e.code == "differs_from_stored" for e in result.errors)
            return
        if all(error.code == "not_stored_with_others" for error in result.errors):
            return
        self._refused += 1
        if self._refused <= _SHOWN:
            self._clear()
            reasons = " ".join(map(_reason, result.errors))
            self._session.say(_("row {row}: ").format(row=result.row) + reasons)

    def _clear(self) -> None:
        if self._shows:
            sys.stderr.write("\r\033[K")


def _reason(error: RowError) -> str:
    """Return what is wrong with a row; its field is called as people call it."""
    named = f"{error.field}:"
    if error.field is None or not error.message.startswith(named):
        return error.message
    return f"{label(error.field)}:{error.message.removeprefix(named)}"


def load(session: Session, noun: Noun, file: Path, choices: Choices) -> Imported:
    """Read a table and send it; the answers go into the file of results."""
    if choices.atomic and choices.resume:
        raise OptionsExclude(first="--atomic", second="--resume")
    mapping = read_mapping(choices.mapping, noun) if choices.mapping is not None else None
    table = open_table(file, noun, sheet=choices.sheet, mapping=mapping, encoding=choices.encoding)
    results = open_results(choices.result, table) if choices.result is not None else None
    if session.dry_run:
        session.say(_("Columns: {columns}").format(columns=_understood(table)))
    for notice in table.notices:
        session.say(notice)
    watcher = Watcher(session, table, results)
    sender = TableImport(session.gateway, table, session.options, watcher.take)
    with _collected_between_batches():
        if choices.atomic or session.dry_run:
            done = sender.whole(atomic=choices.atomic)
        else:
            done = sender.in_batches(
                resume=choices.resume,
                size=choices.batch,
                resumed=lambda row: _resumed(sender, table, row, watcher, results, choices),
            )
    watcher.finish()
    return done


@contextmanager
def _collected_between_batches() -> Iterator[None]:
    """Keep Python from looking for garbage in the middle of a batch: an eighth of the time."""
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _understood(table: Table) -> str:
    """Say which heading is which column, and what fills those without one."""
    names, places = table.header.names, table.header.places
    return ", ".join(
        f"{column} ← «{names[places[column]]}»" if column in places else f"{column} ← --map"
        for column in table.columns
    )


def _resumed(
    sender: TableImport,
    table: Table,
    last_row: int,
    watcher: Watcher,
    results: Results | None,
    choices: Choices,
) -> None:
    """Say where a resumed import goes on, and fill in answers that were lost with its process."""
    if choices.resume and last_row:
        watcher.say(_("Going on after row {row}.").format(row=last_row))
        watcher.start_at(sum(1 for line in table.lines() if line.row <= last_row))
    elif choices.resume:
        watcher.say(_("There is nothing to go on with: starting from the first row."))
    if results is None:
        return
    answered = results.begin(last_row)
    lost = [line for line in table.lines(answered) if line.row <= last_row]
    if lost:
        results.add(lost, sender.answers(lost))
