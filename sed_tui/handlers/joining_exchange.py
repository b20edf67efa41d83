"""The test exchange: the letter that went, its receipt and its notice of registration.

The letter is one between the operator and the applicant, whoever of them has sent it. Of
it the identifiers are looked at, the number and the times, never its subject or files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, or_, select
from sqlmodel import col

from sed_tui.domain.exchange_flow import RANKS, Direction, MessageKind, MessageState, Signal
from sed_tui.domain.exchange_partner import PartnerState
from sed_tui.errors.joining import ExchangeNotProven
from sed_tui.handlers.short_ids import by_id
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.exchange import (
    ExchangeMailboxTable,
    ExchangeMessageTable,
    ExchangePartnerTable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work

_P, _M, _U = ExchangePartnerTable, ExchangeMessageTable, ExchangeMailboxTable
_C = CorrespondentTable
_REGISTERED = [
    state.value
    for state, rank in RANKS.items()
    if rank >= RANKS[MessageState.REGISTERED] and state is not MessageState.REFUSED
]
_NO_LETTER = N_("no letter has gone between it and the operator")
_NO_RECEIPT = N_("the receipt of the letter {message} has not come")
_NO_NOTICE = N_("the letter {message} is not registered by the other side")


@dataclass(frozen=True, slots=True)
class ProvenExchange:
    """A letter that came back with both answers, as a protocol keeps it."""

    letter: Any
    receipt_uid: str
    registration_uid: str

    @property
    def columns(self) -> dict[str, Any]:
        """Return what is kept of it."""
        return {
            "message_id": self.letter.id,
            "channel": self.letter.channel,
            "message_uid": self.letter.message_uid,
            "receipt_uid": self.receipt_uid,
            "registration_uid": self.registration_uid,
            "their_number": self.letter.their_number,
        }


def partners_between(work: Work, found: Found) -> list[str]:
    """Return the codes under which the operator and the applicant exchange letters."""
    return list(work.db.scalars(select(col(_P.code)).where(_between(found)).order_by(col(_P.code))))


def prove_exchange(work: Work, found: Found, text: str | None) -> ProvenExchange:
    """Return the newest letter since the application that is proven, or the one named.

    Raises `ExchangeNotProven` with what is missing of the newest.
    """
    missing = _(_NO_LETTER)
    for place, letter in enumerate(_letters(work, found, text)):
        receipt, notice = _answers(work, letter)
        if receipt and notice and letter.state in _REGISTERED:
            return ProvenExchange(letter, receipt, notice)
        if place == 0:
            told = _NO_NOTICE if receipt else _NO_RECEIPT
            missing = _(told).format(message=letter.id.hex[:8])
    raise ExchangeNotProven(field="message", application=found.code, missing=missing)


def _letters(work: Work, found: Found, text: str | None) -> Sequence[Any]:
    conditions = [
        _between(found),
        col(_M.direction) == Direction.OUT.value,
        col(_M.kind) == MessageKind.LETTER.value,
        col(_M.created_at) >= found.row.created_at,
    ]
    if text is not None:
        named = by_id(col(_M.id), text.strip())
        same = col(_M.message_uid) == text.strip()
        conditions.append(same if named is None else or_(same, named))
    columns = (_M.id, _M.organization_id, _M.state, _M.message_uid, _M.their_number, _P.channel)
    return work.db.execute(
        select(*map(col, columns))
        .join(_P, col(_P.id) == col(_M.partner_id))
        .where(*conditions)
        .order_by(col(_M.created_at).desc(), col(_M.id))
        .limit(50)
    ).all()


def _answers(work: Work, letter: Any) -> tuple[str | None, str | None]:
    """Return the identifiers of the receipt of a letter and of its notice of registration."""
    rows = work.db.execute(
        select(*map(col, (_M.id, _M.kind, _M.event, _M.message_uid))).where(
            col(_M.organization_id) == letter.organization_id,
            col(_M.answers_id) == letter.id,
            col(_M.direction) == Direction.IN.value,
            col(_M.state) == MessageState.APPLIED.value,
        )
    ).all()
    said = {row.kind: row.message_uid or str(row.id) for row in rows if _says(row)}
    return said.get(MessageKind.RECEIPT.value), said.get(MessageKind.NOTIFICATION.value)


def _says(row: Any) -> bool:
    is_notice = row.kind == MessageKind.NOTIFICATION.value
    return not is_notice or row.event == Signal.REGISTERED.value


def _between(found: Found) -> Any:
    """Return what holds of the partners that the two are to each other.

    An applicant that is not on this server is known by its mailbox in the exchange, or by
    the correspondent with its OGRN.
    """
    row, address = found.row, (found.row.exchange_address or "").strip()
    boxes = select(col(_U.partner_id)).where(
        col(_U.organization_id) == found.operator.id, col(_U.uid) == address.lower()
    )
    same = select(col(_C.id)).where(
        col(_C.organization_id) == found.operator.id, col(_C.ogrn) == row.ogrn
    )
    known = or_(
        col(_P.peer_id) == found.organization_id,
        or_(col(_P.mailbox) == address, col(_P.id).in_(boxes)) if address else false(),
        col(_P.correspondent_id).in_(same) if row.ogrn else false(),
    )
    return and_(
        col(_P.state) == PartnerState.ACTIVE.value,
        or_(
            and_(col(_P.organization_id) == found.operator.id, known),
            and_(
                col(_P.organization_id) == found.organization_id,
                col(_P.peer_id) == found.operator.id,
            ),
        ),
    )
