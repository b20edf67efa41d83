"""Reading signed messages: DER, PEM, base64, BER of indefinite length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import NotASignature
from sed_tui.gost import asn1, der
from sed_tui.gost.asn1 import Malformed
from sed_tui.gost.certificates import parse
from sed_tui.gost.cms.message import (
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SHA1,
    SHA256,
    SIGNED_DATA,
    SIGNING_CERTIFICATE,
    SIGNING_CERTIFICATE_V2,
    SIGNING_TIME,
    Attributes,
    CertificateDigest,
    SignedMessage,
    SignerId,
    SignerInfo,
)
from sed_tui.gost.containers import der_of
from sed_tui.i18n import _

if TYPE_CHECKING:
    from sed_tui.gost.asn1 import Element
    from sed_tui.gost.certificates import Certificate

_CERTIFICATES, _LISTS, _SIGNED_ATTRIBUTES = 0xA0, 0xA1, 0xA0
_EXPLICIT, _KEY_ID = 0xA0, 0x80
_KNOWN = {
    CONTENT_TYPE,
    MESSAGE_DIGEST,
    SIGNING_TIME,
    SIGNING_CERTIFICATE,
    SIGNING_CERTIFICATE_V2,
}
_MOST_SIGNERS = 100


@dataclass(frozen=True, slots=True)
class SignedParts:
    """The parts of SignedData as they stand, for reading on or for joining."""

    version: int
    digest_algorithms: list[Element]
    content_info: Element
    certificates: list[Element]
    lists: list[Element]
    signers: list[Element]


def read_message(data: bytes) -> SignedMessage:
    """Read a signed message or raise `NotASignature`."""
    with asn1.failing_as(NotASignature):
        parts = split(der_of(data))
        kind, *content = parts.content_info.parts(least=1)
        return SignedMessage(
            content_type=kind.identifier(),
            content=_content(content[0]) if content else None,
            certificates=tuple(_certificates(parts)),
            lists=tuple(one.raw for one in parts.lists),
            signers=tuple(_signer(one) for one in parts.signers),
        )


def split(data: bytes) -> SignedParts:
    """Take SignedData apart or raise `Malformed`."""
    kind, *rest = asn1.read(data).parts(least=1)
    if kind.identifier() != SIGNED_DATA or not rest:
        raise Malformed(
            _("it is a CMS message of another kind: {kind}").format(kind=kind.identifier())
        )
    version, algorithms, content_info, *sets = rest[0].only(_EXPLICIT).parts(least=4)
    by_tag = {one.tag: one for one in sets}
    if asn1.SET not in by_tag:
        raise Malformed(_("there are no signatures in it"))
    signers = by_tag[asn1.SET].children()
    if not 0 < len(signers) <= _MOST_SIGNERS:
        raise Malformed(_("there are no signatures in it"))
    return SignedParts(
        version.integer(),
        algorithms.parts(asn1.SET),
        content_info,
        by_tag[_CERTIFICATES].children() if _CERTIFICATES in by_tag else [],
        by_tag[_LISTS].children() if _LISTS in by_tag else [],
        signers,
    )


def are_attributes(content: bytes) -> bool:
    """Tell whether a content could pass for the signed attributes of another message.

    A signature without attributes covers the content itself: cut the attributes out of a
    message, and its signature is "valid" over them.
    """
    try:
        _attributes(asn1.read(content, asn1.SET))
    except (Malformed, ValueError):
        return False
    return True


def _content(holder: Element) -> bytes:
    (value,) = holder.parts(_EXPLICIT, 1)[:1]
    return value.octets()


def _certificates(parts: SignedParts) -> list[Certificate]:
    return [parse(one.raw) for one in parts.certificates if one.tag == asn1.SEQUENCE]


def _signer(info: Element) -> SignerInfo:
    _version, signer, digest, *rest = info.parts(least=5)
    attributes = rest.pop(0) if rest[0].tag == _SIGNED_ATTRIBUTES else None
    _algorithm, signature = rest[0].expect(asn1.SEQUENCE), rest[1]
    return SignerInfo(
        raw=info.raw,
        signer=_signer_id(signer),
        digest_algorithm=digest.parts(least=1)[0].identifier(),
        attributes=_attributes(attributes) if attributes else None,
        signature=signature.octets(),
    )


def _signer_id(element: Element) -> SignerId:
    if element.tag == asn1.SEQUENCE:
        issuer, serial = element.parts(least=2)[:2]
        return SignerId(issuer.raw, serial.integer(), None)
    return SignerId(None, None, element.expect(_KEY_ID).content)


def _attributes(element: Element) -> Attributes:
    found: dict[str, Element] = {}
    children = element.children()
    for attribute in children:
        kind, values = attribute.parts(least=2)[:2]
        name = kind.identifier()
        if name in found or (name in _KNOWN and len(values.parts(asn1.SET)) != 1):
            raise Malformed(_("an attribute stands there twice"))
        found[name] = values
    if CONTENT_TYPE not in found or MESSAGE_DIGEST not in found:
        raise Malformed(_("an obligatory attribute is missing"))
    known = {name: found[name].children()[0] for name in found.keys() & _KNOWN}
    as_found = der.tlv(asn1.SET, element.content)
    in_order = der.set_of(*(child.raw for child in children))
    return Attributes(
        signed=(as_found,) if as_found == in_order else (as_found, in_order),
        content_type=known[CONTENT_TYPE].identifier(),
        message_digest=known[MESSAGE_DIGEST].octets(),
        signing_time=known[SIGNING_TIME].time() if SIGNING_TIME in known else None,
        certificate=_certificate_digest(known),
    )


def _certificate_digest(values: dict[str, Element]) -> CertificateDigest | None:
    if SIGNING_CERTIFICATE_V2 in values:
        first = values[SIGNING_CERTIFICATE_V2].parts(least=1)[0].parts(least=1)[0]
        parts = first.parts(least=1)
        if parts[0].tag == asn1.SEQUENCE:
            algorithm = parts[0].parts(least=1)[0].identifier()
            return CertificateDigest(algorithm, first.parts(least=2)[1].octets())
        return CertificateDigest(SHA256, parts[0].octets())
    if SIGNING_CERTIFICATE in values:
        first = values[SIGNING_CERTIFICATE].parts(least=1)[0].parts(least=1)[0]
        return CertificateDigest(SHA1, first.parts(least=1)[0].octets())
    return None
