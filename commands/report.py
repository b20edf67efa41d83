"""`sedctl report`: who is late, as a table, data, a workbook or a page."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.arguments import day
from commands.report_mail import MailedReport, MailEmpty, MailTo, mail_report, mailing
from commands.saved_file import replaced
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.errors.usage import BadCondition
from sed_tui.i18n import N_, _
from sed_tui.operations.report import OVERDUE, Grouping, OverdueReport, ReportOverdue

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Form, Printout

CONDITION_MET = 8
# a terminal is too narrow for all of them; --fields shows others, a pipe gets all
IN_LETTER = ("document_number", "text", "executor", "due", "days_overdue")
ON_TERMINAL = ("id", "document_number", "text", "executor", "due", "days_overdue")

app = typer.Typer(rich_markup_mode=None, help=_("Overdue and other reports."))


@app.callback()
def reports() -> None:
    """Keep `overdue` a subcommand while it is the only one."""


@verb(app, "overdue", Sort.READ, N_("Report the assignments whose term is over, and whose."))
def overdue(
    session: Session,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help=_("The end of which day; today by default, or one to come.")),
    ] = None,
    by: Annotated[
        Grouping, typer.Option("--by", help=_("What the totals are counted by."))
    ] = Grouping.DEPARTMENT,
    organization: Annotated[
        str | None, typer.Option("--org", help=_("A code of organization, or all."))
    ] = None,
    fail_if: Annotated[
        str | None,
        typer.Option("--fail-if", help=_("Exit with 8 when there are rows: any, or so many.")),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help=_("A file: .xlsx, .html, .csv or .json.")),
    ] = None,
    totals: Annotated[
        bool, typer.Option("--totals", help=_("Count, and leave the rows out."))
    ] = False,
    mail: MailTo = None,
    mail_empty: MailEmpty = False,
) -> None:
    threshold = _threshold(fail_if)
    to = mailing(session, mail, even_empty=mail_empty)
    request = ReportOverdue(
        as_of=day(as_of, "as_of"),
        by=by,
        organization=organization,
        rows=not totals or to is not None,
    )
    report = session.call(OVERDUE, request)
    printout = _printout(report, several=organization == "all")
    _print(session, replace(printout, rows=()) if totals else printout, output)
    if to is not None:

        def part(code: str) -> Printout:
            asked = request.model_copy(update={"as_of": report.as_of, "organization": code})
            return _printout(session.call(OVERDUE, asked))

        sent = MailedReport("overdue", printout, part, by.value, organization, IN_LETTER)
        mail_report(session, to, sent)
    if threshold is not None and report.totals.overdue >= threshold:
        raise typer.Exit(CONDITION_MET)


def _threshold(condition: str | None) -> int | None:
    """Return from how many rows on the report fails. Raises `BadCondition`."""
    if condition is None:
        return None
    if condition == "any":
        return 1
    if not condition.isdecimal() or int(condition) == 0:
        raise BadCondition(value=condition)
    return int(condition)


def _printout(report: OverdueReport, *, several: bool = False) -> Printout:
    from sed_tui.rendering.overdue import overdue_printout

    return overdue_printout(report, several=several)


def _print(session: Session, printout: Printout, output: Path | None) -> None:
    from sed_tui.rendering.printout import Form, form_of, write

    count = len(printout.rows)
    fields = session.fields
    if output is None and session.format is Format.TABLE and sys.stdout.isatty():
        fields = fields or ON_TERMINAL
    if fields:
        printout = printout.with_fields(fields)
    if output is None:
        _print_out(printout, Form(session.format.value))
        return
    form = form_of(output)
    with replaced(output) as target:
        write(printout, form, target)
    session.say(_("Rows written to {path}: {count}.").format(count=count, path=output))


def _print_out(printout: Printout, form: Form) -> None:
    from sed_tui.rendering.printout import Form, write
    from sed_tui.rendering.table import write_table

    sys.stdout.flush()
    if form is Form.TABLE:
        room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        write_table(printout, sys.stdout.buffer, room)
    else:
        write(printout, form, sys.stdout.buffer)
