"""Partners that do not answer: left in peace longer each time, until one answers again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, update

from sed_tui.domain.exchange_flow import pause_after
from sed_tui.domain.exchange_partner import PartnerState
from sed_tui.handlers.exchange_partners import PARTNER

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work


def answers(now: datetime) -> ColumnElement[bool]:
    """Return the condition of partners that are written to at a moment."""
    paused = PARTNER.c.paused_until
    return and_(PARTNER.c.state == PartnerState.ACTIVE.value, or_(paused.is_(None), paused <= now))


def pause(work: Work, partner_id: UUID) -> None:
    """Leave a partner that does not answer in peace, longer each time."""
    failures = work.db.execute(
        update(PARTNER)
        .where(PARTNER.c.id == partner_id)
        .values(failures=PARTNER.c.failures + 1)
        .returning(PARTNER.c.failures)
    ).scalar_one()
    until = work.now + pause_after(failures)
    work.db.execute(update(PARTNER).where(PARTNER.c.id == partner_id).values(paused_until=until))


def end_pause(work: Work, partner_id: UUID) -> None:
    """Write to a partner again: it has answered, or somebody wants it tried."""
    work.db.execute(
        update(PARTNER)
        .where(PARTNER.c.id == partner_id, PARTNER.c.failures > 0)
        .values(failures=0, paused_until=None)
    )
