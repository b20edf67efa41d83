"""The way of a draft: version after version, approved, signed, registered, dispatched.

The stage is not stored: it follows from the independent axes of the card (rules §1.4).
A step that is not in `TRANSITIONS` is refused, each time with the reason of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sed_tui.domain.flows import (
    SIGNED_BEFORE_REGISTRATION,
    Approval,
    Exchange,
    Flow,
    Lifecycle,
    Registration,
)
from sed_tui.errors.drafts import (
    AlreadyApproved,
    AlreadyDispatched,
    AlreadySigned,
    ApprovalUnderWay,
    DraftDiscarded,
    DraftRegistered,
    NotApproved,
    NotOnApproval,
    NotSigned,
    NotYetRegistered,
    OnRework,
)
from sed_tui.i18n import N_


class Stage(StrEnum):
    """How far a document has come, in the order of the way."""

    DRAFT = "draft"
    REWORK = "rework"
    ON_APPROVAL = "on_approval"
    APPROVED = "approved"
    SIGNED = "signed"
    REGISTERED = "registered"
    DISPATCHED = "dispatched"
    DISCARDED = "discarded"


class DraftStep(StrEnum):
    """What is done with a draft."""

    REVISE = "revise"
    """Change its card."""
    ADD_VERSION = "add_version"
    START = "start"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    SIGN = "sign"
    COSIGN = "cosign"
    """Sign what another person has signed."""
    REGISTER = "register"
    DISPATCH = "dispatch"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True)
class DraftTransition:
    """One row of the way: a step from a stage to a stage, and what it depends on."""

    step: DraftStep
    source: Stage
    target: Stage
    skips_approval: bool = False
    """Only where nobody has to approve the document."""
    skips_signature: bool = False
    """Only in flows that are registered without a signature."""


@dataclass(frozen=True, slots=True)
class DraftStanding:
    """Where a document stands, and what its way demands."""

    flow: Flow
    stage: Stage
    needs_approval: bool = False

    @property
    def needs_signature(self) -> bool:
        """Tell whether the flow is registered after signing alone."""
        return self.flow in SIGNED_BEFORE_REGISTRATION


_S = Stage
_D = DraftStep
_MENDED = (_S.DRAFT, _S.REWORK)

TRANSITIONS = (
    *(DraftTransition(_D.REVISE, stage, stage) for stage in _MENDED),
    # during an approval a new version voids what was agreed to before
    *(DraftTransition(_D.ADD_VERSION, stage, stage) for stage in (*_MENDED, _S.ON_APPROVAL)),
    *(DraftTransition(_D.START, stage, _S.ON_APPROVAL) for stage in _MENDED),
    DraftTransition(_D.SEND_BACK, _S.ON_APPROVAL, _S.REWORK),
    # the signatory refuses, with a reason
    DraftTransition(_D.SEND_BACK, _S.APPROVED, _S.REWORK),
    DraftTransition(_D.APPROVE, _S.ON_APPROVAL, _S.APPROVED),
    *(
        DraftTransition(_D.WITHDRAW, stage, _S.DRAFT)
        for stage in (_S.REWORK, _S.ON_APPROVAL, _S.APPROVED)
    ),
    DraftTransition(_D.SIGN, _S.APPROVED, _S.SIGNED),
    DraftTransition(_D.SIGN, _S.DRAFT, _S.SIGNED, skips_approval=True),
    DraftTransition(_D.COSIGN, _S.SIGNED, _S.SIGNED),
    DraftTransition(_D.REGISTER, _S.SIGNED, _S.REGISTERED),
    DraftTransition(_D.REGISTER, _S.APPROVED, _S.REGISTERED, skips_signature=True),
    DraftTransition(
        _D.REGISTER, _S.DRAFT, _S.REGISTERED, skips_approval=True, skips_signature=True
    ),
    DraftTransition(_D.DISPATCH, _S.REGISTERED, _S.DISPATCHED),
    # sent again: a row of its own
    DraftTransition(_D.DISPATCH, _S.DISPATCHED, _S.DISPATCHED),
    # what is on rework is withdrawn first
    DraftTransition(_D.DISCARD, _S.DRAFT, _S.DISCARDED),
)


def stage_of(
    *, lifecycle: Lifecycle, approval: Approval, registration: Registration, exchange: Exchange
) -> Stage:
    """Return the stage that the axes of a card add up to."""
    if lifecycle is Lifecycle.CANCELLED:
        return Stage.DISCARDED
    if exchange is Exchange.SENT:
        return Stage.DISPATCHED
    if registration is Registration.REGISTERED:
        return Stage.REGISTERED
    return _BY_APPROVAL[approval]


def draft_transition(step: DraftStep, standing: DraftStanding) -> DraftTransition:
    """Return the row that a step takes.

    Raises what names the stage a document is past, or the one that it still lacks.
    """
    row = _row(step, standing)
    if row is None:
        raise refusal(step, standing)
    return row


def possible_steps(standing: DraftStanding) -> list[DraftStep]:
    """Return the steps that the stage allows, whoever takes them."""
    return [step for step in DraftStep if _row(step, standing) is not None]


def refusal(step: DraftStep, standing: DraftStanding) -> Exception:
    """Return why a step is not possible where a document stands."""
    stage = standing.stage
    if stage in _PAST and _ORDER[stage] >= _ORDER[_REACHES[step]]:
        return _PAST[stage]()
    if stage in {Stage.DISCARDED, Stage.REWORK, Stage.ON_APPROVAL} and step in _LATER:
        return _PAST[stage]()
    if step in {DraftStep.SIGN, DraftStep.REGISTER}:
        is_approved = stage is Stage.APPROVED or not standing.needs_approval
        return NotSigned() if is_approved else NotApproved()
    return _LACKS[step]()


def _row(step: DraftStep, standing: DraftStanding) -> DraftTransition | None:
    for row in TRANSITIONS:
        if (row.step, row.source) != (step, standing.stage):
            continue
        lacks_approval = row.skips_approval and standing.needs_approval
        lacks_signature = row.skips_signature and standing.needs_signature
        if not lacks_approval and not lacks_signature:
            return row
    return None


_ORDER = {stage: place for place, stage in enumerate(Stage)}
_BY_APPROVAL = {
    Approval.NONE: Stage.DRAFT,
    Approval.RUNNING: Stage.ON_APPROVAL,
    Approval.REWORK: Stage.REWORK,
    Approval.APPROVED: Stage.APPROVED,
    Approval.SIGNED: Stage.SIGNED,
}
# the stage that a step leads to, or the last one it is taken in
_REACHES = {
    DraftStep.REVISE: Stage.ON_APPROVAL,
    DraftStep.ADD_VERSION: Stage.ON_APPROVAL,
    DraftStep.START: Stage.ON_APPROVAL,
    DraftStep.DISCARD: Stage.ON_APPROVAL,
    DraftStep.SEND_BACK: Stage.APPROVED,
    DraftStep.APPROVE: Stage.APPROVED,
    DraftStep.WITHDRAW: Stage.APPROVED,
    DraftStep.SIGN: Stage.SIGNED,
    DraftStep.COSIGN: Stage.SIGNED,
    DraftStep.REGISTER: Stage.REGISTERED,
    DraftStep.DISPATCH: Stage.DISPATCHED,
}
_LATER = frozenset(
    {DraftStep.SIGN, DraftStep.COSIGN, DraftStep.REGISTER, DraftStep.DISPATCH, DraftStep.DISCARD}
)
_PAST: dict[Stage, type[Exception]] = {
    Stage.REWORK: OnRework,
    Stage.ON_APPROVAL: ApprovalUnderWay,
    Stage.APPROVED: AlreadyApproved,
    Stage.SIGNED: AlreadySigned,
    Stage.REGISTERED: DraftRegistered,
    Stage.DISPATCHED: AlreadyDispatched,
    Stage.DISCARDED: DraftDiscarded,
}
_LACKS: dict[DraftStep, type[Exception]] = {
    DraftStep.SEND_BACK: NotOnApproval,
    DraftStep.APPROVE: NotOnApproval,
    DraftStep.WITHDRAW: NotOnApproval,
    DraftStep.COSIGN: NotSigned,
    DraftStep.DISPATCH: NotYetRegistered,
}
STAGE_TITLES = {
    Stage.DRAFT: N_("being drafted"),
    Stage.REWORK: N_("on rework"),
    Stage.ON_APPROVAL: N_("on approval"),
    Stage.APPROVED: N_("approved, to be signed"),
    Stage.SIGNED: N_("signed, to be registered"),
    Stage.REGISTERED: N_("registered"),
    Stage.DISPATCHED: N_("dispatched"),
    Stage.DISCARDED: N_("discarded"),
}
SIGNED_STAGES = frozenset({Stage.SIGNED, Stage.REGISTERED, Stage.DISPATCHED})
"""Stages of what the signatory has signed."""
OF_APPROVERS = frozenset({DraftStep.APPROVE, DraftStep.SEND_BACK})
"""Steps that decisions of approvers take; nobody takes them by himself."""
STEP_TITLES = {
    DraftStep.REVISE: N_("change the card"),
    DraftStep.ADD_VERSION: N_("add a version"),
    DraftStep.START: N_("start the approval"),
    DraftStep.SEND_BACK: N_("send back for rework"),
    DraftStep.APPROVE: N_("approve"),
    DraftStep.WITHDRAW: N_("withdraw from approval"),
    DraftStep.SIGN: N_("sign"),
    DraftStep.COSIGN: N_("sign as another signatory"),
    DraftStep.REGISTER: N_("register"),
    DraftStep.DISPATCH: N_("dispatch it"),
    DraftStep.DISCARD: N_("discard the draft"),
}
