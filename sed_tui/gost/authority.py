"""A certification authority for demonstrations and tests; nobody else trusts it, and it says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha1
from secrets import randbits
from typing import TYPE_CHECKING

from sed_tui.gost import der
from sed_tui.gost.certificates import (
    AUTHORITY_KEY,
    BASIC_CONSTRAINTS,
    CERTIFICATE_SIGN,
    CRL_SIGN,
    DIGITAL_SIGNATURE,
    KEY_USAGE,
    NON_REPUDIATION,
    SUBJECT_KEY,
    Certificate,
    parse,
)
from sed_tui.gost.hashing import digest
from sed_tui.gost.identifiers import SIGNATURE_OF
from sed_tui.gost.keys import new_key
from sed_tui.gost.names import COMMON_NAME, COUNTRY, ORGANIZATION, UNIT, write_name
from sed_tui.gost.signature import public_key_info

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sed_tui.gost.providers.protocol import Provider
    from sed_tui.gost.signature import PrivateKey

MARK = "ТЕСТОВЫЙ, не имеет юридической силы"
_CRL_NUMBER, _POLICIES = "2.5.29.20", "2.5.29.32"
_TEST_POLICY = "2.16.840.1.101.3.2.1.48.1"  # a policy that stands for "test certificate"
_AUTHORITY_USES = frozenset({CERTIFICATE_SIGN, CRL_SIGN})
_PERSON_USES = frozenset({DIGITAL_SIGNATURE, NON_REPUDIATION})


def is_test(certificate: Certificate) -> bool:
    """Tell whether an authority of this kind issued the certificate: every face says so."""
    return certificate.issuer.first(ORGANIZATION) == MARK


@dataclass(frozen=True, slots=True)
class Validity:
    """From when till when."""

    since: datetime
    until: datetime

    @classmethod
    def of(cls, since: datetime, days: int) -> Validity:
        """Return so many days from a moment on."""
        return cls(since, since + timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Revoked:
    """A number in a list of revoked certificates; the reason is that of RFC 5280, 5.3.1."""

    serial: int
    at: datetime
    reason: int | None = None


@dataclass(frozen=True, slots=True)
class TestAuthority:
    """A key with its certificate that issues others. Every name it writes bears the mark."""

    __test__ = False  # not a test, whatever its name begins with

    key: PrivateKey
    certificate: Certificate
    provider: Provider

    @classmethod
    def root(
        cls,
        name: str,
        validity: Validity,
        provider: Provider,
        parameter_set: str = "tc26-256-A",
    ) -> TestAuthority:
        """Make an authority that signs itself."""
        key = new_key(parameter_set)
        subject = _subject({COMMON_NAME: name})
        certificate = _certificate(
            key, subject, key, subject, None, validity, provider, is_authority=True
        )
        return cls(key, certificate, provider)

    def intermediate(
        self, name: str, validity: Validity, parameter_set: str = "tc26-256-A"
    ) -> TestAuthority:
        """Make an authority under this one."""
        key = new_key(parameter_set)
        certificate = self._issue(
            key, _subject({COMMON_NAME: name}), validity, _AUTHORITY_USES, is_authority=True
        )
        return TestAuthority(key, certificate, self.provider)

    def issue(
        self,
        key: PrivateKey,
        fields: Mapping[str, str],
        validity: Validity,
        uses: frozenset[int] = _PERSON_USES,
    ) -> Certificate:
        """Issue a certificate to whom the fields (`names`) describe."""
        return self._issue(key, _subject(fields), validity, uses, is_authority=False)

    def revocations(self, revoked: Iterable[Revoked], validity: Validity, number: int = 1) -> bytes:
        """Return a list of revoked certificates, to be followed by another at its end."""
        entries = b"".join(_entry(one) for one in revoked)
        extensions = der.sequence(
            _extension(AUTHORITY_KEY, _authority_key(self.certificate)),
            _extension(_CRL_NUMBER, der.integer(number)),
        )
        signed = der.sequence(
            der.integer(1),
            _algorithm(self.key),
            self.certificate.subject.raw,
            der.time(validity.since),
            der.time(validity.until),
            der.sequence(entries) if entries else b"",
            der.explicit(0, extensions),
        )
        return _signed(self.key, signed, self.provider)

    def _issue(
        self,
        key: PrivateKey,
        subject: bytes,
        validity: Validity,
        uses: frozenset[int],
        *,
        is_authority: bool,
    ) -> Certificate:
        issuer = self.certificate
        return _certificate(
            key,
            subject,
            self.key,
            issuer.subject.raw,
            issuer,
            validity,
            self.provider,
            is_authority=is_authority,
            uses=uses,
        )


def _certificate(
    key: PrivateKey,
    subject: bytes,
    issuer_key: PrivateKey,
    issuer: bytes,
    issued_by: Certificate | None,
    validity: Validity,
    provider: Provider,
    *,
    is_authority: bool,
    uses: frozenset[int] = _AUTHORITY_USES,
) -> Certificate:
    info = public_key_info(key.public(provider))
    key_id = sha1(info, usedforsecurity=False).digest()
    extensions = der.sequence(
        _extension(SUBJECT_KEY, der.octets(key_id)),
        _extension(AUTHORITY_KEY, _authority_key(issued_by, key_id)),
        _extension(BASIC_CONSTRAINTS, _constraints(is_authority), critical=True),
        _extension(KEY_USAGE, _flags(uses), critical=True),
        _extension(_POLICIES, der.sequence(der.sequence(der.identifier(_TEST_POLICY)))),
    )
    signed = der.sequence(
        der.explicit(0, der.integer(2)),
        der.integer(randbits(120) | 1 << 119),
        _algorithm(issuer_key),
        issuer,
        der.sequence(der.time(validity.since), der.time(validity.until)),
        subject,
        info,
        der.explicit(3, extensions),
    )
    return parse(_signed(issuer_key, signed, provider))


def _signed(key: PrivateKey, signed: bytes, provider: Provider) -> bytes:
    signature = key.signs(provider, digest(provider, key.curve.bits, signed))
    return der.sequence(signed, _algorithm(key), der.bits(signature))


def _algorithm(key: PrivateKey) -> bytes:
    return der.sequence(der.identifier(SIGNATURE_OF[key.curve.bits]))


def _subject(fields: Mapping[str, str]) -> bytes:
    return write_name({COUNTRY: "RU", ORGANIZATION: MARK, UNIT: MARK, **fields})


def _entry(revoked: Revoked) -> bytes:
    extensions = b""
    if revoked.reason is not None:
        reason = der.tlv(0x0A, bytes((revoked.reason,)))
        extensions = der.sequence(_extension("2.5.29.21", reason))
    return der.sequence(der.integer(revoked.serial), der.time(revoked.at), extensions)


def _extension(kind: str, value: bytes, *, critical: bool = False) -> bytes:
    flag = der.boolean(True) if critical else b""
    return der.sequence(der.identifier(kind), flag, der.octets(value))


def _authority_key(issuer: Certificate | None, own: bytes = b"") -> bytes:
    key_id = issuer.subject_key_id if issuer else own
    return der.sequence(der.tlv(0x80, key_id or own))


def _constraints(is_authority: bool) -> bytes:
    return der.sequence(der.boolean(True) if is_authority else b"")


def _flags(uses: frozenset[int]) -> bytes:
    octet = sum(0x80 >> bit for bit in uses)
    unused = 7 - max(uses)
    return der.bits(bytes((octet,)), unused)
