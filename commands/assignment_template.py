"""`sedctl assignment template`: the office's usual words, and issuing with them."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.errors import NotFound
from sed_tui.i18n import N_, _

COLUMNS = ("code", "text", "due", "version")

Template = Annotated[
    str | None,
    typer.Option(
        "--template", help=_("Text and term of the office: a code of `assignment template list`.")
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the group to that of assignments."""
    group = typer.Typer(rich_markup_mode=None, help=_("Texts that are issued again and again."))
    verb(group, "list", Sort.READ, N_("List the templates."))(_list)
    verb(group, "set", Sort.WRITE, N_("Add a template, change it or close it."))(_set)
    app.add_typer(group, name="template")


def words(
    session: Session, template: str | None, text: str | None, due: str | None
) -> tuple[str | None, str | None]:
    """Return text and term of an assignment: what was typed, else what the template says.

    Raises `NotFound` for a template that is not there.
    """
    if template is None:
        return text, due
    from sed_tui.operations.assignment_template import LIST, ListTemplates

    code = template.strip().casefold()
    rows = session.call(LIST, ListTemplates()).rows
    found = next((row for row in rows if row.code.casefold() == code), None)
    if found is None:
        raise NotFound(field="template", kind=_(N_("Template")), key=template)
    return text or found.text, due or found.due


def _list(
    session: Session,
    all_states: Annotated[bool, typer.Option("--all", help=_("Closed ones as well."))] = False,
) -> None:
    from sed_tui.operations.assignment_template import LIST, ListTemplates

    page = session.call(LIST, ListTemplates(all_states=all_states))
    session.show_rows(page.rows, (*COLUMNS, "state") if all_states else COLUMNS)


def _set(
    session: Session,
    code: Annotated[str, typer.Argument(help=_("A short code to call it by."), metavar="CODE")],
    text: Annotated[str | None, typer.Option("--text", help=_("What is to be done."))] = None,
    due: Annotated[
        str | None,
        typer.Option("--due", help=_("The term that goes with it; empty for none.")),
    ] = None,
    close: Annotated[bool, typer.Option("--close", help=_("Offer it no more."))] = False,
    version: Seen = None,
) -> None:
    from sed_tui.operations.assignment_template import SET, SetTemplate

    request = SetTemplate(code=code, text=text, due=due, is_closed=close, version=version)
    session.show(session.call(SET, request))
