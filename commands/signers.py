"""The key of a verb: its options, and the PIN, which a terminal asks for once."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import KeyPasswordNeeded
from sed_tui.gateway.disk_files import opened
from sed_tui.gateway.key_sources import open_key
from sed_tui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from commands.session import Session
    from sed_tui.gateway.batch_signing import FileSigner
    from sed_tui.gateway.key_sources import KeySource


def signer_of(session: Session, source: KeySource, pin_file: Path | None) -> FileSigner:
    """Return what signs by the options of a verb. Raises what `open_key` raises."""
    pin = _given_pin(pin_file)
    return open_key(session.gateway, source, session.settings.cryptography, pin, _asked_pin)


def _asked_pin() -> str:
    if not sys.stdin.isatty():
        raise KeyPasswordNeeded(field="pin_file")
    return getpass.getpass(_("PIN of the key: "))


def _given_pin(path: Path | None) -> str | None:
    if path is None:
        return None
    if str(path) == "-":
        return sys.stdin.readline().rstrip("\r\n")
    with opened(path) as source:
        return source.read().decode().rstrip("\r\n")
