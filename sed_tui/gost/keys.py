"""Private keys: PKCS#8 as it is met, and our own storage (PBES2, AES-256, readable by openssl)."""

from __future__ import annotations

from secrets import randbelow
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import NotAKey, WrongKeyPassword
from sed_tui.gost import asn1, der
from sed_tui.gost.asn1 import Malformed
from sed_tui.gost.containers import every_der, pem
from sed_tui.gost.identifiers import KEYS, PARAMETER_SETS, curve_of
from sed_tui.gost.pbes2 import decrypt, encrypt
from sed_tui.gost.signature import PrivateKey, key_algorithm
from sed_tui.i18n import _

if TYPE_CHECKING:
    from sed_tui.gost.curves import Curve
    from sed_tui.gost.providers.protocol import Provider

_ENCRYPTED, _PLAIN = "ENCRYPTED PRIVATE KEY", "PRIVATE KEY"


def new_key(parameter_set: str = "tc26-256-A") -> PrivateKey:
    """Make a key over a parameter set of `identifiers.PARAMETER_SETS`. Raises `NotAKey`."""
    parameters = PARAMETER_SETS[parameter_set]
    curve = curve_of(parameters)
    if curve is None:
        raise NotAKey(reason=parameter_set)
    return PrivateKey(parameters, curve, 1 + randbelow(curve.q - 1))


def read_private_key(data: bytes, password: str | None, provider: Provider) -> PrivateKey:
    """Read PKCS#8, plain or encrypted.

    Raises `NotAKey`, `KeyPasswordNeeded`, `WrongKeyPassword`, `KeyProtectionUnknown` and
    `CryptoProContainer`.
    """
    with asn1.failing_as(NotAKey):
        blocks = [block for label, block in every_der(data) if label in ("", _PLAIN, _ENCRYPTED)]
        if not blocks:
            raise Malformed(_("there is no PKCS#8 in it"))
        return read_pkcs8(blocks[0], password, provider)


def read_pkcs8(data: bytes, password: str | None, provider: Provider) -> PrivateKey:
    """Read a PrivateKeyInfo or an EncryptedPrivateKeyInfo or raise `Malformed`."""
    first, second, *rest = asn1.read(data).parts(least=2)
    if first.tag == asn1.SEQUENCE:
        opened = decrypt(first, second.octets(), password, provider)
        return _opened(opened, provider)
    if not rest:
        raise Malformed(_("there is no PKCS#8 in it"))
    name, *parameters = second.parts(least=1)
    kind = name.identifier()
    if kind not in KEYS or not parameters:
        raise Malformed(_("it is of the algorithm {algorithm}").format(algorithm=kind))
    chosen = parameters[0].parts(least=1)[0].identifier()
    curve = curve_of(chosen)
    if curve is None or curve.bits != KEYS[kind]:
        raise Malformed(_("it is of the algorithm {algorithm}").format(algorithm=chosen))
    return PrivateKey(chosen, curve, _number(rest[0].octets(), curve))


def write_private_key(key: PrivateKey, password: str) -> bytes:
    """Return PEM that openssl opens with the same password."""
    algorithm, encrypted = encrypt(write_pkcs8(key), password)
    return pem(_ENCRYPTED, der.sequence(algorithm, der.octets(encrypted)))


def write_pkcs8(key: PrivateKey) -> bytes:
    """Return an unencrypted PrivateKeyInfo, as openssl writes it."""
    number = key.d.to_bytes(key.curve.octets, "little")
    algorithm = key_algorithm(key.parameters, key.curve)
    return der.sequence(der.integer(0), algorithm, der.octets(number))


def _opened(data: bytes, provider: Provider) -> PrivateKey:
    try:
        asn1.read(data)
    except Malformed as error:  # a wrong password makes a random text
        raise WrongKeyPassword() from error
    return read_pkcs8(data, None, provider)


def _number(octets: bytes, curve: Curve) -> int:
    """Read a key in any of the four ways it is written."""
    size = curve.octets
    if len(octets) > size and octets[:1] == b"\x02":  # a big-endian INTEGER (old gost-engine)
        d = asn1.read(octets, asn1.INTEGER).integer()
    else:
        if len(octets) % size:  # an OCTET STRING inside (CryptoPro, GnuTLS)
            octets = asn1.read(octets, asn1.OCTET_STRING).content
        if not octets or len(octets) % size:
            asn1.broken(0)
        d = _unmasked(octets, curve)
    if not 0 < d < curve.q:
        raise Malformed(_("the number is out of bounds"))
    return d


def _unmasked(octets: bytes, curve: Curve) -> int:
    """Multiply the key by the masks that may follow it."""
    size = curve.octets
    numbers = [
        int.from_bytes(octets[start : start + size], "little")
        for start in range(0, len(octets), size)
    ]
    d, masks = numbers[0], numbers[1:]
    for mask in masks:
        d = d * mask % curve.q
    return d
