"""Asking for a password: without an echo on a terminal, or as a line of standard input."""

from __future__ import annotations

import getpass
import sys

from sed_tui.errors.identity import PasswordsDiffer, PasswordUnread
from sed_tui.errors.usage import NobodyToAsk
from sed_tui.i18n import _


def password_from(*, stdin: bool, command: str, example: str, twice: bool = False) -> str:
    """Return a password; `example` is how a script gives it.

    Raises `NobodyToAsk` and `PasswordUnread`.
    """
    if stdin:
        return _line()
    if not sys.stdin.isatty():
        raise NobodyToAsk(command=command, example=example)
    password = getpass.getpass(_("Password: "))
    if not password:
        raise PasswordUnread(field="password", reason=_("nothing was typed."))
    if twice and getpass.getpass(_("Once more: ")) != password:
        raise PasswordsDiffer(field="password")
    return password


def current_password(*, stdin: bool) -> str | None:
    """Return the password of before, or None where there is nobody to ask."""
    if stdin:
        return _line()
    return getpass.getpass(_("Current password: ")) if sys.stdin.isatty() else None


def _line() -> str:
    try:
        line = sys.stdin.readline().rstrip("\r\n")
        line.encode()
    except UnicodeError as error:  # bytes that are no UTF-8, as they come or as they go
        raise PasswordUnread(field="password", reason=_("it is no UTF-8.")) from error
    if not line:
        raise PasswordUnread(field="password", reason=_("the line is empty."))
    return line
