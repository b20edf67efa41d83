"""The queue of what follows approvals: to sign, register, dispatch, acquaint, get back."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sed_tui.domain.flows import Flow
from sed_tui.domain.route import StageKind
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation


class ListSteps(ListRequest):
    """Ask what approved documents wait for from oneself, the first started first."""


class NextStep(Message):
    """A stage that is to be done; `note` says why it could not be started by itself."""

    step_id: UUID
    document_id: UUID
    short_id: str
    number: str | None
    flow: Flow
    subject: str
    stage: str
    kind: StageKind
    initiator: str
    opened_at: datetime
    due: date | None
    is_overdue: bool
    note: str | None


class NextSteps(Page):
    """A page of stages."""

    rows: list[NextStep]


LIST = Operation(
    "approval.next", N_("List what approved documents wait for"), ListSteps, NextSteps, Effect.READ
)
