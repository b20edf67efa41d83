"""Registered documents of a period, as they stood at the end of a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.flows import Confidentiality, Registration
from sed_tui.handlers.mask import MASK
from sed_tui.i18n import _
from sed_tui.storage.names import in_parts
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.participant import AddresseeTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Select

    from sed_tui.domain.report_period import Period
    from sed_tui.handlers.report_parts import Part

Card = dict[str, Any]
_D = DocumentTable
_COLUMNS = (
    *(_D.key, _D.id, _D.flow, _D.number, _D.registered_on, _D.correspondent_id),
    *(_D.their_number, _D.their_date, _D.subject, _D.confidentiality, _D.drafter, _D.note),
    *(_D.copies, _D.delivery, _D.topic, _D.appeal_kind, _D.appeal_repeat, _D.signatures_count),
    _D.created_at,
)
_DATES = ("registered_on", "their_date")


def cards_of(part: Part, period: Period, flows: Collection[str] = ()) -> list[Card]:
    """Return the cards registered in a period, in the order of registration."""
    cutoff = part.moment.cutoff
    earlier = _earlier(part, cutoff) if cutoff is not None else {}
    cards: dict[UUID, Card] = {}
    for query in _queries(part, period, list(earlier)):
        for row in part.work.db.execute(query):
            cards[row.id] = {**row._mapping, **_dated(earlier.get(row.id, {}))}
    chosen = [
        card
        for card in cards.values()
        if card["number"] is not None
        and card["registered_on"] is not None
        and period.since <= card["registered_on"] <= period.until
        and (not flows or card["flow"] in flows)
        and (cutoff is None or card["created_at"] <= cutoff)
    ]
    return sorted(chosen, key=lambda card: (card["registered_on"], card["key"]))


def subject_of(part: Part, card: Card) -> str:
    """Return the subject, masked to those who are not cleared for it."""
    work = part.work
    is_open = card["confidentiality"] == Confidentiality.NONE
    cleared = work.actor.clearance and not work.options.masked
    return str(card["subject"]) if is_open or cleared else _(MASK)


def correspondents_of(part: Part, cards: list[Card]) -> dict[UUID, str]:
    """Return the sender or the addressees of each document, by the names of the day."""
    addressed: dict[UUID, list[UUID]] = {}
    for ids in in_parts([card["id"] for card in cards]):
        rows = part.work.db.execute(
            select(col(AddresseeTable.document_id), col(AddresseeTable.correspondent_id))
            .where(col(AddresseeTable.document_id).in_(ids))
            .order_by(col(AddresseeTable.document_id), col(AddresseeTable.position))
        )
        for row in rows:
            addressed.setdefault(row.document_id, []).append(row.correspondent_id)
    for card in cards:
        if len(addressed.get(card["id"], ())) <= 1 and card["correspondent_id"] is not None:
            addressed[card["id"]] = [card["correspondent_id"]]
    names = _names(part, {key for keys in addressed.values() for key in keys})
    return {key: "; ".join(names[one] for one in keys) for key, keys in addressed.items()}


def _names(part: Part, keys: set[UUID]) -> dict[UUID, str]:
    names: dict[UUID, str] = {}
    for ids in in_parts(sorted(keys)):
        rows = part.work.db.execute(
            select(col(CorrespondentTable.id), col(CorrespondentTable.name)).where(
                col(CorrespondentTable.id).in_(ids)
            )
        )
        names |= {row.id: row.name for row in rows}
    if part.moment.cutoff is not None:
        from sed_tui.storage.past_names import correspondents_before  # for past days alone

        work = part.work
        names |= correspondents_before(work.db, work.organization_id, keys, part.moment.cutoff)
    return names


def _earlier(part: Part, cutoff: datetime) -> dict[UUID, dict[str, Any]]:
    from sed_tui.storage.past_names import documents_before  # the audit trail, for past days alone

    return documents_before(part.work.db, part.work.organization_id, cutoff)


def _queries(part: Part, period: Period, changed: list[UUID]) -> Iterator[Select[*tuple[Any, ...]]]:
    """Yield the query of what is registered in the period, and of what has changed since."""
    cards = (
        select(*map(col, _COLUMNS), col(JournalTable.code).label("journal"))
        .outerjoin(JournalTable, col(JournalTable.id) == col(_D.journal_id))
        .where(visible_documents(part.actor))
    )
    yield cards.where(
        col(_D.listed_on).between(period.since, period.until),
        col(_D.registration) == Registration.REGISTERED.value,
    )
    for ids in in_parts(changed):
        yield cards.where(col(_D.id).in_(ids))


def _dated(old: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DATES and value else value
        for name, value in old.items()
    }
