"""Letters that handlers promise: written with the change they tell of, sent after its commit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sed_tui.domain.mail import LetterState, header_text
from sed_tui.storage.outbox import Attachment, store_letter, store_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.work import Work

_KEY_LIMIT, _SUBJECT_LIMIT = 200, 500


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one address; `key` is what makes it the same letter and forbids a second.

    The subject and the body must hold nothing of an official-use-only document.
    """

    key: str
    recipient: str
    subject: str
    body: str
    employee_id: UUID | None = None
    attachments: tuple[Attachment, ...] = ()


def post(work: Work, letter: Letter) -> UUID | None:
    """Put a letter into the outbox; return None where the same one is there already."""
    values = _values(work, letter)
    created: UUID = values["id"]
    return created if store_letter(work.db, values, letter.attachments) else None


def post_all(work: Work, letters: Sequence[Letter]) -> list[UUID | None]:
    """Put letters without attachments into the outbox at once, each as `post` does."""
    rows = [_values(work, letter) for letter in letters]
    stored = store_letters(work.db, rows)
    return [row["id"] if row["id"] in stored else None for row in rows]


def _values(work: Work, letter: Letter) -> dict[str, Any]:
    if len(letter.key) > _KEY_LIMIT:
        raise ValueError("a key of a letter is too long")
    created = uuid4()
    return {
        "id": created,
        "organization_id": work.organization_id,
        "key": letter.key,
        "recipient": letter.recipient,
        "employee_id": letter.employee_id,
        "subject": header_text(letter.subject)[:_SUBJECT_LIMIT],
        "body": letter.body,
        "message_id": f"{created}@sed-tui.invalid",
        "state": LetterState.PENDING.value,
        "attempts": 0,
        "created_at": work.now,
        "next_at": work.now,
    }
