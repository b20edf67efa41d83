"""`sedctl joining print | sign | templates | publish | acceptance`: papers and their editions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.joining import Side
from sed_tui.domain.joining_papers import Paper
from sed_tui.i18n import N_, _

_Which = Annotated[
    str | None,
    typer.Argument(help=_("A code, an OGRN or an id; one's own by default."), metavar="CODE"),
]
_Paper = Annotated[
    Paper,
    typer.Argument(
        help=_("application, accession, personal_data, data_annex, roster or act."),
        metavar="PAPER",
    ),
]
_TEMPLATES = ("paper", "edition", "title", "in_force_on", "accept_by", "published_by")
_ACCEPTANCE = (
    *("application", "name", "paper", "edition", "signed_on", "in_force", "accept_by"),
    *("delay_days", "is_accepted"),
)


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    verb(app, "print", Sort.WRITE, N_("Print a paper as PDF: this very file is then signed."))(
        _print
    )
    verb(app, "sign", Sort.WRITE, N_("Keep a signature of a printed paper, GOST or on paper."))(
        _sign
    )
    verb(app, "templates", Sort.READ, N_("List the texts of papers with their editions."))(
        _templates
    )
    verb(app, "publish", Sort.WRITE, N_("Publish the next edition of a paper."))(_publish)
    verb(app, "acceptance", Sort.READ, N_("Who has signed which edition; exit 8 by --fail-if."))(
        _acceptance
    )


def _print(
    session: Session,
    paper: _Paper,
    application: _Which = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=_("The PDF to write."))
    ] = None,
) -> None:
    from commands.joining_card import show_application
    from sed_tui.gateway.joining_printing import print_paper
    from sed_tui.rendering.joining_paper import paper_pdf
    from sed_tui.rendering.saved import replaced

    printed = print_paper(session.gateway, application, paper, paper_pdf, session.options)
    path = output or Path(printed.name)
    if not session.dry_run:
        with replaced(path) as place:
            place.write(printed.content)
        session.say(_("{path} is written: sign this very file.").format(path=path))
    show_application(session, printed.card)


def _sign(
    session: Session,
    paper: _Paper,
    application: _Which = None,
    signature: Annotated[
        Path | None, typer.Option("--signature", help=_("The detached GOST signature, .p7s."))
    ] = None,
    scan: Annotated[
        Path | None, typer.Option("--scan", help=_("The scan of what was signed on paper."))
    ] = None,
    signatory: Annotated[
        str | None, typer.Option("--signatory", help=_("Who signed on paper, the full name."))
    ] = None,
    signed_on: Annotated[
        str | None, typer.Option("--signed-on", help=_("The date beside the signature."))
    ] = None,
    side: Annotated[
        Side, typer.Option("--side", help=_("Whose signature; the act has two."))
    ] = Side.APPLICANT,
) -> None:
    from commands.arguments import day
    from commands.joining_card import show_application
    from sed_tui.domain.joining_papers import SigningWay
    from sed_tui.errors.usage import OptionsExclude
    from sed_tui.gateway.disk_files import opened
    from sed_tui.operations.joining_papers import SIGN, SignPaper

    if (signature is None) == (scan is None):
        raise OptionsExclude(first="--signature", second="--scan")
    file = signature or scan or Path()
    with opened(file) as source:
        token = session.gateway.stage(source)
    request = SignPaper(
        application=application,
        paper=paper,
        side=side,
        way=SigningWay.GOST if signature is not None else SigningWay.ON_PAPER,
        name=file.name,
        token=token,
        signatory=signatory,
        signed_on=day(signed_on, "signed_on"),
    )
    show_application(session, session.call(SIGN, request))


def _templates(session: Session) -> None:
    from sed_tui.operations.joining_papers import TEMPLATES, ListTemplates

    session.show_rows(session.call(TEMPLATES, ListTemplates()).rows, _TEMPLATES)


def _publish(
    session: Session,
    paper: _Paper,
    file: Annotated[
        Path, typer.Argument(help=_("A text: the title in the first line."), metavar="FILE")
    ],
    in_force_on: Annotated[
        str | None, typer.Option("--in-force", help=_("Since which day, today by default."))
    ] = None,
    accept_by: Annotated[
        str | None,
        typer.Option("--accept-by", help=_("To be signed by this day; 20 working days otherwise.")),
    ] = None,
) -> None:
    from commands.arguments import day, decoded
    from sed_tui.gateway.disk_files import opened
    from sed_tui.operations.joining_papers import PUBLISH, PublishTemplate

    with opened(file) as source:
        title, _line, body = decoded(source.read(1 << 20), "file").strip().partition("\n")
    request = PublishTemplate(
        paper=paper,
        title=title,
        body=body.strip(),
        in_force_on=day(in_force_on, "in_force_on"),
        accept_by=day(accept_by, "accept_by"),
    )
    session.show_rows(session.call(PUBLISH, request).rows, _TEMPLATES)


def _acceptance(
    session: Session,
    paper: Annotated[Paper | None, typer.Option("--paper", help=_("Of one paper."))] = None,
    pending: Annotated[
        bool, typer.Option("--pending", help=_("Those alone who have still to accept."))
    ] = False,
    fail: Annotated[
        bool, typer.Option("--fail-if-pending", help=_("Exit 8 while somebody has to."))
    ] = False,
) -> None:
    from sed_tui.operations.joining_papers import ACCEPTANCE, ListAcceptance

    found = session.call(ACCEPTANCE, ListAcceptance(paper=paper, pending=pending))
    session.show_rows(found.rows, _ACCEPTANCE)
    if fail and found.pending:
        raise typer.Exit(8)
