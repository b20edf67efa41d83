"""`sedctl import`: load cards, correspondents, people and assignments from a file."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import import_assignments
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.gateway.table_import import Imported

app = typer.Typer(rich_markup_mode=None, help=_("Load cards, assignments, people from a file."))

COLUMNS = ("run", "read", "created", "unchanged", "duplicates", "refused", "seconds")
RUN_COLUMNS = (
    *("id", "noun", "source", "state", "read", "created", "unchanged", "duplicates"),
    *("refused", "started_at", "started_by"),
)

File = Annotated[
    Path, typer.Argument(help=_("An XLSX, ODS, CSV, TSV or JSON lines file."), metavar="FILE")
]
Sheet = Annotated[str | None, typer.Option("--sheet", help=_("The sheet of a workbook."))]
Atomic = Annotated[
    bool,
    typer.Option("--atomic/--keep-going", help=_("Store all rows or none; else all right ones.")),
]
ResultFile = Annotated[
    Path | None,
    typer.Option(
        "--result", help=_("A .jsonl with an answer per row, or an .xlsx of the refused ones.")
    ),
]
MapFile = Annotated[
    Path | None, typer.Option("--map", help=_("A TOML file that says what the columns mean."))
]
Resume = Annotated[
    bool, typer.Option("--resume", help=_("Go on with an import that was interrupted."))
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help=_("The encoding of a CSV: utf-8, cp1251."))
]
Batch = Annotated[
    int, typer.Option("--batch", min=1, max=100_000, help=_("How many rows in a transaction."))
]


def loader(noun: str) -> Callable[..., None]:
    """Return the verb that loads one sort of rows; all of them take the same options."""

    def load(
        session: Session,
        file: File,
        sheet: Sheet = None,
        atomic: Atomic = False,
        result: ResultFile = None,
        mapping: MapFile = None,
        resume: Resume = False,
        encoding: Encoding = None,
        batch: Batch = 5000,
    ) -> None:
        from commands.table_loader import Choices

        choices = Choices(sheet, atomic, result, mapping, resume, encoding, batch)
        _load(session, noun, file, choices)

    return load


verb(app, "documents", Sort.WRITE, N_("Load registration cards."))(loader("documents"))
verb(app, "correspondents", Sort.WRITE, N_("Load correspondents."))(loader("correspondents"))
verb(app, "people", Sort.WRITE, N_("Load people with their roles."))(loader("people"))
import_assignments.add_to(app)


@verb(app, "organization", Sort.WRITE, N_("Load an organization that was exported whole."))
def organization(
    session: Session,
    folder: Annotated[
        Path, typer.Argument(help=_("What export organization wrote."), metavar="FOLDER")
    ],
) -> None:
    from dataclasses import asdict

    from commands.export import MOVED
    from commands.once import show_once
    from sed_tui.gateway.organization_transfer import import_organization

    def act() -> dict[str, Any]:
        done = import_organization(
            session.local_settings, folder, dry_run=session.dry_run, reason=session.reason
        )
        return asdict(done)

    show_once(session, "organization.import", folder.absolute(), act, MOVED)


@verb(app, "undo", Sort.DESTROY, N_("Take back everything that an import brought."))
def undo(
    session: Session,
    run: Annotated[str, typer.Argument(help=_("The id of the import."), metavar="RUN")],
) -> None:
    from sed_tui.operations.imports import UNDO, UndoImport

    session.show(session.call(UNDO, UndoImport(run=run)), RUN_COLUMNS)


@verb(app, "list", Sort.LIST, N_("List imports, the newest first."))
def list_(session: Session) -> None:
    from sed_tui.operations.imports import LIST, ListImports

    page = session.call(LIST, ListImports(limit=session.limit, after=session.after))
    session.show_rows(page.rows, RUN_COLUMNS, page.next)


def _load(session: Session, noun: str, file: Path, choices: Any) -> None:
    from commands.table_loader import load  # 60 ms of readers and requests
    from sed_tui.operations.import_columns import Noun

    started = time.monotonic()
    done = load(session, Noun(noun), file, choices)
    session.show_record(_summary(done, time.monotonic() - started), COLUMNS)
    _finish(session, done, atomic=choices.atomic)


def _summary(done: Imported, seconds: float) -> dict[str, Any]:
    from sed_tui.operations.imports import Outcome

    return {
        "run": str(done.run) if done.run else None,
        "read": done.read,
        "created": done.outcomes[Outcome.CREATED],
        "unchanged": done.outcomes[Outcome.UNCHANGED],
        "duplicates": done.outcomes[Outcome.DUPLICATE],
        "refused": done.outcomes[Outcome.REFUSED],
        "seconds": round(seconds, 3),
        "gaps": [gaps.model_dump(mode="json") for gaps in done.gaps],
    }


def _finish(session: Session, done: Imported, *, atomic: bool) -> None:
    """Tell the gaps, and end with the status that fits the refused rows."""
    from sed_tui.errors.imports import ImportRefused, PartlyImported
    from sed_tui.operations.imports import Outcome

    for gaps in done.gaps:
        session.say(
            _("Journal {journal}, {period}: {missing} numbers are missing: {ranges}").format(
                journal=gaps.journal,
                period=gaps.period,
                missing=gaps.missing,
                ranges=", ".join(gaps.ranges),
            )
        )
    refused = done.outcomes[Outcome.REFUSED]
    if refused:
        failure = ImportRefused if atomic else PartlyImported
        raise failure(refused=refused, read=done.read)
