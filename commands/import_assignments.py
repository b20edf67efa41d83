"""`sedctl import assignments`: the table of a protocol becomes a draft resolution."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.resolution import (
    Author,
    Basis,
    Control,
    Controller,
    Document,
    Due,
    Profile,
    Text,
    show_resolution,
)
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.errors.usage import Usage
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.resolution import PointGiven


def add_to(app: typer.Typer) -> None:
    """Add the verb to the group."""
    verb(app, "assignments", Sort.WRITE, N_("Make a draft of a protocol's table of assignments."))(
        _load
    )


def _load(
    session: Session,
    file: Annotated[
        Path, typer.Argument(help=_("An XLSX, ODS, CSV, TSV or JSON lines file."), metavar="FILE")
    ],
    draft: Annotated[
        str | None,
        typer.Option("--draft", help=_("A draft that is there: points of the same numbers mend.")),
    ] = None,
    document: Document = None,
    basis: Basis = None,
    author: Author = None,
    text: Text = None,
    due: Due = None,
    profile: Profile = None,
    controller: Controller = None,
    control: Control = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help=_("The sheet of a workbook."))
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--map", help=_("A TOML file that says what the columns mean."))
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help=_("The encoding of a CSV: utf-8, cp1251."))
    ] = None,
) -> None:
    from sed_tui.domain.resolution import ResolutionKind
    from sed_tui.operations.resolution import DRAFT, EDIT, DraftResolution, EditResolution

    points = _read(session, file, sheet, mapping, encoding)
    shared: dict[str, Any] = {
        "text": text,
        "due": due,
        "profile": profile,
        "controller": controller,
        "control": control,
    }
    if draft is not None:
        if document or basis or author:
            raise Usage(text=_("What a draft rests upon, and whose it is, stays as it is."))
        edited = EditResolution(resolution=draft, points=points, **shared)
        card = session.call(EDIT, edited)
    else:
        request = DraftResolution(
            points=points,
            kind=ResolutionKind.PROTOCOL,
            document=document,
            basis=basis,
            author=author,
            **shared,
        )
        card = session.call(DRAFT, request)
    show_resolution(session, card)
    if card.with_gaps and not session.as_json:
        told = _("Points with gaps: {count} of {total}; they are kept and wait to be mended.")
        session.say(told.format(count=card.with_gaps, total=card.total))


def _read(
    session: Session, file: Path, sheet: str | None, mapping: Path | None, encoding: str | None
) -> tuple[PointGiven, ...]:
    from sed_tui.operations.import_columns import Noun
    from sed_tui.spreadsheet.assignment_points import read_points
    from sed_tui.spreadsheet.mapping import read_mapping

    chosen = read_mapping(mapping, Noun.ASSIGNMENTS) if mapping is not None else None
    points, notices = read_points(file, sheet=sheet, mapping=chosen, encoding=encoding)
    for notice in notices:
        session.say(notice)
    return points
