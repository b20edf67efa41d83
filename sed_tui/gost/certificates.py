"""X.509 certificates as they are met: read leniently, checked strictly elsewhere."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import NotACertificate
from sed_tui.gost import asn1
from sed_tui.gost.containers import every_der
from sed_tui.gost.names import Name, read_name
from sed_tui.gost.signature import PublicKey, read_public_key
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

DIGITAL_SIGNATURE, NON_REPUDIATION, CERTIFICATE_SIGN, CRL_SIGN = 0, 1, 5, 6
SUBJECT_KEY, KEY_USAGE, BASIC_CONSTRAINTS, AUTHORITY_KEY = (
    "2.5.29.14",
    "2.5.29.15",
    "2.5.29.19",
    "2.5.29.35",
)
_VERSION, _EXTENSIONS = 0xA0, 0xA3


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate: its exact bytes and what they say.

    `key` is absent when it is not GOST; a `key_usage` that is not stated means any use.
    """

    der: bytes
    signed: bytes
    signature: bytes
    signature_algorithm: str
    serial: int
    issuer: Name
    subject: Name
    not_before: datetime
    not_after: datetime
    key_algorithm: str
    key: PublicKey | None
    key_usage: frozenset[int] | None
    is_authority: bool
    subject_key_id: bytes | None
    extensions: Mapping[str, bytes] = field(hash=False)

    @property
    def thumbprint(self) -> str:
        """Return the SHA-1 of the certificate, by which CryptoPro's tools find it."""
        return hashlib.sha1(self.der, usedforsecurity=False).hexdigest()

    @property
    def number(self) -> str:
        """Return the serial number as it is printed, in hexadecimal pairs."""
        digits = f"{self.serial:X}"
        return digits.zfill(len(digits) + len(digits) % 2)

    @property
    def may_sign_documents(self) -> bool:
        """Tell whether the key may sign documents."""
        usage = self.key_usage
        return usage is None or not usage.isdisjoint({DIGITAL_SIGNATURE, NON_REPUDIATION})

    def is_valid_at(self, when: datetime) -> bool:
        """Tell whether a moment falls into its validity."""
        return self.not_before <= when <= self.not_after


def read_certificate(data: bytes) -> Certificate:
    """Read one certificate, in DER, PEM or base64, or raise `NotACertificate`."""
    return read_certificates(data)[0]


def read_certificates(data: bytes) -> list[Certificate]:
    """Read every certificate of a file or raise `NotACertificate`."""
    with asn1.failing_as(NotACertificate):
        blocks = [block for label, block in every_der(data) if "KEY" not in label]
        if not blocks:
            raise asn1.Malformed(_("it holds keys only"))
        return [parse(block) for block in blocks]


def parse(der: bytes) -> Certificate:
    """Read a certificate from DER or raise `Malformed`."""
    signed, algorithm, signature = asn1.read(der).parts(least=3)[:3]
    fields = signed.parts(least=6)
    if fields[0].tag == _VERSION:
        fields = fields[1:]
    serial, _algorithm, issuer, validity, subject, info = fields[:6]
    not_before, not_after = (value.time() for value in validity.parts(least=2)[:2])
    key_algorithm, key = read_public_key(info)
    extensions = _extensions(fields[6:])
    return Certificate(
        der=der,
        signed=signed.raw,
        signature=signature.bits(),
        signature_algorithm=algorithm.parts(least=1)[0].identifier(),
        serial=serial.integer(),
        issuer=read_name(issuer),
        subject=read_name(subject),
        not_before=not_before,
        not_after=not_after,
        key_algorithm=key_algorithm,
        key=key,
        key_usage=_key_usage(extensions.get(KEY_USAGE)),
        is_authority=_is_authority(extensions.get(BASIC_CONSTRAINTS)),
        subject_key_id=_key_id(extensions.get(SUBJECT_KEY)),
        extensions=extensions,
    )


def _extensions(fields: list[asn1.Element]) -> dict[str, bytes]:
    found = [field for field in fields if field.tag == _EXTENSIONS]
    if not found:
        return {}
    return {
        (parts := extension.parts(least=2))[0].identifier(): parts[-1].octets()
        for extension in found[0].only(_EXTENSIONS).parts()
    }


def _key_usage(value: bytes | None) -> frozenset[int] | None:
    return asn1.read(value, asn1.BIT_STRING).flags() if value else None


def _is_authority(value: bytes | None) -> bool:
    flags = asn1.read(value).children() if value else []
    return bool(flags) and flags[0].tag == asn1.BOOLEAN and flags[0].content != b"\0"


def _key_id(value: bytes | None) -> bytes | None:
    return asn1.read(value, asn1.OCTET_STRING).content if value else None
