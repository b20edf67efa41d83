"""What documents are signed with: a key of a file, or an external command. All of it stays here."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import KeyPasswordNeeded
from sed_tui.errors.signing import NoCertificateOfKey, NoKeyNamed, TooManyPins
from sed_tui.gateway.disk_files import opened
from sed_tui.gost.certificates import Certificate, read_certificate, read_certificates
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.command import TEMPLATES, CommandSigner
from sed_tui.gost.keys import read_private_key
from sed_tui.gost.pfx import is_pfx, read_pfx
from sed_tui.gost.providers.choice import provider_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import TypeVar

    from sed_tui.gateway import Gateway
    from sed_tui.gateway.batch_signing import FileSigner
    from sed_tui.gost.providers.protocol import Provider
    from sed_tui.gost.signature import PrivateKey

    Opened = TypeVar("Opened")

MOST_PINS = 3
"""Wrong PINs after which a key is let alone: tokens lock themselves after five to ten."""


@dataclass(frozen=True, slots=True)
class KeySource:
    """Where a key is: a file, or a command with the SHA-1 of its certificate."""

    key: Path | None = None
    certificate: Path | None = None
    command: str | None = None
    thumbprint: str | None = None


class PinTries:
    """Wrong PINs of each key since the last right one."""

    def __init__(self) -> None:
        self._wrong: dict[KeySource, int] = {}

    def left(self, source: KeySource) -> int:
        """Return how many tries are left."""
        return MOST_PINS - self._wrong.get(source, 0)

    def require(self, source: KeySource) -> None:
        """Refuse a key that too many wrong PINs were tried on. Raises `TooManyPins`."""
        if self.left(source) <= 0:
            raise TooManyPins(most=MOST_PINS)

    def wrong(self, source: KeySource) -> None:
        """Count a wrong one."""
        self._wrong[source] = self._wrong.get(source, 0) + 1

    def right(self, source: KeySource) -> None:
        """Begin to count anew."""
        self._wrong.pop(source, None)


def open_key(
    gateway: Gateway,
    source: KeySource,
    cryptography: str,
    pin: str | None,
    ask: Callable[[], str],
) -> FileSigner:
    """Return what signs with a key; `ask` is called once, where a PIN is wanted and not given.

    Raises `NoKeyNamed`, `NoCertificateOfKey`, and what reading keys raises.
    """
    provider = provider_named(cryptography)
    if source.key is not None:
        known = _named(source.certificate)
        return _key_signer(gateway, source.key, known, provider, _Lock(pin, ask))
    if source.command is None or source.thumbprint is None:
        raise NoKeyNamed(field="key" if source.command is None else "thumbprint")
    template = TEMPLATES.get(source.command, source.command)
    if pin is None and "{pin}" in template:
        pin = ask()
    cleaned = source.thumbprint.replace(" ", "").replace(":", "")
    return CommandSigner(template, cleaned, provider, pin)


@dataclass(frozen=True)
class _Lock:
    """A PIN that may have been given, and where it comes from when it is wanted."""

    pin: str | None
    ask: Callable[[], str]

    def opened(self, read: Callable[[str | None], Opened]) -> Opened:
        """Open a key; only one that is encrypted is worth a question."""
        try:
            return read(self.pin)
        except KeyPasswordNeeded:
            return read(self.ask())


def _key_signer(
    gateway: Gateway, path: Path, known: list[Certificate], provider: Provider, lock: _Lock
) -> KeySigner:
    content = _bytes(path)
    if is_pfx(content):
        held = lock.opened(lambda word: read_pfx(content, word, provider))
        own, *chain = (*held.certificates, *known)
        return KeySigner(held.key, own, provider, chain)
    key = lock.opened(lambda word: read_private_key(content, word, provider))
    fitting = _fitting(key, known or _own(gateway), provider)
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


def _named(path: Path | None) -> list[Certificate]:
    return read_certificates(_bytes(path)) if path else []


def _own(gateway: Gateway) -> list[Certificate]:
    from sed_tui.operations.certificate import LIST, ListCertificates
    from sed_tui.operations.session import SHOW, ShowSession

    login = gateway.call(SHOW, ShowSession()).login
    rows = gateway.call(LIST, ListCertificates(employee=login)).rows
    return [read_certificate(b64decode(row.content)) for row in rows]


def _bytes(path: Path) -> bytes:
    with opened(path) as source:
        return source.read()
