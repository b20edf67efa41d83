"""The exchange looked into: lists of messages, one message, the journal, raw bytes."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlmodel import col

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.errors.verdicts import tell
from sed_tui.exchange.formats import format_of
from sed_tui.exchange.reason_codes import worded
from sed_tui.exchange.remark_texts import meaning
from sed_tui.exchange.remarks import Oddity
from sed_tui.handlers.exchange_partners import PARTNER, find_partner, partner_of_id
from sed_tui.handlers.exchange_record import (
    COLUMNS,
    MESSAGE,
    StoredMessage,
    files_of,
    find_message,
)
from sed_tui.handlers.exchange_registration import answered_by
from sed_tui.handlers.mask import MASK
from sed_tui.handlers.named_file import file_named
from sed_tui.handlers.references import find_document
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.operations.exchange_journal import (
    AskMetrics,
    EventPage,
    ExchangeEvent,
    GetMessageFile,
    ListEvents,
    ListMessages,
    MessageCard,
    MessageFile,
    MessagePage,
    MessageRow,
    Metrics,
    PartnerMetrics,
    RawMessage,
    ShowMessage,
    ShowRawMessage,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.exchange import ExchangeEventTable, ExchangeFileTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from sqlalchemy import Select

    from sed_tui.handlers.work import Work

_E, _F, _D, _W = ExchangeEventTable, ExchangeFileTable, DocumentTable, EmployeeTable
_ORDER = (_E.at, _E.place, _E.id)
_HISTORY = 200
_CODED = {"reason", "last_error", "detail"}
_COUNTED = {
    "waiting": MessageState.PREPARED.value,
    "unformed": MessageState.FORMATION_FAILED.value,
    "given_up": MessageState.GIVEN_UP.value,
    "not_accepted": MessageState.NOT_ACCEPTED.value,
    "undelivered": MessageState.UNDELIVERED.value,
    "not_carried": MessageState.NOT_CARRIED.value,
}


def list_messages(work: Work, request: ListMessages) -> MessagePage:
    """Return a page of messages, the newest first."""
    query = _listed().where(MESSAGE.c.organization_id == work.organization_id)
    for name in ("direction", "kind", "state"):
        value = getattr(request, name)
        if value is not None:
            query = query.where(MESSAGE.c[name] == value.value)
    if request.partner is not None:
        query = query.where(MESSAGE.c.partner_id == find_partner(work, request.partner).id)
    if request.document is not None:
        query = query.where(MESSAGE.c.document_id == find_document(work, request.document).id)
    order = (MESSAGE.c.created_at, MESSAGE.c.id)
    if request.after is not None:
        place = decode_cursor(request.after, datetime.fromisoformat, UUID)
        query = query.where(tuple_(*order) < place)
    query = query.order_by(*(one.desc() for one in order))
    found = work.db.execute(query.offset(request.skip).limit(request.limit + 1)).mappings().all()
    shown = found[: request.limit]
    last = shown[-1] if len(found) > request.limit else None
    return MessagePage(
        rows=[_row(work, dict(row)) for row in shown],
        next=encode_cursor(last["created_at"].isoformat(), last["id"]) if last else None,
    )


def show_message(work: Work, request: ShowMessage) -> MessageCard:
    """Return everything about a message. Raises `NotFound`, `Ambiguous`."""
    message = find_message(work, request.message)
    row = _masked(work, message.row)
    partner = work.db.execute(
        select(PARTNER.c.code, PARTNER.c.name, PARTNER.c.channel).where(
            PARTNER.c.id == row["partner_id"]
        )
    ).one_or_none()
    number = work.db.scalar(select(col(_D.number)).where(col(_D.id) == row["document_id"]))
    names = MessageCard.model_fields.keys() & row.keys() - {"remarks"}
    return MessageCard(
        **{name: row[name] for name in names},
        short_id=short_id(message.id),
        partner=partner.code if partner else None,
        partner_name=partner.name if partner else None,
        channel=partner.channel if partner else None,
        document=number,
        remarks=_remarks(row["remarks"]),
        may_answer=_answered(work, message) if not _is_hidden(work, row) else [],
        told={} if _is_hidden(work, row) else json.loads(row["content"]),
        enclosures=_enclosures(work, message),
        history=_events(work, _history().where(col(_E.message_id) == message.id), _HISTORY),
    )


def get_message_file(work: Work, request: GetMessageFile) -> MessageFile:
    """Return the file of a message that is meant. Raises `NotFound`, `SeveralFilesOfLetter`."""
    message = find_message(work, request.message)
    return file_named(_enclosures(work, message), request.name)


def show_raw_message(work: Work, request: ShowRawMessage) -> RawMessage:
    """Return the bytes of an outgoing message, where those of another one are kept."""
    message = find_message(work, request.message)
    row = message.row
    raw: bytes | None = work.db.scalar(select(MESSAGE.c.raw).where(MESSAGE.c.id == message.id))
    is_package = row["state"] in {MessageState.QUARANTINED, MessageState.RELEASED}
    is_package |= row["state"] == MessageState.DROPPED.value
    channel = partner_of_id(work, row["partner_id"]).channel if row["partner_id"] else "medo"
    form = format_of(channel)
    name = f"{short_id(message.id)}-{'package.zip' if is_package else form.file_name}"
    if _is_hidden(work, row):
        return RawMessage(id=message.id, name=name, media_type=form.media_type, size=0)
    return RawMessage(
        id=message.id,
        name=name,
        media_type="application/zip" if is_package else form.media_type,
        sha256=row["raw_sha256"],
        size=len(raw) if raw is not None else row["size"],
        content=base64.b64encode(raw).decode() if raw is not None else None,
    )


def list_events(work: Work, request: ListEvents) -> EventPage:
    """Return a page of the journal, the newest first."""
    query = _history().where(col(_E.organization_id) == work.organization_id)
    if request.partner is not None:
        query = query.where(MESSAGE.c.partner_id == find_partner(work, request.partner).id)
    if request.after is not None:
        place = decode_cursor(request.after, datetime.fromisoformat, int, UUID)
        query = query.where(tuple_(*map(col, _ORDER)) < place)
    found = _events(work, query.offset(request.skip), request.limit + 1)
    shown = found[: request.limit]
    last = shown[-1] if len(found) > request.limit else None
    return EventPage(
        rows=shown,
        next=encode_cursor(last.at.isoformat(), last.place, last.id) if last else None,
    )


def ask_metrics(work: Work, request: AskMetrics) -> Metrics:
    """Return what waits, how long, and what failed, by partners."""
    rows = work.db.execute(
        select(
            *(PARTNER.c[name] for name in ("code", "channel", "failures", "paused_until")),
            *(_count(state) for state in _COUNTED),
            func.min(MESSAGE.c.created_at)
            .filter(MESSAGE.c.state == MessageState.PREPARED.value)
            .label("oldest"),
        )
        .outerjoin(
            MESSAGE,
            (MESSAGE.c.partner_id == PARTNER.c.id) & MESSAGE.c.state.in_(_COUNTED.values()),
        )
        .where(PARTNER.c.organization_id == work.organization_id)
        .group_by(PARTNER.c.id)
        .order_by(PARTNER.c.code)
    ).all()
    partners = [_figures(row) for row in rows]
    oldest = [one.oldest_waiting for one in partners if one.oldest_waiting is not None]
    age = work.now - min(oldest) if oldest else timedelta()
    return Metrics(
        at=work.now,
        queue=sum(one.waiting for one in partners),
        oldest_minutes=int(age / timedelta(minutes=1)),
        to_register=_of_state(work, MessageState.WAITING),
        quarantined=_of_state(work, MessageState.QUARANTINED),
        rows=partners,
    )


def _enclosures(work: Work, message: StoredMessage) -> list[MessageFile]:
    """Return the files of a message, as far as they are the reader's to see."""
    if _is_hidden(work, message.row):
        return []
    return [
        MessageFile(
            **{name: value for name, value in asdict(one).items() if name != "reasons"},
            reasons=[tell(code) for code in (one.reasons or "").split()],
        )
        for one in files_of(work, message.id)
    ]


def _count(name: str) -> Any:
    return func.count().filter(MESSAGE.c.state == _COUNTED[name]).label(name)


def _figures(row: Any) -> PartnerMetrics:
    names = ("channel", "failures", "paused_until", *_COUNTED)
    values = {name: getattr(row, name) for name in names}
    return PartnerMetrics(partner=row.code, oldest_waiting=row.oldest, **values)


def _of_state(work: Work, state: MessageState) -> int:
    query = select(func.count()).where(
        MESSAGE.c.organization_id == work.organization_id, MESSAGE.c.state == state.value
    )
    return work.db.scalar(query) or 0


def _listed() -> Select[Any]:
    files = (
        select(func.count())
        .where(col(_F.message_id) == MESSAGE.c.id)
        .correlate(MESSAGE)
        .scalar_subquery()
        .label("files")
    )
    left_out = {"content", "remarks"}
    return (
        select(
            *(column for column in COLUMNS if column.name not in left_out),
            PARTNER.c.code.label("partner"),
            PARTNER.c.name.label("partner_name"),
            col(_D.number).label("document"),
            files,
        )
        .outerjoin(PARTNER, PARTNER.c.id == MESSAGE.c.partner_id)
        .outerjoin(_D, col(_D.id) == MESSAGE.c.document_id)
    )


def _row(work: Work, row: dict[str, Any]) -> MessageRow:
    shown = _masked(work, row)
    names = MessageRow.model_fields.keys() - {"short_id"}
    return MessageRow(**{name: shown[name] for name in names}, short_id=short_id(row["id"]))


def _history() -> Any:
    columns = ("direction", "kind", "subject", "number", "is_official")
    return (
        select(
            *map(col, (_E.id, _E.at, _E.place, _E.message_id, _E.event, _E.state)),
            col(_E.detail),
            *(MESSAGE.c[name] for name in columns),
            PARTNER.c.code.label("partner"),
            col(_W.full_name).label("actor"),
        )
        .join(MESSAGE, MESSAGE.c.id == col(_E.message_id))
        .outerjoin(PARTNER, PARTNER.c.id == MESSAGE.c.partner_id)
        .outerjoin(_W, col(_W.id) == col(_E.actor_id))
    )


def _events(work: Work, query: Select[Any], limit: int) -> list[ExchangeEvent]:
    order = [col(one).desc() for one in _ORDER]
    rows = work.db.execute(query.order_by(*order).limit(limit)).mappings()
    return [ExchangeEvent.model_validate(_masked(work, dict(row))) for row in rows]


def _remarks(text: str) -> list[str]:
    told = [(Oddity(code), where) for code, where in json.loads(text)]
    return [f"{meaning(code)}{f' [{where}]' if where else ''}" for code, where in told]


def _answered(work: Work, message: StoredMessage) -> list[str]:
    """Return the numbers of our documents that a waiting letter may answer."""
    row = message.row
    if row["direction"] != Direction.IN.value or row["kind"] != MessageKind.LETTER.value:
        return []
    ids = [UUID(one) for one in answered_by(work, message)]
    query = select(col(_D.number)).where(col(_D.id).in_(ids))
    return [number for number in work.db.scalars(query) if number]


def _is_hidden(work: Work, row: dict[str, Any]) -> bool:
    """Tell whether a message is for official use only and not the reader's to see."""
    return bool(row["is_official"]) and not work.actor.clearance


def _masked(work: Work, row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as the reader sees it: reasons in his language, no secret subject."""
    row = {**row, **{name: worded(row[name]) for name in _CODED & row.keys()}}
    if not _is_hidden(work, row):
        return row
    return {**row, "subject": _(MASK)}
