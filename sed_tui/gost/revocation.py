"""Lists of revoked certificates: parsed once, 100,000 entries in some twenty megabytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import NotARevocationList, RevocationListTooLarge
from sed_tui.gost import asn1
from sed_tui.gost.asn1 import Element, Malformed
from sed_tui.gost.containers import der_of
from sed_tui.gost.names import Name, read_name
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sed_tui.gost.certificates import Certificate

LARGEST = 64 << 20  # bytes; the largest real list seen has 12 MB
_EXTENSIONS = 0xA0
_SCOPE, _CHANGES_ONLY, _KEEPS_EXPIRED = "2.5.29.28", "2.5.29.27", "2.5.29.60"
_REASON, _POINTS = "2.5.29.21", "2.5.29.31"
# the scope of a list (RFC 5280, 5.2.5): where it is published, and for whom it is
_POINT, _USERS_ONLY, _AUTHORITIES_ONLY = 0xA0, 0x81, 0x82
_UNUSABLE_SCOPES = {0x83, 0x84, 0x85}  # some reasons, indirect, attribute certificates
_ENUMERATED = 0x0A
_SHORT = 0x80


@dataclass(frozen=True, slots=True)
class Revocation:
    """When a certificate was revoked, and why: a number of RFC 5280, 5.3.1."""

    at: datetime
    reason: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which certificates of the issuer a list is for."""

    points: tuple[bytes, ...] = ()
    users_only: bool = False
    authorities_only: bool = False

    def covers(self, certificate: Certificate) -> bool:
        """Tell whether the list answers for a certificate."""
        if self.users_only and certificate.is_authority:
            return False
        if self.authorities_only and not certificate.is_authority:
            return False
        stated = certificate.extensions.get(_POINTS, b"")
        return not self.points or any(point in stated for point in self.points)


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A complete list of one issuer. Whether it is genuine, `trust` finds out."""

    issuer: bytes
    this_update: datetime
    next_update: datetime | None
    signed: bytes
    signature: bytes
    signature_algorithm: str
    scope: Scope
    keeps_expired: bool
    _data: bytes
    _positions: Mapping[bytes, int]

    @property
    def name(self) -> Name:
        """Return who published it."""
        return read_name(asn1.read(self.issuer))

    def find(self, serial: int) -> Revocation | None:
        """Return when a number was revoked, nothing when it is not in the list."""
        octets = serial.to_bytes(serial.bit_length() // 8 + 1, signed=True)
        position = self._positions.get(octets)
        if position is None:
            return None
        _serial, at, *extensions = Element(self._data, position, len(self._data)).parts(least=2)
        return Revocation(at.time(), _reason(extensions))


def read_revocation_list(data: bytes, largest: int = LARGEST) -> RevocationList:
    """Read a list in DER, PEM or base64; raise `NotARevocationList`, `RevocationListTooLarge`."""
    if len(data) > largest:
        raise RevocationListTooLarge(size=len(data), limit=largest)
    with asn1.failing_as(NotARevocationList):
        return _read(der_of(data))


def _read(data: bytes) -> RevocationList:
    signed, algorithm, signature = asn1.read(data).parts(least=3)[:3]
    fields = signed.parts(least=3)
    if fields[0].tag == asn1.INTEGER:
        fields = fields[1:]
    _algorithm, issuer, this_update, *rest = fields
    next_update = None
    if rest and rest[0].tag in (asn1.UTC_TIME, asn1.GENERALIZED_TIME):
        next_update = rest.pop(0).time()
    positions: dict[bytes, int] = {}
    if rest and rest[0].tag == asn1.SEQUENCE:
        positions = _entries(data, rest.pop(0))
    extensions = _extensions(rest[0].only(_EXTENSIONS)) if rest else {}
    return RevocationList(
        issuer=issuer.expect(asn1.SEQUENCE).raw,
        this_update=this_update.time(),
        next_update=next_update,
        signed=signed.raw,
        signature=signature.bits(),
        signature_algorithm=algorithm.parts(least=1)[0].identifier(),
        scope=_scope(extensions.get(_SCOPE)),
        keeps_expired=_KEEPS_EXPIRED in extensions,
        _data=data,
        _positions=positions,
    )


def _entries(data: bytes, revoked: Element) -> dict[bytes, int]:
    """Note where each number stands; the loop runs a hundred thousand times."""
    positions: dict[bytes, int] = {}
    end = revoked.end
    position = end - len(revoked.content)
    while position < end:
        length = data[position + 1] if position + 1 < end else _SHORT
        if data[position] != asn1.SEQUENCE or length >= _SHORT:
            entry = Element(data, position, end).expect(asn1.SEQUENCE)
            serial, after = entry.children()[0].expect(asn1.INTEGER).content, entry.end
        else:
            first, after = position + 2, position + 2 + length
            if after > end or length < 3 or data[first] != asn1.INTEGER:  # noqa: PLR2004
                asn1.broken(position)
            ended = first + 2 + data[first + 1]
            if ended > after:
                asn1.broken(position)
            serial = data[first + 2 : ended]
        positions[serial] = position
        position = after
    return positions


def _extensions(sequence: Element) -> dict[str, bytes]:
    found = {}
    for extension in sequence.parts():
        kind, *rest = extension.parts(least=2)
        name = kind.identifier()
        is_critical = rest[0].tag == asn1.BOOLEAN and rest[0].content != b"\0"
        if name == _CHANGES_ONLY:
            raise Malformed(_("it holds changes only, not the whole list"))
        if is_critical and name != _SCOPE:
            raise Malformed(_("it has an unknown obligatory extension {name}").format(name=name))
        found[name] = rest[-1].octets()
    return found


def _scope(value: bytes | None) -> Scope:
    if value is None:
        return Scope()
    parts = {part.tag: part for part in asn1.read(value).children()}
    if not parts.keys().isdisjoint(_UNUSABLE_SCOPES):
        raise Malformed(_("it is for some reasons or some kinds of certificates only"))
    points: tuple[bytes, ...] = ()
    if _POINT in parts:
        full = parts[_POINT].children()
        points = tuple(name.raw for one in full for name in one.children())
    return Scope(points, _USERS_ONLY in parts, _AUTHORITIES_ONLY in parts)


def _reason(extensions: list[Element]) -> int | None:
    for extension in extensions[0].parts() if extensions else ():
        kind, *rest = extension.parts(least=2)
        if kind.identifier() == _REASON:
            value = asn1.read(rest[-1].octets(), _ENUMERATED).content
            return value[-1] if value else None
    return None
