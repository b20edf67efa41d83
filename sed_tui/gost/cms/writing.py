"""Writing detached CAdES-BES, and joining signatures of one content into one message.

Written as octets, without a tree of objects: in a batch the encoding costs a tenth of the
signature itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.signatures import KeyOfAnother, NotASignature, SignerNotGost
from sed_tui.gost import asn1, der
from sed_tui.gost.asn1 import Malformed
from sed_tui.gost.cms.message import (
    CONTENT_TYPE,
    DATA,
    MESSAGE_DIGEST,
    SIGNED_DATA,
    SIGNING_CERTIFICATE_V2,
    SIGNING_TIME,
)
from sed_tui.gost.cms.reading import SignedParts, split
from sed_tui.gost.containers import der_of
from sed_tui.gost.hashing import Content, digest
from sed_tui.gost.identifiers import DIGEST_OF, KEY_OF
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sed_tui.gost.certificates import Certificate
    from sed_tui.gost.providers.protocol import Provider
    from sed_tui.gost.signature import PrivateKey

_CERTIFICATES, _LISTS = 0, 1
_DIRECTORY_NAME = 4


class KeySigner:
    """Signs with a key at hand. What does not change from file to file is made once."""

    def __init__(
        self,
        key: PrivateKey,
        certificate: Certificate,
        provider: Provider,
        chain: Sequence[Certificate] = (),
    ) -> None:
        """Raise `KeyOfAnother` when the key is not the certificate's, `SignerNotGost`."""
        if certificate.key is None:
            raise SignerNotGost(serial=certificate.number)
        if key.public(provider).point != certificate.key.point:
            raise KeyOfAnother(serial=certificate.number)
        self.certificate = certificate
        self._key, self._provider, self._bits = key, provider, key.curve.bits
        self._digest_algorithm = der.sequence(der.identifier(DIGEST_OF[self._bits]))
        self._algorithm = der.sequence(der.identifier(KEY_OF[self._bits]))
        serial = der.integer(certificate.serial)
        self._signer = der.sequence(certificate.issuer.raw, serial)
        self._named = self._attribute_of_certificate(serial)
        self._certificates = [one.der for one in (certificate, *chain)]

    def sign(
        self, content: Content, at: datetime, progress: Callable[[int], None] | None = None
    ) -> bytes:
        """Return a detached signature of the content, made at this moment, in DER."""
        return self.sign_digest(digest(self._provider, self._bits, content, progress), at)

    def sign_digest(self, content_digest: bytes, at: datetime) -> bytes:
        """Return a detached signature of a content whose Streebog is known."""
        attributes = der.set_of(
            _attribute(CONTENT_TYPE, der.identifier(DATA)),
            _attribute(SIGNING_TIME, der.time(at)),
            _attribute(MESSAGE_DIGEST, der.octets(content_digest)),
            self._named,
        )
        signed = digest(self._provider, self._bits, attributes)
        info = der.sequence(
            der.integer(1),
            self._signer,
            self._digest_algorithm,
            b"\xa0" + attributes[1:],  # signed as SET OF, kept under the tag [0]
            self._algorithm,
            der.octets(self._key.signs(self._provider, signed)),
        )
        encapsulated = der.sequence(der.identifier(DATA))
        return _message(1, [self._digest_algorithm], encapsulated, self._certificates, (), [info])

    def _attribute_of_certificate(self, serial: bytes) -> bytes:
        name = der.sequence(der.explicit(_DIRECTORY_NAME, self.certificate.issuer.raw))
        named = der.octets(digest(self._provider, self._bits, self.certificate.der))
        identified = der.sequence(self._digest_algorithm, named, der.sequence(name, serial))
        return _attribute(SIGNING_CERTIFICATE_V2, der.sequence(der.sequence(identified)))


def joined(first: bytes, second: bytes) -> bytes:
    """Return a message with the signatures of both, which are of one content.

    The content stays attached when the first has it attached. Raises `NotASignature`,
    `Malformed`.
    """
    with asn1.failing_as(NotASignature):
        one, other = split(der_of(first)), split(der_of(second))
        if _kind(one) != _kind(other):
            raise Malformed(_("the messages are of different kinds"))
        return _message(
            max(one.version, other.version),
            _united(one.digest_algorithms, other.digest_algorithms),
            one.content_info.raw,
            _united(one.certificates, other.certificates),
            _united(one.lists, other.lists),
            _united(one.signers, other.signers),
        )


def _kind(parts: SignedParts) -> str:
    return parts.content_info.parts(least=1)[0].identifier()


def _united(first: list[asn1.Element], second: list[asn1.Element]) -> list[bytes]:
    return list(dict.fromkeys(one.raw for one in (*first, *second)))


def _message(
    version: int,
    digest_algorithms: Iterable[bytes],
    content_info: bytes,
    certificates: Sequence[bytes],
    lists: Sequence[bytes],
    signers: Iterable[bytes],
) -> bytes:
    signed = der.sequence(
        der.integer(version),
        der.set_of(*digest_algorithms),
        content_info,
        der.explicit(_CERTIFICATES, *certificates) if certificates else b"",
        der.explicit(_LISTS, *lists) if lists else b"",
        der.set_of(*signers),
    )
    return der.sequence(der.identifier(SIGNED_DATA), der.explicit(0, signed))


def _attribute(kind: str, value: bytes) -> bytes:
    return der.sequence(der.identifier(kind), der.set_of(value))
