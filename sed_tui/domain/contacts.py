"""How people are written to: addresses of electronic mail, languages."""

from __future__ import annotations

import re
from enum import StrEnum

from sed_tui.domain.text import optional
from sed_tui.errors import Invalid
from sed_tui.errors.correspondents import BadEmail
from sed_tui.i18n import _


class Language(StrEnum):
    """What letters to a person are written in."""

    RUSSIAN = "ru"
    ENGLISH = "en"


_LIMIT = 254
# one @, something with a dot after it; Cyrillic names and domains are in use
_EMAIL = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")


def checked_email(value: str | None, field: str = "email") -> str | None:
    """Return an address, None for an empty one. Raises `BadEmail`."""
    email = optional(value, field, limit=_LIMIT)
    if email is not None and not _EMAIL.fullmatch(email):
        raise BadEmail(field=field, value=email)
    return email


def checked_language(value: str | None, field: str = "language") -> str | None:
    """Return a language as it is stored, None for an empty one. Raises `Invalid`."""
    language = optional(value, field, limit=20)
    if language is None:
        return None
    known = _WRITTEN.get(language.casefold())
    if known is None:
        raise Invalid(field=field, reason=_("ru or en is expected"))
    return known.value


_WRITTEN = {
    "ru": Language.RUSSIAN,
    "русский": Language.RUSSIAN,
    "russian": Language.RUSSIAN,
    "en": Language.ENGLISH,
    "английский": Language.ENGLISH,
    "english": Language.ENGLISH,
}
