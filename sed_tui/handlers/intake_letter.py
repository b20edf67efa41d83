"""Letters that were taken in: listed, shown, registered, attached, dropped."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import func, select, tuple_, update
from sqlmodel import col

from sed_tui.domain.appeal_signs import EXPLANATION
from sed_tui.domain.clock import office_day
from sed_tui.domain.intake import DELIVERY, INTAKE_TITLES, IntakeState
from sed_tui.domain.received_letter import MOST_BYTES, told_refusal
from sed_tui.domain.text import folded, normalized
from sed_tui.errors.mailbox import LetterDecided
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.handlers.file import attach_files, list_files
from sed_tui.handlers.intake_files import (
    MEDIA_TYPE,
    correspondent_named,
    letter_files,
    name_of_letter,
    sender_in_directory,
)
from sed_tui.handlers.intake_replies import answered_by
from sed_tui.handlers.intake_search import StoredLetter, find_letter
from sed_tui.handlers.named_file import file_named
from sed_tui.handlers.references import find_document
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.handlers.short_ids import short_id
from sed_tui.handlers.waiting_letter import register_waiting, warned
from sed_tui.i18n import _
from sed_tui.operations.file import FilesAdded, ListFiles
from sed_tui.operations.intake_letter import (
    AttachLetter,
    DropLetter,
    GetLetterFile,
    LetterCard,
    LetterDropped,
    LetterFile,
    LetterPage,
    LetterRow,
    ListLettersTaken,
    RegisterLetter,
    ShowLetterTaken,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.intake import IntakeFileTable, IntakeLetterTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.registration import Registered

_L, _F = IntakeLetterTable, IntakeFileTable
_NO_SUBJECT = "(без темы)"


def list_letters_taken(work: Work, request: ListLettersTaken) -> LetterPage:
    """Return a page of letters of a state."""
    files = (
        select(func.count())
        .where(col(_F.letter_id) == col(_L.id))
        .correlate(_L)
        .scalar_subquery()
        .label("files")
    )
    columns = (_L.id, _L.state, _L.received_at, _L.taken_at, _L.sender_name, _L.sender)
    heading, words = col(_L.folded_heading), folded(normalized(request.query)).split()
    query = select(*map(col, (*columns, _L.subject, _L.signs, _L.reason)), files).where(
        col(_L.organization_id) == work.organization_id,
        col(_L.state) == request.state.value,
        *(heading.contains(word, autoescape=True) for word in words),
    )
    order = (col(_L.taken_at), col(_L.id))
    if request.after is not None:
        query = query.where(
            tuple_(*order) > decode_cursor(request.after, datetime.fromisoformat, UUID)
        )
    found = work.db.execute(
        query.order_by(*order).offset(request.skip).limit(request.limit + 1)
    ).all()
    shown = found[: request.limit]
    last = shown[-1] if len(found) > request.limit else None
    return LetterPage(
        rows=[_listed(row) for row in shown],
        next=encode_cursor(last.taken_at.isoformat(), last.id) if last else None,
    )


def show_letter_taken(work: Work, request: ShowLetterTaken) -> LetterCard:
    """Return a letter with its text and files. Raises `NotFound`, `Ambiguous`."""
    letter = find_letter(work, request.letter)
    row = letter.row
    plain = (
        *("state", "source", "message_id", "sender_name", "sender", "recipients", "subject"),
        *("sent_at", "received_at", "taken_at", "body", "size", "document_id"),
    )
    signs = row["signs"].splitlines()
    number = work.db.scalar(
        select(col(DocumentTable.number)).where(col(DocumentTable.id) == row["document_id"])
    )
    return LetterCard(
        id=letter.id,
        short_id=short_id(letter.id),
        **{name: row[name] for name in plain},
        reason=told_refusal(row["reason"]),
        number=number,
        correspondent=correspondent_named(work, letter),
        appeal_signs=signs,
        explanation=_(EXPLANATION) if signs else None,
        may_answer=answered_by(work, letter),
        enclosures=_enclosures(work, letter),
    )


def get_letter_file(work: Work, request: GetLetterFile) -> LetterFile:
    """Return the file of a letter that is meant. Raises `NotFound`, `SeveralFilesOfLetter`."""
    letter = find_letter(work, request.letter)
    return file_named(_enclosures(work, letter), request.name)


def register_letter(work: Work, request: RegisterLetter) -> Registered:
    """Register a letter as an incoming document; refused, it goes on waiting.

    Raises `LetterDecided`, and what registration does.
    """
    letter = find_letter(work, request.letter)
    row = letter.row
    _require_waiting(letter)
    day = office_day(row["received_at"])
    told = {
        "subject": row["subject"] or _NO_SUBJECT,
        "correspondent": request.correspondent or sender_in_directory(work, letter),
        "their_date": min(office_day(row["sent_at"] or work.now), day),
        "received_on": day,
        "delivery": DELIVERY,
        "files": letter_files(work, letter),
    }
    registered = register_waiting(work, request, told)
    _decide(work, letter, IntakeState.REGISTERED, registered.id)
    if row["signs"]:
        warning = _("It looks like a citizen's appeal; no term of 59-FZ has begun.")
        return warned(registered, warning)
    return registered


def attach_letter(work: Work, request: AttachLetter) -> FilesAdded:
    """Add a letter and its files to a card. Raises `LetterDecided`, `OfficialUseFile`."""
    letter = find_letter(work, request.letter)
    _require_waiting(letter)
    document = find_document(work, request.document)
    known = {file.id for file in list_files(work, ListFiles(document=str(document.id))).rows}
    warnings = attach_files(work, document, letter_files(work, letter))
    reindex_document(work, document)
    _decide(work, letter, IntakeState.ATTACHED, document.id)
    rows = list_files(work, ListFiles(document=str(document.id))).rows
    return FilesAdded(rows=[row for row in rows if row.id not in known], warnings=warnings)


def drop_letter(work: Work, request: DropLetter) -> LetterDropped:
    """Leave a letter unregistered. Raises `ReasonNeeded`, `LetterDecided`."""
    letter = find_letter(work, request.letter)
    # what could not be taken is put aside in the same way
    _require_waiting(letter, IntakeState.REFUSED)
    reason = work.options.reason
    if not reason:
        raise ReasonNeeded(field="reason", what=_("Leaving a letter unregistered"))
    _decide(work, letter, IntakeState.DROPPED, None)
    return LetterDropped(id=letter.id, state=IntakeState.DROPPED, reason=reason)


def _enclosures(work: Work, letter: StoredLetter) -> list[LetterFile]:
    files = work.db.execute(
        select(*map(col, (_F.name, _F.size, _F.media_type, _F.sha256)))
        .where(col(_F.letter_id) == letter.id)
        .order_by(col(_F.position))
    ).mappings()
    found = [LetterFile.model_validate(dict(file)) for file in files]
    return found or _itself(letter)


def _itself(letter: StoredLetter) -> list[LetterFile]:
    """Return the letter as its only file, unless it was too large: of that its head is kept."""
    row = letter.row
    if row["raw_sha256"] is None or row["size"] > MOST_BYTES:
        return []
    return [
        LetterFile(
            name=name_of_letter(row),
            size=row["size"],
            media_type=MEDIA_TYPE,
            sha256=row["raw_sha256"],
        )
    ]


def _require_waiting(letter: StoredLetter, *other: IntakeState) -> None:
    state = letter.row["state"]
    if state not in {IntakeState.WAITING, *other}:
        raise LetterDecided(
            field="letter", state=_(INTAKE_TITLES[state]), letter=short_id(letter.id)
        )


def _decide(work: Work, letter: StoredLetter, state: IntakeState, document: UUID | None) -> None:
    """Take the letter out of the queue; of two who do it at once the second is refused."""
    before = letter.row["state"]
    changed = work.db.scalar(
        update(_L)
        .where(col(_L.id) == letter.id, col(_L.state) == before)
        .values(
            state=state.value,
            document_id=document,
            decided_at=work.now,
            decided_by=work.actor.employee_id,
            reason=work.options.reason if state is IntakeState.DROPPED else None,
        )
        .returning(col(_L.id))
    )
    if changed is None:
        raise LetterDecided(
            field="letter", state=_(INTAKE_TITLES[state]), letter=short_id(letter.id)
        )
    told = {"state": state.value, "document": str(document) if document else None}
    work.record("decide", "intake_letter", letter.id, {"state": before}, told)


def _listed(row: Any) -> LetterRow:
    values = {name: getattr(row, name) for name in ("id", "state", "received_at", "sender_name")}
    values |= {name: getattr(row, name) for name in ("sender", "subject", "files")}
    values["reason"] = told_refusal(row.reason)
    return LetterRow(**values, short_id=short_id(row.id), looks_like_appeal=bool(row.signs))
