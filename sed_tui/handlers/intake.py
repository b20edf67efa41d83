"""Letters of electronic mail taken in: read before the turn to write, kept in one step."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.appeal_signs import appeal_signs
from sed_tui.domain.intake import IntakeState, TakingOutcome
from sed_tui.domain.received_letter import (
    MOST_BYTES,
    TOO_LARGE,
    ReceivedLetter,
    UnreadableLetter,
    read_letter,
    told_refusal,
)
from sed_tui.domain.text import clean, folded
from sed_tui.i18n import _
from sed_tui.operations.intake import LetterTaken, MailboxPlace, ReadMailboxPlace, TakeLetter
from sed_tui.storage.extraction import describe
from sed_tui.storage.tables.intake import (
    IntakeFileTable,
    IntakeLetterTable,
    MailboxPlaceTable,
)

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.storage.files import StagedContent

_L, _P = IntakeLetterTable, MailboxPlaceTable
_HEAD = 1024 * 1024
_SOURCE, _SIGNS, _HEADING = 500, 1000, 1100


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter that was read, its files staged; without `letter` it is refused."""

    letter: ReceivedLetter | None
    raw: StagedContent
    files: list[tuple[str, StagedContent]]
    refusal: str | None = None


def plan_take_letter(work: Work, request: TakeLetter) -> ReadLetter:
    """Read the letter and its files while others go on writing."""
    raw = work.files.staged(request.token)
    is_cut = request.size is not None and request.size > MOST_BYTES
    content = work.files.staged_path(request.token).read_bytes()
    letter, refusal = None, None
    try:
        letter = read_letter(content, headers_alone=is_cut)
    except UnreadableLetter as error:
        refusal = str(error)
        with suppress(UnreadableLetter):  # who sent it can often be told all the same
            letter = read_letter(content[:_HEAD], headers_alone=True)
    if is_cut:
        refusal = TOO_LARGE
    files = []
    wanted = letter.files if letter is not None and refusal is None else ()
    if letter is not None and wanted and _find(work, letter.digest) is not None:
        wanted = ()  # it is there already: nothing of it is read a second time
    for file in wanted:
        staged = work.files.stage(BytesIO(file.content))
        path = work.files.staged_path(staged.token)
        work.files.describe(staged.token, describe(path, staged.description.media_type))
        files.append((file.name, work.files.staged(staged.token)))
    return ReadLetter(letter, raw, files, refusal)


def take_letter(work: Work, request: TakeLetter) -> LetterTaken:
    """Keep a letter that was read, and how far its mailbox is read; nothing is kept twice."""
    plan: ReadLetter = work.plan
    row = _row(work, request, plan)
    upsert = sqlite.insert if work.db.dialect.name == "sqlite" else postgresql.insert
    stored = work.db.scalar(
        upsert(_L)
        .values(**row)
        .on_conflict_do_nothing(index_elements=["organization_id", "digest"])
        .returning(col(_L.id))
    )
    if request.mailbox is not None:
        _advance(work, request)
    if stored is None:
        known = _find(work, row["digest"]) or row["id"]
        return _answer(row, known, TakingOutcome.ALREADY)
    warnings = _doubts(work, row)
    _store_files(work, row["id"], plan)
    told = {name: row[name] for name in ("source", "sender", "subject", "state", "reason")}
    work.record("take", "intake_letter", row["id"], None, {**told, "files": len(plan.files)})
    outcome = TakingOutcome.REFUSED if plan.refusal else TakingOutcome.TAKEN
    return _answer(row, row["id"], outcome, len(plan.files), warnings)


def read_mailbox_place(work: Work, request: ReadMailboxPlace) -> MailboxPlace:
    """Return how far a mailbox was read."""
    row = work.db.execute(
        select(*map(col, (_P.validity, _P.last_uid, _P.read_at))).where(
            col(_P.organization_id) == work.organization_id, col(_P.mailbox) == request.mailbox
        )
    ).one_or_none()
    if row is None:
        return MailboxPlace(mailbox=request.mailbox)
    return MailboxPlace(mailbox=request.mailbox, **row._mapping)


def _row(work: Work, request: TakeLetter, plan: ReadLetter) -> dict[str, Any]:
    letter = plan.letter
    # of a letter that could not be read, its own bytes are its identity
    digest = letter.digest if letter is not None and not plan.refusal else plan.raw.sha256
    signs = appeal_signs(letter.subject, letter.body, letter.sender) if letter else []
    heading = (letter.sender_name, letter.sender, letter.subject) if letter else ()
    received = request.received_at or (letter.sent_at if letter else None) or work.now
    return {
        "id": uuid4(),
        "organization_id": work.organization_id,
        "digest": digest,
        "message_id": letter.message_id if letter else None,
        "source": clean(request.source, "source", limit=_SOURCE),
        "state": (IntakeState.REFUSED if plan.refusal else IntakeState.WAITING).value,
        "reason": plan.refusal,
        "sender_name": letter.sender_name if letter else "",
        "sender": letter.sender if letter else "",
        "recipients": letter.to if letter else "",
        "subject": letter.subject if letter else "",
        "body": letter.body if letter else "",
        "folded_heading": folded(" ".join(heading))[:_HEADING],
        "refers_to": "\n".join(letter.references) if letter else "",
        "signs": "\n".join(signs)[:_SIGNS],
        "size": request.size or plan.raw.size,
        "raw_sha256": plan.raw.sha256,
        "sent_at": letter.sent_at if letter else None,
        # a sender's clock may be of any year; nothing is received in the future
        "received_at": min(received, work.now),
        "taken_at": work.now,
        "taken_by": work.actor.employee_id,
    }


def _store_files(work: Work, letter_id: UUID, plan: ReadLetter) -> None:
    rows = [
        {
            "letter_id": letter_id,
            "position": place,
            "organization_id": work.organization_id,
            "name": name,
            "sha256": staged.sha256,
            "size": staged.size,
            "media_type": staged.description.media_type,
            "text_state": staged.description.text_state.value,
            "text": staged.description.text,
        }
        for place, (name, staged) in enumerate(plan.files, start=1)
    ]
    if rows:
        work.db.execute(insert(IntakeFileTable), rows)
    for content in (plan.raw, *(staged for _name, staged in plan.files)):
        work.keep(content)


def _advance(work: Work, request: TakeLetter) -> None:
    """Say that the mailbox was read up to this letter, never back."""
    table = _P
    upsert = sqlite.insert if work.db.dialect.name == "sqlite" else postgresql.insert
    statement = upsert(table).values(
        organization_id=work.organization_id,
        mailbox=request.mailbox,
        validity=request.validity,
        last_uid=request.uid,
        read_at=work.now,
    )
    new = statement.excluded
    work.db.execute(
        statement.on_conflict_do_update(
            index_elements=["organization_id", "mailbox"],
            set_={"validity": new.validity, "last_uid": new.last_uid, "read_at": new.read_at},
            where=or_(col(table.validity) != new.validity, col(table.last_uid) < new.last_uid),
        )
    )


def _find(work: Work, digest: str) -> UUID | None:
    found: UUID | None = work.db.scalar(
        select(col(_L.id)).where(
            col(_L.organization_id) == work.organization_id, col(_L.digest) == digest
        )
    )
    return found


def _doubts(work: Work, row: dict[str, Any]) -> list[str]:
    doubts = []
    if row["message_id"] is not None:
        same = work.db.scalar(
            select(func.count()).where(
                col(_L.organization_id) == work.organization_id,
                col(_L.message_id) == row["message_id"],
                col(_L.id) != row["id"],
            )
        )
        if same:
            doubts.append(_("Another letter with other content carries the same Message-ID."))
    if row["signs"]:
        doubts.append(_("It looks like a citizen's appeal; no term has begun."))
    return doubts


def _answer(
    row: dict[str, Any],
    letter_id: UUID,
    outcome: TakingOutcome,
    files: int = 0,
    warnings: list[str] | None = None,
) -> LetterTaken:
    return LetterTaken(
        id=letter_id,
        outcome=outcome,
        sender=row["sender"],
        subject=row["subject"],
        files=files,
        reason=told_refusal(row["reason"]),
        warnings=warnings or [],
    )
