"""PFX (PKCS#12): a key and its certificates in one file, as openssl, GnuTLS and TC 26 write it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import (
    CryptoProContainer,
    KeyPasswordNeeded,
    KeyProtectionUnknown,
    NotAKey,
    WrongKeyPassword,
)
from sed_tui.gost import asn1, der
from sed_tui.gost.asn1 import Malformed
from sed_tui.gost.certificates import Certificate, parse
from sed_tui.gost.containers import der_of
from sed_tui.gost.identifiers import DIGESTS
from sed_tui.gost.keys import read_pkcs8
from sed_tui.gost.pbes2 import CRYPTOPRO_PBE, NewHash, decrypt, iterations, pbkdf2, streebog
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.gost.asn1 import Element
    from sed_tui.gost.providers.protocol import Provider
    from sed_tui.gost.signature import PrivateKey

_DATA, _ENCRYPTED_DATA = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.6"
_KEY, _SHROUDED_KEY, _CERTIFICATE = (f"1.2.840.113549.1.12.10.1.{n}" for n in (1, 2, 3))
_X509 = "1.2.840.113549.1.9.22.1"
_EXPLICIT, _IMPLICIT_OCTETS = 0xA0, 0x80
_MAC_KEY = 3  # what the derived octets are for (RFC 7292, B.3)
_SHA = {"1.3.14.3.2.26": "sha1", "2.16.840.1.101.3.4.2.1": "sha256"}
_TC26_DERIVED, _TC26_USED = 96, 32


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a PFX holds; the certificate of the key comes first."""

    key: PrivateKey
    certificates: tuple[Certificate, ...]


@dataclass(slots=True)
class _Found:
    keys: list[PrivateKey] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)


def is_pfx(data: bytes) -> bool:
    """Tell whether the bytes look like a PFX and not like PKCS#8."""
    try:
        parts = asn1.read(der_of(data)).parts(least=2)
        return parts[0].integer() == 3 and parts[1].tag == asn1.SEQUENCE  # noqa: PLR2004
    except Malformed:
        return False


def read_pfx(data: bytes, password: str | None, provider: Provider) -> KeyFile:
    """Open a PFX.

    Raises `NotAKey`, `KeyPasswordNeeded`, `WrongKeyPassword`, `KeyProtectionUnknown`,
    `CryptoProContainer` and `Malformed`.
    """
    with asn1.failing_as(NotAKey):
        _version, safe, *mac = asn1.read(der_of(data)).parts(least=2)
        content = _explicit_octets(safe)
        if der.identifier(CRYPTOPRO_PBE) in content:
            raise CryptoProContainer()
        if password is None:
            raise KeyPasswordNeeded()
        found = _Found()
        if mac:
            _check_mac(mac[0], content, password, provider)
        for bags in _safes(content, password, provider):
            _take(bags, password, provider, found)
        if not found.keys:
            raise Malformed(_("there is no key in it"))
        return _ordered(found, provider)


def _safes(content: bytes, password: str, provider: Provider) -> Iterator[bytes]:
    for info in asn1.read(content).parts():
        kind = info.parts(least=2)[0].identifier()
        if kind == _DATA:
            yield _explicit_octets(info)
        elif kind == _ENCRYPTED_DATA:
            data = info.children()[1].only(_EXPLICIT).parts(least=2)[1]
            _kind, algorithm, encrypted = data.parts(least=3)[:3]
            text = encrypted.octets(_IMPLICIT_OCTETS)
            yield decrypt(algorithm, text, password, provider)


def _take(bags: bytes, password: str, provider: Provider, found: _Found) -> None:
    for bag in asn1.read(bags).parts():
        kind, holder = bag.parts(least=2)[:2]
        value = holder.expect(_EXPLICIT).content
        if kind.identifier() in (_KEY, _SHROUDED_KEY):
            found.keys.append(read_pkcs8(value, password, provider))
        elif kind.identifier() == _CERTIFICATE:
            form, inside = asn1.read(value).parts(least=2)[:2]
            if form.identifier() == _X509:
                octets = inside.only(_EXPLICIT).octets()
                found.certificates.append(parse(octets))


def _ordered(found: _Found, provider: Provider) -> KeyFile:
    key = found.keys[0]
    point = key.public(provider).point
    certificates = sorted(
        found.certificates, key=lambda one: one.key is None or one.key.point != point
    )
    return KeyFile(key, tuple(certificates))


def _check_mac(mac: Element, content: bytes, password: str, provider: Provider) -> None:
    info, salt, *count = mac.parts(least=2)
    algorithm, expected = info.parts(least=2)[:2]
    kind = algorithm.parts(least=1)[0].identifier()
    times = iterations(count[0], of_streebog=kind in DIGESTS) if count else 1
    salted = salt.octets()
    if kind in DIGESTS:
        new = streebog(provider, DIGESTS[kind])
        keys = [_tc26_key(password, salted, times, provider)]
    elif kind in _SHA:
        new, keys = partial(hashlib.new, _SHA[kind]), []
    else:
        raise KeyProtectionUnknown(algorithm=kind)
    keys.append(_key(new, password, salted, times))
    if not any(
        hmac.compare_digest(hmac.new(key, content, new).digest(), expected.octets()) for key in keys
    ):
        raise WrongKeyPassword()


def _tc26_key(password: str, salt: bytes, times: int, provider: Provider) -> bytes:
    """Derive the key as R 50.1.112-2016 does: the last third of 96 octets."""
    new = streebog(provider, 512)
    return pbkdf2(new, password.encode(), salt, times, _TC26_DERIVED)[-_TC26_USED:]


def _key(new: NewHash, password: str, salt: bytes, times: int) -> bytes:
    """Derive a key as RFC 7292, appendix B does; one digest is enough for a MAC."""
    block = new(b"").block_size
    secret = (password + "\0").encode("utf-16-be")
    stretched = _stretched(salt, block) + _stretched(secret, block)
    key = bytes(new(bytes((_MAC_KEY,)) * block + stretched).digest())
    for _turn in range(times - 1):
        key = bytes(new(key).digest())
    return key


def _stretched(value: bytes, block: int) -> bytes:
    length = -(-len(value) // block) * block
    return (value * (length // len(value) + 1))[:length] if value else b""


def _explicit_octets(info: Element) -> bytes:
    kind, holder = info.parts(least=2)[:2]
    if kind.identifier() != _DATA:
        raise Malformed(_("its protection is not by a password"))
    return holder.only(_EXPLICIT).octets()
