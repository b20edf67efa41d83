"""The fields of an application for accession: options, a file, a form to fill in."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sed_tui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.application_file import ApplicationFile


@dataclass
class ApplicationFields:
    """The options of the fields; their names are those of the file."""

    name: Annotated[str | None, typer.Option("--name", help=_("The full name."))] = None
    short_name: Annotated[str | None, typer.Option("--short-name", help=_("The short name."))] = (
        None
    )
    inn: Annotated[str | None, typer.Option("--inn", help=_("10 digits of the INN."))] = None
    kpp: Annotated[str | None, typer.Option("--kpp", help=_("The KPP."))] = None
    ogrn: Annotated[str | None, typer.Option("--ogrn", help=_("13 digits of the OGRN."))] = None
    oktmo: Annotated[
        str | None, typer.Option("--oktmo", help=_("8 or 11 digits; a control number may follow."))
    ] = None
    address: Annotated[str | None, typer.Option("--address", help=_("The address."))] = None
    head_name: Annotated[
        str | None, typer.Option("--head", help=_("The head of the organization."))
    ] = None
    head_position: Annotated[
        str | None, typer.Option("--head-position", help=_("His position."))
    ] = None
    deputy: Annotated[
        str | None, typer.Option("--deputy", help=_("Who signs in place of the head."))
    ] = None
    power: Annotated[
        str | None, typer.Option("--power", help=_("The power of attorney: number and date."))
    ] = None
    power_until: Annotated[
        str | None, typer.Option("--power-until", help=_("The last day of the power."))
    ] = None
    contact: Annotated[str | None, typer.Option("--contact", help=_("Whom to ask."))] = None
    email: Annotated[str | None, typer.Option("--email", help=_("His e-mail."))] = None
    phone: Annotated[str | None, typer.Option("--phone", help=_("His telephone."))] = None
    subsystem: Annotated[
        str | None,
        typer.Option(
            "--subsystem", help=_("executive, municipal, medical, educational or mobile.")
        ),
    ] = None
    front: Annotated[
        str | None,
        typer.Option(
            "--front", help=_("What its people work in: directum_rx, bureaucrat, sed_tui.")
        ),
    ] = None
    exchange_address: Annotated[
        str | None, typer.Option("--exchange-address", help=_("The address in the exchange."))
    ] = None


def given_fields(options: ApplicationFields, file: Path | None) -> ApplicationFile:
    """Return what the file holds, and over it what was given as options.

    Raises `BadApplicationFile` and what tables raise.
    """
    from sed_tui.gateway.application_file import ApplicationFile, read_application

    told = read_application(file) if file is not None else ApplicationFile({})
    given = {name: value for name, value in asdict(options).items() if value is not None}
    return replace(told, fields=told.fields | given)


def blank_form() -> str:
    """Return a TOML file with every field, its meaning beside it, to be filled in."""
    from sed_tui.domain.joining_application import FIELDS, NEEDED
    from sed_tui.operations.labels import label

    lines = [f"# {_('Application for accession. * marks what has to be filled in.')}"]
    for name in FIELDS:
        mark = " *" if name in NEEDED else ""
        lines += [f"# {label(name)}{mark}{_choices(name)}", f'{name} = ""']
    return "\n".join(lines) + "\n"


def _choices(name: str) -> str:
    from sed_tui.domain.joining import FRONT_TITLES, SUBSYSTEM_TITLES

    known: dict[str, dict[Any, str]] = {
        "subsystem": dict(SUBSYSTEM_TITLES),
        "front": dict(FRONT_TITLES),
    }
    titles = known.get(name, {})
    told = ", ".join(f"{one.value} ({_(title)})" for one, title in titles.items())
    return f": {told}" if told else ""
