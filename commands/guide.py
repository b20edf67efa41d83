"""`sedctl guide`: what is done where, step by step; no database is opened."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.guidance.guides import Guide

app = typer.Typer(rich_markup_mode=None, help=_("Guides: what is done where, step by step."))
folder = typer.Typer(rich_markup_mode=None, help=_("Folders with instructions of your own."))
app.add_typer(folder, name="folder")

_SHIPPED = N_("the program")
_HTML = frozenset({".html", ".htm"})
Folder = Annotated[str, typer.Argument(help=_("The path of the folder."), metavar="FOLDER")]


@verb(app, "list", Sort.READ, N_("List the guides, yours after those of the program."))
def list_guides(session: Session) -> None:
    from sed_tui.guidance.guides import guides

    rows = [_row(guide) for guide in guides()]
    session.show_records(rows, ("topic", "title", "source"))


@verb(app, "show", Sort.READ, N_("Show a guide."))
def show(
    session: Session,
    topic: Annotated[str, typer.Argument(help=_("The topic or the title."), metavar="TOPIC")],
) -> None:
    from sed_tui.guidance.guides import guide_named
    from sed_tui.rendering.cells import printable

    guide = guide_named(topic)
    _say_if_in_another_language(session, guide)
    if session.format is Format.TABLE:
        sys.stdout.write(printable(guide.text))
    else:
        session.show_record({**_row(guide), "text": guide.text})


@verb(app, "search", Sort.READ, N_("Find words in the guides, in any form."))
def search(
    session: Session,
    query: Annotated[list[str], typer.Argument(help=_("Words."), metavar="QUERY")],
) -> None:
    from sed_tui.guidance.guides import guides
    from sed_tui.guidance.search import found_in

    found = found_in(guides(), " ".join(query))
    if found.is_guess:
        session.say(
            _("Nothing holds “{asked}”; shown for “{searched}”.").format(
                asked=found.asked, searched=found.searched
            )
        )
    rows: list[dict[str, Any]] = [
        {
            "topic": hit.topic,
            "title": hit.title,
            "section": hit.section,
            "line": hit.line,
            "source": hit.source or None,
        }
        for hit in found.rows
    ]
    session.show_records(rows, ("topic", "section", "line"))


@verb(app, "print", Sort.READ, N_("Write guides to a file that prints: .html or .txt."))
def print_guides(
    session: Session,
    topic: Annotated[
        str | None, typer.Argument(help=_("One guide; all if left out."), metavar="TOPIC")
    ] = None,
    output: Annotated[str, typer.Option("--output", "-o", help=_("The file."))] = "guides.html",
) -> None:
    from sed_tui.guidance.guides import guide_named, guides
    from sed_tui.guidance.printing import as_html, as_text
    from sed_tui.rendering.saved import replaced

    chosen = [guide_named(topic)] if topic else guides()
    path = Path(output)
    text = as_html(chosen) if path.suffix.casefold() in _HTML else as_text(chosen)
    with replaced(path) as target:
        target.write(text.encode())
    session.show_record({"path": str(path), "guides": len(chosen)})


@verb(folder, "add", Sort.READ, N_("Show the instructions of a folder with the guides."))
def add_own(session: Session, path: Folder) -> None:
    from sed_tui.guidance.folders import add_folder, files_of

    added = add_folder(Path(path))
    session.show_record({"path": str(added), "guides": len(files_of(added))})


@verb(folder, "remove", Sort.READ, N_("Show the instructions of a folder no more."))
def remove_own(session: Session, path: Folder) -> None:
    from sed_tui.guidance.folders import remove_folder

    session.show_record({"path": str(remove_folder(Path(path)))})


@verb(folder, "list", Sort.READ, N_("List the folders with instructions of your own."))
def list_own(session: Session) -> None:
    from sed_tui.guidance.folders import files_of, folders

    rows = [{"path": str(one), "guides": len(files_of(one))} for one in folders()]
    session.show_records(rows, ("path", "guides"))


def _row(guide: Guide) -> dict[str, Any]:
    return {
        "topic": guide.topic,
        "title": guide.title,
        "source": guide.source or _(_SHIPPED),
        "language": guide.language,
        "operations": list(guide.operations),
        "screens": list(guide.screens),
    }


def _say_if_in_another_language(session: Session, guide: Guide) -> None:
    from sed_tui.i18n import active_language

    if guide.language != active_language():
        session.say(_("This guide is not written in your language yet."))
