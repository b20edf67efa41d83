"""`sedctl connector directum`: workbooks of Directum RX in, with the vendor's results back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gateway.directum.answers import SheetLoad
    from sed_tui.spreadsheet.directum_reading import DirectumWorkbook

# a row that was there already counts as loaded too
CALLED = {"earlier": N_("Of these there already")}
COLUMNS = ("file", "sheet", "form", "rows", "loaded", "partly", "not_loaded", "earlier")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Places:
    """Where files of documents lie, where results go, what names mean."""

    files: Annotated[
        Path | None, typer.Option("--files", help=_("The folder of the documents' files."))
    ] = None
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=_("The workbook with the results, or a folder.")),
    ] = None
    names: Annotated[
        Path | None,
        typer.Option("--map", help=_("A TOML file: organizations, journals and kinds.")),
    ] = None


def add_to(app: typer.Typer) -> None:
    """Add the verb to the group."""
    verb(app, "directum", Sort.WRITE, N_("Load workbooks of Directum RX's import utility."))(
        _directum
    )


def _directum(
    session: Session,
    workbooks: Annotated[
        list[Path], typer.Argument(help=_("XLSX templates that are filled in."), metavar="FILE…")
    ],
    places: Places,
) -> None:
    """Load all sheets in the order in which they refer to each other."""
    from sed_tui.gateway.directum.load import DirectumLoad
    from sed_tui.gateway.directum.names import Names, read_names
    from sed_tui.spreadsheet.directum_reading import open_directum

    targets = _targets(workbooks, places.output)
    books = [open_directum(file) for file in workbooks]
    for book in books:
        for name in book.strangers:
            session.say(
                _("{path}: sheet “{sheet}” is not known and was left out.").format(
                    path=book.path.name, sheet=name
                )
            )
    names = read_names(places.names) if places.names is not None else Names()
    run = DirectumLoad(session.gateway, books, session.options, names=names, files=places.files)
    if run.offices.is_assumed:
        text = _("You work in several organizations: rows that name none go into {own}.")
        session.say(text.format(own=run.offices.own.code) + " " + _("--org CODE names another."))
    loads = []
    for load in run.run():
        _tell(session, load)
        loads.append(load)
    if not session.dry_run or places.output is not None:
        _write(session, books, loads, targets)
    session.show_records([_row(session, load) for load in loads], COLUMNS, called=CALLED)
    _finish(loads)


def _targets(files: Sequence[Path], output: Path | None) -> dict[Path, Path]:
    """Return where the results of each file go. Raises `SeveralResults`, `BadResultName`."""
    from sed_tui.errors.directum import SeveralResults
    from sed_tui.errors.imports import BadResultName

    if output is None:
        return {file: file.with_name(f"{file.stem}.result.xlsx") for file in files}
    if output.is_dir():
        return {file: output / file.name for file in files}
    if len(files) > 1:
        raise SeveralResults(field="output")
    if output.suffix.lower() != ".xlsx":
        raise BadResultName(field="output", path=str(output), kinds=".xlsx")
    return {files[0]: output}


def _tell(session: Session, load: SheetLoad) -> None:
    """Say what was refused, the first rows one by one."""
    refused = [(row, answer) for row, answer in load.rows.items() if answer.is_refused]
    for row, answer in sorted(refused, key=lambda pair: pair[0])[:_SHOWN]:
        session.say(f"{load.sheet.name}, {_('row {row}: ').format(row=row)}{answer.text}")
    if len(refused) > _SHOWN:
        session.say(_("… and {count} more rows.").format(count=len(refused) - _SHOWN))
    for _kind, text in load.whole.remarks:
        session.say(f"{load.sheet.name}: {text}")


def _write(
    session: Session,
    books: Sequence[DirectumWorkbook],
    loads: Sequence[SheetLoad],
    targets: dict[Path, Path],
) -> None:
    from sed_tui.domain.clock import SystemClock, office_day
    from sed_tui.gateway.directum.answers import written
    from sed_tui.spreadsheet.directum_writing import write_answers

    day = office_day(SystemClock().now())
    for book in books:
        mine = [load for load in loads if load.sheet.path == book.path]
        answers = {load.sheet.name: written(load.sheet, load, day) for load in mine}
        write_answers(book.path, targets[book.path], answers)
        session.say(_("Results: {path}").format(path=targets[book.path]))


def _row(session: Session, load: SheetLoad) -> dict[str, Any]:
    from sed_tui.gateway.directum.answers import Verdict
    from sed_tui.spreadsheet.directum_forms import FORM_TITLES

    form = load.sheet.form
    verdicts = [answer.verdict for answer in load.rows.values()]
    return {
        "file": load.sheet.path.name,
        "sheet": load.sheet.name,
        "form": _(FORM_TITLES[form]) if session.format is Format.TABLE else form.value,
        "rows": len(verdicts),
        "loaded": verdicts.count(Verdict.LOADED),
        "partly": verdicts.count(Verdict.PARTLY),
        "not_loaded": verdicts.count(Verdict.NOT),
        "earlier": sum(answer.is_earlier for answer in load.rows.values()),
    }


def _finish(loads: Sequence[SheetLoad]) -> None:
    from sed_tui.errors.directum import PartlyLoaded

    answers = [answer for load in loads for answer in load.rows.values()]
    refused = sum(answer.is_refused for answer in answers)
    if refused:
        raise PartlyLoaded(refused=refused, read=len(answers))
