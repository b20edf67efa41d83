"""Valid, invalid, unknown: every bad case has its reason, and the last two are never mixed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.signatures import NotASignature
from sed_tui.errors.verdicts import REASONS, tell
from sed_tui.gost import asn1, der
from sed_tui.gost.authority import Revoked, TestAuthority, Validity
from sed_tui.gost.certificates import CERTIFICATE_SIGN, DIGITAL_SIGNATURE, parse
from sed_tui.gost.cms.message import DATA, SIGNED_DATA
from sed_tui.gost.cms.reading import read_message
from sed_tui.gost.cms.writing import joined
from sed_tui.gost.containers import pem
from sed_tui.gost.hashing import digest
from sed_tui.gost.identifiers import DIGEST_OF
from sed_tui.gost.revocation import read_revocation_list
from sed_tui.gost.trust import Trust
from sed_tui.gost.verdicts import VERDICTS, Finding, Reason, Verdict, worst
from sed_tui.gost.verification import Times, verify
from tests.gost.chain import NOON, START, Chain, days, make_chain

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gost.providers.protocol import Provider


def test_a_good_signature_is_valid_and_says_by_whom_and_when(chain: Chain) -> None:
    report = chain.verify(chain.sign())

    assert (report.verdict, report.findings) == (Verdict.VALID, ())
    assert report.certificate == chain.certificate
    assert report.certificate.subject.inn == "7701234567"
    assert report.claimed_at == report.judged_at == NOON
    assert [one.subject.common for one in report.chain] == [
        "Смирнова Анна Петровна",
        "Выдающий",
        "Корневой",
    ]
    assert report.lists_of == NOON - days(1)
    assert report.is_cades


def test_changed_content_is_invalid(chain: Chain) -> None:
    report = chain.verify(chain.sign(b"text"), b"tezt")

    assert (report.verdict, report.reasons) == (Verdict.INVALID, (Reason.CONTENT_CHANGED,))


def test_without_the_content_nothing_is_proven(chain: Chain) -> None:
    report = chain.verify(chain.sign(), None)

    assert (report.verdict, report.reasons) == (Verdict.UNKNOWN, (Reason.CONTENT_ABSENT,))


def test_without_roots_nothing_is_proven(chain: Chain) -> None:
    (report,) = verify(chain.sign(), b"text", Trust((), chain.provider), Times(NOON))

    assert (report.verdict, report.reasons) == (Verdict.UNKNOWN, (Reason.CHAIN_NOT_BUILT,))


def test_another_root_of_the_same_name_proves_nothing(chain: Chain) -> None:
    another = TestAuthority.root("Корневой", Validity.of(START, 3650), chain.provider)
    trust = Trust((another.certificate,), chain.provider)
    (report,) = verify(chain.sign(), b"text", trust, Times(NOON))

    assert (report.verdict, report.reasons) == (Verdict.UNKNOWN, (Reason.CHAIN_NOT_BUILT,))


def test_the_authority_is_found_among_the_known_ones(chain: Chain) -> None:
    alone = replace(chain, authority=chain.root).signer.sign(b"text", NOON)
    trust = chain.trust
    known = Trust(trust.roots, trust.provider, (chain.authority.certificate,), trust.lists)
    (lost,) = verify(alone, b"text", trust, Times(NOON))
    (found,) = verify(alone, b"text", known, Times(NOON))

    assert lost.reasons == (Reason.CHAIN_NOT_BUILT,)
    assert found.verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("since", "until", "reason"),
    [
        (days(-30), timedelta(seconds=-1), Reason.CERTIFICATE_EXPIRED),
        (timedelta(seconds=1), days(30), Reason.CERTIFICATE_NOT_YET_VALID),
    ],
)
def test_signing_outside_of_the_validity_is_invalid(
    chain: Chain, since: timedelta, until: timedelta, reason: Reason
) -> None:
    signer = chain.with_signer(Validity(NOON + since, NOON + until))
    report = signer.verify(signer.sign(at=NOON), now=NOON)

    assert (report.verdict, report.reasons) == (Verdict.INVALID, (reason,))


def test_after_expiry_the_signers_word_for_the_time_is_no_proof(chain: Chain) -> None:
    signer = chain.with_signer(Validity(NOON - days(30), NOON + days(1)))
    signature = signer.sign(at=NOON)
    later = signer.verify(signature, now=NOON + days(2))
    received = signer.verify(signature, now=NOON + days(2), existed_at=NOON + days(0.5))

    assert (later.verdict, later.reasons) == (Verdict.UNKNOWN, (Reason.TIME_NOT_PROVEN,))
    assert received.verdict is Verdict.VALID


def test_the_time_of_signing_cannot_lie_ahead(chain: Chain) -> None:
    signature = chain.sign(at=NOON + timedelta(hours=1))
    skewed = chain.verify(chain.sign(at=NOON + timedelta(minutes=4)))

    assert chain.verify(signature).reasons == (Reason.SIGNING_TIME_IN_FUTURE,)
    assert chain.verify(signature).verdict is Verdict.UNKNOWN
    assert skewed.verdict is Verdict.VALID


def test_a_revoked_certificate_is_invalid_from_then_on(chain: Chain) -> None:
    revoked = chain.revoking(Revoked(chain.certificate.serial, NOON - days(2), 1))
    report = revoked.verify(revoked.sign(at=NOON))

    assert (report.verdict, report.reasons) == (Verdict.INVALID, (Reason.CERTIFICATE_REVOKED,))
    assert report.findings[0].at == NOON - days(2)


def test_before_the_revocation_only_a_proven_time_makes_it_valid(chain: Chain) -> None:
    revoked = chain.revoking(Revoked(chain.certificate.serial, NOON - days(2)))
    signature = revoked.sign(at=NOON - days(5))
    later = revoked.verify(signature, now=NOON)
    received = revoked.verify(signature, now=NOON, existed_at=NOON - days(4))

    assert (later.verdict, later.reasons) == (Verdict.UNKNOWN, (Reason.REVOKED_SINCE,))
    assert received.verdict is Verdict.VALID


def test_a_revoked_authority_is_invalid(chain: Chain) -> None:
    serial = chain.authority.certificate.serial
    revoked = chain.revoking(Revoked(serial, NOON - days(2)), by_root=True)
    report = revoked.verify(revoked.sign())

    assert (report.verdict, report.reasons) == (Verdict.INVALID, (Reason.ISSUER_REVOKED,))


def test_without_a_list_nothing_is_proven(chain: Chain) -> None:
    report = replace(chain, lists=chain.lists[:1]).verify(chain.sign())

    assert (report.verdict, report.reasons) == (Verdict.UNKNOWN, (Reason.REVOCATION_UNKNOWN,))


def test_a_stale_list_proves_nothing(chain: Chain) -> None:
    report = chain.verify(chain.sign(at=NOON + days(31)), now=NOON + days(31))

    assert report.verdict is Verdict.UNKNOWN
    assert set(report.reasons) == {Reason.REVOCATION_STALE}


def test_a_list_by_another_key_proves_nothing(chain: Chain) -> None:
    stranger = TestAuthority(
        make_chain(chain.provider).key, chain.authority.certificate, chain.provider
    )
    forged = stranger.revocations((), Validity(NOON - days(1), NOON + days(1)))
    report = replace(chain, lists=(chain.lists[0], forged)).verify(chain.sign())

    assert (report.verdict, report.reasons) == (Verdict.UNKNOWN, (Reason.REVOCATION_UNKNOWN,))


def test_a_list_from_after_the_expiry_may_have_forgotten_the_certificate(chain: Chain) -> None:
    signer = chain.with_signer(Validity(NOON - days(30), NOON - days(5)))
    signature = signer.sign(at=NOON - days(6))
    report = signer.verify(signature, now=NOON, existed_at=NOON - days(6))

    assert (report.verdict, report.reasons) == (Verdict.UNKNOWN, (Reason.REVOCATION_STALE,))


def test_a_key_for_other_things_is_invalid(chain: Chain) -> None:
    validity = Validity.of(START, 365)
    issuing = chain.with_signer(validity, uses=frozenset({CERTIFICATE_SIGN}))
    signing = chain.with_signer(validity, uses=frozenset({DIGITAL_SIGNATURE}))

    assert issuing.verify(issuing.sign()).reasons == (Reason.KEY_USAGE,)
    assert signing.verify(signing.sign()).verdict is Verdict.VALID


def test_an_expired_root_answers_for_nothing(chain: Chain) -> None:
    root = replace(chain.root.certificate, not_after=NOON - days(1))
    trust = Trust((root,), chain.provider, lists=chain.trust.lists)
    (report,) = verify(chain.sign(), b"text", trust, Times(NOON))

    assert report.reasons == (Reason.ISSUER_NOT_VALID_THEN,)


def test_an_archive_is_verified_along_paths_that_are_remembered(chain: Chain) -> None:
    trust = chain.trust
    for day in range(3):
        moment = NOON - timedelta(hours=day)
        (report,) = verify(chain.sign(at=moment), b"text", trust, Times(NOON))
        assert report.verdict is Verdict.VALID
    expired = trust.path(chain.certificate, (chain.authority.certificate,), START + days(9999))

    assert len(trust._paths) == 1
    assert isinstance(expired, Finding)


def test_a_certificate_issued_by_a_person_is_refused(chain: Chain) -> None:
    person = TestAuthority(chain.key, chain.certificate, chain.provider)
    key = make_chain(chain.provider).key
    certificate = person.issue(key, {}, Validity.of(START, 300))
    forged = replace(chain, authority=person, key=key, certificate=certificate)
    known = Trust(
        forged.trust.roots, chain.provider, (chain.authority.certificate,), forged.trust.lists
    )
    (report,) = verify(forged.sign(), b"text", known, Times(NOON))

    assert report.verdict is Verdict.INVALID
    assert Reason.CHAIN_REFUSED in report.reasons


def test_an_unknown_obligatory_extension_leaves_it_unproven(chain: Chain) -> None:
    *fields, holder = asn1.read(chain.certificate.signed).children()
    unknown = der.sequence(der.identifier("1.2.3.4"), der.boolean(True), der.octets(der.NULL))
    extended = der.sequence(*(one.raw for one in holder.children()[0].children()), unknown)
    signed = der.sequence(*(one.raw for one in fields), der.explicit(3, extended))
    algorithm = asn1.read(chain.certificate.der).children()[1].raw
    hashed = digest(chain.provider, 256, signed)
    signature = der.bits(chain.authority.key.signs(chain.provider, hashed))
    odd = replace(chain, certificate=parse(der.sequence(signed, algorithm, signature)))
    report = odd.verify(odd.sign())

    assert (report.verdict, report.reasons) == (
        Verdict.UNKNOWN,
        (Reason.EXTENSION_NOT_SUPPORTED,),
    )


def test_another_certificate_of_the_same_key_is_found_out(chain: Chain) -> None:
    twin = chain.authority.issue(chain.key, {}, Validity.of(START, 365))
    # the same number and issuer, so that the signature seems to name it
    bytes_of_twin = twin.der.replace(
        der.integer(twin.serial), der.integer(chain.certificate.serial), 1
    )
    report = chain.verify(with_certificates(chain.sign(), bytes_of_twin))

    assert report.verdict is Verdict.INVALID
    assert Reason.ANOTHER_CERTIFICATE in report.reasons


def test_without_the_signers_certificate_nothing_is_proven(chain: Chain) -> None:
    report = chain.verify(with_certificates(chain.sign()))

    assert (report.verdict, report.reasons) == (Verdict.UNKNOWN, (Reason.CERTIFICATE_ABSENT,))


def test_a_signature_without_attributes_is_cms_and_not_cades(chain: Chain) -> None:
    signature = without_attributes(chain, b"text")
    report = chain.verify(signature)

    assert (report.verdict, report.is_cades) == (Verdict.VALID, False)
    assert chain.verify(signature, b"tezt").reasons == (Reason.SIGNATURE_WRONG,)


def test_attributes_cut_out_of_a_message_are_not_a_signed_content(chain: Chain) -> None:
    (info,) = read_message(chain.sign()).signers
    assert info.attributes is not None
    content = info.attributes.signed[0]
    report = chain.verify(without_attributes(chain, content, info.signature), content)

    assert (report.verdict, report.reasons) == (Verdict.INVALID, (Reason.CONTENT_IS_ATTRIBUTES,))


def test_two_signatures_of_one_content_are_joined_and_both_verified(
    chain: Chain, provider: Provider
) -> None:
    other = make_chain(provider, "tc26-512-A")
    both = joined(chain.sign(), other.sign())
    trust = Trust(
        (*chain.trust.roots, *other.trust.roots),
        provider,
        lists=[read_revocation_list(one) for one in (*chain.lists, *other.lists)],
    )
    reports = verify(both, b"text", trust, Times(NOON))

    assert [one.verdict for one in reports] == [Verdict.VALID, Verdict.VALID]
    assert {one.certificate for one in reports} == {chain.certificate, other.certificate}
    assert joined(both, chain.sign(at=NOON)).count(chain.certificate.der) == 1


def test_the_same_signature_comes_in_der_pem_and_base64(chain: Chain, tmp_path: Path) -> None:
    signature = chain.sign()
    armoured = pem("CMS", signature)
    bare = b"".join(armoured.splitlines()[1:-1])
    content = tmp_path / "letter.txt"
    content.write_bytes(b"text")

    for form in (signature, armoured, bare, b"\xef\xbb\xbf" + bare + b"\r\n"):
        assert chain.verify(form, content).verdict is Verdict.VALID


@pytest.mark.parametrize("data", [b"", b"text", b"0", b"0\x80", b"-----BEGIN CMS-----", b"MAA="])
def test_what_is_no_signature_is_told_so(chain: Chain, data: bytes) -> None:
    with pytest.raises(NotASignature):
        chain.verify(data)


def test_every_reason_has_a_verdict_and_the_worst_one_counts() -> None:
    assert set(VERDICTS) == set(Reason)
    assert set(REASONS) == {reason.value for reason in Reason}
    assert all(tell(reason) for reason in Reason)
    assert worst([Verdict.VALID, Verdict.UNKNOWN, Verdict.INVALID]) is Verdict.INVALID
    assert worst([Verdict.VALID, Verdict.UNKNOWN]) is Verdict.UNKNOWN
    assert worst([Verdict.VALID]) is Verdict.VALID
    assert worst([]) is Verdict.UNKNOWN


def with_certificates(signature: bytes, *certificates: bytes) -> bytes:
    """Put other certificates into a message."""
    version, algorithms, content, _old, signers = (
        part.raw for part in asn1.read(signature).children()[1].children()[0].children()
    )
    put = der.explicit(0, *certificates) if certificates else b""
    signed = der.sequence(version, algorithms, content, put, signers)
    return der.sequence(der.identifier(SIGNED_DATA), der.explicit(0, signed))


def without_attributes(chain: Chain, content: bytes, signature: bytes | None = None) -> bytes:
    """Sign the content itself, or claim that a signature is of it."""
    bits = chain.key.curve.bits
    algorithm = der.sequence(der.identifier(DIGEST_OF[bits]))
    certificate = chain.certificate
    if signature is None:
        signature = chain.key.signs(chain.provider, digest(chain.provider, bits, content))
    info = der.sequence(
        der.integer(1),
        der.sequence(certificate.issuer.raw, der.integer(certificate.serial)),
        algorithm,
        der.sequence(der.identifier("1.2.643.2.2.19")),  # as Rutoken writes it, for a 2012 key
        der.octets(signature),
    )
    signed = der.sequence(
        der.integer(1),
        der.set_of(algorithm),
        der.sequence(der.identifier(DATA)),
        der.explicit(0, certificate.der, chain.authority.certificate.der),
        der.set_of(info),
    )
    return der.sequence(der.identifier(SIGNED_DATA), der.explicit(0, signed))
