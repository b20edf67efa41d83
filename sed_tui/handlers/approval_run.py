"""Approvals as they run: held while they change, rounds begun, turns given, ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update
from sqlmodel import col

from sed_tui.domain.approval_flow import (
    UNDECIDED,
    Agreement,
    Asked,
    RunState,
    TaskState,
    is_asked_again,
    next_asked,
)
from sed_tui.domain.draft_flow import DraftStep
from sed_tui.errors.approvals import NeverApproved
from sed_tui.handlers.approval_following import begin_following
from sed_tui.handlers.approval_letters import tell_asked, tell_outcome
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.draft_standing import load_draft, move
from sed_tui.handlers.participants import add_participants
from sed_tui.storage.tables.approval import ApprovalRunTable, ApprovalTaskTable
from sed_tui.storage.tables.draft import DraftVersionTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.handlers.references import DocumentReference
    from sed_tui.handlers.work import Work

_RUN = ApprovalRunTable
_TASK = ApprovalTaskTable
AFTER_APPROVAL = 1000
"""The place of what is decided after every stage of approval: the signatory's refusal."""
_OF_STAGE = (
    *("stage", "place", "stage_name", "kind", "is_parallel", "is_mandatory"),
    *("keeps_immaterial", "term", "skip_after", "employee_id"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """An approval of a document."""

    id: UUID
    document: DocumentReference
    initiator_id: UUID
    round: int
    state: RunState
    asks_everybody: bool = False


def hold_run(work: Work, document: DocumentReference) -> Run:
    """Return the last approval of a document; others who change it wait. Raises `NeverApproved`."""
    last = (
        select(col(_RUN.id))
        .where(col(_RUN.document_id) == document.id)
        .order_by(col(_RUN.round).desc())
        .limit(1)
        .scalar_subquery()
    )
    row = work.db.execute(
        update(_RUN)
        .where(col(_RUN.id) == last)
        .values(version=_RUN.version + 1)
        .returning(
            *map(col, (_RUN.id, _RUN.initiator_id, _RUN.round, _RUN.state, _RUN.asks_everybody))
        )
    ).one_or_none()
    if row is None:
        raise NeverApproved(field="document")
    state = RunState(row.state)
    return Run(row.id, document, row.initiator_id, row.round, state, row.asks_everybody)


def last_round(work: Work, document_id: UUID) -> int:
    """Return the number of the last round of a document, 0 before the first."""
    query = select(func.max(col(_RUN.round))).where(col(_RUN.document_id) == document_id)
    return work.db.scalar(query) or 0


def store_tasks(work: Work, run: Run, tasks: Iterable[dict[str, Any]]) -> None:
    """Put the questions of a round beside the approval; their people see the document."""
    rows = [
        {
            **task,
            "id": uuid4(),
            "organization_id": work.organization_id,
            "run_id": run.id,
            "document_id": run.document.id,
            "round": run.round,
            "state": TaskState.WAITING.value,
        }
        for task in tasks
    ]
    if rows:
        work.db.execute(insert(_TASK), rows)
        people = [row["employee_id"] for row in rows]
        add_participants(work, run.document.id, "approver", people)


def next_round(work: Work, run: Run, *, everybody: bool = False) -> None:
    """End the round and ask those again whose agreement does not stand (rules §1.12).

    All, where the initiator or the route says so.
    """
    everybody = everybody or run.asks_everybody
    last = _last_questions(work, run)
    stop_questions(work, run)
    versions = _versions(work, run.document.id)
    again = [
        {name: getattr(row, name) for name in _OF_STAGE}
        for row in last
        if is_asked_again(_agreement(row, versions), everybody=everybody)
    ]
    begun = replace(run, round=run.round + 1, state=RunState.RUNNING)
    work.db.execute(
        update(_RUN)
        .where(col(_RUN.id) == run.id)
        .values(round=begun.round, state=RunState.RUNNING.value)
    )
    store_tasks(work, begun, again)
    before, after = {"round": run.round}, {"round": begun.round}
    work.record("approval_round", "document", run.document.id, before, after)
    advance(work, begun)


def advance(work: Work, run: Run) -> None:
    """Ask those whose turn has come; when all is decided the document is approved."""
    rows = questions_of(work, run)
    states = [TaskState(row.state) for row in rows]
    turn = set(
        next_asked(
            Asked(row.id, row.stage, row.place, state, row.is_parallel)
            for row, state in zip(rows, states, strict=True)
        )
    )
    for row in rows:
        if row.id in turn:
            ask(work, row.id, row.term)
    if turn:
        tell_asked(work, run.document, [row.employee_id for row in rows if row.id in turn])
    elif UNDECIDED.isdisjoint(states):
        finish(work, run, RunState.APPROVED)
        move(work, load_draft(work, run.document), DraftStep.APPROVE)
        tell_outcome(work, run.document, [run.initiator_id], RunState.APPROVED)
        begin_following(work, run.id, run.document)


def ask(work: Work, task_id: UUID, term: str | None) -> None:
    """Ask somebody; his term begins today."""
    found = count_term(work, term, work.today, field="term") if term else None
    work.db.execute(
        update(_TASK)
        .where(col(_TASK.id) == task_id, col(_TASK.state) == TaskState.WAITING.value)
        .values(
            state=TaskState.ASKED.value,
            asked_at=work.now,
            due=found.effective if found else None,
        )
    )


def stop_questions(work: Work, run: Run) -> list[UUID]:
    """End the questions that are not decided and return who had been asked."""
    stopped = work.db.execute(
        update(_TASK)
        .where(
            col(_TASK.run_id) == run.id,
            col(_TASK.state).in_([state.value for state in UNDECIDED]),
        )
        .values(state=TaskState.STOPPED.value, decided_at=work.now)
        .returning(col(_TASK.employee_id), col(_TASK.asked_at))
    ).all()
    return [row.employee_id for row in stopped if row.asked_at is not None]


def finish(work: Work, run: Run, state: RunState) -> None:
    """Bring an approval into a state, which is an end unless it is rework."""
    is_over = state is not RunState.REWORK
    work.db.execute(
        update(_RUN)
        .where(col(_RUN.id) == run.id)
        .values(
            state=state.value,
            finished_at=work.now if is_over else None,
            reason=work.options.reason if state is RunState.WITHDRAWN else None,
        )
    )
    before, after = ({"state": one.value} for one in (run.state, state))
    work.record("approval_end", "document", run.document.id, before, after)


def void_agreements(work: Work, document: DocumentReference) -> None:
    """Begin a round after a new version, unless every agreement given so far stands."""
    run = hold_run(work, document)
    if run.state is not RunState.RUNNING:
        return
    versions = _versions(work, document.id)
    decided = [row for row in _last_questions(work, run) if TaskState(row.state) not in UNDECIDED]
    if any(is_asked_again(_agreement(row, versions), everybody=False) for row in decided):
        next_round(work, run)


def questions_of(work: Work, run: Run) -> list[Any]:
    """Return the questions of the round in the order of stages and people."""
    return list(
        work.db.execute(
            select(_TASK.__table__)  # type: ignore[attr-defined]
            .where(col(_TASK.run_id) == run.id, col(_TASK.round) == run.round)
            .order_by(col(_TASK.stage), col(_TASK.place))
        )
    )


def _last_questions(work: Work, run: Run) -> list[Any]:
    """Return the last question to each approver of each stage; one who redirected is out."""
    rows = work.db.execute(
        select(_TASK.__table__)  # type: ignore[attr-defined]
        .where(col(_TASK.run_id) == run.id, col(_TASK.stage) < AFTER_APPROVAL)
        .order_by(col(_TASK.stage), col(_TASK.place), col(_TASK.round))
    )
    last = {(row.stage, row.employee_id): row for row in rows}
    return [row for row in last.values() if row.state != TaskState.REDIRECTED.value]


def _agreement(row: Any, versions: dict[int, bool]) -> Agreement:
    seen = row.draft_version or 0
    return Agreement(
        state=TaskState(row.state),
        to_check=row.to_check,
        keeps_immaterial=row.keeps_immaterial,
        later_versions=tuple(versions[number] for number in versions if number > seen),
    )


def _versions(work: Work, document_id: UUID) -> dict[int, bool]:
    """Return of every version whether it is immaterial."""
    table = DraftVersionTable
    rows = work.db.execute(
        select(col(table.number), col(table.is_immaterial)).where(
            col(table.document_id) == document_id
        )
    )
    return {row.number: row.is_immaterial for row in rows}
