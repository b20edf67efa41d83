"""What a registration card must hold, and which dates can be true together.

Sources: rules §1.5 (the card), §1.7 (when to register), §1.4 (what is not registered).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.flows import FROM_OUTSIDE, SIGNED_BEFORE_REGISTRATION, Flow
from sed_tui.errors.registration import (
    DateInFuture,
    DateOutOfRange,
    DatesOutOfOrder,
    FieldNeeded,
    FieldOfOtherFlow,
    SenderNumberNeeded,
    SignatureNeeded,
)
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

WITHOUT_NUMBER = "б/н"
_WITHOUT_NUMBER = frozenset({"б/н", "бн", "б\\н", "без номера", "б.н.", "b/n"})
_FIRST_YEAR = 1917

FLOW_NAMES: dict[Flow, str] = {
    Flow.INCOMING: N_("an incoming document"),
    Flow.OUTGOING: N_("an outgoing document"),
    Flow.INTERNAL: N_("an internal document"),
    Flow.ORDER: N_("an order"),
    Flow.APPEAL: N_("an appeal"),
}

# field -> flows that cannot do without it
NEEDED: dict[str, frozenset[Flow]] = {
    "correspondent": frozenset({Flow.INCOMING}),
    "addressees": frozenset({Flow.OUTGOING}),
}
_SENT = FROM_OUTSIDE | {Flow.OUTGOING}
# field -> flows that have it; fields that all have are left out
_OWN: dict[str, frozenset[Flow]] = {
    "correspondent": _SENT,
    "addressees": frozenset({Flow.OUTGOING}),
    "their_number": FROM_OUTSIDE,
    "their_date": FROM_OUTSIDE,
    "received_on": FROM_OUTSIDE,
    "delivery": _SENT,
    "postal_number": _SENT,
    "addressee": FROM_OUTSIDE | {Flow.INTERNAL},
    "signed_on": frozenset(Flow) - FROM_OUTSIDE,
    "reply_address": frozenset({Flow.APPEAL}),
    "appeal_kind": frozenset({Flow.APPEAL}),
    "signatures_count": frozenset({Flow.APPEAL}),
}
_LABELS = {
    "correspondent": N_("The correspondent"),
    "addressees": N_("An addressee"),
    "their_date": N_("The sender's date"),
    "received_on": N_("The date of receipt"),
    "signed_on": N_("The date of signing"),
    "registered_on": N_("The date of registration"),
    "sent_on": N_("The date of dispatch"),
}
_THEIRS = "their_date"
# each date must not lie after the one it stands before
_ORDER = (
    ("their_date", "received_on"),
    ("received_on", "registered_on"),
    ("signed_on", "registered_on"),
    ("registered_on", "sent_on"),
)


@dataclass(frozen=True, slots=True)
class DefaultKind:
    """A kind of document that every organization starts with.

    `profile` is the term by which assignments on it are counted when they name none.
    """

    flow: Flow
    name: str
    code: str
    is_registered: bool = True
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class SenderDays:
    """Which day it is where a sender is, who may be a day ahead: now, and at the receipt."""

    today: date
    received_on: date


DEFAULT_KINDS = (
    DefaultKind(Flow.INCOMING, "письмо", "п"),
    DefaultKind(Flow.INCOMING, "запрос", "з"),
    DefaultKind(Flow.INCOMING, "депутатский запрос", "дз", profile="deputy"),
    DefaultKind(Flow.INCOMING, "телеграмма", "тлг"),
    DefaultKind(Flow.INCOMING, "приглашение", "пр", is_registered=False),
    DefaultKind(Flow.INCOMING, "реклама", "рек", is_registered=False),
    DefaultKind(Flow.INCOMING, "поздравление", "позд", is_registered=False),
    DefaultKind(Flow.OUTGOING, "письмо", "п"),
    DefaultKind(Flow.OUTGOING, "ответ", "о"),
    DefaultKind(Flow.OUTGOING, "запрос", "з"),
    DefaultKind(Flow.INTERNAL, "служебная записка", "сз"),
    DefaultKind(Flow.INTERNAL, "протокол", "пт"),
    DefaultKind(Flow.ORDER, "распоряжение", "р"),
    DefaultKind(Flow.ORDER, "приказ", "пр"),
    DefaultKind(Flow.ORDER, "постановление", "п"),
    DefaultKind(Flow.APPEAL, "заявление", "зв"),
    DefaultKind(Flow.APPEAL, "жалоба", "ж"),
    DefaultKind(Flow.APPEAL, "предложение", "пд"),
)


def check_flow(flow: Flow, given: Iterable[str]) -> None:
    """Refuse fields that documents of a flow do not have. Raises `FieldOfOtherFlow`."""
    for field in given:
        if flow not in _OWN.get(field, (flow,)):
            raise FieldOfOtherFlow(field=field, flow=_(FLOW_NAMES[flow]))


def check_needed(flow: Flow, card: Mapping[str, object]) -> None:
    """Refuse a card without what its flow demands.

    Raises `FieldNeeded`, `SenderNumberNeeded`, `SignatureNeeded`. An appeal without a
    name or an address for the reply is no error: it gets no reply (59-FZ art. 11).
    """
    for field, flows in NEEDED.items():
        if flow in flows and not card.get(field):
            raise FieldNeeded(field=field, label=_(_LABELS[field]), flow=_(FLOW_NAMES[flow]))
    if flow is Flow.INCOMING and not card.get("their_number"):
        raise SenderNumberNeeded(field="their_number")
    if flow in SIGNED_BEFORE_REGISTRATION:
        for field in ("signatory", "signed_on"):
            if not card.get(field):
                raise SignatureNeeded(field=field)


def check_dates(
    dates: Mapping[str, date | None], today: date, sender: SenderDays | None = None
) -> None:
    """Refuse dates that cannot be true: in the future, of another age, or in a wrong order.

    `dates` holds their_date, received_on, signed_on, registered_on, sent_on. The date that a
    sender gave is judged by his days where they are known. Raises `DateInFuture`,
    `DateOutOfRange` or `DatesOutOfOrder`.
    """
    for field, value in dates.items():
        if value is None:
            continue
        label = _(_LABELS[field])
        latest = sender.today if sender and field == _THEIRS else today
        if value > latest:
            raise DateInFuture(field=field, label=label, value=_day(value), today=_day(latest))
        if value.year < _FIRST_YEAR:
            raise DateOutOfRange(field=field, label=label, value=_day(value))
    for field, other in _ORDER:
        first, second = dates.get(field), dates.get(other)
        if sender and second is not None and field == _THEIRS:
            second = max(second, sender.received_on)
        if first is not None and second is not None and first > second:
            raise DatesOutOfOrder(
                field=field,
                label=_(_LABELS[field]),
                value=_day(first),
                other_label=_(_LABELS[other]).lower(),
                other=_day(second),
            )


def sender_number(text: str | None) -> str | None:
    """Return the sender's number, every way of writing «б/н» as the one."""
    if text is not None and text.casefold() in _WITHOUT_NUMBER:
        return WITHOUT_NUMBER
    return text


def appeal_warnings(card: Mapping[str, object]) -> list[str]:
    """Return what a registrar of an appeal must know before going on.

    59-FZ art. 11 p. 1: without a name or an address no reply is given. Since 30.03.2025
    (547-FZ) a letter from a mailbox is no electronic appeal and starts no term by itself.
    """
    warnings = []
    if not card.get("correspondent_id") or not card.get("reply_address"):
        warnings.append(_("Without a name and an address no reply is given (59-FZ, article 11)."))
    delivery = str(card.get("delivery") or "").casefold()
    if delivery in {"e-mail", "email", "электронная почта", "эл. почта"}:
        warnings.append(
            _("Since 30.03.2025 an e-mail is no electronic appeal: the term does not start.")
        )
    return warnings


def first_execution(flow: Flow, *, historic: bool) -> str:
    """Return the state of execution that a fresh registration begins with."""
    return "review" if flow in FROM_OUTSIDE and not historic else "none"


def _day(value: date) -> str:
    return f"{value.day:02d}.{value.month:02d}.{value.year:04d}"
