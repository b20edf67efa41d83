"""What came in: taken once, registered or refused once, the sender told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.exchange_flow import (
    DECISIONS,
    STATE_TITLES,
    Direction,
    JournalEvent,
    MessageKind,
    MessageState,
    QuarantineReason,
)
from sed_tui.domain.mail import header_text
from sed_tui.errors import SedError
from sed_tui.errors.exchange_messages import MessageDecided, RefusalUnknown
from sed_tui.exchange.iedms_names import REASONS
from sed_tui.handlers.exchange_packages import Arrival, ReadPackage, Senders, read_package, secure
from sed_tui.handlers.exchange_partners import find_partner, partner_of_id
from sed_tui.handlers.exchange_receiving import Taken, quarantine, receive
from sed_tui.handlers.exchange_record import (
    StoredMessage,
    change,
    find_message,
    locked_message,
    note,
)
from sed_tui.handlers.exchange_registration import CardFiles, card_files, register_letter
from sed_tui.handlers.exchange_telling import tell_refused, tell_registered
from sed_tui.handlers.exchange_unknown import Unknown, keep_unknown
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.operations.exchange_inbox import (
    ListRefusals,
    MessageRefused,
    PackagesTaken,
    PackageTaken,
    RefusalList,
    RefuseMessage,
    RegisterMessage,
    TakePackages,
)
from sed_tui.storage.locks import lock_name

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.registration import Registered


_PACKAGES = "exchange packages"


def plan_take_packages(work: Work, request: TakePackages) -> list[ReadPackage]:
    """Read packages and their files, and let the disk have them, while others go on writing."""
    senders, read = Senders(work), list[ReadPackage]()
    try:
        for package in request.packages:
            arrival = Arrival(request.channel, source=request.source, **dict(package))
            read.append(read_package(work, arrival, senders))
    except SedError:
        # what is refused together is tried one by one, from the beginning
        for token in (token for one in read for token in one.part_tokens):
            work.files.discard(token)
        raise
    secure(work, read)
    return read


def take_packages(work: Work, request: TakePackages) -> PackagesTaken:
    """Take in packages that were read, or put them into quarantine; nothing is kept twice."""
    # of those who take many at once one is at work: each holds the names of all its messages
    lock_name(work.db, work.organization_id, _PACKAGES)
    read: list[ReadPackage] = work.plan
    rows = [
        taken_in(work, one, request.source, package.name)
        for one, package in zip(read, request.packages, strict=True)
    ]
    return PackagesTaken(rows=rows)


def taken_in(work: Work, read: ReadPackage, source: str, name: str) -> PackageTaken:
    """Take in what was read of a package; what was staged of it is kept or forgotten."""
    work.pass_by(read.package.token, *read.part_tokens)
    if read.received is None:
        unread = QuarantineReason.UNREADABLE
        unknown = Unknown(read.package, f"{source}/{name}", unread, read.failure)
        taken = keep_unknown(work, unknown, read.sender, read.message_uid)
    elif read.sender is None or read.doubt is not None:
        reason = read.doubt or QuarantineReason.UNKNOWN_SENDER
        # whoever it says it is from is not told: that is what is doubted
        taken = quarantine(work, None, read.received, reason, read.received.message.source.uid)
    else:
        taken = receive(work, read.sender, read.received)
    return _answer(read, taken)


def plan_register_message(work: Work, request: RegisterMessage) -> CardFiles:
    """Stage the files of the letter anew and read their texts, while others go on writing."""
    return card_files(work, find_message(work, request.message))


def register_message(work: Work, request: RegisterMessage) -> Registered:
    """Register a letter as an incoming document and tell the sender its number.

    What registration refuses leaves the letter waiting. Raises `MessageDecided`.
    """
    message = _waiting(work, request.message, "register")
    registered = register_letter(work, message, request, work.plan)
    _decide(work, message, "register", JournalEvent.REGISTERED, document_id=registered.id)
    tell_registered(work, message, registered)
    return registered


def refuse_message(work: Work, request: RefuseMessage) -> MessageRefused:
    """Refuse a letter for a reason of the list. Raises `RefusalUnknown`, `MessageDecided`."""
    message = _waiting(work, request.message, "refuse")
    partner = partner_of_id(work, message.row["partner_id"])
    known = REASONS[partner.profile.version]
    refusal = next((one for one in known if one.casefold() == request.refusal.casefold()), None)
    if refusal is None:
        raise RefusalUnknown(field="refusal", refusal=request.refusal, known="; ".join(known))
    comment = header_text(request.comment or "")[:500]
    told = f"{refusal}: {comment}" if comment else refusal
    _decide(work, message, "refuse", JournalEvent.REFUSED, told, reason=told)
    tell_refused(work, message, refusal, comment)
    return MessageRefused(id=message.id, state=MessageState.REFUSED, reason=told)


def list_refusals(work: Work, request: ListRefusals) -> RefusalList:
    """Return the reasons of the partner's edition."""
    version = find_partner(work, request.partner).profile.version
    return RefusalList(format_version=version, reasons=list(REASONS[version]))


def _answer(read: ReadPackage, taken: Taken) -> PackageTaken:
    from sed_tui.exchange.message import Letter
    from sed_tui.exchange.message_json import body_name
    from sed_tui.exchange.remark_texts import meaning

    received = read.received
    warnings: list[str] = []
    subject = ""
    if received is not None:
        warnings = [
            f"{meaning(one.oddity)}{f' [{one.where}]' if one.where else ''}"
            for one in received.remarks
        ]
        body = received.message.body
        subject = header_text(body.annotation) if isinstance(body, Letter) else ""
    return PackageTaken(
        id=taken.id,
        outcome=taken.outcome,
        kind=MessageKind(body_name(received.message.body)) if received else None,
        state=taken.state,
        partner=read.sender.code if read.sender else None,
        message_uid=(received.message.uid if received else read.message_uid) or None,
        subject=subject[:500],
        reason=taken.reason,
        warnings=warnings,
    )


def _waiting(work: Work, text: str, decision: str) -> StoredMessage:
    """Return a letter that may be decided on, locked. Raises `MessageDecided`."""
    message = locked_message(work, find_message(work, text).id)
    allowed, _to = DECISIONS[decision]
    if message.row["direction"] != Direction.IN.value or message.row["state"] not in allowed:
        state = _(STATE_TITLES[message.row["state"]])
        raise MessageDecided(field="message", state=state, message=short_id(message.id))
    return message


def _decide(
    work: Work,
    message: StoredMessage,
    decision: str,
    event: JournalEvent,
    detail: str | None = None,
    **values: Any,
) -> None:
    before = message.row["state"]
    _from, after = DECISIONS[decision]
    values |= {"decided_at": work.now, "decided_by": work.actor.employee_id}
    change(work, message, after, **values)
    note(work, message.id, event, after.value, detail)
    document = values.get("document_id")
    told = {"state": after.value, "document": str(document) if document else None}
    work.record("decide", "exchange_message", message.id, {"state": before}, told)
