"""`sedctl news`: what is new in the versions of the program, and who has taken note."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("What is new, and who has taken note."))


@verb(app, "show", Sort.READ, N_("Show what is new; no database is opened."))
def show(session: Session) -> None:
    from sed_tui.storage.news import all_news

    rows = [
        {"version": version.number, "change": item.text, "must": item.must}
        for version in all_news()
        for item in version.items
    ]
    session.show_records(rows, ("version", "change"))


@verb(app, "list", Sort.READ, N_("List the versions and who has taken note of them."))
def list_news(session: Session) -> None:
    from sed_tui.operations.news import LIST, ListNews

    session.show_rows(session.call(LIST, ListNews()).rows, ("version", "is_new", "acknowledged"))


@verb(app, "acknowledge", Sort.WRITE, N_("Take note of what is new."))
def acknowledge(
    session: Session,
    version: Annotated[
        str | None, typer.Argument(help=_("A version; the newest if left out."), metavar="VERSION")
    ] = None,
) -> None:
    from sed_tui.operations.news import ACKNOWLEDGE, AcknowledgeNews

    done = session.call(ACKNOWLEDGE, AcknowledgeNews(version=version))
    session.show(done, ("version", "is_new", "acknowledged"))
