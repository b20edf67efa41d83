"""`sedctl organization`: the organizations of a database, their tree and their units."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("Organizations and their tree."))
units = typer.Typer(rich_markup_mode=None, help=_("Units of the organization."))
app.add_typer(units, name="unit")

OVERVIEW_COLUMNS = (
    *("code", "name", "people", "workplaces"),
    *("documents", "documents_this_year", "last_registered_on"),
    *("used_bytes", "allowed_bytes"),
)

ShortName = Annotated[str | None, typer.Option("--short-name", help=_("The short name."))]
Inn = Annotated[str | None, typer.Option("--inn", help=_("10 digits, or 12 of a person."))]
Kpp = Annotated[str | None, typer.Option("--kpp", help=_("The KPP, which tells branches apart."))]
Ogrn = Annotated[str | None, typer.Option("--ogrn", help=_("OGRN or OGRNIP."))]
Parent = Annotated[
    str | None, typer.Option("--parent", help=_("The code of the organization above."))
]


@verb(app, "add", Sort.WRITE, N_("Add an organization and become its administrator."))
def add(
    session: Session,
    code: Annotated[str, typer.Argument(help=_("Its code, for --org."))],
    name: Annotated[str, typer.Option("--name", help=_("The full name."))],
    short_name: ShortName = None,
    inn: Inn = None,
    kpp: Kpp = None,
    ogrn: Ogrn = None,
    parent: Parent = None,
) -> None:
    from sed_tui.operations.organization import ADD, AddOrganization

    request = AddOrganization(
        code=code, name=name, short_name=short_name, inn=inn, kpp=kpp, ogrn=ogrn, parent=parent
    )
    session.show(session.call(ADD, request))


@verb(app, "edit", Sort.WRITE, N_("Change the organization of the call (--org)."))
def edit(
    session: Session,
    name: Annotated[str | None, typer.Option("--name", help=_("The full name."))] = None,
    short_name: ShortName = None,
    inn: Inn = None,
    kpp: Kpp = None,
    ogrn: Ogrn = None,
    parent: Parent = None,
    version: Seen = None,
) -> None:
    from sed_tui.operations.organization import EDIT, EditOrganization

    given = {
        "name": name,
        "short_name": short_name,
        "inn": inn,
        "kpp": kpp,
        "ogrn": ogrn,
        "parent": parent,
    }
    changes = {field: value for field, value in given.items() if value is not None}
    session.show(session.call(EDIT, EditOrganization(changes=changes, version=version)))


@verb(app, "list", Sort.READ, N_("List the organizations you work in."))
def list_(session: Session) -> None:
    from sed_tui.operations.organization import LIST, ListOrganizations

    session.show_rows(
        session.call(LIST, ListOrganizations()).rows, ("code", "name", "parent", "state")
    )


@verb(app, "tree", Sort.READ, N_("Show the organizations you work in as a tree."))
def tree(session: Session) -> None:
    from commands.session import Format
    from sed_tui.operations.organization import TREE, ShowTree

    rows = session.call(TREE, ShowTree()).rows
    if session.format is Format.TABLE:
        rows = [row.model_copy(update={"name": "  " * row.depth + row.name}) for row in rows]
    session.show_rows(rows, ("name", "code", "state"))


@verb(app, "show", Sort.READ, N_("Show one of your organizations."))
def show(
    session: Session,
    organization: Annotated[
        str | None, typer.Argument(help=_("A code; that of the call by default."))
    ] = None,
) -> None:
    from sed_tui.operations.organization import SHOW, ShowOrganization

    session.show(session.call(SHOW, ShowOrganization(organization=organization)))


@verb(app, "quota", Sort.WRITE, N_("Limit how many bytes of files an organization stores."))
def quota(
    session: Session,
    organization: Annotated[str, typer.Argument(help=_("The code of the organization."))],
    size: Annotated[
        str, typer.Argument(help=_("As 10GiB or 500MiB; “none” for as much as it likes."))
    ],
) -> None:
    from sed_tui.domain.stored_size import size_of_text
    from sed_tui.operations.organization_quota import SET, SetQuota

    allowed = None if size.casefold() in {"none", "нет"} else size_of_text(size, "size")
    asked = SetQuota(organization=organization, allowed_bytes=allowed)
    session.show(session.call(SET, asked), ("organization", "used_bytes", "allowed_bytes"))


@verb(app, "overview", Sort.LIST, N_("Oversee the organizations below in figures."))
def overview(
    session: Session,
    query: Annotated[str, typer.Argument(help=_("Parts of a code, a name or an INN."))] = "",
) -> None:
    from sed_tui.operations.organization_overview import OVERVIEW, ShowOverview

    request = ShowOverview(query=query, limit=session.limit, after=session.after)
    page = session.call(OVERVIEW, request)
    session.show_rows(page.rows, OVERVIEW_COLUMNS, page.next)


@verb(units, "add", Sort.WRITE, N_("Add a unit."))
def add_unit(
    session: Session,
    code: Annotated[str, typer.Argument(help=_("Its code, for numbers and --unit."))],
    name: Annotated[str, typer.Option("--name", help=_("The name."))],
    parent: Annotated[
        str | None, typer.Option("--parent", help=_("The code or name of the unit above."))
    ] = None,
) -> None:
    from sed_tui.operations.unit import ADD, AddUnit

    session.show(session.call(ADD, AddUnit(code=code, name=name, parent=parent)))


@verb(units, "list", Sort.READ, N_("List the units."))
def list_units(session: Session) -> None:
    from sed_tui.operations.unit import LIST, ListUnits

    session.show_rows(session.call(LIST, ListUnits()).rows, ("code", "name", "parent", "people"))
