"""A signed message as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sed_tui.gost.certificates import Certificate

DATA, SIGNED_DATA = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2"
CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME = (f"1.2.840.113549.1.9.{n}" for n in (3, 4, 5))
SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2 = (f"1.2.840.113549.1.9.16.2.{n}" for n in (12, 47))
SHA1, SHA256 = "1.3.14.3.2.26", "2.16.840.1.101.3.4.2.1"


@dataclass(frozen=True, slots=True)
class SignerId:
    """How a signature names its certificate: by issuer and number, or by the key's identifier."""

    issuer: bytes | None
    serial: int | None
    key_id: bytes | None

    def is_of(self, certificate: Certificate) -> bool:
        """Tell whether the certificate is the one that is named."""
        if self.key_id is not None:
            return certificate.subject_key_id == self.key_id
        return certificate.serial == self.serial and certificate.issuer.raw == self.issuer


@dataclass(frozen=True, slots=True)
class CertificateDigest:
    """The digest of the signer's certificate that the signature covers."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Attributes:
    """The signed attributes; `signed` holds the ways of encoding them, the found one first."""

    signed: tuple[bytes, ...]
    content_type: str
    message_digest: bytes
    signing_time: datetime | None
    certificate: CertificateDigest | None


@dataclass(frozen=True, slots=True)
class SignerInfo:
    """One signature of a message. The algorithm of the signature is that of the key, always."""

    raw: bytes
    signer: SignerId
    digest_algorithm: str
    attributes: Attributes | None
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A message: its content when it is attached, its certificates, lists and signatures."""

    content_type: str
    content: bytes | None
    certificates: tuple[Certificate, ...]
    lists: tuple[bytes, ...]
    signers: tuple[SignerInfo, ...]

    @property
    def is_detached(self) -> bool:
        """Tell whether the content lies elsewhere."""
        return self.content is None
