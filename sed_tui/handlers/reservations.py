"""Numbers held for documents that are not registered yet, and their lapse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import delete, insert
from sqlmodel import col

from sed_tui.domain.numbering import period_key
from sed_tui.errors.registration import DatesOutOfOrder
from sed_tui.handlers.number_codes import number_context
from sed_tui.handlers.numbers import Journal, advance, check_open, scope_key
from sed_tui.i18n import _
from sed_tui.operations.journal import Reserved
from sed_tui.storage.tables.numbers import GapTable, ReservationTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.journal import ReserveNumbers

_PLACE = ("journal_id", "period", "scope", "ordinal", "suffix", "number")


def reserve(work: Work, journal: Journal, request: ReserveNumbers) -> list[Reserved]:
    """Hold the next numbers of a day. Raises `JournalClosed`, `DatesOutOfOrder`."""
    day = request.on or work.today
    until = request.until or day
    if until < work.today:
        raise DatesOutOfOrder(
            field="until",
            label=_("Today"),
            value=f"{work.today:%d.%m.%Y}",
            other_label=_("the last day of the reservation"),
            other=f"{until:%d.%m.%Y}",
        )
    check_open(journal, day)
    context = number_context(work, journal, day, unit=request.unit, leading=request.leading)
    period, scope = period_key(journal.period, day), scope_key(journal, context)
    last = advance(work, journal, period, scope, count=request.count)
    rows: list[dict[str, Any]] = [
        {
            "id": uuid4(),
            "organization_id": work.organization_id,
            "journal_id": journal.id,
            "period": period,
            "scope": scope,
            "ordinal": ordinal,
            "suffix": "",
            "number": journal.formula.number(ordinal, context),
            "for_day": day,
            "lapses_on": until,
            "reserved_by": work.actor.employee_id,
            "reserved_at": work.now,
            "reason": work.options.reason,
        }
        for ordinal in range(last - request.count + 1, last + 1)
    ]
    work.db.execute(insert(ReservationTable), rows)
    for row in rows:
        after = {"number": row["number"], "for_day": day, "lapses_on": until}
        work.record("reserve", "reservation", row["id"], None, after)
    return [
        Reserved(
            number=row["number"],
            ordinal=row["ordinal"],
            journal=journal.code,
            on=day,
            lapses_on=until,
        )
        for row in rows
    ]


def release(work: Work) -> list[str]:
    """Turn reservations whose last day is over into gaps, and return their numbers."""
    lapsed = work.db.execute(
        delete(ReservationTable)
        .where(
            col(ReservationTable.organization_id) == work.organization_id,
            col(ReservationTable.lapses_on) < work.today,
        )
        .returning(*ReservationTable.__table__.c)  # type: ignore[attr-defined]
    ).all()
    if not lapsed:
        return []
    work.db.execute(
        insert(GapTable),
        [
            {
                **{name: getattr(row, name) for name in _PLACE},
                "id": row.id,
                "organization_id": work.organization_id,
                "cause": "lapsed",
                "reason": row.reason,
                "made_at": work.now,
            }
            for row in lapsed
        ],
    )
    for row in lapsed:
        work.record("lapse", "reservation", row.id, {"number": row.number}, None)
    return sorted((row.number for row in lapsed), key=lambda number: (len(number), number))
