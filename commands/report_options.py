"""The options that reports share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.arguments import day
from sed_tui.i18n import _

if TYPE_CHECKING:
    from sed_tui.operations.report import DayRequest

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help=_("The end of which day; today by default, or one to come.")),
]
Organization = Annotated[
    str | None, typer.Option("--org", help=_("A code of organization, or all."))
]
Department = Annotated[
    str | None, typer.Option("--department", help=_("Of one department: its code or its name."))
]
Executor = Annotated[str | None, typer.Option("--executor", help=_("Of one executor."))]
Author = Annotated[str | None, typer.Option("--author", help=_("Of one author."))]
Since = Annotated[
    str | None, typer.Option("--since", help=_("The first day; of the year by default."))
]
Until = Annotated[
    str | None, typer.Option("--until", help=_("The last day; the day of the report by default."))
]
FailIf = Annotated[
    str | None,
    typer.Option("--fail-if", help=_("Exit with 8 when there are rows: any, or so many.")),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help=_("A file: .xlsx, .html, .csv or .json.")),
]


def asked(
    as_of: str | None,
    organization: str | None,
    department: str | None,
    executor: str | None,
    author: str | None,
) -> dict[str, Any]:
    """Return the fields that every request has."""
    return {
        "as_of": day(as_of, "as_of"),
        "organization": organization,
        "department": department,
        "executor": executor,
        "author": author,
    }


def of_period(since: str | None, until: str | None) -> dict[str, Any]:
    """Return the fields of a period."""
    return {"since": day(since, "since"), "until": day(until, "until")}


def is_over_several(request: DayRequest) -> bool:
    """Tell whether a report names the organization of every row."""
    from sed_tui.operations.registry import EVERY_ORGANIZATION

    return request.organization == EVERY_ORGANIZATION
