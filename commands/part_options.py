"""The options that name who has a part in an assignment, issued once or repeatedly."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer

from sed_tui.domain.assignment_people import Watch
from sed_tui.i18n import _


@dataclass(frozen=True, slots=True)
class PartOptions:
    """The document, whose assignment it is, and who does, sees, accepts and watches it."""

    document: Annotated[
        str | None, typer.Option("--document", help=_("The document it is issued on."))
    ] = None
    author: Annotated[
        str | None, typer.Option("--author", help=_("Whose assignment it is; you, if a head."))
    ] = None
    co_executor: Annotated[
        list[str] | None, typer.Option("--co-executor", help=_("Who contributes; several."))
    ] = None
    observer: Annotated[
        list[str] | None, typer.Option("--observer", help=_("Who sees it; several."))
    ] = None
    controller: Annotated[
        str | None, typer.Option("--controller", help=_("Who accepts the report."))
    ] = None
    control: Annotated[
        Watch | None, typer.Option("--control", help=_("Whether its execution is watched."))
    ] = None

    @property
    def fields(self) -> dict[str, Any]:
        """Return the fields of the request."""
        given = asdict(self)
        co_executors, observers = given.pop("co_executor"), given.pop("observer")
        return {
            **given,
            "co_executors": tuple(co_executors or ()),
            "observers": tuple(observers or ()),
        }
