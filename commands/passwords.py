"""Asking for a password: without an echo on a terminal, or as a line of standard input."""

from __future__ import annotations

import getpass
import sys

from sed_tui.errors.identity import PasswordsDiffer
from sed_tui.errors.usage import NeedsTerminal
from sed_tui.i18n import _


def password_from(*, stdin: bool, command: str, twice: bool = False) -> str:
    """Return a password. Raises `NeedsTerminal` where there is nobody to ask."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise NeedsTerminal(command=command)
    password = getpass.getpass(_("Password: "))
    if twice and getpass.getpass(_("Once more: ")) != password:
        raise PasswordsDiffer(field="password")
    return password


def current_password(*, stdin: bool) -> str | None:
    """Return the password of before, or None where there is nobody to ask."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(_("Current password: ")) if sys.stdin.isatty() else None
