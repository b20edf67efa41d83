"""Dispatch: a registered letter goes out, a row for every addressee."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import bindparam, exists, insert, select, update
from sqlalchemy.orm import aliased
from sqlmodel import col

from sed_tui.domain.draft_flow import DraftStanding, DraftStep, draft_transition
from sed_tui.domain.exchange_flow import MessageState, may_be_resent
from sed_tui.domain.exchange_partner import DELIVERIES
from sed_tui.domain.flows import Exchange, Flow
from sed_tui.domain.links import LinkKind
from sed_tui.domain.registration import check_dates
from sed_tui.domain.text import folded, optional
from sed_tui.errors.drafts import AlreadySent, NoOutsideAddressee
from sed_tui.exchange.reason_codes import worded
from sed_tui.handlers.approval_following import follow_route
from sed_tui.handlers.draft_standing import stage_of_card
from sed_tui.handlers.exchange_origin import answered_letters
from sed_tui.handlers.references import find_document
from sed_tui.operations.dispatch import DispatchList, DispatchRow
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.dispatch import DispatchTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.exchange import ExchangeMessageTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.participant import AddresseeTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from sqlalchemy import Select

    from sed_tui.handlers.exchange_partners import PartnerReference
    from sed_tui.handlers.references import DocumentReference
    from sed_tui.handlers.work import Work
    from sed_tui.operations.dispatch import DispatchDocument, ListDispatches
    from sed_tui.operations.document import CardLink

_D, _M = DispatchTable, ExchangeMessageTable
_Again = aliased(ExchangeMessageTable)
_OF_MESSAGE: dict[str, Any] = {
    "message": _M.id,
    "exchange_state": _M.state,
    "their_number": _M.their_number,
    "their_date": _M.their_date,
    "reason": _M.reason,
    "last_error": _M.last_error,
}


def dispatch_document(work: Work, request: DispatchDocument) -> DispatchList:
    """Enter a dispatch: to all the addressees it is for, or to none.

    Raises `NotYetRegistered`, `NoOutsideAddressee`, `LetterInOutbox`, `AlreadySent`, and as
    `queue_letter` does where a partner does not take the letter.
    """
    document = find_document(work, request.document)
    card = _locked(work, document)
    draft_transition(DraftStep.DISPATCH, DraftStanding(Flow(card["flow"]), stage_of_card(card)))
    day = request.sent_on or work.today
    check_dates({"sent_on": day, "registered_on": card["registered_on"]}, work.today)
    chosen = _chosen(work, document, request)
    row = {
        "organization_id": work.organization_id,
        "document_id": document.id,
        "delivery": optional(request.delivery, "delivery", limit=64) or card["delivery"],
        "postal_number": optional(request.postal_number, "postal_number", limit=64),
        "sent_on": day,
        "sent_by": work.actor.employee_id,
        "entered_at": work.now,
    }
    partners = _partners(work, request, chosen)
    _require_new(work, document, chosen, partners, is_again=request.again)
    rows = _stored(work, row, chosen, partners)
    work.db.execute(
        update(DocumentTable)
        .where(col(DocumentTable.id) == document.id)
        .values(exchange=Exchange.SENT.value, version=DocumentTable.version + 1)
    )
    _record(work, document, card, row, chosen)
    follow_route(work, document.id)
    for one in rows:
        _queue(work, partners.get(one["correspondent_id"]), one, chosen)
    _tell_senders(work, document)
    return _rows(work, document)


def list_dispatches(work: Work, request: ListDispatches) -> DispatchList:
    """Return the letters of a document in the order of sending."""
    return _rows(work, find_document(work, request.document))


def dispatches_of(work: Work, document_id: UUID, links: Sequence[CardLink]) -> list[DispatchRow]:
    """Return the letters of a document and of the replies among its links, in their order.

    Of a reply that is not the reader's to see nothing is told.
    """
    replied = LinkKind.REPLIED_BY.value
    replies = {one.id: one.number or "" for one in links if one.kind == replied and one.subject}
    return _of_documents(work, [document_id, *replies], replies)


def _locked(work: Work, document: DocumentReference) -> dict[str, Any]:
    return dict(work.db.execute(_locking(), {"document": document.id}).mappings().one())


@cache
def _locking() -> Select[Any]:
    """Return the query of a card that nobody else changes; built once, as those below."""
    query = select(DocumentTable.__table__)  # type: ignore[attr-defined]
    return query.where(col(DocumentTable.id) == bindparam("document")).with_for_update()


def _chosen(work: Work, document: DocumentReference, request: DispatchDocument) -> dict[UUID, str]:
    """Return whom it goes to: those named, or every addressee of the card."""
    rows = work.db.execute(_addressees(), {"document": document.id})
    known = {row.id: row.name for row in rows}
    names = ", ".join(known.values()) or "—"
    if not known:
        raise NoOutsideAddressee(field="addressees", name="—", names=names)
    if not request.addressees:
        return known
    by_name = {folded(name): (key, name) for key, name in known.items()}
    chosen = {}
    for name in request.addressees:
        if folded(name) not in by_name:
            raise NoOutsideAddressee(field="addressees", name=name, names=names)
        key, full = by_name[folded(name)]
        chosen[key] = full
    return chosen


@cache
def _addressees() -> Select[UUID, str]:
    return (
        select(col(CorrespondentTable.id), col(CorrespondentTable.name))
        .join(AddresseeTable, col(AddresseeTable.correspondent_id) == col(CorrespondentTable.id))
        .where(col(AddresseeTable.document_id) == bindparam("document"))
        .order_by(col(AddresseeTable.position))
    )


def _partners(
    work: Work, request: DispatchDocument, chosen: dict[UUID, str]
) -> dict[UUID, PartnerReference]:
    """Return those addressees who are reached by the exchange, now and not by another way."""
    is_by_hand = request.postal_number or (request.sent_on or work.today) != work.today
    if is_by_hand or request.delivery not in {None, *DELIVERIES.values()}:
        return {}
    from sed_tui.handlers.exchange_partners import partners_of_correspondents

    found = partners_of_correspondents(work, list(chosen))
    if request.delivery is None:
        return found
    return {i: one for i, one in found.items() if DELIVERIES[one.channel] == request.delivery}


def _require_new(
    work: Work,
    document: DocumentReference,
    chosen: dict[UUID, str],
    partners: dict[UUID, PartnerReference],
    *,
    is_again: bool,
) -> None:
    """Refuse to send a letter twice to whom it waits for or has gone to.

    What was not accepted, carried or registered has not gone: it is sent again, or another way.
    Raises `LetterInOutbox`; `AlreadySent` unless it goes once more on purpose.
    """
    for partner in partners.values():
        from sed_tui.handlers.exchange_letters import require_none_waits  # lxml, for partners

        require_none_waits(work, partner, document.id)
    if is_again:
        return
    gone = [
        row
        for row in work.db.execute(_sendings(), {"documents": [document.id]})
        if row.correspondent_id in chosen and not _has_failed(row.exchange_state)
    ]
    if gone:
        names = ", ".join(dict.fromkeys(row.correspondent for row in gone))
        raise AlreadySent(field="again", day=gone[-1].sent_on, names=names, number=document.number)


def _has_failed(state: str | None) -> bool:
    return state is not None and may_be_resent(MessageState(state))


def _stored(
    work: Work,
    row: dict[str, Any],
    chosen: dict[UUID, str],
    partners: dict[UUID, PartnerReference],
) -> list[dict[str, Any]]:
    """Store a row for every addressee; a partner's tells the way that it really goes."""
    rows: list[dict[str, Any]] = [{**row, "id": uuid4(), "correspondent_id": one} for one in chosen]
    for one in rows:
        if one["correspondent_id"] in partners:
            one["delivery"] = DELIVERIES[partners[one["correspondent_id"]].channel]
    work.db.execute(insert(_D), rows)
    return rows


def _tell_senders(work: Work, document: DocumentReference) -> None:
    """Tell subscribed senders of the letters that this one answers: the report has gone."""
    for answered in answered_letters(work, document.id):
        from sed_tui.handlers.exchange_telling import tell_report  # lxml, for letters of partners

        tell_report(work, answered, document.id)


def _record(
    work: Work,
    document: DocumentReference,
    card: dict[str, Any],
    row: dict[str, Any],
    chosen: dict[UUID, str],
) -> None:
    told = {name: row[name] for name in ("delivery", "postal_number", "sent_on")}
    before = {"exchange": card["exchange"]}
    after = {"exchange": Exchange.SENT.value, "addressees": ", ".join(chosen.values()), **told}
    work.record("dispatch", "document", document.id, before, after)


def _queue(
    work: Work, partner: PartnerReference | None, row: dict[str, Any], chosen: dict[UUID, str]
) -> None:
    """Put the letter into the outbox where its addressee is a partner."""
    if partner is None:
        return
    # lxml, for letters to partners
    from sed_tui.handlers.exchange_letters import queue_letter

    addressee = chosen[row["correspondent_id"]]
    queue_letter(work, partner, row["document_id"], addressee, dispatch_id=row["id"])


def _rows(work: Work, document: DocumentReference) -> DispatchList:
    return DispatchList(rows=_of_documents(work, [document.id], {}))


def _of_documents(
    work: Work, documents: Sequence[UUID], replies: Mapping[UUID, str]
) -> list[DispatchRow]:
    rows = work.db.execute(_sendings(), {"documents": list(documents)})
    return [_shown(dict(row._mapping), replies) for row in rows]


@cache
def _sendings() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *map(col, (_D.id, _D.document_id, _D.delivery, _D.postal_number, _D.sent_on)),
            col(_D.correspondent_id),
            col(CorrespondentTable.name).label("correspondent"),
            col(EmployeeTable.full_name).label("sent_by"),
            *(col(column).label(name) for name, column in _OF_MESSAGE.items()),
        )
        .select_from(_D)
        .outerjoin(
            _M,
            (col(_M.dispatch_id) == col(_D.id))
            & ~exists().where(col(_Again.resend_of) == col(_M.id)),
        )
        .join(CorrespondentTable, col(CorrespondentTable.id) == col(_D.correspondent_id))
        .join(EmployeeTable, col(EmployeeTable.id) == col(_D.sent_by))
        .where(col(_D.document_id).in_(bindparam("documents", expanding=True)))
        .order_by(col(_D.sent_on), col(_D.entered_at), col(CorrespondentTable.name))
    )


def _shown(row: dict[str, Any], replies: Mapping[UUID, str]) -> DispatchRow:
    reason, error = row.pop("reason"), row.pop("last_error")
    reply = replies.get(row.pop("document_id"))
    row.pop("correspondent_id")
    return DispatchRow.model_validate({**row, "trouble": worded(reason or error), "reply": reply})
