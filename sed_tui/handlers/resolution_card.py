"""A resolution as it was read, and the card that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.resolution import (
    DraftStanding,
    DraftState,
    DraftStep,
    SharedParts,
    controller_of,
    transition,
)
from sed_tui.errors import NotFound, SedError
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.references import document_of
from sed_tui.handlers.resolution_points import StoredPoint, load_points
from sed_tui.handlers.resolution_reading import Person, Reader, known_people
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.labels import label
from sed_tui.operations.resolution import PointGap, PointRow, ResolutionCard
from sed_tui.storage.resolution_visibility import visible_resolutions
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.resolution import ResolutionTable
from sed_tui.storage.versioned import change_row, differing, require_seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.domain.resolution import DraftTaken
    from sed_tui.handlers.resolution_reading import ReadPoint
    from sed_tui.handlers.work import Work

_R = ResolutionTable
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Draft:
    """A resolution as it was read, whatever its state."""

    row: Row[*tuple[Any, ...]]

    @property
    def id(self) -> UUID:
        """Return its id."""
        found: UUID = self.row.id
        return found

    @property
    def standing(self) -> DraftStanding:
        """Return where it stands."""
        return DraftStanding(DraftState(self.row.state), self.row.author_id, self.row.drafted_by)

    @property
    def shared(self) -> SharedParts:
        """Return what its points have in common."""
        return SharedParts(self.row.text, self.row.due, self.row.controller_id)


def find_resolution(work: Work, text: str) -> Draft:
    """Return the resolution that an id or a short id names. Raises `NotFound`, `Ambiguous`."""
    condition = by_id(col(_R.id), text.strip())
    rows: Sequence[Row[*tuple[Any, ...]]] = []
    if condition is not None:
        query = select(_R.__table__)  # type: ignore[attr-defined]
        rows = work.db.execute(
            query.where(condition, visible_resolutions(work.actor)).limit(_SHOWN)
        ).all()
    if len(rows) > 1:
        candidates = "; ".join(short_id(row.id) for row in rows)
        raise Ambiguous(field="resolution", value=text, candidates=candidates)
    if not rows:
        raise NotFound(field="resolution", kind=_(N_("Resolution")), key=text)
    return Draft(rows[0])


def take_draft_step(
    work: Work,
    draft: Draft,
    step: DraftStep,
    values: Mapping[str, Any],
    version: int | None,
) -> DraftTaken:
    """Move a resolution in one statement. Raises what `transition` does, `ChangedMeanwhile`."""
    what, read = _("Resolution {id}").format(id=short_id(draft.id)), draft.row.version
    require_seen(version, read, what, lambda: differing(draft.row._asdict(), values))
    taken = transition(step, draft.standing, work.actor.employee_id, work.actor.stands_for)
    after = {**values, "state": taken.target.value}
    change_row(work.db, _R, draft.id, after, read, version, what=what, told=values)
    return taken


def resolution_card(work: Work, key: UUID | str, notes: Sequence[str] = ()) -> ResolutionCard:
    """Return everything about a resolution as it stands in the transaction."""
    draft = find_resolution(work, str(key))
    row = draft.row
    reader, points = read_draft(work, draft)
    people = reader.people | known_people(
        work, [key for key in (row.author_id, row.drafted_by, row.decided_by) if key]
    )
    document = document_of(work, row.document_id)
    plain = ("kind", "state", "document_id", "basis", "text", "due", "profile", "control")
    dated = ("comment", "created_at", "decided_at", "version")
    shown = [_point(draft, point, people) for point in points]
    return ResolutionCard(
        **{name: getattr(row, name) for name in (*plain, *dated)},
        id=row.id,
        short_id=short_id(row.id),
        document_number=document.number if document else None,
        author=people[row.author_id].name,
        drafted_by=people[row.drafted_by].name,
        controller=people[row.controller_id].name if row.controller_id else None,
        decided_by=people[row.decided_by].name if row.decided_by else None,
        total=len(shown),
        with_gaps=sum(1 for point in shown if point.gaps),
        steps=_steps(work, draft),
        points=shown,
        notes=list(notes),
    )


def read_draft(work: Work, draft: Draft) -> tuple[Reader, list[ReadPoint]]:
    """Return the points as they stand today; of one in force, as they were issued."""
    stored = load_points(work, draft.id)
    reader = Reader(work, draft.shared, draft.row.profile, stored)
    if draft.standing.state is not DraftState.APPROVED:
        return reader, [reader.read(point) for point in stored]
    terms = _issued_terms(work, draft.id)
    return reader, [reader.issued(point, _term_of(point, terms)) for point in stored]


def _term_of(point: StoredPoint, terms: Mapping[UUID, date | None]) -> date | None:
    return None if point.assignment_id is None else terms.get(point.assignment_id)


def _issued_terms(work: Work, resolution_id: UUID) -> dict[UUID, date | None]:
    rows = work.db.execute(
        select(col(AssignmentTable.id), col(AssignmentTable.due)).where(
            col(AssignmentTable.resolution_id) == resolution_id
        )
    )
    return {row.id: row.due for row in rows}


def _point(draft: Draft, point: ReadPoint, people: Mapping[UUID, Person]) -> PointRow:
    parts, shared = point.parts, draft.shared
    controller = controller_of(parts, shared)
    return PointRow(
        number=point.stored.number,
        text=parts.text or shared.text,
        executor=people[parts.executor].name if parts.executor else None,
        co_executors=[people[person].name for person in parts.co_executors],
        observers=[people[person].name for person in point.observers],
        controller=people[controller].name if controller else None,
        due=parts.due or shared.due,
        effective=point.effective,
        co_due=point.stored.co_due,
        gaps=[_gap(error) for error in point.gaps],
        assignment_id=point.stored.assignment_id,
        own_controller=people[parts.controller].name if parts.controller else None,
    )


def told_gap(error: SedError) -> str:
    """Return what a point lacks, its field called as on the form."""
    return error.about(label(error.field)) if error.field else str(error)


def _gap(error: SedError) -> PointGap:
    return PointGap(
        code=error.code, field=error.field, message=told_gap(error), hint=error.advice or None
    )


def _steps(work: Work, draft: Draft) -> list[str]:
    found = []
    for step in DraftStep:
        try:
            transition(step, draft.standing, work.actor.employee_id, work.actor.stands_for)
        except SedError:
            continue
        if work.actor.may(f"resolution.{step.value}"):
            found.append(step.value)
    return found
