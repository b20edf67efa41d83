"""The options with which a document gets its number, a draft or a letter typed in at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sed_tui.i18n import _

if TYPE_CHECKING:
    from commands.session import Session
    from sed_tui.operations.registration import Registered

_SHOWN = ("number", "registered_on", "flow", "journal", "subject", "id")


@dataclass(frozen=True, slots=True)
class NumberOptions:
    """Where it is registered, under which number, and who signed it when."""

    journal: Annotated[
        str | None, typer.Option("--journal", help=_("The journal, the flow's own by default."))
    ] = None
    number: Annotated[
        str | None, typer.Option("--number", help=_("A number by hand, reserved or skipped."))
    ] = None
    suffix: Annotated[
        str | None, typer.Option("--suffix", help=_("A letter beside the number: а, -а, /1."))
    ] = None
    registered_on: Annotated[
        str | None, typer.Option("--registered-on", help=_("The date of registration."))
    ] = None
    signatory: Annotated[str | None, typer.Option("--signatory", help=_("Who signed it."))] = None
    signed_on: Annotated[
        str | None, typer.Option("--signed-on", help=_("When it was signed on paper."))
    ] = None
    case_index: Annotated[
        str | None, typer.Option("--case", help=_("The index of the file plan."))
    ] = None
    leading: Annotated[
        str | None, typer.Option("--leading", help=_("The leading document of the number."))
    ] = None
    unit: Annotated[
        str | None, typer.Option("--unit", help=_("The code of the unit in the number."))
    ] = None

    @property
    def fields(self) -> dict[str, Any]:
        """Return the fields of the request. Raises `Invalid` for what is no date."""
        from commands.arguments import day

        return {
            **asdict(self),
            "registered_on": day(self.registered_on, "registered_on"),
            "signed_on": day(self.signed_on, "signed_on"),
        }


def show_numbered(session: Session, registered: Registered) -> None:
    """Print the number that a document got, and under it what was doubtful."""
    session.show(registered, _SHOWN)
    if not session.format.is_json:
        for warning in registered.warnings:
            session.say(f"! {warning}")
