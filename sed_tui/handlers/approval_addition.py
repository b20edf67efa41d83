"""Approvers who are added while an approval runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.approval_flow import UNDECIDED, RunState, TaskState
from sed_tui.domain.text import folded
from sed_tui.errors.approvals import AlreadyAsked, NoStageLeft, OwnApproval
from sed_tui.errors.drafts import NotOnApproval
from sed_tui.handlers.approval_run import advance, hold_run, questions_of, store_tasks
from sed_tui.handlers.approval_sheet import approval_sheet
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.handlers.draft_standing import find_draft, require_own_draft

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.approval import ApprovalSheet
    from sed_tui.operations.approval_addition import AddApprover

_OF_STAGE = (
    *("stage", "stage_name", "kind", "is_parallel", "keeps_immaterial", "term", "skip_after"),
)


def add_approver(work: Work, request: AddApprover) -> ApprovalSheet:
    """Ask one more person about the document; who is asked already, or alone, stays so.

    Raises `NotYourDraft`, `NotOnApproval`, `OwnApproval`, `NoStageLeft`, `AlreadyAsked`.
    """
    draft = find_draft(work, request.document)
    require_own_draft(work, draft)
    run = hold_run(work, draft.reference)
    if run.state is not RunState.RUNNING:
        raise NotOnApproval
    person = find_colleague_at_work(work, request.approver, "approver")
    if person.id == run.initiator_id:
        raise OwnApproval
    rows = questions_of(work, run)
    stage = _stage(rows, request.stage)
    here = [row for row in rows if row.stage == stage.stage]
    if any(row.employee_id == person.id for row in here):
        raise AlreadyAsked(field="approver", name=person.name)
    task = {
        **{name: getattr(stage, name) for name in _OF_STAGE},
        "place": max(row.place for row in here) + 1,
        "is_mandatory": request.mandatory,
        "employee_id": person.id,
    }
    if request.mandatory:
        task["skip_after"] = None
    store_tasks(work, run, [task])
    told = {"approver": person.login, "stage": stage.stage_name, "round": run.round}
    work.record("approval_add", "document", draft.id, None, told)
    advance(work, run)
    return approval_sheet(work, draft.reference)


def _stage(rows: list[Any], named: str | None) -> Any:
    """Return a question of the stage that is meant, of those that are not over."""
    left = [row for row in rows if TaskState(row.state) in UNDECIDED]
    wanted = [row for row in left if named is None or folded(row.stage_name) == folded(named)]
    if not wanted:
        names = ", ".join(dict.fromkeys(row.stage_name for row in left)) or "—"
        raise NoStageLeft(field="stage", stage=named, stages=names)
    return wanted[0]
