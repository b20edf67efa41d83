"""The operation that lists acquaintances."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sed_tui.domain.acquaintance import AcquaintanceKind, AcquaintanceState
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation


class ListAcquaintances(ListRequest):
    """Ask for acquaintances, the newest first; `waiting` for those that wait for the caller."""

    document: str | None = None
    state: AcquaintanceState | None = None
    waiting: bool = False


class AcquaintanceRow(Message):
    """An acquaintance in a list; `acquainted` of `total` people are acquainted."""

    id: UUID
    short_id: str
    document_id: UUID
    document_number: str | None
    subject: str
    kind: AcquaintanceKind
    state: AcquaintanceState
    started_by: str
    started_at: datetime
    due: date | None
    total: int
    acquainted: int
    is_overdue: bool


class AcquaintancePage(Page):
    """A page of acquaintances."""

    rows: list[AcquaintanceRow]


LIST = Operation(
    "acquaintance.list",
    N_("List acquaintances"),
    ListAcquaintances,
    AcquaintancePage,
    Effect.READ,
)
