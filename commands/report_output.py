"""How a report leaves: on standard output in one of the forms, or whole in a file."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import typer

from commands.report_mail import MailedReport, mail_report
from commands.session import Format
from sed_tui.errors.usage import BadCondition
from sed_tui.i18n import _
from sed_tui.rendering.saved import replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from commands.report_mail import Mailing
    from commands.session import Session
    from sed_tui.operations.report import DayRequest
    from sed_tui.rendering.printout import Form, Printout

CONDITION_MET = 8
_VARIANT = 500  # as long as the outbox takes it


@dataclass(frozen=True, slots=True)
class Published:
    """A report that is printed or saved, and mailed if somebody is named.

    `make` reports as a request asks. `variant` tells mailed reports of one name apart;
    a terminal and a letter are too narrow for all columns and show these.
    """

    name: str
    make: Callable[[DayRequest], Printout]
    on_terminal: Sequence[str] = ()
    in_letter: Sequence[str] = ()
    variant: str = ""

    @classmethod
    def of(
        cls,
        name: str,
        make: Callable[[DayRequest], Printout],
        request: DayRequest,
        fields: Sequence[str] = (),
    ) -> Published:
        """Return a report told apart by everything that was asked but the day and the place."""
        told = request.model_dump(
            mode="json", exclude={"as_of", "organization"}, exclude_defaults=True
        )
        variant = "-".join(f"{key}={value}" for key, value in told.items())[:_VARIANT]
        return cls(name, make, ("id", *fields) if fields else (), fields, variant)


def publish(
    session: Session,
    report: Published,
    request: DayRequest,
    output: Path | None,
    to: Mailing | None = None,
    *,
    without_rows: bool = False,
) -> Printout:
    """Print a report, or write it to a file, and mail it; return it as it was made."""
    printout = report.make(request)
    shown = replace(printout, rows=(), headings={}, appendix=None) if without_rows else printout
    print_report(session, shown, output, report.on_terminal)
    if to is not None:

        def part(code: str) -> Printout:
            change = {"as_of": printout.day, "organization": code}
            return report.make(request.model_copy(update=change))

        mailed = MailedReport(
            report.name, printout, part, report.variant, request.organization, report.in_letter
        )
        mail_report(session, to, mailed)
    return printout


def threshold(condition: str | None) -> int | None:
    """Return from how many rows on the report fails. Raises `BadCondition`."""
    if condition is None:
        return None
    if condition == "any":
        return 1
    if not condition.isdecimal() or int(condition) == 0:
        raise BadCondition(value=condition)
    return int(condition)


def fail_from(least: int | None, count: int) -> None:
    """End with the status of a condition that is met."""
    if least is not None and count >= least:
        raise typer.Exit(CONDITION_MET)


def print_report(
    session: Session, printout: Printout, output: Path | None, on_terminal: Sequence[str] = ()
) -> None:
    """Print a report, or write it to a file whose ending says in which form.

    A terminal is too narrow for all columns: there it shows some, --fields others.
    """
    from sed_tui.rendering.printout import Form, form_of, write

    fields = session.fields
    if output is None and session.format is Format.TABLE and sys.stdout.isatty():
        fields = fields or tuple(on_terminal)
    if fields:
        printout = printout.with_fields(fields)
    if output is None:
        _print_out(printout, Form(session.format.value))
        return
    form = form_of(output)
    with replaced(output) as target:
        write(printout, form, target)
    session.say(_("Rows written to {path}: {count}.").format(count=len(printout.rows), path=output))


def _print_out(printout: Printout, form: Form) -> None:
    from sed_tui.rendering.printout import Form, write
    from sed_tui.rendering.table import write_table

    sys.stdout.flush()
    if form is Form.TABLE:
        room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        write_table(printout, sys.stdout.buffer, room)
    else:
        write(printout, form, sys.stdout.buffer)
