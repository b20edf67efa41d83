"""Late stages of approvals and of what follows them: who is late, and who is written of it."""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.approval_flow import TaskState
from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.route import StageKind
from sed_tui.domain.route_following import CALLS, StepState
from sed_tui.handlers.outbox import Letter, post
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _, speaking
from sed_tui.storage.due_terms import heads, workers
from sed_tui.storage.tables.approval import (
    ApprovalRunTable,
    ApprovalStepPersonTable,
    ApprovalStepTable,
    ApprovalTaskTable,
)
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.domain.digests import Heads, Worker
    from sed_tui.handlers.work import Work

_RUN, _TASK, _STEP = ApprovalRunTable, ApprovalTaskTable, ApprovalStepTable
_PERSON = ApprovalStepPersonTable
_WIDTH = 76


@dataclass(frozen=True, slots=True)
class Late:
    """A stage that somebody is late with; `told` are those whom the route names for it.

    Of a stage that goes on by itself, a list to read or a return, its initiator is asked.
    """

    id: UUID
    document_id: UUID
    subject: str | None
    stage: str
    due: date
    people: tuple[UUID, ...]
    told: tuple[UUID, ...]
    is_step: bool
    is_of_people: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """How many stages are late, letters were written, and whom none could be written of."""

    late: int
    letters: int
    unheard: list[str]


def tell_late(work: Work, days: int) -> Told:
    """Write of every stage that late to whom its route says, else to the nearest heads, once."""
    late = [one for one in _late(work) if days_late(work, one.due) >= days]
    if not late:
        return Told(0, 0, [])
    over = heads(work.db, work.organization_id)
    known = {person for one in late for person in (*one.people, *one.told)}
    people = workers(work.db, known) | {head.id: head for head in over.heads}
    letters, unheard = 0, set()
    for one in late:
        told = _recipients(one, people, over)
        if not any(person.email and person.is_active for person in told):
            unheard |= {people[who].name for who in one.people}
        for person in told:
            if person.email is not None and person.is_active:
                letters += post(work, _letter(one, person, people)) is not None
    return Told(len(late), letters, sorted(unheard))


def days_late(work: Work, due: date) -> int:
    """Return by how many working days a term is over; calendar days where no year is known."""
    if not work.calendar.covers(due, work.today):
        return (work.today - due).days
    return work.calendar.working_days_between(due, work.today)


def _recipients(one: Late, people: dict[UUID, Worker], over: Heads) -> list[Worker]:
    if one.told:
        return [people[who] for who in one.told if who in people]
    nearest = (next(iter(over.over(people[who])), None) for who in one.people)
    return list({head.id: head for head in nearest if head is not None}.values())


def _letter(one: Late, person: Worker, people: dict[UUID, Worker]) -> Letter:
    with speaking(person.language):
        title = _("Late stage “{stage}”, document {id}, term {due}").format(
            stage=one.stage, id=short_id(one.document_id), due=f"{one.due:%d.%m.%Y}"
        )
        names = [people[who].name for who in one.people] if one.is_of_people else []
        lines = [
            f"{person.name},",
            "",
            *textwrap.wrap(f"{title}.", _WIDTH),
            *textwrap.wrap(one.subject or "", _WIDTH),
            *textwrap.wrap(", ".join(names), _WIDTH),
            "",
            _("This letter was sent automatically; it needs no answer."),
        ]
    key = f"{'step' if one.is_step else 'approval'}-late:{one.id}:{one.due}:{person.id}"
    return Letter(
        key=key,
        recipient=person.email or "",
        employee_id=person.id,
        subject=title,
        body="\n".join(lines) + "\n",
    )


def _late(work: Work) -> list[Late]:
    return [*_late_questions(work), *_late_steps(work)]


def _late_questions(work: Work) -> list[Late]:
    rows = work.db.execute(
        select(
            *map(col, (_TASK.id, _TASK.document_id, _TASK.employee_id, _TASK.due, _TASK.stage)),
            col(_TASK.stage_name).label("name"),
            *map(col, (_RUN.plan, DocumentTable.subject, DocumentTable.confidentiality)),
        )
        .join(_RUN, col(_RUN.id) == col(_TASK.run_id))
        .join(DocumentTable, col(DocumentTable.id) == col(_TASK.document_id))
        .where(
            col(_TASK.organization_id) == work.organization_id,
            col(_TASK.state) == TaskState.ASKED.value,
            col(_TASK.due) < work.today,
        )
        .order_by(col(_TASK.due), col(_TASK.id))
    )
    return [
        Late(
            id=row.id,
            document_id=row.document_id,
            subject=_subject(row),
            stage=row.name,
            due=row.due,
            people=(row.employee_id,),
            told=_named(row.plan, row.stage),
            is_step=False,
        )
        for row in rows
    ]


def _late_steps(work: Work) -> list[Late]:
    rows = work.db.execute(
        select(
            *map(col, (_STEP.id, _STEP.document_id, _STEP.kind, _STEP.due, _STEP.place)),
            *map(col, (_STEP.name, _RUN.plan, _RUN.initiator_id, DocumentTable.subject)),
            col(DocumentTable.confidentiality),
        )
        .join(_RUN, col(_RUN.id) == col(_STEP.run_id))
        .join(DocumentTable, col(DocumentTable.id) == col(_STEP.document_id))
        .where(
            col(_STEP.organization_id) == work.organization_id,
            col(_STEP.state) == StepState.OPEN.value,
            col(_STEP.due) < work.today,
        )
        .order_by(col(_STEP.due), col(_STEP.id))
    ).all()
    people = _people(work, [row.id for row in rows])
    return [_late_step(row, people.get(row.id, ())) for row in rows]


def _late_step(row: Any, people: tuple[UUID, ...]) -> Late:
    is_of_people = StageKind(row.kind) in CALLS and bool(people)
    return Late(
        id=row.id,
        document_id=row.document_id,
        subject=_subject(row),
        stage=row.name,
        due=row.due,
        people=people if is_of_people else (row.initiator_id,),
        told=_named(row.plan, row.place),
        is_step=True,
        is_of_people=is_of_people,
    )


def _people(work: Work, steps: list[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    rows = work.db.execute(
        select(col(_PERSON.step_id), col(_PERSON.employee_id))
        .where(col(_PERSON.step_id).in_(steps))
        .order_by(col(_PERSON.employee_id))
    )
    found: dict[UUID, tuple[UUID, ...]] = {}
    for row in rows:
        found[row.step_id] = (*found.get(row.step_id, ()), row.employee_id)
    return found


def _subject(row: Any) -> str | None:
    """Return what a document is about; letters leave the system, official use does not."""
    return row.subject if row.confidentiality == Confidentiality.NONE.value else None


def _named(plan: str, place: int) -> tuple[UUID, ...]:
    """Return whom the route names for delays of a stage; stages added later name nobody."""
    stages = json.loads(plan)
    if not 0 <= place < len(stages):
        return ()
    return tuple(UUID(one["employee_id"]) for one in stages[place].get("late_to", ()))
