"""What a notification says: its meaning, by which a repeat is known, and its words."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select

from sed_tui.domain.mail import header_text
from sed_tui.exchange.message import Event
from sed_tui.handlers.exchange_record import MESSAGE
from sed_tui.storage.locks import lock_name

if TYPE_CHECKING:
    from sed_tui.exchange.message import Notification
    from sed_tui.handlers.exchange_partners import PartnerReference
    from sed_tui.handlers.work import Work

_REPEATABLE = frozenset({Event.COURSE_CHANGED, Event.REPORT_PREPARED})


def meaning_of(notification: Notification, partner: PartnerReference) -> str:
    """Return what a notification says: the same twice is a repeat, whatever its identifier."""
    number = notification.number
    # a course may come back to what it was: only the moment tells that from a repeat
    moment = notification.at.isoformat() if notification.event in _REPEATABLE else ""
    said = [
        number.number if number else "",
        notification.reason,
        notification.text,
        moment,
        notification.point,
        *(
            person.person if person else ""
            for person in (notification.secretary, notification.manager, notification.executor)
        ),
    ]
    digest = sha256("\0".join(said).encode()).hexdigest()[:40]
    return f"{partner.id}:{notification.document[:36]}:{notification.event.value}:{digest}"


def is_known_meaning(work: Work, meaning: str) -> bool:
    """Tell whether a notification has said so before; until the end of the call no other does."""
    lock_name(work.db, work.organization_id, meaning)
    query = select(MESSAGE.c.id).where(
        MESSAGE.c.organization_id == work.organization_id, MESSAGE.c.meaning == meaning
    )
    return work.db.scalar(query) is not None


def refusal_of(notification: Notification) -> str | None:
    """Return why a letter was refused: the reason of the list, and what the clerk wrote of it."""
    reason, comment = notification.reason, header_text(notification.comment)[:500]
    return (f"{reason}: {comment}" if comment else reason) if reason else None


def detail_of(notification: Notification) -> str | None:
    """Return what the journal tells of a notification: a number, a person, a reason or a text."""
    number, executor = notification.number, notification.executor
    signatory = notification.signatory
    if number is not None:
        told = f"№ {number.number}" + (f" {number.day:%d.%m.%Y}" if number.day else "")
        return f"{told}, {header_text(notification.point)[:500]}" if notification.point else told
    if executor is not None and executor.person:
        return executor.person
    text = refusal_of(notification) or notification.text
    return header_text(text or (signatory.person.person if signatory else ""))[:500] or None
