"""A step of joining taken: whose it is, what is missing, what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert

from sed_tui.domain.joining import SIDE_TITLES, STEP_TITLES, Side, transition
from sed_tui.domain.joining_conditions import missing
from sed_tui.domain.text import optional
from sed_tui.errors.joining import NotReady, RemarkWanted
from sed_tui.handlers.joining_effects import effect_of
from sed_tui.handlers.joining_facts import facts_of
from sed_tui.handlers.joining_found import at_applicant, require_operator, who
from sed_tui.handlers.joining_terms import term_from, told_missing
from sed_tui.i18n import _
from sed_tui.storage.joining import load_terms
from sed_tui.storage.tables.joining import JoiningEventTable, JoiningTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from sed_tui.domain.joining import JoiningState, JoiningStep
    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining import TakeJoiningStep
    from sed_tui.storage.joining import SystemOperator

_J = JoiningTable


def take(work: Work, found: Found, step: JoiningStep, request: TakeJoiningStep) -> None:
    """Take a step, with what follows from it, in the applicant's trail. Raises `RemarkWanted`."""
    row = transition(step, found.state)
    if row.side is Side.OPERATOR:
        require_operator(work, found.operator, _(STEP_TITLES[step]))
    remark = optional(request.remark, "remark", limit=2000, multiline=True)
    if remark is None and (row.needs_remark or request.leaving):
        raise RemarkWanted(field="remark", step=_(STEP_TITLES[step]))
    _require_ready(work, found, step, leaving=request.leaving)
    due = term_of(work, found.operator, row.target)
    values = {"state": row.target.value, "since": work.now, "due": due}
    values |= effect_of(work, found, step, request)
    version = change(work, found, values, request.version)
    place = (found.organization_id, found.id, version)
    keep_event(work, *place, step.value, row.target, due, remark)
    with at_applicant(work, found) as there:
        before = {"state": found.state.value}
        after = {"state": row.target.value, **({"remark": remark} if remark else {})}
        there.record(step.value, "joining", found.id, before, after)


def change(work: Work, found: Found, values: Mapping[str, Any], version: int | None) -> int:
    """Change an application as it was seen. Raises `ChangedMeanwhile`."""
    read = found.row.version
    return change_row(work.db, _J, found.id, values, read, version, what=found.code)


def term_of(work: Work, operator: SystemOperator, state: JoiningState) -> date | None:
    """Return the day by which a state that begins today is to be left."""
    term = load_terms(work.db, operator).get(state)
    counted = term_from(work, work.today, state, term) if term else None
    return counted.effective if counted else None


def keep_event(
    work: Work,
    organization: UUID,
    joining_id: UUID,
    place: int,
    step: str,
    state: JoiningState,
    due: date | None,
    remark: str | None,
) -> None:
    """Keep a step in the history that both sides read."""
    row = event_row(work, organization, joining_id, place, step, state, due)
    work.db.execute(insert(JoiningEventTable).values(**row | {"remark": remark}))


def event_row(
    work: Work,
    organization: UUID,
    joining_id: UUID,
    place: int,
    step: str,
    state: JoiningState,
    due: date | None,
) -> dict[str, Any]:
    """Return a line of the history as it is stored, without a remark."""
    return {
        "id": uuid4(),
        "organization_id": organization,
        "joining_id": joining_id,
        "place": place,
        "at": work.now,
        "step": step,
        "state": state.value,
        "due": due,
        "who": who(work)[:300],
    }


def _require_ready(work: Work, found: Found, step: JoiningStep, *, leaving: bool) -> None:
    """Refuse a step that something stands before, naming who sees to it. Raises `NotReady`."""
    facts = facts_of(work, found)
    if left := missing(step, facts, leaving=leaving):
        told = "; ".join(f"{told_missing(one, facts)} — {_(SIDE_TITLES[one.side])}" for one in left)
        raise NotReady(step=_(STEP_TITLES[step]), missing=told, application=found.code)
