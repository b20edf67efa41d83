"""A registered document as a letter of the exchange: its card in the words of the format."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from sed_tui.domain.exchange_flow import (
    STATE_TITLES,
    Direction,
    MessageKind,
    MessageState,
    holds_the_place,
    may_be_resent,
)
from sed_tui.domain.exchange_partner import Channel
from sed_tui.domain.files import FileRole
from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.links import LinkKind as CardLinkKind
from sed_tui.domain.mailed_name import apart
from sed_tui.errors.exchange_partners import (
    FileKindsNotTaken,
    LetterInOutbox,
    LetterNotFormed,
    OfficialUseChannel,
)
from sed_tui.exchange.message import (
    AttachedFile,
    FileGroup,
    Letter,
    Link,
    LinkKind,
    Number,
    Person,
    Signatory,
)
from sed_tui.exchange.reason_codes import FILES_TOO_LARGE, NO_TEXT_FILE, worded
from sed_tui.handlers.exchange_learning import letter_spoken_of
from sed_tui.handlers.exchange_queue import Outgoing, queue
from sed_tui.handlers.exchange_record import MESSAGE, FileOfMessage
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.link import LinkTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Select

    from sed_tui.handlers.exchange_partners import PartnerReference
    from sed_tui.handlers.exchange_record import StoredMessage
    from sed_tui.handlers.work import Work

_D, _F, _L = DocumentTable, FileTable, LinkTable
# names that the package itself needs
_OF_PACKAGE = ("document.xml", "envelope.ini", "envelope.ltr")
_OFFICIAL = "Для служебного пользования"


def queue_letter(
    work: Work,
    partner: PartnerReference,
    document_id: UUID,
    addressee: str,
    *,
    dispatch_id: UUID | None = None,
    resend_of: UUID | None = None,
) -> StoredMessage:
    """Put a document into the outbox for one addressee.

    Raises `OfficialUseChannel`, and `FileKindsNotTaken` or `LetterNotFormed` for what the
    partner or the format refuses: whoever sends a letter learns at once that it cannot go.
    """
    card = _card(work, document_id)
    official = card["confidentiality"] == Confidentiality.OFFICIAL.value
    if official and not partner.row["takes_official"]:
        raise OfficialUseChannel(field="addressees", partner=partner.name)
    files = _files(work, document_id)
    _require_fit(partner, files)
    letter = Letter(
        uid=str(document_id),
        number=Number(card["number"], card["registered_on"]),
        annotation=card["subject"],
        kind=card["kind"],
        classification=_OFFICIAL if official else "",
        signatories=_signatories(card),
        addressees=(Person(organization=addressee, person=card["addressee"] or ""),),
        pages=card["sheets"] or 0,
        annex_pages=card["annex_sheets"],
        links=_links(work, document_id),
        executor=_executor(card),
        files=tuple(_attached(file) for file in files),
    )
    about = {"document_id": document_id, "dispatch_id": dispatch_id, "resend_of": resend_of}
    outgoing = Outgoing(letter, card["subject"], files, about, official)
    message = queue(work, partner, outgoing)
    if message.row["state"] == MessageState.FORMATION_FAILED.value:
        reason = worded(message.row["last_error"])
        raise LetterNotFormed(field="document", partner=partner.name, reason=reason)
    return message


def require_none_waits(work: Work, partner: PartnerReference, document_id: UUID) -> None:
    """Refuse a second message while the last one waits or has failed. Raises `LetterInOutbox`."""
    last = letter_spoken_of(work, partner.id, str(document_id))
    if last is None:
        return
    state = MessageState(last.row["state"])
    if holds_the_place(state):
        raise LetterInOutbox(
            field="addressees",
            partner=partner.name,
            state=_(STATE_TITLES[state]),
            verb="resend" if may_be_resent(state) else "retry",
            message=short_id(last.id),
        )


def _card(work: Work, document_id: UUID) -> dict[str, Any]:
    own = {"document": document_id, "organization": work.organization_id}
    return dict(work.db.execute(_card_asked(), own).mappings().one())


@cache
def _card_asked() -> Select[Any]:
    """Return the query of a card; built once, as those below: every letter asks them."""
    table: Any = DocumentTable.__table__  # type: ignore[attr-defined]
    return select(table).where(
        table.c.id == bindparam("document"), table.c.organization_id == bindparam("organization")
    )


def _files(work: Work, document_id: UUID) -> list[FileOfMessage]:
    """Return the last versions of the files, the text first."""
    rows = work.db.execute(_files_asked(), {"document": document_id}).all()
    last = {row.name: row for row in rows}
    order = [role.value for role in FileRole]
    parts = {
        FileRole.MAIN.value: "text",
        FileRole.ANNEX.value: "annex",
        FileRole.SIGNATURE.value: "signature",
    }
    taken = set(_OF_PACKAGE)
    return [
        FileOfMessage(parts[row.role], apart(row.name, taken), row.sha256, row.size, row.media_type)
        for row in sorted(last.values(), key=lambda row: (order.index(row.role), row.name))
    ]


@cache
def _files_asked() -> Select[*tuple[Any, ...]]:
    return (
        select(*map(col, (_F.name, _F.role, _F.sha256, _F.size, _F.media_type)))
        .where(col(_F.document_id) == bindparam("document"))
        .order_by(col(_F.version))
    )


def _attached(file: FileOfMessage) -> AttachedFile:
    group = FileGroup.TEXT if file.part == "text" else FileGroup.ANNEX
    return AttachedFile(file.name, group, _extension(file.name))


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _require_fit(partner: PartnerReference, files: list[FileOfMessage]) -> None:
    """Refuse files that the partner does not take. Raises as `queue_letter` does."""
    if not any(file.part == "text" for file in files):
        raise LetterNotFormed(field="files", partner=partner.name, reason=_(NO_TEXT_FILE))
    allowed = () if partner.channel is Channel.LOCAL else partner.profile.kinds
    kinds = {file.name: _extension(file.name) for file in files if file.part != "signature"}
    odd = [name for name, kind in kinds.items() if allowed and kind not in allowed]
    if odd:
        wanted = dict.fromkeys([*allowed, *(kinds[name] for name in odd if kinds[name])])
        raise FileKindsNotTaken(
            field="files",
            partner=partner.name,
            key=partner.code,
            files=", ".join(odd),
            kinds=", ".join(allowed),
            wanted=",".join(wanted),
        )
    if sum(file.size for file in files) > partner.row["max_bytes"]:
        raise LetterNotFormed(field="files", partner=partner.name, reason=_(FILES_TOO_LARGE))


def _signatories(card: dict[str, Any]) -> tuple[Signatory, ...]:
    if not card["signatory"]:
        return ()
    return (Signatory(Person(person=card["signatory"]), card["signed_on"]),)


def _executor(card: dict[str, Any]) -> Person | None:
    if not card["drafter"]:
        return None
    return Person(person=card["drafter"], contact=card["drafter_phone"] or "")


def _links(work: Work, document_id: UUID) -> tuple[Link, ...]:
    """Return what the letter answers: letters of the exchange by their identifiers too."""
    own = {"document": document_id, "organization": work.organization_id}
    return tuple(
        Link(
            LinkKind.REPLY_TO,
            row.document_uid or "",
            Number(row.their_number[:31], row.their_date),
        )
        for row in work.db.execute(_links_asked(), own)
        if row.their_number
    )


@cache
def _links_asked() -> Select[*tuple[Any, ...]]:
    return (
        select(*map(col, (_D.their_number, _D.their_date)), MESSAGE.c.document_uid)
        .join(_L, col(_L.target_id) == col(_D.id))
        .outerjoin(
            MESSAGE,
            (MESSAGE.c.document_id == col(_D.id))
            & (MESSAGE.c.direction == Direction.IN.value)
            & (MESSAGE.c.kind == MessageKind.LETTER.value)
            & (MESSAGE.c.state == MessageState.REGISTERED.value),
        )
        .where(
            col(_L.source_id) == bindparam("document"),
            col(_L.kind) == CardLinkKind.REPLY_TO.value,
            col(_L.organization_id) == bindparam("organization"),
        )
    )
