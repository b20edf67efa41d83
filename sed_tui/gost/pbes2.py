"""Encryption of keys by a password: PBES2 of RFC 8018 with AES, and with GOST 28147-89."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from secrets import token_bytes
from typing import TYPE_CHECKING, Any

from sed_tui.errors.signatures import (
    CryptoProContainer,
    KeyPasswordNeeded,
    KeyProtectionUnknown,
    WrongKeyPassword,
)
from sed_tui.gost import asn1, der
from sed_tui.gost.cipher28147 import SUBSTITUTIONS, decrypt_cfb

if TYPE_CHECKING:
    from sed_tui.gost.asn1 import Element
    from sed_tui.gost.providers.protocol import Hash, Provider

_PBES2, _PBKDF2 = "1.2.840.113549.1.5.13", "1.2.840.113549.1.5.12"
CRYPTOPRO_PBE = "1.2.840.113549.1.12.1.80"
_HMAC_SHA1, _HMAC_SHA256 = "1.2.840.113549.2.7", "1.2.840.113549.2.9"
_AES_256_CBC, _AES_128_CBC = "2.16.840.1.101.3.4.1.42", "2.16.840.1.101.3.4.1.2"
_AES_KEYS = {_AES_256_CBC: 32, "2.16.840.1.101.3.4.1.22": 24, _AES_128_CBC: 16}
_GOST_28147 = "1.2.643.2.2.21"
_GOST_KEY = 32
_SHA = {
    _HMAC_SHA1: "sha1",
    _HMAC_SHA256: "sha256",
    "1.2.840.113549.2.10": "sha384",
    "1.2.840.113549.2.11": "sha512",
}
_STREEBOG = {"1.2.643.7.1.1.4.1": 256, "1.2.643.7.1.1.4.2": 512}
_ITERATIONS = 600_000  # a third of a second for whoever guesses passwords
# a file must not keep anybody busy for hours
_MOST_ITERATIONS = 5_000_000
_MOST_OF_STREEBOG = 200_000
_BLOCK = 16
NewHash = Callable[..., Any]  # hmac and hashlib have no name for their common type


def decrypt(algorithm: Element, data: bytes, password: str | None, provider: Provider) -> bytes:
    """Open what is encrypted; the algorithm is an AlgorithmIdentifier.

    Raises `CryptoProContainer`, `KeyPasswordNeeded`, `KeyProtectionUnknown`.
    """
    name, *parameters = algorithm.parts(least=1)
    scheme = name.identifier()
    if scheme == CRYPTOPRO_PBE:
        raise CryptoProContainer()
    if scheme != _PBES2 or not parameters:
        raise KeyProtectionUnknown(algorithm=scheme)
    if password is None:
        raise KeyPasswordNeeded()
    derivation, encryption = parameters[0].parts(least=2)[:2]
    kind, settings = encryption.parts(least=2)[:2]
    cipher = kind.identifier()
    if cipher != _GOST_28147 and cipher not in _AES_KEYS:
        raise KeyProtectionUnknown(algorithm=cipher)
    key = _derived(derivation, password, _AES_KEYS.get(cipher, _GOST_KEY), provider)
    return (_open_gost if cipher == _GOST_28147 else _open_aes)(key, settings, data)


def encrypt(data: bytes, password: str) -> tuple[bytes, bytes]:
    """Return the AlgorithmIdentifier and the data encrypted by AES-256."""
    salt, vector = token_bytes(16), token_bytes(_BLOCK)
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ITERATIONS, 32)
    derivation = der.sequence(
        der.octets(salt),
        der.integer(_ITERATIONS),
        der.sequence(der.identifier(_HMAC_SHA256), der.NULL),
    )
    schemes = der.sequence(
        der.sequence(der.identifier(_PBKDF2), derivation),
        der.sequence(der.identifier(_AES_256_CBC), der.octets(vector)),
    )
    added = _BLOCK - len(data) % _BLOCK
    padded = data + bytes((added,)) * added
    return der.sequence(der.identifier(_PBES2), schemes), _aes(key, vector, padded, opening=False)


def pbkdf2(new: NewHash, password: bytes, salt: bytes, iterations: int, length: int) -> bytes:
    """Derive a key by any hash (R 50.1.111-2016 with Streebog)."""
    keyed = hmac.new(password, b"", new)
    found = b""
    while len(found) < length:
        block = len(found) // keyed.digest_size + 1
        last = _turn(keyed, salt + block.to_bytes(4))
        total = int.from_bytes(last)
        for _ in range(iterations - 1):
            last = _turn(keyed, last)
            total ^= int.from_bytes(last)
        found += total.to_bytes(keyed.digest_size)
    return found[:length]


def streebog(provider: Provider, bits: int) -> NewHash:
    """Return a maker of hashes as `hmac` wants it."""

    def new(data: bytes = b"") -> Hash:
        running = provider.new(bits)
        running.update(data)
        return running

    return new


def iterations(element: Element, *, of_streebog: bool) -> int:
    """Return a number of iterations that ends in reasonable time."""
    count = element.integer()
    most = _MOST_OF_STREEBOG if of_streebog else _MOST_ITERATIONS
    return count if 0 < count <= most else asn1.broken(0)


def _derived(algorithm: Element, password: str, length: int, provider: Provider) -> bytes:
    name, settings = algorithm.parts(least=2)[:2]
    if name.identifier() != _PBKDF2:
        raise KeyProtectionUnknown(algorithm=name.identifier())
    salt, count, *rest = settings.parts(least=2)
    functions = [part for part in rest if part.tag == asn1.SEQUENCE]
    function = functions[0].parts(least=1)[0].identifier() if functions else _HMAC_SHA1
    secret, times = password.encode(), iterations(count, of_streebog=function in _STREEBOG)
    if function in _STREEBOG:
        new = streebog(provider, _STREEBOG[function])
        return pbkdf2(new, secret, salt.octets(), times, length)
    if function not in _SHA:
        raise KeyProtectionUnknown(algorithm=function)
    return hashlib.pbkdf2_hmac(_SHA[function], secret, salt.octets(), times, length)


def _turn(keyed: hmac.HMAC, data: bytes) -> bytes:
    one = keyed.copy()
    one.update(data)
    return bytes(one.digest())


def _open_gost(key: bytes, settings: Element, data: bytes) -> bytes:
    vector, boxes = settings.parts(least=2)[:2]
    chosen = SUBSTITUTIONS.get(boxes.identifier())
    if chosen is None:
        raise KeyProtectionUnknown(algorithm=boxes.identifier())
    return decrypt_cfb(key, vector.octets(), data, chosen)


def _open_aes(key: bytes, vector: Element, data: bytes) -> bytes:
    start = vector.octets()
    if not data or len(data) % _BLOCK or len(start) != _BLOCK:
        asn1.broken(0)
    opened = _aes(key, start, data, opening=True)
    added = opened[-1]
    if not 1 <= added <= _BLOCK or opened[-added:] != bytes((added,)) * added:
        raise WrongKeyPassword()
    return opened[:-added]


def _aes(key: bytes, vector: bytes, data: bytes, *, opening: bool) -> bytes:
    # 20 ms, for keys alone
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC

    cipher = Cipher(AES(key), CBC(vector))
    work = cipher.decryptor() if opening else cipher.encryptor()
    return work.update(data) + work.finalize()
