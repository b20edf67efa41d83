"""Documents by mail: whom they may go to, how large a letter may be, what stands in it."""

from __future__ import annotations

import re
from enum import StrEnum
from string import Formatter
from typing import TYPE_CHECKING

from sed_tui.domain.contacts import checked_email
from sed_tui.domain.mail import ascii_address, header_text
from sed_tui.errors.mailing import BadLetterTemplate, NobodyToMailTo, NotMailable
from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LETTER_LIMIT = 25 * 1024 * 1024
"""Bytes of a letter as it travels: what most mail servers take at most."""
MOST_DOCUMENTS = 200
FIELDS = frozenset(
    {"number", "day", "subject", "kind", "count", "list", "organization", "sender", "links"}
)
_SUBJECT_LIMIT = 250
_MIB = 1024 * 1024


class Way(StrEnum):
    """How documents leave: our mail server, the user's mail program, a file, or as links."""

    SMTP = "smtp"
    CLIENT = "client"
    EML = "eml"


WAY_TITLES: dict[str, str] = {
    Way.SMTP: N_("by our mail server"),
    Way.CLIENT: N_("in the mail program"),
    Way.EML: N_("as a file of a letter"),
}


def checked_recipients(addresses: Iterable[str], *, needed: bool) -> list[str]:
    """Return addresses that mail servers take, each once, several in one text taken apart.

    A Cyrillic domain is possible, a Cyrillic name before @ is not. Raises
    `NobodyToMailTo`, `BadEmail`, `NotMailable`.
    """
    found: dict[str, str] = {}
    for text in addresses:
        for part in re.split(r"[,;]", text):
            address = checked_email(part, "to")
            if address is None:
                continue
            if ascii_address(address) is None:
                raise NotMailable(field="to", address=address)
            found.setdefault(address.casefold(), address)
    if needed and not found:
        raise NobodyToMailTo(field="to")
    return list(found.values())


def is_foreign_domain(address: str) -> bool:
    """Tell whether the domain has other than Latin letters: some servers refuse these."""
    return not address.rpartition("@")[2].isascii()


def travelling_size(size: int) -> int:
    """Return how many bytes a file becomes in a letter: base64 in lines of 76 characters."""
    encoded = -(-size // 3) * 4
    return encoded + -(-encoded // 76) * 2


def mebibytes(size: int) -> str:
    """Return a size in MiB for people, never 0."""
    return f"{max(size / _MIB, 0.1):.1f}"


def letters_of(sizes: Mapping[str, int], limit: int = LETTER_LIMIT) -> list[list[str]] | None:
    """Return the files put into as few letters as their order allows, None where one is too big."""
    letters: list[list[str]] = []
    room = 0
    for name, size in sizes.items():
        needed = travelling_size(size)
        if needed > limit:
            return None
        if needed > room or not letters:
            letters.append([])
            room = limit
        letters[-1].append(name)
        room -= needed
    return letters


def filled(template: str, values: Mapping[str, str], field: str) -> str:
    """Return a template with its fields filled in. Raises `BadLetterTemplate`."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        raise BadLetterTemplate(field=field, names=_names()) from None
    words = []
    for text, name, form, conversion in parts:
        words.append(text)
        if name is None:
            continue
        # a field alone: attributes and formats would let a template reach into the program
        if name not in FIELDS or form or conversion:
            raise BadLetterTemplate(field=field, names=_names())
        words.append(values.get(name, ""))
    return "".join(words)


def subject_line(text: str) -> str:
    """Return the subject of a letter on one line, whatever was typed or stands in the card."""
    return header_text(text)[:_SUBJECT_LIMIT]


def _names() -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(FIELDS))
