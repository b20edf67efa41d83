"""The card of an application: what is done, what is missing and who sees to it, the history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.clock import office_day
from sed_tui.domain.joining import (
    SIDE_TITLES,
    JoiningState,
    JoiningStep,
    Side,
    rows_from,
    waits_for,
    way_forward,
)
from sed_tui.domain.joining_conditions import conditions_of, missing
from sed_tui.domain.term_explanation import lines_of, tell
from sed_tui.errors.terms import CalendarYearUnknown
from sed_tui.handlers.joining_facts import facts_of
from sed_tui.handlers.joining_found import find_application, is_operator
from sed_tui.handlers.joining_terms import term_from, told_missing
from sed_tui.i18n import _
from sed_tui.operations.joining import (
    Application,
    ApplicationRow,
    ConditionRow,
    JoiningEventRow,
    PaperRow,
    ProtocolRow,
    WaitingStep,
)
from sed_tui.storage.joining import load_terms
from sed_tui.storage.tables.joining import (
    JoiningEventTable,
    JoiningEvidenceTable,
    JoiningPaperTable,
    JoiningSignatureTable,
    JoiningSuccessorTable,
)
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from sed_tui.domain.joining import StepTerm
    from sed_tui.domain.joining_conditions import Facts
    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work

_E, _P, _G = JoiningEventTable, JoiningPaperTable, JoiningSignatureTable
_X, _V = JoiningSuccessorTable, JoiningEvidenceTable


def card_of(work: Work, text: str | None) -> Application:
    """Return everything known of the application that a text names."""
    found = find_application(work, text)
    facts = facts_of(work, found)
    events = _events(work, found)
    term = load_terms(work.db, found.operator).get(found.state)
    return Application(
        **row_values(work, found.row._mapping),
        **_kept(found),
        is_operator=is_operator(work, found.operator),
        remark=_remark(events),
        explanation=_explained(work, found, term),
        **_steps(work, found, facts),
        conditions=_conditions(found.state, facts),
        papers=papers_of(work, found.id),
        protocols=_protocols(work, found),
        events=events,
        successors=_linked(work, _X.organization_id, _X.successor_id, found),
        formerly=_linked(work, _X.successor_id, _X.organization_id, found),
    )


def row_values(work: Work, values: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the columns of an application as a row of the queue has them."""
    state = JoiningState(values["state"])
    return {
        **{name: values[name] for name in ("id", "name", "ogrn", "since", "due")},
        **{name: values[name] for name in ("subsystem", "front")},
        "application": values["code"],
        "joining": state,
        "waits_for": waits_for(state),
        "delay_days": _late(work, values["due"]) if waits_for(state) else 0,
    }


def papers_of(work: Work, joining_id: UUID) -> list[PaperRow]:
    """Return every paper that was printed, with its signatures."""
    rows = work.db.execute(
        select(
            *map(col, (_P.paper, _P.edition, _P.issued_at, _P.name, _P.sha256)),
            *map(col, (_G.side, _G.way, _G.signatory, _G.power, _G.signed_on, _G.serial)),
        )
        .outerjoin(_G, col(_G.paper_id) == col(_P.id))
        .where(col(_P.joining_id) == joining_id)
        .order_by(col(_P.issued_at), col(_P.id), col(_G.side))
    )
    return [PaperRow.model_validate(row._mapping) for row in rows]


def _steps(work: Work, found: Found, facts: Facts) -> dict[str, Any]:
    """Part the steps of the caller into those that may be taken now and those that wait."""
    possible, waiting = [], []
    for row in rows_from(found.state):
        if row.side is Side.OPERATOR and not is_operator(work, found.operator):
            continue
        left = missing(row.step, facts)
        if not left:
            possible.append(row.step)
            continue
        told = [f"{told_missing(one, facts)} — {_(SIDE_TITLES[one.side])}" for one in left]
        may_be_left = all(one.may_be_left for one in left)
        waiting.append(WaitingStep(joining_step=row.step, missing=told, may_be_left=may_be_left))
    return {"possible": possible, "waiting": waiting}


def _protocols(work: Work, found: Found) -> list[ProtocolRow]:
    rows = work.db.execute(
        select(
            *map(col, (_V.text, _V.channel, _V.message_uid, _V.receipt_uid, _V.registration_uid)),
            *map(col, (_V.their_number, _V.by_hand, _V.recorded_at, _V.recorded_by)),
            col(_V.step).label("joining_step"),
        )
        .where(col(_V.joining_id) == found.id)
        .order_by(col(_V.recorded_at), col(_V.id))
    )
    return [ProtocolRow.model_validate(row._mapping) for row in rows]


def _conditions(state: JoiningState, facts: Facts) -> list[ConditionRow]:
    forward = way_forward(state)
    steps = [forward.step] if forward else []
    if state is JoiningState.LEAVING:
        steps = [JoiningStep.DISCONNECT]
    return [
        ConditionRow(
            joining_step=step,
            code=one.code,
            condition=told_missing(one, facts),
            waits_for=one.side,
            holds=one.holds(facts),
        )
        for step in steps
        for one in conditions_of(step)
    ]


def _kept(found: Found) -> dict[str, Any]:
    names = Application.model_fields.keys() - ApplicationRow.model_fields.keys()
    values = found.row._mapping
    return {name: values[name] for name in names if name in values}


def _explained(work: Work, found: Found, term: StepTerm | None) -> list[str]:
    if term is None or found.row.due is None:
        return []
    counted = term_from(work, office_day(found.row.since), found.state, term)
    return tell(lines_of(counted)) if counted else []


def _events(work: Work, found: Found) -> list[JoiningEventRow]:
    rows = work.db.execute(
        select(
            *map(col, (_E.at, _E.who, _E.remark, _E.due)),
            col(_E.step).label("joining_step"),
            col(_E.state).label("joining"),
        )
        .where(col(_E.joining_id) == found.id)
        .order_by(col(_E.place))
    )
    return [JoiningEventRow.model_validate(row._mapping) for row in rows]


def _remark(events: Sequence[JoiningEventRow]) -> str | None:
    """Return what was said with the last step; a return is remembered until the next decision."""
    on_review = (JoiningState.SUBMITTED, JoiningState.REVIEW)
    for one in reversed(events):
        if one.remark or one.joining not in on_review:
            return one.remark
    return None


def _late(work: Work, due: date | None) -> int:
    if due is None or due >= work.today:
        return 0
    try:
        return work.calendar.working_days_between(due, work.today)
    except CalendarYearUnknown:
        return (work.today - due).days


def _linked(work: Work, mine: Any, other: Any, found: Found) -> list[str]:
    rows = work.db.execute(
        select(*map(col, (OrganizationTable.code, OrganizationTable.name, _X.form, _X.since)))
        .join(_X, col(other) == col(OrganizationTable.id))
        .where(col(mine) == found.organization_id)
        .order_by(col(OrganizationTable.code))
    )
    return [f"{row.code} {row.name} ({row.since:%d.%m.%Y})" for row in rows]
