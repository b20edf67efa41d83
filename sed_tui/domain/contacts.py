"""Addresses of electronic mail."""

from __future__ import annotations

import re

from sed_tui.domain.text import optional
from sed_tui.errors.correspondents import BadEmail

_LIMIT = 254
# one @, something with a dot after it; Cyrillic names and domains are in use
_EMAIL = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")


def checked_email(value: str | None, field: str = "email") -> str | None:
    """Return an address, None for an empty one. Raises `BadEmail`."""
    email = optional(value, field, limit=_LIMIT)
    if email is not None and not _EMAIL.fullmatch(email):
        raise BadEmail(field=field, value=email)
    return email
