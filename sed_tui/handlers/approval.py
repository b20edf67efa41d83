"""Approvals of drafts: started, decided, answered, withdrawn."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.approval_flow import (
    AnswerState,
    Question,
    RunState,
    TaskState,
    TaskStep,
    task_transition,
)
from sed_tui.domain.draft_flow import DraftStep, Stage, draft_transition
from sed_tui.domain.route import APPROVING
from sed_tui.domain.text import optional
from sed_tui.errors.approvals import (
    AlreadyAsked,
    ApprovalObstacles,
    NoSuchRemark,
    NotAnApprover,
    OwnApproval,
    RejectionUnexplained,
    RemarksUnanswered,
)
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.handlers.approval_decision import decide, record, require_seen, settle
from sed_tui.handlers.approval_following import stop_following
from sed_tui.handlers.approval_letters import tell_asked, tell_outcome
from sed_tui.handlers.approval_run import (
    Run,
    advance,
    finish,
    hold_run,
    last_round,
    next_round,
    stop_questions,
    store_tasks,
)
from sed_tui.handlers.approval_sheet import approval_sheet
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.handlers.draft_standing import find_draft, load_draft, move, require_own_draft
from sed_tui.handlers.employee import find_colleague
from sed_tui.handlers.participants import add_participants
from sed_tui.handlers.references import find_document
from sed_tui.handlers.route_plan import Planner
from sed_tui.i18n import _
from sed_tui.storage.tables.approval import (
    ApprovalRemarkTable,
    ApprovalRunTable,
    ApprovalTaskTable,
)

if TYPE_CHECKING:
    from sed_tui.handlers.draft_standing import StoredDraft
    from sed_tui.handlers.work import Work
    from sed_tui.operations.approval import (
        AnswerRemark,
        ApprovalSheet,
        ApproveDraft,
        RedirectApproval,
        RemarkDraft,
        SendBackDraft,
        ShowApproval,
        StartApproval,
        WithdrawApproval,
    )
    from sed_tui.operations.route import RoutePlan

_RUN = ApprovalRunTable
_TASK = ApprovalTaskTable
_REMARK = ApprovalRemarkTable
_TEXT = 4000


def start_approval(work: Work, request: StartApproval) -> ApprovalSheet:
    """Start an approval, or its next round after rework; all or nothing.

    Raises `ApprovalObstacles`.
    """
    draft = find_draft(work, request.document)
    require_own_draft(work, draft)
    draft_transition(DraftStep.START, draft.standing)
    if draft.standing.stage is Stage.REWORK:
        run = hold_run(work, draft.reference)
        _require_answers(work, draft.id)
        move(work, draft, DraftStep.START)
        next_round(work, run, everybody=request.everybody)
        planned = []
    else:
        plan = Planner(work, draft, request.route).plan()
        if plan.obstacles:
            told = "\n".join(f"- {obstacle}" for obstacle in plan.obstacles)
            raise ApprovalObstacles(obstacles=told)
        move(work, draft, DraftStep.START)
        _begin(work, draft, plan)
        planned = plan.stages
    return approval_sheet(work, draft.reference).model_copy(update={"planned": planned})


# what each decision reads before anybody waits for it
plan_approve_draft = plan_remark_draft = plan_send_back_draft = require_seen


def approve_draft(work: Work, request: ApproveDraft) -> ApprovalSheet:
    """Agree to the version seen; the last agreement approves the document."""
    decided = decide(work, request, TaskStep.APPROVE, comment=request.comment)
    advance(work, decided.run)
    return approval_sheet(work, decided.run.document)


def remark_draft(work: Work, request: RemarkDraft) -> ApprovalSheet:
    """Agree with remarks, which the initiator answers one by one."""
    decided = decide(
        work,
        request,
        TaskStep.REMARK,
        comment=request.comment,
        remarks=request.remarks,
        to_check=request.to_check,
    )
    advance(work, decided.run)
    return approval_sheet(work, decided.run.document)


def send_back_draft(work: Work, request: SendBackDraft) -> ApprovalSheet:
    """Send the version seen back for rework: nobody else decides in this round."""
    decided = decide(
        work, request, TaskStep.REWORK, comment=request.comment, remarks=request.remarks
    )
    run = decided.run
    stopped = stop_questions(work, run)
    finish(work, run, RunState.REWORK)
    move(work, load_draft(work, run.document), DraftStep.SEND_BACK)
    concerned = [run.initiator_id, *stopped]
    tell_outcome(work, run.document, concerned, RunState.REWORK, decided.comment)
    return approval_sheet(work, run.document)


def redirect_approval(work: Work, request: RedirectApproval) -> ApprovalSheet:
    """Let somebody else decide in one's place; the initiator does so for one who has left.

    Raises `AlreadyAsked`, `OwnApproval`.
    """
    run = hold_run(work, find_document(work, request.document))
    to = find_colleague_at_work(work, request.to, "to")
    if to.id == run.initiator_id:
        raise OwnApproval
    if work.actor.employee_id == run.initiator_id:
        task = _left_behind(work, run, request)
    else:
        task = decide(work, request, TaskStep.REDIRECT, comment=request.comment).task
    taken = work.db.scalar(
        select(col(_TASK.id)).where(
            col(_TASK.run_id) == run.id,
            col(_TASK.round) == run.round,
            col(_TASK.stage) == task.stage,
            col(_TASK.employee_id) == to.id,
        )
    )
    if taken is not None:
        raise AlreadyAsked(field="to", name=to.name)
    _ask_another(work, run, task, to.id)
    return approval_sheet(work, run.document)


def withdraw_approval(work: Work, request: WithdrawApproval) -> ApprovalSheet:
    """Take a document off approval for a reason; what was decided stays in the sheet.

    Raises `ReasonNeeded`.
    """
    draft = find_draft(work, request.document)
    require_own_draft(work, draft)
    if not work.options.reason:
        raise ReasonNeeded(field="reason", what=_("Withdrawing from approval"))
    draft_transition(DraftStep.WITHDRAW, draft.standing)
    run = hold_run(work, draft.reference)
    stopped = stop_questions(work, run)
    stop_following(work, draft.id)
    finish(work, run, RunState.WITHDRAWN)
    move(work, draft, DraftStep.WITHDRAW)
    decided = work.db.scalars(
        select(col(_TASK.decided_by)).where(
            col(_TASK.run_id) == run.id, col(_TASK.decided_by).is_not(None)
        )
    ).all()
    concerned = [*stopped, *(person for person in decided if person is not None)]
    tell_outcome(work, run.document, concerned, RunState.WITHDRAWN, work.options.reason)
    return approval_sheet(work, draft.reference)


def answer_remark(work: Work, request: AnswerRemark) -> ApprovalSheet:
    """Answer one remark; a rejection says why. Until signing it may be answered anew.

    Raises `NoSuchRemark`, `RejectionUnexplained`.
    """
    draft = find_draft(work, request.document)
    require_own_draft(work, draft)
    hold_run(work, draft.reference)
    if draft.standing.stage not in {Stage.ON_APPROVAL, Stage.REWORK, Stage.APPROVED}:
        draft_transition(DraftStep.WITHDRAW, draft.standing)
    text = optional(request.text, "text", limit=_TEXT, multiline=True)
    if not request.is_taken and text is None:
        raise RejectionUnexplained(field="text")
    answer = AnswerState.ACCEPTED if request.is_taken else AnswerState.REJECTED
    answered = work.db.execute(
        update(_REMARK)
        .where(col(_REMARK.document_id) == draft.id, col(_REMARK.number) == request.remark)
        .values(
            answer_state=answer.value,
            answer=text,
            answered_by=work.actor.employee_id,
            answered_at=work.now,
        )
    )
    if answered.rowcount == 0:
        numbers = work.db.scalars(
            select(col(_REMARK.number)).where(col(_REMARK.document_id) == draft.id)
        )
        known = ", ".join(map(str, sorted(numbers))) or "—"
        raise NoSuchRemark(field="remark", number=request.remark, numbers=known)
    after = {"remark": request.remark, "answer": answer.value, "text": text}
    work.record("answer_remark", "document", draft.id, None, after)
    return approval_sheet(work, draft.reference)


def show_approval(work: Work, request: ShowApproval) -> ApprovalSheet:
    """Return the approval sheet of a document."""
    return approval_sheet(work, find_document(work, request.document))


def _begin(work: Work, draft: StoredDraft, plan: RoutePlan) -> None:
    stages = [stage.model_dump(mode="json") for stage in plan.stages]
    run = Run(
        uuid4(),
        draft.reference,
        draft.author_id,
        last_round(work, draft.id) + 1,
        RunState.RUNNING,
        plan.asks_everybody,
    )
    work.db.execute(
        insert(_RUN).values(
            id=run.id,
            organization_id=work.organization_id,
            document_id=draft.id,
            route_id=plan.route_id,
            initiator_id=draft.author_id,
            round=run.round,
            state=run.state.value,
            plan=json.dumps(stages, ensure_ascii=False),
            asks_everybody=run.asks_everybody,
            started_at=work.now,
        )
    )
    after = {"route": plan.route, "version": plan.route_version, "round": run.round}
    work.record("approval_start", "document", draft.id, None, after)
    store_tasks(work, run, _tasks(plan))
    advance(work, run)


def _tasks(plan: RoutePlan) -> list[dict[str, Any]]:
    return [
        {
            "stage": number,
            "place": place,
            "stage_name": stage.name,
            "kind": stage.kind.value,
            "is_parallel": stage.is_parallel,
            "is_mandatory": stage.is_mandatory,
            "keeps_immaterial": stage.keeps_immaterial,
            "term": stage.term,
            "skip_after": stage.skip_late,
            "employee_id": person.employee_id,
        }
        for number, stage in enumerate(plan.stages)
        if stage.kind in APPROVING
        for place, person in enumerate(stage.people)
    ]


def _require_answers(work: Work, document_id: UUID) -> None:
    numbers = work.db.scalars(
        select(col(_REMARK.number))
        .where(
            col(_REMARK.document_id) == document_id,
            col(_REMARK.answer_state) == AnswerState.OPEN.value,
        )
        .order_by(col(_REMARK.number))
    ).all()
    if numbers:
        raise RemarksUnanswered(numbers=", ".join(map(str, numbers)))


def _left_behind(work: Work, run: Run, request: RedirectApproval) -> Any:
    """Return the settled question to one who has left, for the initiator to give to another."""
    if request.on_behalf_of is None:
        raise OwnApproval
    person = find_colleague(work, request.on_behalf_of, "on_behalf_of")
    task = work.db.execute(
        select(_TASK.__table__)  # type: ignore[attr-defined]
        .where(
            col(_TASK.run_id) == run.id,
            col(_TASK.round) == run.round,
            col(_TASK.employee_id) == person.id,
            col(_TASK.state) == TaskState.ASKED.value,
        )
        .limit(1)
    ).one_or_none()
    if task is None:
        raise NotAnApprover(name=person.full_name)
    if person.state == "active":
        raise OwnApproval
    question = Question(TaskState(task.state), task.employee_id, run.initiator_id)
    row = task_transition(TaskStep.REPLACE, question, work.actor.employee_id, None)
    comment = optional(request.comment, "comment", limit=_TEXT, multiline=True)
    settle(work, task, row.target, request.version, comment=comment)
    record(work, run, task, row.target, request.version, comment)
    return task


def _ask_another(work: Work, run: Run, task: Any, person: UUID) -> None:
    names = (
        *("organization_id", "run_id", "document_id", "round", "stage", "place", "stage_name"),
        *("kind", "is_parallel", "is_mandatory", "keeps_immaterial", "term"),
        *("skip_after", "due"),
    )
    work.db.execute(
        insert(_TASK).values(
            id=uuid4(),
            **{name: getattr(task, name) for name in names},
            employee_id=person,
            redirected_from=task.id,
            state=TaskState.ASKED.value,
            asked_at=work.now,
        )
    )
    add_participants(work, run.document.id, "approver", [person])
    tell_asked(work, run.document, [person])
