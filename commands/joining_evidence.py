"""`sedctl joining evidence | exported | reorganize`: protocols, exports, successors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.joining import SuccessionForm
from sed_tui.i18n import N_, _

_Which = Annotated[
    str | None,
    typer.Argument(help=_("A code, an OGRN or an id; one's own by default."), metavar="CODE"),
]


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    verb(app, "workplaces", Sort.WRITE, N_("Record the protocol of a check of workplaces."))(
        _workplaces
    )
    verb(
        app,
        "exchange",
        Sort.WRITE,
        N_("Record the test exchange: a letter that came back."),
    )(_exchange)
    verb(
        app,
        "exported",
        Sort.WRITE,
        N_("Record a complete export that files and trail prove."),
    )(_exported)
    verb(app, "reorganize", Sort.DESTROY, N_("Let organizations go over into their successors"))(
        _reorganize
    )


def _workplaces(
    session: Session,
    application: _Which = None,
    text: Annotated[str, typer.Option("--text", help=_("Who checked what, and the result."))] = "",
) -> None:
    _record(session, application, "equip", text, {})


def _exchange(
    session: Session,
    application: _Which = None,
    text: Annotated[str, typer.Option("--text", help=_("Who checked what, and the result."))] = "",
    message: Annotated[
        str | None, typer.Option("--message", help=_("The letter; the newest one by default."))
    ] = None,
    by_hand: Annotated[
        str | None,
        typer.Option("--by-hand", help=_("Without a letter: why there is no channel yet.")),
    ] = None,
) -> None:
    _record(session, application, "try", text, {"message": message, "by_hand": by_hand})


def _record(
    session: Session, application: str | None, step: str, text: str, proof: dict[str, str | None]
) -> None:
    from commands.joining_card import show_application
    from sed_tui.domain.joining import JoiningStep
    from sed_tui.operations.joining_evidence import EVIDENCE, RecordEvidence

    request = RecordEvidence(application=application, step=JoiningStep(step), text=text, **proof)
    show_application(session, session.call(EVIDENCE, request))


def _exported(
    session: Session,
    folder: Annotated[Path, typer.Argument(help=_("The folder of the export."), metavar="DIR")],
    application: _Which = None,
) -> None:
    from commands.joining_card import show_application
    from sed_tui.gateway.joining_export import verified_export
    from sed_tui.operations.joining_evidence import EXPORTED

    found = verified_export(folder, application)
    session.say(_("{count} files of the export are whole.").format(count=found.files))
    show_application(session, session.call(EXPORTED, found.request))


def _reorganize(
    session: Session,
    applications: Annotated[
        list[str], typer.Argument(help=_("Those that go over."), metavar="CODE…")
    ],
    into: Annotated[
        list[str], typer.Option("--into", help=_("A successor's code; may be repeated."))
    ],
    form: Annotated[SuccessionForm, typer.Option("--form", help=_("How."))],
    remark: Annotated[str, typer.Option("--remark", help=_("By which act."))],
    since: Annotated[
        str | None, typer.Option("--since", help=_("Since which day, today by default."))
    ] = None,
    leaving: Annotated[bool, typer.Option("--leaving", help=_("Leave work open."))] = False,
) -> None:
    from commands.arguments import day
    from sed_tui.operations.joining_evidence import REORGANIZE, ReorganizeOrganizations

    request = ReorganizeOrganizations(
        applications=tuple(applications),
        successors=tuple(into),
        form=form,
        since=day(since, "since"),
        remark=remark,
        leaving=leaving,
    )
    rows = session.call(REORGANIZE, request).rows
    session.show_rows(rows, ("application", "name", "joining"))
