"""Verifying signatures: what is proven good, what is proven bad, what is not proven, and why.

Nothing is asked of the network. A signature without a time stamp states its time itself; how
far that is believed stands in `_times`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from itertools import pairwise
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import NotARevocationList, RevocationListTooLarge
from sed_tui.gost.cms.message import SHA1
from sed_tui.gost.cms.reading import are_attributes, read_message
from sed_tui.gost.hashing import Content, digest, digest_by, digests
from sed_tui.gost.identifiers import DIGESTS
from sed_tui.gost.revocation import read_revocation_list
from sed_tui.gost.verdicts import (
    Finding,
    Reason,
    SignatureReport,
    Verdict,
    worst,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.gost.certificates import Certificate
    from sed_tui.gost.cms.message import SignedMessage, SignerInfo
    from sed_tui.gost.revocation import RevocationList
    from sed_tui.gost.trust import Trust

_SKEW = timedelta(minutes=5)  # by which clocks may differ
_LONGEST_ATTRIBUTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Times:
    """Now, and the moment at which the signature is known to have existed (its receipt)."""

    now: datetime
    existed_at: datetime | None = None

    @property
    def proven(self) -> datetime:
        """Return the latest moment at which the signature can have been made."""
        return self.existed_at or self.now


def verify(
    signature: bytes,
    content: Content | None,
    trust: Trust,
    times: Times,
    progress: Callable[[int], None] | None = None,
) -> tuple[SignatureReport, ...]:
    """Return a report for each signature of a message; raise `NotASignature`.

    The content is that of the message when none is given.
    """
    message = read_message(signature)
    inside = content if content is not None else message.content
    sizes = {
        DIGESTS[info.digest_algorithm]
        for info in message.signers
        if info.digest_algorithm in DIGESTS
    }
    hashed = {}
    if inside is not None:
        hashed = digests(trust.provider, sizes, inside, progress)
    is_bare = any(info.attributes is None for info in message.signers)
    attributes_alike = is_bare and inside is not None and _could_be_attributes(inside)
    lists = tuple(_embedded_lists(message))
    return tuple(
        _Check(message, info, hashed, attributes_alike, trust, times, lists).report()
        for info in message.signers
    )


@dataclass(slots=True)
class _Check:
    """The verification of one signature; findings gather as it goes."""

    message: SignedMessage
    info: SignerInfo
    hashed: dict[int, bytes]
    content_could_be_attributes: bool
    trust: Trust
    times: Times
    lists: tuple[RevocationList, ...]
    findings: list[Finding] = field(default_factory=list)
    chain: tuple[Certificate, ...] = ()
    lists_of: datetime | None = None

    def report(self) -> SignatureReport:
        """Look at everything, whatever is found on the way."""
        certificate = self._certificate()
        if certificate is None:
            self._find(Reason.CERTIFICATE_ABSENT)
        else:
            self._check_bytes(certificate)
            self._check_certificate(certificate)
            self._check_time(certificate)
            self._check_chain(certificate)
        attributes = self.info.attributes
        return SignatureReport(
            verdict=worst([Verdict.VALID, *(finding.verdict for finding in self.findings)]),
            findings=tuple(self.findings),
            certificate=certificate,
            chain=self.chain,
            claimed_at=self._claimed,
            judged_at=self._moment,
            verified_at=self.times.now,
            lists_of=self.lists_of,
            is_cades=attributes is not None and attributes.certificate is not None,
        )

    @property
    def _claimed(self) -> datetime | None:
        return self.info.attributes.signing_time if self.info.attributes else None

    @property
    def _moment(self) -> datetime:
        """Return the moment for which certificates are judged."""
        claimed, proven = self._claimed, self.times.proven
        return claimed if claimed is not None and claimed <= proven else proven

    def _find(
        self,
        reason: Reason,
        certificate: Certificate | None = None,
        at: datetime | None = None,
    ) -> None:
        self.findings.append(Finding(reason, certificate.number if certificate else None, at))

    def _certificate(self) -> Certificate | None:
        known = (*self.message.certificates, *self.trust.certificates, *self.trust.roots)
        named = [one for one in known if self.info.signer.is_of(one)]
        return next((one for one in named if self._is_the_signed_one(one)), None) or next(
            iter(named), None
        )

    def _is_the_signed_one(self, certificate: Certificate) -> bool:
        attributes = self.info.attributes
        if attributes is None or attributes.certificate is None:
            return True
        named = attributes.certificate
        found = digest_by(self.trust.provider, named.algorithm, certificate.der)
        return found is not None and compare_digest(found, named.digest)

    def _check_bytes(self, certificate: Certificate) -> None:
        key, bits = certificate.key, DIGESTS.get(self.info.digest_algorithm)
        if key is None or bits is None:
            self._find(Reason.ALGORITHM_NOT_SUPPORTED, certificate)
            return
        if bits != key.curve.bits:
            self._find(Reason.DIGEST_NOT_OF_KEY, certificate)
            return
        hashed = self.hashed.get(bits)
        if hashed is None:
            self._find(Reason.CONTENT_ABSENT)
        if self.info.attributes is None:
            self._check_content_signature(certificate, hashed)
            return
        attributes = self.info.attributes
        if hashed is not None and not compare_digest(attributes.message_digest, hashed):
            self._find(Reason.CONTENT_CHANGED)
        if attributes.content_type != self.message.content_type:
            self._find(Reason.CONTENT_TYPE_DIFFERS)
        provider = self.trust.provider
        if not any(
            key.verifies(provider, digest(provider, bits, signed), self.info.signature)
            for signed in attributes.signed
        ):
            self._find(Reason.SIGNATURE_WRONG)

    def _check_content_signature(self, certificate: Certificate, hashed: bytes | None) -> None:
        """Check a signature without attributes, which covers the content itself."""
        key = certificate.key
        if hashed is None or key is None:
            return
        if self.content_could_be_attributes:
            self._find(Reason.CONTENT_IS_ATTRIBUTES)
        if not key.verifies(self.trust.provider, hashed, self.info.signature):
            self._find(Reason.SIGNATURE_WRONG)

    def _check_certificate(self, certificate: Certificate) -> None:
        named = self.info.attributes.certificate if self.info.attributes else None
        if named is not None and not self._is_the_signed_one(certificate):
            is_known = named.algorithm == SHA1 or digest_by(
                self.trust.provider, named.algorithm, b""
            )
            reason = Reason.ANOTHER_CERTIFICATE if is_known else Reason.ALGORITHM_NOT_SUPPORTED
            self._find(reason, certificate)
        if not certificate.may_sign_documents:
            self._find(Reason.KEY_USAGE, certificate)

    def _check_time(self, certificate: Certificate) -> None:
        """Judge validity by the law: at the proven moment of signing, or else at the check.

        Federal law 63-FZ, article 11, part 2. The signer's own clock proves his fault, not
        his right: a time outside the validity is bad, a time inside it is only unproven once
        the certificate has expired.
        """
        claimed, proven = self._claimed, self.times.proven
        if claimed is not None and claimed > proven + _SKEW:
            self._find(Reason.SIGNING_TIME_IN_FUTURE, certificate, claimed)
        stated = claimed if claimed is not None else proven
        if min(stated, proven) < certificate.not_before:
            self._find(Reason.CERTIFICATE_NOT_YET_VALID, certificate, certificate.not_before)
        elif stated > certificate.not_after:
            self._find(Reason.CERTIFICATE_EXPIRED, certificate, certificate.not_after)
        elif proven > certificate.not_after:
            self._find(Reason.TIME_NOT_PROVEN, certificate, certificate.not_after)

    def _check_chain(self, certificate: Certificate) -> None:
        moment = self._moment
        if not certificate.is_valid_at(moment):
            # found already; the issuers are judged by a moment at which they answered for it
            moment = min(max(moment, certificate.not_before), certificate.not_after)
        path = self.trust.path(certificate, self.message.certificates, moment)
        if isinstance(path, Finding):
            self.findings.append(path)
            return
        self.chain = path
        for one, issuer in pairwise(path):
            self._check_revocation(one, issuer, is_signer=one is path[0])

    def _check_revocation(
        self, certificate: Certificate, issuer: Certificate, *, is_signer: bool
    ) -> None:
        standing = self.trust.standing(certificate, issuer, self._moment, self.lists)
        if standing.lists_of is not None:
            self.lists_of = min(standing.lists_of, self.lists_of or standing.lists_of)
        if standing.problem:
            self._find(standing.problem, certificate, standing.lists_of)
        if standing.revocation is None or standing.revocation.at > self.times.proven:
            return
        revoked_at = standing.revocation.at
        if revoked_at > self._moment:  # since then, says the signer's clock
            self._find(Reason.REVOKED_SINCE, certificate, revoked_at)
        elif is_signer:
            self._find(Reason.CERTIFICATE_REVOKED, certificate, revoked_at)
        else:
            self._find(Reason.ISSUER_REVOKED, certificate, revoked_at)


def _could_be_attributes(content: Content) -> bool:
    if not isinstance(content, bytes):
        if content.stat().st_size > _LONGEST_ATTRIBUTES:
            return False
        content = content.read_bytes()
    return len(content) <= _LONGEST_ATTRIBUTES and are_attributes(content)


def _embedded_lists(message: SignedMessage) -> list[RevocationList]:
    """Read the lists that the message brings along; unreadable ones tell nothing."""
    found = []
    for data in message.lists:
        try:
            found.append(read_revocation_list(data))
        except (NotARevocationList, RevocationListTooLarge):
            continue
    return found
