"""`sedctl correspondent`: outside organizations and citizens."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.correspondents import CorrespondentKind
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("Outside organizations and citizens."))

COLUMNS = ("name", "inn", "kpp", "kind", "state", "id")

Who = Annotated[str, typer.Argument(help=_("A name, an INN or an id."), metavar="CORRESPONDENT")]
ShortName = Annotated[str | None, typer.Option("--short-name", help=_("The short name."))]
Inn = Annotated[str | None, typer.Option("--inn", help=_("10 digits, or 12 of a person."))]
Kpp = Annotated[str | None, typer.Option("--kpp", help=_("The KPP, which tells branches apart."))]
Ogrn = Annotated[str | None, typer.Option("--ogrn", help=_("OGRN or OGRNIP."))]
Address = Annotated[str | None, typer.Option("--address", help=_("The postal address."))]
Email = Annotated[str | None, typer.Option("--email", help=_("The e-mail address."))]


@verb(app, "add", Sort.WRITE, N_("Add a correspondent."))
def add(
    session: Session,
    name: Annotated[str, typer.Argument(help=_("The full name."), metavar="NAME")],
    citizen: Annotated[
        bool, typer.Option("--citizen", help=_("A citizen, not an organization."))
    ] = False,
    short_name: ShortName = None,
    inn: Inn = None,
    kpp: Kpp = None,
    ogrn: Ogrn = None,
    address: Address = None,
    email: Email = None,
    external_id: Annotated[
        str | None, typer.Option("--external-id", help=_("Its id in another system."))
    ] = None,
) -> None:
    from sed_tui.operations.correspondent import ADD, AddCorrespondent

    request = AddCorrespondent(
        name=name,
        kind=CorrespondentKind.CITIZEN if citizen else CorrespondentKind.ORGANIZATION,
        short_name=short_name,
        inn=inn,
        kpp=kpp,
        ogrn=ogrn,
        address=address,
        email=email,
        external_id=external_id,
    )
    session.show(session.call(ADD, request))


@verb(app, "edit", Sort.WRITE, N_("Change fields of a correspondent; an empty text empties one."))
def edit(
    session: Session,
    correspondent: Who,
    name: Annotated[str | None, typer.Option("--name", help=_("The full name."))] = None,
    short_name: ShortName = None,
    inn: Inn = None,
    kpp: Kpp = None,
    ogrn: Ogrn = None,
    address: Address = None,
    email: Email = None,
    close: Annotated[
        bool | None, typer.Option("--close/--reopen", help=_("Refuse or allow new documents."))
    ] = None,
    version: Seen = None,
) -> None:
    from sed_tui.operations.correspondent import EDIT, EditCorrespondent

    given = {
        "name": name,
        "short_name": short_name,
        "inn": inn,
        "kpp": kpp,
        "ogrn": ogrn,
        "address": address,
        "email": email,
        "state": None if close is None else ("closed" if close else "active"),
    }
    changes = {field: value for field, value in given.items() if value is not None}
    request = EditCorrespondent(correspondent=correspondent, changes=changes, version=version)
    session.show(session.call(EDIT, request))


@verb(app, "list", Sort.LIST, N_("List correspondents by name."))
def list_(
    session: Session,
    query: Annotated[
        str, typer.Argument(help=_("Parts of a name, or of an INN."), metavar="[QUERY]")
    ] = "",
    kind: Annotated[CorrespondentKind | None, typer.Option("--kind", help=_("One kind."))] = None,
    all_states: Annotated[
        bool, typer.Option("--all", help=_("Closed and merged ones as well."))
    ] = False,
) -> None:
    from sed_tui.operations.correspondent_list import LIST, ListCorrespondents

    request = ListCorrespondents(
        query=query, kind=kind, all_states=all_states, limit=session.limit, after=session.after
    )
    page = session.call(LIST, request)
    session.show_rows(page.rows, COLUMNS, page.next)


@verb(app, "show", Sort.READ, N_("Show a correspondent."))
def show(session: Session, correspondent: Who) -> None:
    from sed_tui.operations.correspondent import SHOW, ShowCorrespondent

    session.show(session.call(SHOW, ShowCorrespondent(correspondent=correspondent)))


@verb(app, "merge", Sort.DESTROY, N_("Merge correspondents"))
def merge(
    session: Session,
    source: Annotated[
        str, typer.Argument(help=_("Which becomes a redirect: a name, an INN or an id."))
    ],
    target: Annotated[str, typer.Argument(help=_("Which stays and takes the documents."))],
) -> None:
    from sed_tui.operations.correspondent_merge import MERGE, MergeCorrespondents

    session.show(session.call(MERGE, MergeCorrespondents(source=source, target=target)))
