"""Submissions to the Duma that were not sent in time, as the head's report lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.domain.duma import SEND_TERM, UNSENT, Passage, counted_back
from sed_tui.domain.flows import Confidentiality
from sed_tui.handlers.mask import MASK
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.storage.duma_rules import load_rules
from sed_tui.storage.names import as_recorded, find_people
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.duma import (
    DumaMoveTable,
    DumaPassageTable,
    DumaSittingTable,
    DumaSubmissionTable,
)
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Row, Select

    from sed_tui.handlers.report_parts import Part
    from sed_tui.operations.report import LateSubmission

    _Row = Row[*tuple[Any, ...]]

_SUB, _SIT, _STEP, _MOVE = DumaSubmissionTable, DumaSittingTable, DumaPassageTable, DumaMoveTable
_UNSENT = frozenset(state.value for state in UNSENT)


def late_submissions(part: Part) -> list[LateSubmission]:
    """Return what should have been sent before the day of the report, the longest late first.

    State and sitting are those recorded at its moment; the term is counted by the rule of now.
    Who prepares a submission is its executor; it has no author.
    """
    rows = [] if part.people.authors is not None else _unsent(part)
    rule = load_rules(part.work.db, part.work.organization_id).get(SEND_TERM) if rows else None
    if rule is None or rule.is_closed:
        return []
    day, calendar = part.moment.day, part.work.calendar
    late = [
        (due, row) for row in rows if (due := counted_back(rule, row.held_on, calendar).day) < day
    ]
    found = find_people(part.work.db, {row.opened_by for _due, row in late})
    people = as_recorded(part.work.db, part.work.organization_id, found, part.moment.cutoff)
    late.sort(key=lambda pair: (pair[0], pair[1].title, pair[1].id))
    return [_shown(part, row, due, people[row.opened_by]) for due, row in late]


def _unsent(part: Part) -> list[_Row]:
    """Return what was not sent at the moment of the report, with its sitting as of then."""
    cutoff, document = part.moment.cutoff, DocumentTable
    state: Any = col(_SUB.state)
    held_on: Any = col(_SIT.held_on)
    conditions = [col(_SUB.organization_id) == part.work.organization_id]
    if cutoff is not None:
        conditions.append(col(_SUB.opened_at) <= cutoff)
        state = _last_step(cutoff).scalar_subquery()
        held_on = func.coalesce(_first_day_after(cutoff).scalar_subquery(), held_on)
    if part.people.executors is not None:
        conditions.append(col(_SUB.opened_by).in_(part.people.executors))
    query = (
        select(
            *map(col, (_SUB.id, _SUB.kind, _SUB.title, _SUB.document_id, _SUB.opened_by)),
            *map(col, (document.number, document.confidentiality)),
            state.label("state"),
            held_on.label("held_on"),
        )
        .join(_SIT, col(_SIT.id) == col(_SUB.sitting_id))
        .join(document, col(document.id) == col(_SUB.document_id))
        .where(visible_documents(part.actor, is_narrowed=True), state.in_(_UNSENT), *conditions)
    )
    return list(part.work.db.execute(query).all())


def _last_step(cutoff: Any) -> Select[Any]:
    """Return the query of the state that a submission had come to."""
    return (
        select(col(_STEP.state))
        .where(col(_STEP.submission_id) == col(_SUB.id), col(_STEP.entered_at) <= cutoff)
        .order_by(col(_STEP.position).desc())
        .limit(1)
        .correlate(_SUB)
    )


def _first_day_after(cutoff: Any) -> Select[Any]:
    """Return the query of the day from which a sitting was moved later, if it was."""
    return (
        select(col(_MOVE.old_day))
        .where(col(_MOVE.sitting_id) == col(_SUB.sitting_id), col(_MOVE.moved_at) > cutoff)
        .order_by(col(_MOVE.moved_at), col(_MOVE.id))
        .limit(1)
        .correlate(_SUB)
    )


def _shown(part: Part, row: _Row, due: date, person: Any) -> LateSubmission:
    day, calendar = part.moment.day, part.work.calendar
    is_open = row.confidentiality == Confidentiality.NONE.value or (
        part.actor.clearance and not part.work.options.masked
    )
    entry: LateSubmission = {
        "id": str(row.id),
        "document_number": row.number or short_id(row.document_id),
        "title": row.title if is_open else _(MASK),
        "kind": row.kind,
        "executor": person.name,
        "department": person.department,
        "sitting_day": f"{row.held_on}",
        "due": f"{due}",
        "days_overdue": (day - due).days,
        "working_days_overdue": (
            calendar.working_days_between(due, day) if calendar.covers(due, day) else None
        ),
        "passage_state": Passage(row.state).value,
    }
    if part.code is not None:
        entry["organization"] = part.code
    return entry
