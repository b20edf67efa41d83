"""What follows an approval: each stage is started when the one before it has ended."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import col

from sed_tui.domain.approval_flow import RunState
from sed_tui.domain.flows import Approval, Exchange, Registration
from sed_tui.domain.route import APPROVING, StageKind
from sed_tui.domain.route_following import CALLS, UNFINISHED, StepState, is_card_done
from sed_tui.errors import SedError
from sed_tui.handlers.approval_letters import write
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.participants import add_participants
from sed_tui.handlers.references import DocumentReference
from sed_tui.handlers.route_people import people_by_id
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.storage.tables.acquaintance import AcquaintanceTable
from sed_tui.storage.tables.approval import (
    ApprovalRunTable,
    ApprovalStepPersonTable,
    ApprovalStepTable,
)
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy.sql.dml import ReturningUpdate

    from sed_tui.handlers.work import Work

_RUN, _STEP, _PERSON = ApprovalRunTable, ApprovalStepTable, ApprovalStepPersonTable
_UNFINISHED = [state.value for state in UNFINISHED]
_NOTE = 1000


def begin_following(work: Work, run_id: UUID, document: DocumentReference) -> None:
    """Put the stages after an approval that has ended well, and start the first."""
    run = work.db.execute(
        select(col(_RUN.plan), col(_RUN.round)).where(col(_RUN.id) == run_id)
    ).one()
    for place, stage in enumerate(json.loads(run.plan)):
        if stage["skipped"] is None and StageKind(stage["kind"]) not in APPROVING:
            _store(work, run_id, document, run.round, place, stage)
    follow_route(work, document.id)


def stop_following(work: Work, document_id: UUID) -> None:
    """Give up what was to follow: the document goes back."""
    work.db.execute(
        update(_STEP)
        .where(col(_STEP.document_id) == document_id, col(_STEP.state).in_(_UNFINISHED))
        .values(state=StepState.STOPPED.value, finished_at=work.now)
    )


def is_to_be_signed(work: Work, document_id: UUID) -> bool:
    """Tell whether the route of a document has a stage of signing that is not over.

    Internal documents are registered unsigned, unless their route says otherwise.
    """
    query = select(func.count()).where(
        col(_STEP.document_id) == document_id,
        col(_STEP.kind) == StageKind.SIGNING.value,
        col(_STEP.state).in_(_UNFINISHED),
    )
    return bool(work.db.scalar(query))


def follow_route(work: Work, document_id: UUID) -> None:
    """End the stages whose work is done and start the next; the route ends with the last."""
    run_id = _held(work, document_id)
    if run_id is None:
        return
    for step in _unfinished(work, run_id):
        begun = _open(work, step) if step.state == StepState.WAITING else step
        if not _is_done(work, begun):
            return
        _set(work, step.id, state=StepState.DONE.value, finished_at=work.now)
    work.db.execute(
        update(_RUN).where(col(_RUN.id) == run_id).values(state=RunState.COMPLETED.value)
    )
    before, after = ({"state": one.value} for one in (RunState.APPROVED, RunState.COMPLETED))
    work.record("route_end", "document", document_id, before, after)


def _held(work: Work, document_id: UUID) -> UUID | None:
    """Return the approval whose stages go on, held: two that end at once see each other."""
    return work.db.scalar(_holding(), {"document": document_id})


@cache
def _holding() -> ReturningUpdate[UUID]:
    """Return the statement, built once: whatever is done to a draft asks it."""
    steps = select(col(_STEP.run_id)).where(
        col(_STEP.document_id) == bindparam("document"), col(_STEP.state).in_(_UNFINISHED)
    )
    return (
        update(_RUN)
        .where(col(_RUN.id).in_(steps), col(_RUN.state) == RunState.APPROVED.value)
        .values(version=_RUN.version + 1)
        .returning(col(_RUN.id))
    )


def _store(
    work: Work,
    run_id: UUID,
    document: DocumentReference,
    round_: int,
    place: int,
    stage: dict[str, Any],
) -> None:
    key, common = uuid4(), {"organization_id": work.organization_id}
    work.db.execute(
        insert(_STEP).values(
            id=key,
            run_id=run_id,
            document_id=document.id,
            round=round_,
            place=place,
            name=stage["name"],
            kind=stage["kind"],
            term=stage["term"],
            state=StepState.WAITING.value,
            **common,
        )
    )
    named = ["employee_id"]
    if StageKind(stage["kind"]) in CALLS:
        named.append("substitute_id")  # whoever stands in may act as well
    people = [UUID(one[name]) for one in stage["people"] for name in named if one[name]]
    rows = [{"step_id": key, "employee_id": one, **common} for one in dict.fromkeys(people)]
    if rows:
        work.db.execute(insert(_PERSON), rows)


def _unfinished(work: Work, run_id: UUID) -> list[Any]:
    return list(
        work.db.execute(
            select(_STEP.__table__)  # type: ignore[attr-defined]
            .where(col(_STEP.run_id) == run_id, col(_STEP.state).in_(_UNFINISHED))
            .order_by(col(_STEP.place))
        )
    )


def _open(work: Work, step: Any) -> Any:
    """Start a stage: ask its people, open a list to read, or set a control."""
    due = _due(work, step.term)
    _set(work, step.id, state=StepState.OPEN.value, opened_at=work.now, due=due)
    kind, people = StageKind(step.kind), _people(work, step.id)
    document = reference_of(work, step.document_id)
    add_participants(work, document.id, "approver", people)
    if kind in CALLS:

        def title() -> str:
            return _(CALLS[kind]).format(id=short_id(document.id))

        write(work, document, people, kind.value, title)
    else:
        _start(work, step, kind, people, document)
    told = {"stage": step.name, "kind": kind.value, "due": due}
    work.record("stage_start", "document", document.id, None, told)
    query = select(_STEP.__table__).where(col(_STEP.id) == step.id)  # type: ignore[attr-defined]
    return work.db.execute(query).one()


def _due(work: Work, term: str | None) -> date | None:
    """Return by when a stage is to end; none, where its term cannot be counted any more."""
    if term is None:
        return None
    try:
        found = count_term(work, term, work.today, field="term")
    except SedError:  # a calendar that ends must not keep anybody from registering
        return None
    return found.effective if found else None


def _start(
    work: Work, step: Any, kind: StageKind, people: list[UUID], document: DocumentReference
) -> None:
    """Do what a stage begins with; what stands against it is noted, and its initiator told.

    Nothing of it may undo the registration or dispatch that led here.
    """
    try:
        if kind is StageKind.ACQUAINTANCE:
            _acquaint(work, step, people)
        else:
            _control_return(work, step, people, document)
    except SedError as obstacle:
        note = f"{obstacle} {obstacle.advice}".strip()[:_NOTE]
        _set(work, step.id, note=note)
        write(work, document, [_initiator(work, step)], kind.value, _hindered(document, step), note)


def _hindered(document: DocumentReference, step: Any) -> Callable[[], str]:
    def title() -> str:
        return _("Document {id}: the stage “{stage}” could not be started").format(
            id=short_id(document.id), stage=step.name
        )

    return title


def _initiator(work: Work, step: Any) -> UUID:
    query = select(col(_RUN.initiator_id)).where(col(_RUN.id) == step.run_id)
    return work.db.execute(query).scalar_one()


def _acquaint(work: Work, step: Any, people: list[UUID]) -> None:
    from sed_tui.handlers.acquaintance import start_acquaintance  # it follows routes itself
    from sed_tui.operations.acquaintance import StartAcquaintance

    request = StartAcquaintance(
        document=str(step.document_id), people=tuple(_logins(work, people)), due=step.term
    )
    start_acquaintance(work, request)


def _control_return(work: Work, step: Any, people: list[UUID], document: DocumentReference) -> None:
    """Give the first of the stage's people the return to watch over, in the initiator's name."""
    from sed_tui.domain.assignment_people import Watch
    from sed_tui.handlers.assignment import give  # it follows routes itself
    from sed_tui.handlers.assignment_people import People, author_of, find_colleague_at_work
    from sed_tui.operations.assignment import IssueAssignment

    executor, *others = [
        find_colleague_at_work(work, login, "performers") for login in _logins(work, people)
    ]
    author = author_of(work, _initiator(work, step))
    request = IssueAssignment(
        text=_("Control of return: {stage}").format(stage=step.name),
        executor=executor.login,
        due=step.term,
        control=Watch.CONTROL,
    )
    issued = give(work, request, People(author, executor, None, [], others), document)
    _set(work, step.id, assignment_id=issued.id)


def _is_done(work: Work, step: Any) -> bool:
    match StageKind(step.kind):
        case StageKind.ACQUAINTANCE:
            return _is_over(work, AcquaintanceTable.started_at, AcquaintanceTable.closed_at, step)
        case StageKind.RETURN_CONTROL:
            return _is_over(work, AssignmentTable.issued_at, AssignmentTable.closed_at, step)
        case kind:
            return is_card_done(kind, **_axes(work, step.document_id))


def _is_over(work: Work, started: Any, closed: Any, step: Any) -> bool:
    """Tell whether what was begun about the document since the stage opened has ended."""
    table = started.table
    query = select(func.count(), func.count(closed)).where(
        table.c.document_id == step.document_id, started >= step.opened_at
    )
    if step.assignment_id is not None:
        query = query.where(table.c.id == step.assignment_id)
    begun, ended = work.db.execute(query).one()
    return bool(begun) and begun == ended


def _axes(work: Work, document_id: UUID) -> dict[str, Any]:
    table = DocumentTable
    row = work.db.execute(
        select(*map(col, (table.approval, table.registration, table.exchange))).where(
            col(table.id) == document_id
        )
    ).one()
    return {
        "approval": Approval(row.approval),
        "registration": Registration(row.registration),
        "exchange": Exchange(row.exchange),
    }


def _people(work: Work, step_id: UUID) -> list[UUID]:
    query = select(col(_PERSON.employee_id)).where(col(_PERSON.step_id) == step_id)
    return list(work.db.scalars(query.order_by(col(_PERSON.employee_id))))


def _logins(work: Work, people: list[UUID]) -> list[str]:
    return [one.login for one in people_by_id(work, people).values()]


def reference_of(work: Work, document_id: UUID) -> DocumentReference:
    """Return a document by its id, whoever sees it: the route goes on by itself."""
    table = DocumentTable
    row = work.db.execute(
        select(*map(col, (table.id, table.key, table.number))).where(col(table.id) == document_id)
    ).one()
    return DocumentReference(row.id, row.key, row.number)


def _set(work: Work, step_id: UUID, **values: Any) -> None:
    work.db.execute(update(_STEP).where(col(_STEP.id) == step_id).values(**values))
