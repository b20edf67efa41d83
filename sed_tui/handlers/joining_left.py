"""What an organization would leave behind: open work, letters on their way, letters undecided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.domain.flows import Lifecycle
from sed_tui.domain.intake import IntakeState
from sed_tui.domain.mail import LetterState
from sed_tui.domain.resolution import DraftState
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.exchange import ExchangeMessageTable
from sed_tui.storage.tables.intake import IntakeLetterTable
from sed_tui.storage.tables.mail import OutgoingMailTable
from sed_tui.storage.tables.resolution import ResolutionTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum
    from uuid import UUID

    from sed_tui.handlers.work import Work

    Counts = Mapping[str, tuple[tuple[Any, tuple[Any, ...]], ...]]

_M = ExchangeMessageTable
_S = MessageState
# a letter without its receipt is on its way whatever the partner says later
_ON_THEIR_WAY = (_S.PREPARED, _S.FORMATION_FAILED, _S.SENT, _S.UNDELIVERED)


def left_behind(work: Work, organization: UUID) -> dict[str, int]:
    """Count what an organization leaves open, by the names of the facts of joining."""
    direction, state = col(_M.direction), col(_M.state)
    is_letter = col(_M.kind) == MessageKind.LETTER.value
    unsent = state == _S.PREPARED.value
    out, came = direction == Direction.OUT.value, direction == Direction.IN.value
    counts = {
        "open_work": (
            (AssignmentTable, (col(AssignmentTable.closed_at).is_(None),)),
            (DocumentTable, (col(DocumentTable.lifecycle) == Lifecycle.DRAFT.value,)),
            (ResolutionTable, (_one_of(ResolutionTable, DraftState.DRAFT, DraftState.RETURNED),)),
        ),
        "undelivered": (
            (OutgoingMailTable, (_one_of(OutgoingMailTable, LetterState.PENDING),)),
            (_M, (out, (is_letter & _one_of(_M, *_ON_THEIR_WAY)) | (~is_letter & unsent))),
        ),
        "unregistered": (
            (_M, (came, _one_of(_M, _S.WAITING, _S.QUARANTINED))),
            (IntakeLetterTable, (_one_of(IntakeLetterTable, IntakeState.WAITING),)),
        ),
    }
    return counts_of(work, organization, counts)


def counts_of(work: Work, organization: UUID, wanted: Counts) -> dict[str, int]:
    """Count the rows of an organization by names, each of one table or more, in one statement."""
    numbers = (
        sum(_number(organization, table, conditions) for table, conditions in parts).label(name)
        for name, parts in wanted.items()
    )
    return dict(work.db.execute(select(*numbers)).one()._mapping)


def _number(organization: UUID, table: Any, conditions: tuple[Any, ...]) -> Any:
    return (
        select(func.count())
        .select_from(table)
        .where(col(table.organization_id) == organization, *conditions)
        .scalar_subquery()
    )


def _one_of(table: Any, *states: StrEnum) -> Any:
    values: Iterable[str] = (one.value for one in states)
    return col(table.state).in_(list(values))
