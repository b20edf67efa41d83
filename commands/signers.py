"""What documents are signed with: a key of a file, or an external command. All of it stays here."""

from __future__ import annotations

import getpass
import sys
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import KeyPasswordNeeded
from sed_tui.errors.signing import NoCertificateOfKey, NoKeyNamed
from sed_tui.gost.certificates import Certificate, read_certificate, read_certificates
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.command import TEMPLATES, CommandSigner
from sed_tui.gost.keys import read_private_key
from sed_tui.gost.pfx import is_pfx, read_pfx
from sed_tui.gost.providers.choice import provider_named
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from commands.session import Session
    from sed_tui.gateway.batch_signing import FileSigner
    from sed_tui.gost.providers.protocol import Provider
    from sed_tui.gost.signature import PrivateKey

    Opened = TypeVar("Opened")


def signer_of(
    session: Session,
    key: Path | None,
    certificate: Path | None,
    command: str | None,
    thumbprint: str | None,
    pin_file: Path | None,
) -> FileSigner:
    """Return what signs by the options of a verb; the PIN is asked for once.

    Raises `NoKeyNamed`, `NoCertificateOfKey`, and what reading keys raises.
    """
    provider = provider_named(session.settings.cryptography)
    pin = _given_pin(pin_file)
    if key is not None:
        return _key_signer(session, key, certificate, pin, provider)
    if command is None or thumbprint is None:
        raise NoKeyNamed(field="key" if command is None else "thumbprint")
    template = TEMPLATES.get(command, command)
    if pin is None and "{pin}" in template:
        pin = _asked_pin()
    cleaned = thumbprint.replace(" ", "").replace(":", "")
    return CommandSigner(template, cleaned, provider, pin)


def _key_signer(
    session: Session, path: Path, certificate: Path | None, pin: str | None, provider: Provider
) -> KeySigner:
    content = _bytes(path)
    if is_pfx(content):
        held = _opened(lambda word: read_pfx(content, word, provider), pin)
        own, *chain = (*held.certificates, *_named(certificate))
        return KeySigner(held.key, own, provider, chain)
    key = _opened(lambda word: read_private_key(content, word, provider), pin)
    known = _named(certificate) or _own(session)
    fitting = _fitting(key, known, provider)
    if not fitting:
        raise NoCertificateOfKey(path=str(path))
    return KeySigner(key, fitting[0], provider)


def _fitting(
    key: PrivateKey, certificates: Sequence[Certificate], provider: Provider
) -> list[Certificate]:
    """Return the certificates of a key, the one that lasts longest first."""
    point = key.public(provider).point
    found = [one for one in certificates if one.key is not None and one.key.point == point]
    return sorted(found, key=lambda one: one.not_after, reverse=True)


def _opened(read: Callable[[str | None], Opened], pin: str | None) -> Opened:
    """Open a key; only one that is encrypted is worth a question."""
    try:
        return read(pin)
    except KeyPasswordNeeded:
        return read(_asked_pin())


def _asked_pin() -> str:
    if not sys.stdin.isatty():
        raise KeyPasswordNeeded(field="pin_file")
    return getpass.getpass(_("PIN of the key: "))


def _given_pin(path: Path | None) -> str | None:
    if path is None:
        return None
    text = sys.stdin.readline() if str(path) == "-" else _bytes(path).decode()
    return text.rstrip("\r\n")


def _named(path: Path | None) -> list[Certificate]:
    return read_certificates(_bytes(path)) if path else []


def _own(session: Session) -> list[Certificate]:
    from sed_tui.operations.certificate import LIST, ListCertificates
    from sed_tui.operations.session import SHOW, ShowSession

    login = session.gateway.call(SHOW, ShowSession()).login
    rows = session.gateway.call(LIST, ListCertificates(employee=login)).rows
    return [read_certificate(b64decode(row.content)) for row in rows]


def _bytes(path: Path) -> bytes:
    from commands.saved_file import opened

    with opened(path) as source:
        return source.read()
