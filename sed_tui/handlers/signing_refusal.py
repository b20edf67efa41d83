"""A signatory who refuses: the version goes back to its initiator, and so does its approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.approval_flow import RunState, TaskState
from sed_tui.domain.draft_flow import DraftStep, Stage, draft_transition
from sed_tui.domain.route import STAGE_KIND_TITLES, StageKind
from sed_tui.domain.signing import Matter, right_to_sign
from sed_tui.domain.text import optional
from sed_tui.errors.approvals import CommentWanted
from sed_tui.errors.drafts import ApprovalUnderWay, VersionOutdated
from sed_tui.handlers.approval_decision import TEXT_LIMIT, only_comment, store_remarks
from sed_tui.handlers.approval_following import stop_following
from sed_tui.handlers.approval_letters import tell_outcome
from sed_tui.handlers.approval_run import AFTER_APPROVAL, Run, finish, hold_run
from sed_tui.handlers.approval_sheet import approval_sheet
from sed_tui.handlers.draft_standing import find_draft, move
from sed_tui.handlers.signing_entitlement import whose_signature
from sed_tui.handlers.signing_right import rights_of
from sed_tui.i18n import _
from sed_tui.storage.tables.approval import ApprovalTaskTable

if TYPE_CHECKING:
    from sed_tui.handlers.draft_standing import StoredDraft
    from sed_tui.handlers.work import Work
    from sed_tui.operations.approval import ApprovalSheet
    from sed_tui.operations.signing_refusal import RefuseSigning

_TASK = ApprovalTaskTable


def refuse_signing(work: Work, request: RefuseSigning) -> ApprovalSheet:
    """Send an approved version back for rework; the sheet tells who refused, and why.

    Raises `ApprovalUnderWay` and what the flow refuses, `VersionOutdated`,
    `NotTheSignatory`, `CommentWanted`.
    """
    draft = find_draft(work, request.document)
    draft_transition(DraftStep.SEND_BACK, draft.standing)
    if draft.standing.stage is not Stage.APPROVED:
        raise ApprovalUnderWay
    if request.version != draft.version:
        raise VersionOutdated(field="version", seen=request.version, current=draft.version)
    signatory = _signatory(work, draft)
    comment = optional(request.comment, "comment", limit=TEXT_LIMIT, multiline=True)
    remarks = request.remarks or only_comment(comment)
    if not remarks:
        raise CommentWanted(field="comment")
    run = hold_run(work, draft.reference)
    store_remarks(work, _refusal(work, run, draft, signatory, comment), remarks)
    stop_following(work, draft.id)
    finish(work, run, RunState.REWORK)
    move(work, draft, DraftStep.SEND_BACK)
    told = {"version": draft.version, "result": TaskState.REWORK.value, "comment": comment}
    work.record("refuse_signing", "document", draft.id, None, told)
    tell_outcome(work, run.document, [run.initiator_id], RunState.REWORK, comment)
    return approval_sheet(work, draft.reference)


def _signatory(work: Work, draft: StoredDraft) -> UUID:
    """Return whose signature is refused; where nobody is named, a right to sign is needed."""
    absent, _others = whose_signature(work, draft)
    if absent is not None:
        return absent.id
    if draft.signatory_id is None:
        matter = Matter(draft.card["flow"], draft.card["kind"], draft.amount)
        right_to_sign(rights_of(work, work.actor.employee_id), matter, work.today)
    return work.actor.employee_id


def _refusal(work: Work, run: Run, draft: StoredDraft, signatory: UUID, comment: str | None) -> Any:
    """Put the refusal among the decisions of the round, and return it."""
    key = uuid4()
    work.db.execute(
        insert(_TASK).values(
            id=key,
            organization_id=work.organization_id,
            run_id=run.id,
            document_id=draft.id,
            round=run.round,
            stage=AFTER_APPROVAL,
            place=0,
            stage_name=_(STAGE_KIND_TITLES[StageKind.SIGNING]),
            kind=StageKind.SIGNING.value,
            is_parallel=False,
            is_mandatory=True,
            keeps_immaterial=False,
            employee_id=signatory,
            state=TaskState.REWORK.value,
            asked_at=work.now,
            decided_by=work.actor.employee_id,
            decided_at=work.now,
            decided_on=work.today,
            draft_version=draft.version,
            comment=comment,
            to_check=False,
        )
    )
    query = select(_TASK.__table__).where(col(_TASK.id) == key)  # type: ignore[attr-defined]
    return work.db.execute(query).one()
