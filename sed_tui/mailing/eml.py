"""A letter as a file: a mail program opens it as one that is yet to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING

from sed_tui.domain.mail import ascii_address, header_text
from sed_tui.gateway.letter_format import encoded_header

if TYPE_CHECKING:
    from collections.abc import Sequence

_POLICY = policy.SMTP.clone(cte_type="7bit", max_line_length=76)


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file in a letter."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class UnsentLetter:
    """A letter that a person will look at before it goes."""

    to: Sequence[str]
    subject: str
    body: str
    files: Sequence[LetterFile]


def eml_bytes(letter: UnsentLetter, message_id: str | None = None) -> bytes:
    """Return the letter in the format of mail, marked as unsent; the program adds the sender."""
    message = EmailMessage(_POLICY)
    message.set_content(letter.body)
    for file in letter.files:
        main, _slash, sub = file.media_type.partition("/")
        message.add_attachment(
            file.content, maintype=main, subtype=sub or "octet-stream", filename=file.name
        )
    headers = {
        "To": ", ".join(ascii_address(header_text(one)) or "" for one in letter.to),
        "Subject": encoded_header("Subject", letter.subject),
        "Date": format_datetime(datetime.now(UTC)),
        "Message-ID": message_id or make_msgid(domain="sed-tui.invalid"),
        "X-Unsent": "1",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
    return lines.encode("ascii") + message.as_bytes()
