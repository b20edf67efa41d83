"""A bare signature over a digest, and the byte orders of GOST.

A digest is a number written little-endian; a signature is s and r, each big-endian.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sed_tui.gost import asn1, der
from sed_tui.gost.identifiers import (
    DIGEST_OF,
    KEY_OF,
    KEYS,
    curve_of,
    wants_digest_parameters,
)

if TYPE_CHECKING:
    from sed_tui.gost.curves import Curve, Point
    from sed_tui.gost.providers.protocol import Provider


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A point on the curve of a parameter set."""

    parameters: str
    curve: Curve
    point: Point

    def verifies(self, provider: Provider, digest: bytes, signature: bytes) -> bool:
        """Tell whether these octets are a signature of the digest by this key."""
        size = self.curve.octets
        if len(signature) != 2 * size or len(digest) != size:
            return False
        s, r = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
        return provider.verify(self.curve, self.point, int.from_bytes(digest, "little"), r, s)


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A number below the order of the curve of a parameter set."""

    parameters: str
    curve: Curve
    d: int = field(repr=False)

    def signs(self, provider: Provider, digest: bytes) -> bytes:
        """Return the signature of a digest."""
        size = self.curve.octets
        r, s = provider.sign(self.curve, self.d, int.from_bytes(digest, "little"))
        return s.to_bytes(size) + r.to_bytes(size)

    def public(self, provider: Provider) -> PublicKey:
        """Return the public key."""
        return PublicKey(self.parameters, self.curve, provider.public(self.curve, self.d))


def read_public_key(info: asn1.Element) -> tuple[str, PublicKey | None]:
    """Return the algorithm of a SubjectPublicKeyInfo and the key when it is GOST 2012.

    digestParamSet is accepted wherever it stands: real certificates put it against RFC 9215.
    """
    algorithm, value = info.parts(least=2)[:2]
    name, *rest = algorithm.parts(least=1)
    kind = name.identifier()
    if kind not in KEYS or not rest:
        return kind, None
    parameters = rest[0].parts(least=1)[0].identifier()
    curve = curve_of(parameters)
    if curve is None or curve.bits != KEYS[kind]:
        return kind, None
    point = asn1.read(value.bits(), asn1.OCTET_STRING).content
    if len(point) != 2 * curve.octets:
        asn1.broken(0)
    x, y = (int.from_bytes(part, "little") for part in _halves(point))
    return kind, PublicKey(parameters, curve, (x, y))


def public_key_info(key: PublicKey) -> bytes:
    """Return a SubjectPublicKeyInfo as RFC 9215 writes it."""
    size = key.curve.octets
    point = b"".join(part.to_bytes(size, "little") for part in key.point)
    return der.sequence(key_algorithm(key.parameters, key.curve), der.bits(der.octets(point)))


def key_algorithm(parameters: str, curve: Curve) -> bytes:
    """Return the AlgorithmIdentifier of a key."""
    sets = [der.identifier(parameters)]
    if wants_digest_parameters(parameters):
        sets.append(der.identifier(DIGEST_OF[curve.bits]))
    return der.sequence(der.identifier(KEY_OF[curve.bits]), der.sequence(*sets))


def _halves(value: bytes) -> tuple[bytes, bytes]:
    return value[: len(value) // 2], value[len(value) // 2 :]
