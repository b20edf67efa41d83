"""What the sender of a letter is told of it: its number, a refusal, its execution.

The number and a refusal every partner is told, the course of execution those that are
subscribed. Of assignments no text goes out: who executes, and the number of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.exchange.message import Event, Notification, Number, Person, Signatory
from sed_tui.handlers.exchange_partners import partner_of_id
from sed_tui.handlers.exchange_queue import Outgoing, queue
from sed_tui.handlers.exchange_record import COLUMNS, MESSAGE, StoredMessage
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.operations.registration import Registered

_D = DocumentTable
_NUMBER = 31  # what the format has room for


def tell_registered(work: Work, message: StoredMessage, registered: Registered) -> None:
    """Tell the number and the day of registration."""
    number = Number(registered.number[:_NUMBER], registered.registered_on)
    _tell(work, message, Event.REGISTERED, document=registered.id, number=number)


def tell_refused(work: Work, message: StoredMessage, refusal: str, comment: str) -> None:
    """Tell that the letter was not registered, and the reason of the list."""
    _tell(work, message, Event.REFUSED, reason=refusal, comment=comment)


def letter_behind(work: Work, document_id: UUID) -> StoredMessage | None:
    """Return the letter of the exchange that a card was registered from, None for most."""
    query = select(*COLUMNS).where(
        MESSAGE.c.document_id == document_id,
        MESSAGE.c.organization_id == work.organization_id,
        MESSAGE.c.direction == Direction.IN.value,
        MESSAGE.c.kind == MessageKind.LETTER.value,
        MESSAGE.c.state == MessageState.REGISTERED.value,
    )
    row = work.db.execute(query).mappings().first()
    return None if row is None else StoredMessage(row["id"], dict(row))


def tell_executor(work: Work, document_id: UUID, author: str, executor: str) -> None:
    """Tell a subscribed sender who executes his letter."""
    message = _of_subscriber(work, document_id)
    if message is not None:
        _tell(
            work,
            message,
            Event.EXECUTOR_ASSIGNED,
            document=document_id,
            secretary=Person(person=work.actor.name),
            manager=Person(person=author),
            executor=Person(person=executor),
        )


def tell_report(work: Work, document_id: UUID, answer_id: UUID) -> None:
    """Tell a subscribed sender that the answer to his letter has gone out, and its number."""
    message = _of_subscriber(work, document_id)
    card = work.db.execute(
        select(*map(col, (_D.number, _D.registered_on))).where(col(_D.id) == answer_id)
    ).one()
    if message is not None and card.number:
        number = Number(card.number[:_NUMBER], card.registered_on)
        _tell(work, message, Event.REPORT_SENT, document=document_id, number=number)


def tell_report_prepared(work: Work, document_id: UUID, receiver: str) -> None:
    """Tell a subscribed sender that a report was given, and to whom it went."""
    message = _of_subscriber(work, document_id)
    if message is not None:
        told = Signatory(Person(person=receiver), work.today)
        _tell(work, message, Event.REPORT_PREPARED, document=document_id, signatory=told)


def tell_course_changed(work: Work, document_id: UUID, text: str) -> None:
    """Tell a subscribed sender what changed in the execution of his letter."""
    message = _of_subscriber(work, document_id)
    if message is not None:
        _tell(work, message, Event.COURSE_CHANGED, document=document_id, text=text)


def tell_published(work: Work, message: StoredMessage, number: Number, point: str) -> None:
    """Tell the sender where his document was published, and under which number."""
    document = message.row["document_id"]
    _tell(work, message, Event.PUBLISHED, document=document, number=number, point=point)


def _of_subscriber(work: Work, document_id: UUID) -> StoredMessage | None:
    message = letter_behind(work, document_id)
    if message is None or message.row["partner_id"] is None:
        return None
    partner = partner_of_id(work, message.row["partner_id"])
    return message if partner.row["is_subscribed"] else None


def _tell(
    work: Work,
    message: StoredMessage,
    event: Event,
    *,
    document: UUID | None = None,
    **told: Any,
) -> None:
    """Queue a notification; `told` are the fields of `Notification` that the event fills."""
    row = message.row
    if row["partner_id"] is None or not row["document_uid"]:
        return
    theirs = row["number"][:_NUMBER] if row["number"] else None
    foundation = Number(theirs, row["number_date"]) if theirs else None
    body = Notification(row["document_uid"], event, work.now, foundation=foundation, **told)
    about = {"answers_id": message.id, "document_id": document}
    outgoing = Outgoing(body, said_shortly(body), about=about)
    queue(work, partner_of_id(work, row["partner_id"]), outgoing)


def said_shortly(body: Notification) -> str:
    """Return the one thing that a notification says: a number, a reason, a person, a text."""
    signatory = body.signatory.person.person if body.signatory else ""
    executor = body.executor.person if body.executor else ""
    number = body.number.number if body.number else ""
    return number or body.reason or executor or body.text or signatory
