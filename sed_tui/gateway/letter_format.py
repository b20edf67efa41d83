"""A letter of the outbox as the bytes that a mail server takes."""

from __future__ import annotations

from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING

from sed_tui.domain.mail import header_text

if TYPE_CHECKING:
    from sed_tui.mail_settings import MailServer
    from sed_tui.storage.outbox import ClaimedLetter

_LINE = 76
# seven bits pass every server; lines are folded to what the standard allows
_POLICY = policy.SMTP.clone(cte_type="7bit", max_line_length=_LINE)


def letter_bytes(letter: ClaimedLetter, recipient: str, server: MailServer) -> bytes:
    """Return the letter in the format of mail."""
    message = EmailMessage(_POLICY)
    message.set_content(letter.body)
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html")
    for attachment in letter.attachments:
        main, _slash, sub = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.content, maintype=main, subtype=sub, filename=header_text(attachment.name)
        )
    headers = {
        "From": _sender(server),
        "To": recipient,
        "Subject": encoded_header("Subject", letter.subject),
        "Date": format_datetime(letter.created_at),
        "Message-ID": f"<{letter.message_id}>",
        # no holiday notice answers it
        "Auto-Submitted": "auto-generated",
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return lines.encode("ascii") + message.as_bytes()


def encoded_header(name: str, text: str) -> str:
    """Return text as it stands in a header: one line of words, folded by the rules of mail."""
    # the newer classes of the library lose spaces between encoded words of a long subject
    plain = header_text(text)
    header = Header(plain, "us-ascii" if plain.isascii() else "utf-8", header_name=name)
    return header.encode(maxlinelen=_LINE, linesep="\r\n")


def _sender(server: MailServer) -> str:
    name = header_text(server.sender_name)
    if name.isascii():
        return formataddr((name, server.sender))
    return f"{encoded_header('From', name)} <{server.sender}>"
