"""`sedctl workstation report | list | versions`: the machines of the organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.report_options import Organization
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.domain.workstation import Status, VersionOf
from sed_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from sed_tui.operations.workstation import VersionCounts

_COLUMNS = ("machine", "employee", "system", "csp", "browser_version", "status", "reported_at")
_BAR = 30


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group."""
    verb(app, "report", Sort.WRITE, N_("Check this machine and send the report to the help desk."))(
        _report
    )
    verb(app, "list", Sort.READ, N_("List the machines that have reported."))(_list)
    verb(app, "versions", Sort.READ, N_("Count versions over the machines that have reported."))(
        _versions
    )


def _report(
    session: Session,
    chosen: Annotated[
        str | None,
        typer.Option("--set", help=_("The set of requirements: executive, institutions.")),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help=_("Ask nothing of the network."))
    ] = False,
) -> None:
    from commands.workstation_check import asked_here, checked
    from sed_tui.operations.workstation import REPORT
    from sed_tui.workstation.sending import report_request

    report = checked(chosen, offline=offline)
    request = report_request(report, asked_here(chosen).requirements)
    session.show(session.call(REPORT, request))


def _list(
    session: Session,
    status: Annotated[
        Status | None, typer.Option("--status", help=_("Machines whose check ended so."))
    ] = None,
    failing: Annotated[
        str | None,
        typer.Option("--failing", help=_("Machines on which a check failed: csp, pair …")),
    ] = None,
    csp_below: Annotated[
        str | None, typer.Option("--csp-below", help=_("Machines with an older CryptoPro CSP."))
    ] = None,
    at_risk: Annotated[
        bool,
        typer.Option("--at-risk", help=_("Machines that break after an update of the browser.")),
    ] = False,
    older: Annotated[
        int | None, typer.Option("--older-than", min=0, help=_("Reports older than so many days."))
    ] = None,
    organization: Organization = None,
) -> None:
    from sed_tui.operations.workstation import LIST, ListWorkstations

    request = ListWorkstations(
        status=status,
        failing=failing,
        csp_below=csp_below,
        breaks_after_update=at_risk,
        older_than_days=older,
        organization=organization,
    )
    session.show_rows(session.call(LIST, request).rows, _COLUMNS)


def _versions(
    session: Session,
    by: Annotated[VersionOf, typer.Option("--by", help=_("What to count."))] = VersionOf.CSP,
    organization: Organization = None,
) -> None:
    from sed_tui.operations.workstation import VERSIONS, CountVersions

    result = session.call(VERSIONS, CountVersions(by=by, organization=organization))
    if session.format is Format.JSON:
        session.show(result)
        return
    rows = [row.model_dump(mode="json") for row in result.rows]
    if session.format is Format.TABLE:
        rows = [{**row, "chart": _bar(row["machines"], result)} for row in rows]
        session.show_records(rows, ("version", "machines", "share", "chart"))
    else:
        session.show_records(rows, ("version", "machines", "share"))
    risk = result.breaks_after_update
    if risk:
        told = ngettext(
            "{count} machine would break after an update of the browser: list --at-risk",
            "{count} machines would break after an update of the browser: list --at-risk",
            risk,
        )
        session.say(told.format(count=risk))


def _bar(machines: int, result: VersionCounts) -> str:
    most = max(row.machines for row in result.rows)
    return "#" * max(1, round(_BAR * machines / most))
