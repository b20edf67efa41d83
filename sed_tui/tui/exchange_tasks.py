"""What a clerk can do with a message of the exchange, each as a small form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.dates import parse_date
from sed_tui.domain.exchange_flow import (
    Direction,
    MessageKind,
    MessageState,
    may_be_resent,
    may_be_retried,
)
from sed_tui.i18n import _
from sed_tui.operations.exchange_inbox import (
    REFUSALS,
    REFUSE,
    REGISTER,
    ListRefusals,
    RefuseMessage,
)
from sed_tui.operations.exchange_outbox import RESEND, RETRY, ResendMessage, RetryMessage
from sed_tui.operations.exchange_partner import SHOW, ShowPartner
from sed_tui.operations.exchange_publication import PUBLISH, PublishMessage
from sed_tui.operations.exchange_quarantine import (
    DROP,
    RELEASE,
    DropMessage,
    ReleaseMessage,
    RetryQuarantined,
)
from sed_tui.operations.exchange_quarantine import RETRY as LOOK_AGAIN
from sed_tui.operations.labels import label
from sed_tui.rendering.cells import printable
from sed_tui.tui.entry_dialog import REASON, Entry, Kind, Task
from sed_tui.tui.waiting_letter import registration_task, told_reason
from sed_tui.tui.wording import long_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.exchange_journal import MessageCard
    from sed_tui.operations.exchange_partner import Partner


def tasks_for(card: MessageCard, gateway: Gateway) -> list[Task]:
    """Return what the state of a message allows. Blocks: the partner's list is read."""
    if card.state is MessageState.WAITING and card.partner is not None:
        partner = gateway.call(SHOW, ShowPartner(partner=card.partner))
        reasons = gateway.call(REFUSALS, ListRefusals(partner=card.partner)).reasons
        return [register_task(card, partner), refuse_task(card, reasons)]
    if card.state is MessageState.QUARANTINED:
        return [release_task(card), look_again_task(card), drop_task(card)]
    if card.direction is not Direction.OUT:
        is_registered = card.state is MessageState.REGISTERED and card.kind is MessageKind.LETTER
        return [publish_task(card)] if is_registered else []
    found = [retry_task(card)] if may_be_retried(card.state) else []
    if card.kind is MessageKind.LETTER and may_be_resent(card.state):
        found.append(resend_task(card))
    return found


def register_task(card: MessageCard, partner: Partner) -> Task:
    """Return the form that gives a letter its number; its fields are those of the letter."""
    told = {
        "correspondent": partner.correspondent,
        "subject": card.subject,
        "their_number": card.number or "",
        "their_date": long_day(card.number_date),
        "in_reply_to": card.may_answer[0] if len(card.may_answer) == 1 else "",
    }
    command = ("exchange", "register", card.short_id)
    return registration_task(REGISTER, {"message": str(card.id)}, command, told, _note(card))


def refuse_task(card: MessageCard, reasons: list[str]) -> Task:
    """Return the form that refuses a letter for a reason of the partner's list."""
    entries = (
        Entry("refusal", label("reason"), choices=tuple((one, one) for one in reasons)),
        Entry("comment", _("What the sender should mend"), kind=Kind.LONG),
    )

    def request(values: Mapping[str, str]) -> RefuseMessage:
        comment = values["comment"] or None
        return RefuseMessage(message=str(card.id), refusal=values["refusal"], comment=comment)

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        comment = ("--comment", values["comment"]) if values["comment"] else ()
        because = ("--because", values["refusal"] or "…")
        return ("exchange", "refuse", card.short_id, *because, *comment)

    return Task(_(REFUSE.title), REFUSE, entries, request, words, _note(card))


def publish_task(card: MessageCard) -> Task:
    """Return the form that tells the sender of a letter where its document was published."""
    entries = tuple(Entry(name, label(name)) for name in ("number", "published_on", "point"))

    def request(values: Mapping[str, str]) -> PublishMessage:
        day = parse_date(values["published_on"], "published_on")
        number, point = values["number"], values["point"]
        return PublishMessage(message=str(card.id), number=number, published_on=day, point=point)

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        number, day, point = (values[name] or "…" for name in ("number", "published_on", "point"))
        given = ("--number", number, "--on", day, "--point", point)
        return ("exchange", "publish", card.short_id, *given)

    return Task(_(PUBLISH.title), PUBLISH, entries, request, words, _note(card))


def release_task(card: MessageCard) -> Task:
    """Return the form that takes a quarantined message in all the same."""
    entries = (
        Entry("partner", _("Whose it is: a code of a partner"), card.partner or ""),
        Entry(REASON, _("Reason (may be left out)")),
    )

    def request(values: Mapping[str, str]) -> ReleaseMessage:
        return ReleaseMessage(message=str(card.id), partner=values["partner"] or None)

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        partner = ("--partner", values["partner"]) if values["partner"] else ()
        return ("exchange", "quarantine", "release", card.short_id, *partner, *told_reason(values))

    return Task(_(RELEASE.title), RELEASE, entries, request, words, _note(card))


def look_again_task(card: MessageCard) -> Task:
    """Return the form that looks at a quarantined message by the rules of now."""
    return Task(
        _(LOOK_AGAIN.title),
        LOOK_AGAIN,
        (Entry(REASON, _("Reason (may be left out)")),),
        lambda _values: RetryQuarantined(message=str(card.id)),
        lambda values: ("exchange", "quarantine", "retry", card.short_id, *told_reason(values)),
        _note(card),
    )


def drop_task(card: MessageCard) -> Task:
    """Return the form that puts a quarantined message aside; it asks for the reason."""
    return Task(
        _(DROP.title),
        DROP,
        (Entry(REASON, _("Reason *")),),
        lambda _values: DropMessage(message=str(card.id)),
        lambda values: ("exchange", "quarantine", "drop", card.short_id, *told_reason(values)),
        _note(card),
    )


def retry_task(card: MessageCard) -> Task:
    """Return the form that lets a message go without its pause."""
    return Task(
        _(RETRY.title),
        RETRY,
        (Entry(REASON, _("Reason (may be left out)")),),
        lambda _values: RetryMessage(message=str(card.id)),
        lambda values: ("exchange", "retry", card.short_id, *told_reason(values)),
        _note(card),
    )


def resend_task(card: MessageCard) -> Task:
    """Return the form that sends a letter again as a message of its own."""
    return Task(
        _(RESEND.title),
        RESEND,
        (Entry(REASON, _("Reason (may be left out)")),),
        lambda _values: ResendMessage(message=str(card.id)),
        lambda values: ("exchange", "resend", card.short_id, *told_reason(values)),
        _note(card),
    )


def _note(card: MessageCard) -> str:
    parts = (card.short_id, card.partner, card.subject, card.reason)
    return printable(" · ".join(part for part in parts if part)).replace("\n", " ")
