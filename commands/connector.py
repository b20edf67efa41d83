"""`sedctl connector`: for whoever builds a system that exchanges letters with this one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import connector_directum, connector_partner, connector_server, connector_simulated
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.gateway.package_conformance import Conformance

app = typer.Typer(
    rich_markup_mode=None, help=_("Exchange with other systems: check their packages.")
)
_REFUSED = 3
connector_directum.add_to(app)
connector_partner.add_to(app)
connector_simulated.add_to(app)


@verb(
    app, "conformance", Sort.READ, N_("Check packages of MEDO, or a partner's server. Exit 0 or 3.")
)
def conformance(
    session: Session,
    place: Annotated[
        str,
        typer.Argument(
            help=_("A package, a message, a folder of either, or https://SERVER."),
            metavar="FOLDER|URL",
        ),
    ],
    access: connector_server.Access,
    zone: Annotated[
        str,
        typer.Option(
            "--zone", help=_("The partner's time zone: of dates and times that name none.")
        ),
    ] = "Europe/Moscow",
) -> None:
    """Read each package as the connector would, and say what its sender should mend."""
    from sed_tui.exchange.profile import Profile
    from sed_tui.gateway.package_conformance import Verdict, check_packages

    if place.startswith(("http://", "https://")):
        connector_server.check(session, place, access)
        return
    results = list(check_packages(_existing(Path(place)), Profile(zone=_known_zone(zone))))
    if session.format is Format.TABLE:
        sys.stdout.writelines(f"{line}\n" for result in results for line in _told(result))
    else:
        session.show_records([_row(result) for result in results], ("package", "result"))
    refused = sum(result.verdict is Verdict.REFUSED for result in results)
    session.say(_("Packages: {all}, refused: {refused}.").format(all=len(results), refused=refused))
    if refused:
        raise typer.Exit(_REFUSED)


def _existing(place: Path) -> Path:
    from sed_tui.errors.form import NoSuchFile

    if not place.exists():
        raise NoSuchFile(field="place", path=str(place))
    return place


def _known_zone(zone: str) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    from sed_tui.errors.exchange import UnknownZone

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(field="zone", zone=zone) from error
    return zone


def _row(result: Conformance) -> dict[str, Any]:
    from sed_tui.exchange.remark_texts import meaning

    message, failure = result.message, result.failure
    return {
        "package": result.package,
        "result": result.verdict.value,
        "type": result.kind or None,
        "message": message.uid or None if message else None,
        "remarks": [
            {"code": one.oddity.value, "where": one.where, "message": meaning(one.oddity)}
            for one in result.remarks
        ],
        "error": failure.as_problem() if failure else None,
    }


def _told(result: Conformance) -> list[str]:
    """Return what people read: the verdict, then each thing to mend."""
    from sed_tui.exchange.remark_texts import meaning
    from sed_tui.rendering.cells import printable

    signs = {"accepted": "+", "remarks": "!", "refused": "x"}
    lines = [f"{signs[result.verdict]} {result.package}  {result.kind}".rstrip()]
    if result.failure is not None:
        lines += [f"    {result.failure}", f"    {result.failure.advice}"]
    for one in result.remarks:
        where = f" [{one.where}]" if one.where else ""
        lines.append(f"    {meaning(one.oddity)}{where}")
    return [printable(line) for line in lines]
