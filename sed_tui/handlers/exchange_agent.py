"""News of the agent that carries folders of MEDO: a message of ours could not be carried."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from sed_tui.domain.exchange_flow import Direction, QuarantineReason, Signal
from sed_tui.domain.mail import header_text
from sed_tui.domain.plain_text import decoded
from sed_tui.errors import SedError
from sed_tui.exchange.archive import Member, Scratch, unpack
from sed_tui.handlers.exchange_learning import learn
from sed_tui.handlers.exchange_partners import PARTNER, partner_of_id
from sed_tui.handlers.exchange_record import MESSAGE, StoredMessage, locked_message
from sed_tui.handlers.exchange_unknown import Unknown, keep_unknown
from sed_tui.operations.exchange_inbox import PackageTaken, TakeOutcome

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sed_tui.handlers.work import Work
    from sed_tui.operations.exchange_agent import TakeAgentNews

_UID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_REASON_BYTES, _REASON, _MOST_UIDS = 64 * 1024, 500, 50
_ERR = ".err"


def take_agent_news(work: Work, request: TakeAgentNews) -> PackageTaken:
    """Tell the message that it was not carried, and why; what names none is kept."""
    text = _text(work.files.staged_path(request.token))
    named = [one.lower() for one in _UID.findall(f"{request.name}\n{text}")]
    message = _named(work, request.source, named[:_MOST_UIDS])
    told = header_text(text)[:_REASON]
    if message is None:
        return _kept(work, request, told)
    work.pass_by(request.token)
    learn(work, message, Signal.NOT_CARRIED, reason=told or None, detail=told or None)
    return PackageTaken(
        id=message.id,
        outcome=TakeOutcome.TAKEN,
        kind=message.row["kind"],
        state=message.row["state"],
        partner=partner_of_id(work, message.row["partner_id"]).code,
        message_uid=message.row["message_uid"],
        subject=message.row["subject"],
        reason=told or None,
    )


def _kept(work: Work, request: TakeAgentNews, told: str) -> PackageTaken:
    package = work.files.staged(request.token)
    source = f"{request.source}/{request.name}"
    taken = keep_unknown(work, Unknown(package, source, QuarantineReason.AGENT_ERROR, told))
    return PackageTaken(
        id=taken.id,
        outcome=taken.outcome,
        kind=None,
        state=taken.state,
        partner=None,
        message_uid=None,
        subject="",
        reason=taken.reason,
    )


def _named(work: Work, source: str, uids: Sequence[str]) -> StoredMessage | None:
    """Return the first message named that went to a partner of the place, locked."""
    rows = work.db.execute(
        select(MESSAGE.c.id, MESSAGE.c.message_uid)
        .join(PARTNER, PARTNER.c.id == MESSAGE.c.partner_id)
        .where(
            MESSAGE.c.organization_id == work.organization_id,
            MESSAGE.c.direction == Direction.OUT.value,
            MESSAGE.c.message_uid.in_(uids),
            or_(PARTNER.c.address == source, PARTNER.c.inbox == source),
        )
    )
    found = {row.message_uid: row.id for row in rows}
    first = next((found[uid] for uid in uids if uid in found), None)
    return None if first is None else locked_message(work, first)


def _text(path: Path) -> str:
    """Return what the agent says: the text itself, or that of its file in a folder."""
    if not zipfile.is_zipfile(path):
        return _beginning(Member(path.name, path))
    with Scratch() as scratch:
        try:
            members = unpack(Member(path.name, path), scratch)
        except SedError:
            return ""
        reasons = [one for one in members if one.name.lower().endswith(_ERR)]
        return "\n".join(map(_beginning, reasons[:3]))


def _beginning(member: Member) -> str:
    with member.open() as source:
        data = source.read(_REASON_BYTES)
    return decoded(data, is_cut=len(data) == _REASON_BYTES)
