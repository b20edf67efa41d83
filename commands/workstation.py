"""`sedctl workstation`: check this machine, mend it, collect the reports of all."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands import workstation_machines, workstation_mending, workstation_requirements
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("Check this machine and mend it."))
workstation_mending.add_to(app)
workstation_machines.add_to(app)
workstation_requirements.add_to(app)
_FAULTY = 3
_COLUMNS = ("id", "status", "found", "required", "fix")


@verb(app, "check", Sort.READ, N_("Check whether this machine can open and sign. Exit 0 or 3."))
def check(
    session: Session,
    chosen: Annotated[
        str | None,
        typer.Option("--set", help=_("The set of requirements: executive, institutions.")),
    ] = None,
    symptom: Annotated[
        str | None,
        typer.Option("--symptom", help=_("Words of a message: say what they mean, then check.")),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help=_("Ask nothing of the network."))
    ] = False,
    crl: Annotated[
        list[Path] | None,
        typer.Option(
            "--crl", help=_("A list of revoked certificates to look at; may be repeated.")
        ),
    ] = None,
) -> None:
    """Check, print the first cause first, and leave with 3 when something fails."""
    from commands.workstation_check import checked, show_report

    if symptom is not None:
        from commands.workstation_symptom import show_symptom

        show_symptom(session, symptom, chosen, offline=offline)
        return
    report = checked(chosen, offline=offline, lists=crl or [])
    show_report(session, report, _COLUMNS)
    if report.status == "fail":
        raise typer.Exit(_FAULTY)
