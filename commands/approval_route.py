"""`sedctl approval route`: routes as texts kept in a repository."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.operations.route import PlannedStage, RoutePlan

app = typer.Typer(rich_markup_mode=None, help=_("Routes of approval: texts, checked and tried."))

COLUMNS = ("code", "version", "title", "priority", "state", "stages", "made_at", "made_by")
STAGES = ("name", "kind", "person", "named_as", "substitute", "due", "late_to", "note")

File = Annotated[
    Path, typer.Argument(help=_("The text of a route, TOML; - for a pipe."), metavar="FILE")
]
Which = Annotated[str, typer.Argument(help=_("The code of a route."), metavar="ROUTE")]
REFUSED = 3


@verb(app, "import", Sort.WRITE, N_("Take the text of a route as its next version."))
def import_(session: Session, file: File) -> None:
    from sed_tui.operations.route import IMPORT, ImportRoute

    session.show(session.call(IMPORT, ImportRoute(text=_text(file))), COLUMNS)


@verb(app, "check", Sort.READ, N_("Check the text of a route, line by line; exit 3 on faults."))
def check(session: Session, file: File) -> None:
    from sed_tui.operations.route import CHECK, CheckRoute

    found = session.call(CHECK, CheckRoute(text=_text(file)))
    if session.format.is_json:
        session.show(found)
    else:
        session.show_rows(found.faults, ("line", "fault", "hint"))
    if not found.ok:
        raise typer.Exit(REFUSED)


@verb(app, "list", Sort.READ, N_("List routes."))
def list_(
    session: Session,
    all_versions: Annotated[
        bool, typer.Option("--all", help=_("Also old versions and closed routes."))
    ] = False,
) -> None:
    from sed_tui.operations.route import LIST, ListRoutes

    session.show_rows(session.call(LIST, ListRoutes(all_versions=all_versions)).rows, COLUMNS)


@verb(app, "show", Sort.READ, N_("Show a route with its text."))
def show(
    session: Session,
    route: Which,
    version: Annotated[
        int | None, typer.Option("--version", min=1, help=_("Not the last version."))
    ] = None,
) -> None:
    from sed_tui.operations.route import SHOW, ShowRoute

    found = session.call(SHOW, ShowRoute(route=route, version=version))
    session.show(found, COLUMNS)
    if not session.format.is_json and not session.fields:
        session.say(f"\n{found.text}")


@verb(app, "export", Sort.READ, N_("Write the text of a route, as it was imported."))
def export(
    session: Session,
    route: Which,
    version: Annotated[
        int | None, typer.Option("--version", min=1, help=_("Not the last version."))
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help=_("A file; standard output otherwise."))
    ] = None,
) -> None:
    import sys

    from sed_tui.operations.route import SHOW, ShowRoute

    text = session.call(SHOW, ShowRoute(route=route, version=version)).text
    if output is None:
        sys.stdout.write(text)
        return
    from sed_tui.rendering.saved import replaced

    with replaced(output) as place:
        place.write(text.encode())


@verb(app, "preview", Sort.READ, N_("Show who would approve a draft, and by when."))
def preview(
    session: Session,
    document: Annotated[str, typer.Argument(help=_("The id of a draft."), metavar="DOCUMENT")],
    route: Annotated[
        str | None, typer.Option("--route", help=_("Not the one that is chosen by its rule."))
    ] = None,
) -> None:
    from sed_tui.operations.route import PREVIEW, PreviewRoute

    show_plan(session, session.call(PREVIEW, PreviewRoute(document=document, route=route)))


@verb(app, "close", Sort.DESTROY, N_("Take a route out of use; what runs on it goes on."))
def close(session: Session, route: Which) -> None:
    from sed_tui.operations.route import CLOSE, CloseRoute

    session.show(session.call(CLOSE, CloseRoute(route=route)), COLUMNS)


def show_plan(session: Session, plan: RoutePlan) -> None:
    """Print a plan: a row for every person, and what stands against it."""
    if session.format.is_json:
        session.show(plan)
        return
    session.show(plan, ("route", "route_version", "title"))
    show_stages(session, plan.stages)
    for obstacle in plan.obstacles:
        session.say(f"! {obstacle}")


def show_stages(session: Session, stages: Sequence[PlannedStage]) -> None:
    """Print every stage of a plan as a table, and of whom something is to be told."""
    if session.format.is_json:
        return
    rows = []
    for stage in stages:
        late = ", ".join(one.name for one in stage.late_to)
        first = {"name": stage.name, "kind": stage.kind.value, "late_to": late}
        people = [one.model_dump(mode="json") for one in stage.people]
        rows += [{**one, **first, "person": one["name"]} for one in people]
        if not people:
            rows.append({**first, "person": "—", "note": stage.skipped})
    session.show_records(rows, STAGES)
    for stage in stages:
        for person in stage.people:
            if person.note:
                session.say(f"! {stage.name}: {person.name}: {person.note}")


def _text(file: Path) -> str:
    import sys

    from sed_tui.errors.causes import system_cause
    from sed_tui.errors.form import UnreadableFile
    from sed_tui.gateway.disk_files import opened

    try:
        if str(file) == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        with opened(file) as source:
            return source.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = system_cause(error)
        raise UnreadableFile(field="file", path=str(file), reason=reason) from error
