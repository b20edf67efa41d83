"""`sedctl law set | forget | load | import | export`: the reference changed and carried over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.legal import ActArea, ActLevel, ActStatus
from sed_tui.i18n import N_, _

_Which = Annotated[str, typer.Argument(help=_("A code or a number: 59-fz, 59-ФЗ."), metavar="ACT")]
_File = Annotated[Path, typer.Argument(help=_("The file."), metavar="FILE")]
_Force = Annotated[
    bool, typer.Option("--force", help=_("Though the number is listed with another date."))
]
_COLUMNS = ("code", "act", "shown_status", "checked_on", "owner")


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    verb(app, "set", Sort.WRITE, N_("Add an act or change one, for the organizations below too."))(
        _set
    )
    verb(app, "forget", Sort.DESTROY, N_("Forget your own words on an act"))(_forget)
    verb(app, "load", Sort.WRITE, N_("Load the text of an act in an edition."))(_load)
    verb(app, "import", Sort.WRITE, N_("Load acts from a table or JSON, all or none."))(_import)
    verb(app, "export", Sort.READ, N_("Write the acts to a .csv or .json file."))(_export)


def _set(
    session: Session,
    code: Annotated[
        str,
        typer.Argument(help=_("The code: small Latin letters, digits, dashes."), metavar="CODE"),
    ],
    kind: Annotated[str | None, typer.Option("--kind", help=_("A law, an order, a rule …"))] = None,
    level: Annotated[ActLevel | None, typer.Option("--level", help=_("Whose act."))] = None,
    area: Annotated[ActArea | None, typer.Option("--area", help=_("What it is about."))] = None,
    issuer: Annotated[str | None, typer.Option("--issuer", help=_("Who issued it."))] = None,
    number: Annotated[str | None, typer.Option("--number", help=_("The number."))] = None,
    dated: Annotated[str | None, typer.Option("--date", help=_("The date of the act."))] = None,
    title: Annotated[str | None, typer.Option("--title", help=_("The title."))] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", help=_("What it is used for."))
    ] = None,
    status: Annotated[
        ActStatus | None, typer.Option("--status", help=_("What was found out."))
    ] = None,
    edition: Annotated[str | None, typer.Option("--edition", help=_("Its last edition."))] = None,
    checked_on: Annotated[
        str | None, typer.Option("--checked-on", help=_("When it was looked at."))
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help=_("Where it is published."))] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("A note."))] = None,
    force: _Force = False,
    version: Seen = None,
) -> None:
    from commands.arguments import day
    from sed_tui.operations.law_upkeep import SET, SetAct

    request = SetAct(
        code=code,
        kind=kind,
        level=level,
        area=area,
        issuer=issuer,
        number=number,
        dated=day(dated, "dated"),
        title=title,
        subject=subject,
        status=status,
        edition=edition,
        checked_on=day(checked_on, "checked_on"),
        url=url,
        note=note,
        force=force,
        version=version,
    )
    columns = (*_COLUMNS, "edition", "url", "same_number", "version")
    session.show(session.call(SET, request), columns)


def _forget(session: Session, act: _Which) -> None:
    from sed_tui.operations.law_upkeep import FORGET, ForgetAct

    session.show(session.call(FORGET, ForgetAct(act=act)))


def _load(
    session: Session,
    act: _Which,
    file: _File,
    edition: Annotated[str, typer.Option("--edition", help=_("What the edition is called."))],
    dated: Annotated[str | None, typer.Option("--date", help=_("The date of the edition."))] = None,
) -> None:
    from commands.arguments import day
    from sed_tui.gateway.disk_files import opened
    from sed_tui.operations.law_upkeep import LOAD, LoadEdition

    with opened(file) as source:
        token = session.gateway.stage(source)
    request = LoadEdition(
        act=act, edition=edition, dated=day(dated, "dated"), name=file.name, token=token
    )
    card = session.call(LOAD, request)
    session.show_rows(card.editions, ("edition", "dated", "name", "size", "added_by"))


def _import(
    session: Session,
    file: _File,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help=_("The encoding of a CSV: utf-8, cp1251."))
    ] = None,
    force: _Force = False,
) -> None:
    from sed_tui.operations.law_upkeep import IMPORT, ImportActs
    from sed_tui.spreadsheet.legal_acts import read_acts

    request = ImportActs(rows=read_acts(file, encoding, force=force))
    session.show_rows(session.call(IMPORT, request).rows, _COLUMNS)


def _export(
    session: Session,
    file: _File,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help=_("Replace a file that is there."))
    ] = False,
) -> None:
    from sed_tui.errors.files import FileExists
    from sed_tui.operations.law import LIST, ListActs
    from sed_tui.rendering.saved import replaced
    from sed_tui.spreadsheet.legal_acts import written

    if file.exists() and not overwrite:
        raise FileExists(field="file", path=str(file))
    rows = session.call(LIST, ListActs()).rows
    with replaced(file) as target:
        target.write(written(rows, file))
    session.show_record({"path": str(file), "rows": len(rows)})
