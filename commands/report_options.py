"""The options that reports share: of when, of whom, where the report goes.

A report takes them as parameters of these classes, which `verb` unfolds into options.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.arguments import day
from commands.report_mail import mailing
from commands.report_output import publish
from sed_tui.i18n import _

if TYPE_CHECKING:
    from commands.report_output import Published
    from commands.session import Session
    from sed_tui.operations.report import DayRequest
    from sed_tui.rendering.printout import Printout

Organization = Annotated[
    str | None, typer.Option("--org", help=_("A code of organization, or all."))
]
Department = Annotated[
    str | None, typer.Option("--department", help=_("Of one department: its code or its name."))
]
Executor = Annotated[str | None, typer.Option("--executor", help=_("Of one executor."))]
Author = Annotated[str | None, typer.Option("--author", help=_("Of one author."))]
FailIf = Annotated[
    str | None,
    typer.Option("--fail-if", help=_("Exit with 8 when there are rows: any, or so many.")),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help=_("A file: .pdf, .xlsx, .html, .csv or .json.")),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help=_("The end of which day; today by default, or one to come.")),
]
Since = Annotated[
    str | None, typer.Option("--since", help=_("The first day; of the year by default."))
]
Until = Annotated[
    str | None, typer.Option("--until", help=_("The last day; the day of the report by default."))
]
MailTo = Annotated[
    list[str] | None,
    typer.Option(
        "--mail",
        metavar="ADDRESS|heads",
        help=_("Mail it: to an address or to each head; several."),
    ),
]
MailEmpty = Annotated[
    bool, typer.Option("--mail-empty", help=_("Mail the report even when it has no rows."))
]


@dataclass(frozen=True, slots=True)
class Day:
    """The end of which day."""

    as_of: AsOf = None

    @property
    def asked(self) -> dict[str, Any]:
        """Return the fields of a request."""
        return {"as_of": day(self.as_of, "as_of")}


@dataclass(frozen=True, slots=True)
class Period:
    """From which day to which, and as known at the end of which."""

    since: Since = None
    until: Until = None
    as_of: AsOf = None

    @property
    def asked(self) -> dict[str, Any]:
        """Return the fields of a request."""
        return {
            "since": day(self.since, "since"),
            "until": day(self.until, "until"),
            "as_of": day(self.as_of, "as_of"),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Of which organization."""

    organization: Organization = None

    @property
    def asked(self) -> dict[str, Any]:
        """Return the fields of a request."""
        return {"organization": self.organization}


@dataclass(frozen=True, slots=True)
class Whose:
    """Of whose assignments."""

    organization: Organization = None
    department: Department = None
    executor: Executor = None
    author: Author = None

    @property
    def asked(self) -> dict[str, Any]:
        """Return the fields of a request."""
        return {
            "organization": self.organization,
            "department": self.department,
            "executor": self.executor,
            "author": self.author,
        }


@dataclass(frozen=True, slots=True)
class Way:
    """Where a report goes: to a file or standard output, and by mail."""

    output: Output = None
    mail: MailTo = None
    mail_empty: MailEmpty = False

    def publish(
        self,
        session: Session,
        report: Published,
        request: DayRequest,
        *,
        without_rows: bool = False,
    ) -> Printout:
        """Report and let it go where it is to go; return it as it was made."""
        to = mailing(session, self.mail, even_empty=self.mail_empty)
        return publish(session, report, request, self.output, to, without_rows=without_rows)


def is_over_several(request: DayRequest) -> bool:
    """Tell whether a report names the organization of every row."""
    from sed_tui.operations.registry import EVERY_ORGANIZATION

    return request.organization == EVERY_ORGANIZATION
