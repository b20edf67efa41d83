"""Decisions about a draft resolution: it takes force whole, or goes back, or is dropped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import update
from sqlmodel import col

from sed_tui.domain.assignment_people import Watch
from sed_tui.domain.resolution import DraftStep, controller_of
from sed_tui.domain.text import optional
from sed_tui.errors import SedError
from sed_tui.errors.resolutions import CommentNeeded, NoPoints, ResolutionGaps
from sed_tui.handlers.assignment import issue
from sed_tui.handlers.assignment_origin import FromPoint
from sed_tui.handlers.assignment_people import author_of
from sed_tui.handlers.assignment_steps import TEXT_LIMIT, login_of
from sed_tui.handlers.references import document_of
from sed_tui.handlers.resolution_card import (
    find_resolution,
    read_draft,
    resolution_card,
    take_draft_step,
    told_gap,
)
from sed_tui.i18n import _
from sed_tui.operations.assignment import IssueAssignment
from sed_tui.storage.tables.resolution import ResolutionPointTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    from sed_tui.domain.resolution import DraftTaken
    from sed_tui.handlers.resolution_card import Draft
    from sed_tui.handlers.resolution_reading import ReadPoint
    from sed_tui.handlers.work import Work
    from sed_tui.operations.resolution import ResolutionCard
    from sed_tui.operations.resolution_decision import (
        ApproveResolution,
        ReturnResolution,
        WithdrawResolution,
    )

_P = ResolutionPointTable
_MOST_TOLD = 30


def approve_resolution(work: Work, request: ApproveResolution) -> ResolutionCard:
    """Issue every point, all or none. Raises `NoPoints`, `ResolutionGaps` that names each gap."""
    draft = find_resolution(work, request.resolution)
    taken = _decide(work, draft, DraftStep.APPROVE, request.comment, request.version)
    points = read_draft(work, draft)[1]
    if not points:
        raise NoPoints(field="points")
    _refuse_gaps((point.stored.number, error) for point in points for error in point.gaps)
    return resolution_card(work, draft.id, _issue_all(work, draft, points, taken.on_behalf_of))


def return_resolution(work: Work, request: ReturnResolution) -> ResolutionCard:
    """Give a draft back to its drafter. Raises `CommentNeeded`."""
    if not request.comment.strip():
        raise CommentNeeded(field="comment")
    draft = find_resolution(work, request.resolution)
    _decide(work, draft, DraftStep.RETURN, request.comment, request.version)
    return resolution_card(work, draft.id)


def withdraw_resolution(work: Work, request: WithdrawResolution) -> ResolutionCard:
    """Drop a draft; it stays to be read."""
    draft = find_resolution(work, request.resolution)
    _decide(work, draft, DraftStep.WITHDRAW, request.comment, request.version)
    return resolution_card(work, draft.id)


def _decide(
    work: Work, draft: Draft, step: DraftStep, comment: str | None, version: int | None
) -> DraftTaken:
    said = optional(comment, "comment", limit=TEXT_LIMIT, multiline=True)
    values = {"comment": said, "decided_at": work.now, "decided_by": work.actor.employee_id}
    taken = take_draft_step(work, draft, step, values, version)
    after: dict[str, Any] = {"state": taken.target.value}
    work.record(
        step.value,
        "resolution",
        draft.id,
        {"state": draft.row.state},
        after | ({"comment": said} if said else {}),
        on_behalf_of=login_of(work, taken.on_behalf_of),
    )
    return taken


def _refuse_gaps(found: Iterable[tuple[int, SedError]]) -> None:
    lines = [
        _("point {number}").format(number=number) + f": {told_gap(error)}"
        for number, error in found
    ]
    if not lines:
        return
    if len(lines) > _MOST_TOLD:
        more = len(lines) - _MOST_TOLD
        lines = [*lines[:_MOST_TOLD], _("… and {count} more.").format(count=more)]
    raise ResolutionGaps(field="points", gaps="\n".join(lines))


def _issue_all(
    work: Work, draft: Draft, points: Sequence[ReadPoint], on_behalf_of: UUID | None
) -> list[str]:
    """Issue the points, and return what is worth a look; the refusals are told together."""
    author = author_of(work, draft.row.author_id)
    document = document_of(work, draft.row.document_id)
    refused: list[tuple[int, SedError]] = []
    notes = []
    for point in points:
        number = point.stored.number
        origin = FromPoint(author, document, on_behalf_of, draft.id, number)
        try:
            issued = issue(work, _request(draft, point), origin)
        except SedError as error:
            refused.append((number, error))
            continue
        _keep(work, draft, point, issued.id)
        told = _("point {number}").format(number=number)
        notes += [f"{told}: {warning}" for warning in issued.warnings]
    _refuse_gaps(refused)
    return notes


def _request(draft: Draft, point: ReadPoint) -> IssueAssignment:
    parts, row = point.parts, draft.row
    controller = controller_of(parts, draft.shared)
    return IssueAssignment(
        text=parts.text or row.text,
        executor=str(parts.executor),
        co_executors=tuple(map(str, parts.co_executors)),
        observers=tuple(map(str, point.observers)),
        controller=str(controller) if controller else None,
        due=parts.due or row.due,
        co_due=point.stored.co_due,
        profile=row.profile,
        control=Watch(row.control) if row.control else None,
    )


def _keep(work: Work, draft: Draft, point: ReadPoint, assignment_id: UUID) -> None:
    """Store what a point became, with the people as they were understood at last."""
    people = {
        "executor_id": point.parts.executor,
        "co_executors": json.dumps([str(person) for person in point.parts.co_executors]),
        "observers": json.dumps([str(person) for person in point.observers]),
        "controller_id": point.parts.controller,
    }
    work.db.execute(
        update(_P)
        .where(col(_P.resolution_id) == draft.id, col(_P.number) == point.stored.number)
        .values(assignment_id=assignment_id, **people)
    )
