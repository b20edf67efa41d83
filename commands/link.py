"""`sedctl link`: the links to a document or an assignment, and the scheme of links."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.errors.usage import MissingValue, OptionsExclude
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.domain.link_address import LinkAddress

app = typer.Typer(rich_markup_mode=None)


@verb(app, "link", Sort.READ, N_("Print the links to a document or an assignment."))
def link(
    session: Session,
    which: Annotated[
        str | None,
        typer.Argument(help=_("A document or an assignment: number or id."), metavar="ID"),
    ] = None,
    register: Annotated[
        bool, typer.Option("--register", help=_("Let this desktop open sed: links."))
    ] = False,
    forget: Annotated[
        bool, typer.Option("--forget", help=_("Take back what --register did."))
    ] = False,
) -> None:
    if register and forget:
        raise OptionsExclude(first="--register", second="--forget")
    if register or forget:
        from sed_tui.linking import registration

        place = registration.forget() if forget else registration.register(_program())
        session.show_record({"path": place})
        return
    if which is None:
        raise MissingValue(option="ID", advice=_("Name a document or an assignment."))
    address = _address(session, which)
    base = session.settings.link_base
    session.show_record(
        {
            "link": address.as_scheme(),
            "page": address.as_page(base) if base else None,
            "id": str(address.id),
        }
    )


def _address(session: Session, which: str) -> LinkAddress:
    """Return the link to the document of this name, else to the assignment."""
    from sed_tui.domain.link_address import LinkAddress, Target
    from sed_tui.errors import NotFound
    from sed_tui.operations.assignment import SHOW, ShowAssignment
    from sed_tui.operations.document import SHOW as SHOW_DOCUMENT
    from sed_tui.operations.document import ShowDocument

    try:
        card = session.call(SHOW_DOCUMENT, ShowDocument(document=which))
        return LinkAddress(Target.DOCUMENT, card.id)
    except NotFound as error:
        try:
            task = session.call(SHOW, ShowAssignment(assignment=which))
        except NotFound:
            raise error from None
        return LinkAddress(Target.TASK, task.id)


def _program() -> str:
    own = Path(sys.argv[0])
    if own.name.startswith("sedctl"):
        return str(own.resolve())
    return shutil.which("sedctl") or "sedctl"
