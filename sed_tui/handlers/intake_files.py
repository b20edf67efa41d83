"""The files of a letter as a card takes them, and its sender as the directory knows him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.clock import office_day
from sed_tui.domain.files import FileRole, TextState, role_by_name
from sed_tui.domain.mailed_name import safe_words
from sed_tui.handlers.waiting_letter import staged_again
from sed_tui.operations.file import FileContent
from sed_tui.storage.files import Description
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.intake import IntakeFileTable

if TYPE_CHECKING:
    from sed_tui.handlers.intake_search import StoredLetter
    from sed_tui.handlers.work import Work

_F, _C = IntakeFileTable, CorrespondentTable
MEDIA_TYPE = "message/rfc822"
_SUBJECT = 60


def letter_files(work: Work, letter: StoredLetter) -> tuple[FileContent, ...]:
    """Return the files of a letter, and the letter itself: the main one where it has no other."""
    rows = work.db.execute(
        select(*map(col, (_F.name, _F.sha256, _F.media_type, _F.text_state, _F.text)))
        .where(col(_F.letter_id) == letter.id)
        .order_by(col(_F.position))
    ).all()
    contents = []
    for place, row in enumerate(rows):
        known = Description(row.media_type, TextState(row.text_state), row.text)
        token = _staged(work, row.sha256, known)
        role = role_by_name(row.name, is_first=place == 0)
        contents.append(FileContent(name=row.name, token=token, role=role))
    raw = letter.row["raw_sha256"]
    if raw is not None:
        state = TextState.READ if letter.row["body"] else TextState.NONE
        token = _staged(work, raw, Description(MEDIA_TYPE, state, letter.row["body"]))
        role = FileRole.ANNEX if contents else FileRole.MAIN
        contents.append(FileContent(name=name_of_letter(letter.row), token=token, role=role))
    return tuple(contents)


def sender_in_directory(work: Work, letter: StoredLetter) -> str:
    """Return the id of the one correspondent with the sender's address, else the sender's name."""
    return _sender(work, letter, _C.id)


def correspondent_named(work: Work, letter: StoredLetter) -> str:
    """Return how the one correspondent with the sender's address, else the sender is called."""
    return _sender(work, letter, _C.name)


def name_of_letter(row: dict[str, Any]) -> str:
    """Return how the letter itself is called as a file."""
    words = safe_words(row["subject"])[:_SUBJECT].strip() or "письмо"
    return f"{office_day(row['received_at']):%Y-%m-%d} {words}.eml"


def _sender(work: Work, letter: StoredLetter, told: Any) -> str:
    address = letter.row["sender"]
    found = work.db.scalars(
        select(col(told))
        .where(
            col(_C.organization_id) == work.organization_id,
            col(_C.email) == address,
            col(_C.state) == "active",
        )
        .limit(2)
    ).all()
    return str(found[0]) if len(found) == 1 else letter.row["sender_name"] or address


def _staged(work: Work, sha256: str, description: Description) -> str:
    token = staged_again(work, sha256).token
    work.files.describe(token, description)
    return token
