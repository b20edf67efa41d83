"""`sedctl acquaintance`: who has to read a document, and who has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.arguments import day
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.acquaintance import AcquaintanceKind, AcquaintanceState
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.acquaintance import Acquaintance

app = typer.Typer(rich_markup_mode=None, help=_("Who has to read a document, and who has."))

COLUMNS = (
    *("short_id", "document_number", "subject", "kind", "state", "due", "acquainted", "total"),
    *("is_overdue", "started_by"),
)

Which = Annotated[str, typer.Argument(help=_("The id of an acquaintance."), metavar="ID")]


@verb(app, "start", Sort.WRITE, N_("Give a document to people to read, as its files are now."))
def start(
    session: Session,
    document: Annotated[
        str | None, typer.Argument(help=_("A number or an id."), metavar="DOCUMENT")
    ] = None,
    person: Annotated[
        list[str] | None, typer.Option("--person", help=_("Who reads; may be repeated."))
    ] = None,
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", help=_("A department with those below; may be repeated.")),
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--everybody", help=_("Everybody of the organization."))
    ] = False,
    except_for: Annotated[
        list[str] | None, typer.Option("--except", help=_("Whom to leave out; may be repeated."))
    ] = None,
    kind: Annotated[
        AcquaintanceKind, typer.Option("--kind", help=_("In the program, or by signature."))
    ] = AcquaintanceKind.ELECTRONIC,
    due: Annotated[
        str | None, typer.Option("--due", help=_("A date, 10, “5 рд”, срочно, оперативно, месяц."))
    ] = None,
    text: Annotated[str | None, typer.Option("--text", help=_("What to pay attention to."))] = None,
    again: Annotated[
        str | None,
        typer.Option("--again", help=_("The list of an earlier acquaintance, on the files now.")),
    ] = None,
) -> None:
    from sed_tui.operations.acquaintance import START, StartAcquaintance

    request = StartAcquaintance(
        document=document,
        people=tuple(person or ()),
        units=tuple(unit or ()),
        everybody=everybody,
        except_for=tuple(except_for or ()),
        kind=kind,
        due=due,
        text=text,
        again=again,
    )
    _show(session, session.call(START, request))


@verb(app, "list", Sort.LIST, N_("List acquaintances, the newest first."))
def list_(
    session: Session,
    document: Annotated[str | None, typer.Option("--document", help=_("Of one document."))] = None,
    state: Annotated[
        AcquaintanceState | None, typer.Option("--state", help=_("In one state."))
    ] = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help=_("Those that wait for you alone."))
    ] = False,
) -> None:
    from sed_tui.operations.acquaintance_list import LIST, ListAcquaintances

    request = ListAcquaintances(
        document=document,
        state=state,
        waiting=waiting,
        limit=session.limit,
        after=session.after,
    )
    page = session.call(LIST, request)
    session.show_rows(page.rows, COLUMNS, page.next)


@verb(app, "confirm", Sort.WRITE, N_("Confirm that you have read, or enter a signature on paper."))
def confirm(
    session: Session,
    acquaintance: Which,
    person: Annotated[
        str | None, typer.Option("--person", help=_("Whose signature is entered."))
    ] = None,
    signed_on: Annotated[
        str | None, typer.Option("--signed-on", help=_("The date beside the signature."))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("A remark for the sheet."))] = None,
) -> None:
    from sed_tui.operations.acquaintance import CONFIRM, ConfirmAcquaintance

    request = ConfirmAcquaintance(
        acquaintance=acquaintance,
        person=person,
        signed_on=day(signed_on, "signed_on"),
        note=note,
    )
    _show(session, session.call(CONFIRM, request))


@verb(app, "stop", Sort.DESTROY, N_("Stop waiting for those who have not read"))
def stop(session: Session, acquaintance: Which) -> None:
    from sed_tui.operations.acquaintance import STOP, StopAcquaintance

    _show(session, session.call(STOP, StopAcquaintance(acquaintance=acquaintance)))


@verb(app, "sheet", Sort.READ, N_("Show or write the sheet: who has read, who has not."))
def sheet(
    session: Session,
    acquaintance: Which,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=_("A file: .xlsx, .html, .csv or .json.")),
    ] = None,
    blank: Annotated[
        bool, typer.Option("--blank", help=_("Blank: room for signatures of the others."))
    ] = False,
) -> None:
    from commands.report_output import print_report
    from sed_tui.operations.acquaintance import SHOW, ShowAcquaintance
    from sed_tui.rendering.acquaintance import sheet_printout

    found = session.call(SHOW, ShowAcquaintance(acquaintance=acquaintance))
    print_report(session, sheet_printout(found, blank=blank), output)


def _show(session: Session, found: Acquaintance) -> None:
    session.show(found, (*COLUMNS, "explanation"))
