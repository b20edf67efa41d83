"""Draft resolutions: written, changed and shown; nothing is issued here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from sed_tui.domain.access import Role
from sed_tui.domain.resolution import DraftState, DraftStep
from sed_tui.domain.text import optional
from sed_tui.errors.resolutions import HeadNeeded, NoPoints, NoSuchPoint, NotAHead
from sed_tui.handlers.assignment_people import author_of, find_colleague_at_work
from sed_tui.handlers.assignment_steps import TEXT_LIMIT, login_of
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.references import find_document
from sed_tui.handlers.resolution_card import find_resolution, resolution_card, take_draft_step
from sed_tui.handlers.resolution_points import (
    drop_points,
    load_points,
    merge_points,
    store_points,
)
from sed_tui.storage.tables.resolution import ResolutionTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.resolution_points import StoredPoint
    from sed_tui.handlers.work import Work
    from sed_tui.operations.resolution import (
        DraftResolution,
        EditResolution,
        ResolutionCard,
        ShowResolution,
    )

_R = ResolutionTable
_SHARED = ("text", "due", "profile", "controller_id", "control")


def draft_resolution(work: Work, request: DraftResolution) -> ResolutionCard:
    """Keep a draft with whatever gaps its points have. Raises `NoPoints`, `NotAHead`."""
    if not request.points:
        raise NoPoints(field="points")
    document = find_document(work, request.document) if request.document else None
    row = {
        "id": uuid4(),
        "organization_id": work.organization_id,
        "kind": request.kind.value,
        "document_id": document.id if document else None,
        "basis": optional(request.basis, "basis", limit=500),
        "author_id": _head(work, request.author),
        "drafted_by": work.actor.employee_id,
        **dict.fromkeys(_SHARED),
        **_shared(work, request),
        "state": DraftState.DRAFT.value,
        "created_at": work.now,
        "version": 1,
    }
    work.db.execute(insert(_R).values(**row))
    points, notes = merge_points(work, [], request.points)
    store_points(work, row["id"], points)
    shown = ("kind", "document_id", "basis", "author_id", *_SHARED)
    after = {name: row[name] for name in shown if row[name] is not None}
    after["points"] = [point.shown() for point in points]
    work.record(DraftStep.DRAFT.value, "resolution", row["id"], None, after)
    return resolution_card(work, row["id"], notes)


def edit_resolution(work: Work, request: EditResolution) -> ResolutionCard:
    """Change a draft. Raises `NoSuchPoint`, `NoPoints`, `ChangedMeanwhile`."""
    draft = find_resolution(work, request.resolution)
    changes = _shared(work, request)
    taken = take_draft_step(work, draft, DraftStep.EDIT, changes, request.version)
    present = load_points(work, draft.id)
    dropped = _dropped(present, request.drop)
    kept = [point for point in present if point.number not in request.drop]
    points, notes = merge_points(work, kept, request.points)
    if not kept and not points:
        raise NoPoints(field="drop")
    drop_points(work, draft.id, request.drop)
    store_points(work, draft.id, points)
    numbers = {point.number for point in points}
    before = {name: getattr(draft.row, name) for name in changes}
    was = [point for point in kept if point.number in numbers]
    work.record(
        DraftStep.EDIT.value,
        "resolution",
        draft.id,
        {**before, "state": draft.row.state, "points": _audited([*was, *dropped])},
        {**changes, "state": taken.target.value, "points": _audited(points)},
        on_behalf_of=login_of(work, taken.on_behalf_of),
    )
    return resolution_card(work, draft.id, notes)


def show_resolution(work: Work, request: ShowResolution) -> ResolutionCard:
    """Return a resolution with its gaps as of today."""
    return resolution_card(work, find_resolution(work, request.resolution).id)


def _dropped(present: Sequence[StoredPoint], numbers: Sequence[int]) -> list[StoredPoint]:
    there = {point.number: point for point in present}
    for number in numbers:
        if number not in there:
            known = ", ".join(map(str, there))
            raise NoSuchPoint(field="drop", number=number, numbers=known)
    return [there[number] for number in numbers]


def _audited(points: Sequence[StoredPoint]) -> list[dict[str, Any]]:
    return [point.shown() for point in points]


def _head(work: Work, named: str | None) -> UUID:
    if named is None:
        if Role.HEAD not in work.actor.roles:
            raise HeadNeeded(field="author")
        return work.actor.employee_id
    person = find_colleague_at_work(work, named, "author")
    if Role.HEAD not in author_of(work, person.id).roles:
        raise NotAHead(field="author", name=person.name)
    return person.id


def _shared(work: Work, request: DraftResolution | EditResolution) -> dict[str, Any]:
    """Return what is common to the points, as far as the request says it."""
    found: dict[str, Any] = {}
    if request.text is not None:
        found["text"] = optional(request.text, "text", limit=TEXT_LIMIT, multiline=True)
    if request.due is not None:
        found["due"] = optional(request.due, "due", limit=64)
    if request.profile is not None:
        found["profile"] = optional(request.profile, "profile", limit=32)
    if found.get("due") or found.get("profile"):
        profile = found.get("profile")
        count_term(work, found.get("due"), work.today, profile=profile)  # is it understood?
    if request.controller is not None:
        named = request.controller.strip()
        found["controller_id"] = (
            find_colleague_at_work(work, named, "controller").id if named else None
        )
    if request.control is not None:
        found["control"] = request.control.value
    return found
