"""`sedctl resolution`: a head's draft decisions, which take force on approval."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.assignment_template import Template, words
from commands.points import Points, PointsFile, given_points
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.domain.assignment_people import Watch
from sed_tui.domain.resolution import DraftState
from sed_tui.errors.usage import Usage
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sed_tui.operations.resolution import PointGiven, ResolutionCard

app = typer.Typer(
    rich_markup_mode=None, help=_("Draft resolutions, which take force on a head's approval.")
)

ROW = (
    *("short_id", "state", "document_number", "basis", "author", "drafted_by", "total", "text"),
    *("created_at", "comment"),
)
CARD = (
    *("short_id", "state", "kind", "document_number", "basis", "author", "drafted_by", "text"),
    *("due", "controller", "control", "total", "with_gaps", "comment", "decided_at"),
    *("decided_by", "version", "steps", "id"),
)
POINT = ("number", "text", "executor", "co_executors", "controller", "due", "effective", "lacks")
ISSUED = (*POINT[:-1], "assignment_id")

Which = Annotated[str, typer.Argument(help=_("An id or its beginning."), metavar="RESOLUTION")]
Version = Annotated[
    int | None, typer.Option("--version", help=_("Refuse if the resolution changed since."))
]
Text = Annotated[
    str | None, typer.Option("--text", help=_("What is to be done by points without a text."))
]
Due = Annotated[
    str | None,
    typer.Option("--due", help=_("The common term: a date, 10, “5 рд”, срочно, без срока.")),
]
Profile = Annotated[
    str | None, typer.Option("--profile", help=_("How to count: a code from `calendar profiles`."))
]
Controller = Annotated[str | None, typer.Option("--controller", help=_("Who accepts the reports."))]
Control = Annotated[
    Watch | None, typer.Option("--control", help=_("Whether its execution is watched."))
]
Document = Annotated[str | None, typer.Option("--document", help=_("The document it rests upon."))]
Basis = Annotated[
    str | None, typer.Option("--basis", help=_("What it rests upon otherwise: протокол … № …"))
]
Author = Annotated[
    str | None, typer.Option("--author", help=_("The head whose resolution it is; you, if one."))
]


@verb(app, "draft", Sort.WRITE, N_("Write a draft resolution; nothing is issued yet."))
def draft(
    session: Session,
    document: Document = None,
    basis: Basis = None,
    author: Author = None,
    text: Text = None,
    template: Template = None,
    due: Due = None,
    profile: Profile = None,
    controller: Controller = None,
    control: Control = None,
    executor: Annotated[
        str | None, typer.Option("--executor", help=_("Who does it, where there is one point."))
    ] = None,
    point: Points = None,
    points: PointsFile = None,
) -> None:
    from sed_tui.operations.resolution import DRAFT, DraftResolution

    text, due = words(session, template, text, due)
    request = DraftResolution(
        points=_points(session, executor, point, points),
        document=document,
        basis=basis,
        author=author,
        text=text,
        due=due,
        profile=profile,
        controller=controller,
        control=control,
    )
    show_resolution(session, session.call(DRAFT, request))


@verb(app, "edit", Sort.WRITE, N_("Change a draft: its common parts, points by number."))
def edit(
    session: Session,
    resolution: Which,
    text: Text = None,
    due: Due = None,
    profile: Profile = None,
    controller: Controller = None,
    control: Control = None,
    point: Points = None,
    points: PointsFile = None,
    drop: Annotated[
        list[int] | None, typer.Option("--drop", help=_("Take a point out; several."))
    ] = None,
    version: Version = None,
) -> None:
    from sed_tui.operations.resolution import EDIT, EditResolution

    request = EditResolution(
        resolution=resolution,
        points=given_points(session, point, points),
        drop=tuple(drop or ()),
        text=text,
        due=due,
        profile=profile,
        controller=controller,
        control=control,
        version=version,
    )
    show_resolution(session, session.call(EDIT, request))


@verb(app, "list", Sort.LIST, N_("List resolutions, the newest first."))
def list_them(
    session: Session,
    document: Document = None,
    state: Annotated[
        DraftState | None, typer.Option("--state", help=_("How far it has come."))
    ] = None,
    waiting: Annotated[
        bool, typer.Option("--waiting", help=_("Those that wait for you, to decide or to mend."))
    ] = False,
) -> None:
    from sed_tui.operations.resolution_list import LIST, ListResolutions

    request = ListResolutions(
        document=document,
        state=state,
        waiting=waiting,
        after=session.after,
        limit=session.limit,
    )
    page = session.call(LIST, request)
    rows = [row.model_dump(mode="json") for row in page.rows]
    if not session.format.is_json:
        rows = [{**row, "text": row["text"] or _texts(row["points"])} for row in rows]
    session.show_records(rows, ROW, page.next)


def _texts(points: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(f"{point['number']}. {point['text'] or '…'}" for point in points)


@verb(app, "show", Sort.READ, N_("Show a resolution, its points and their gaps."))
def show(session: Session, resolution: Which) -> None:
    from sed_tui.operations.resolution import SHOW, ShowResolution

    show_resolution(session, session.call(SHOW, ShowResolution(resolution=resolution)))


@verb(app, "approve", Sort.WRITE, N_("Approve: every point is issued, all of them or none."))
def approve(
    session: Session,
    resolution: Which,
    comment: Annotated[
        str | None, typer.Option("--comment", help=_("A word on the decision."))
    ] = None,
    version: Version = None,
) -> None:
    from sed_tui.operations.resolution_decision import APPROVE, ApproveResolution

    request = ApproveResolution(resolution=resolution, comment=comment, version=version)
    show_resolution(session, session.call(APPROVE, request))


@verb(app, "return", Sort.WRITE, N_("Return a draft to who wrote it."))
def send_back(
    session: Session,
    resolution: Which,
    comment: Annotated[str, typer.Option("--comment", help=_("What is to be changed."))],
    version: Version = None,
) -> None:
    from sed_tui.operations.resolution_decision import RETURN, ReturnResolution

    request = ReturnResolution(resolution=resolution, comment=comment, version=version)
    show_resolution(session, session.call(RETURN, request))


@verb(app, "withdraw", Sort.DESTROY, N_("Withdraw a draft: it is not to take force"))
def withdraw(
    session: Session,
    resolution: Which,
    comment: Annotated[
        str | None, typer.Option("--comment", help=_("A word on the decision."))
    ] = None,
    version: Version = None,
) -> None:
    from sed_tui.operations.resolution_decision import WITHDRAW, WithdrawResolution

    request = WithdrawResolution(resolution=resolution, comment=comment, version=version)
    show_resolution(session, session.call(WITHDRAW, request))


def show_resolution(session: Session, card: ResolutionCard) -> None:
    """Print a resolution; on a terminal its points are a table with the gaps in words."""
    session.show(card, CARD)
    if session.format is Format.TABLE and not session.fields:
        sys.stdout.write("\n")
        points = card.model_dump(mode="json")["points"]
        session.show_records(list(map(_point, points)), _columns(card))
    if not session.as_json:
        for note in card.notes:
            session.say(note)


def _columns(card: ResolutionCard) -> tuple[str, ...]:
    return ISSUED if card.state is DraftState.APPROVED else POINT


def _point(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "lacks": "\n".join(gap["message"] for gap in record["gaps"])}


def _points(
    session: Session, executor: str | None, typed: list[str] | None, file: Any
) -> tuple[PointGiven, ...]:
    """Return the points; the executor alone is the only one."""
    if executor is None:
        return given_points(session, typed, file)
    if typed or file:
        raise Usage(text=_("Name the executor in the points, or give him alone."))
    from sed_tui.operations.resolution import PointGiven

    return (PointGiven(number="1", executor=executor),)
