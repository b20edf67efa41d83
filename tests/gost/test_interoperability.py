"""What other programs made behaves as is written beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.signatures import NotACertificate, NotASignature
from sed_tui.gost.certificates import Certificate, read_certificate, read_certificates
from sed_tui.gost.cms.reading import read_message
from sed_tui.gost.hashing import digest
from sed_tui.gost.identifiers import SIGNATURES
from sed_tui.gost.revocation import read_revocation_list
from sed_tui.gost.trust import Trust
from sed_tui.gost.verdicts import Finding, Reason, Verdict
from sed_tui.gost.verification import Times, verify

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gost.providers.protocol import Provider

AUTHORITIES = ("sub_256A_1", "sub_256B_1", "sub_256C_1", "sub_512A_1")
EXAMPLES = ("test256", "tc26_256_A", "test512")


def load(path: Path) -> Certificate:
    return read_certificate(path.read_bytes())


def is_signed_by(certificate: Certificate, issuer: Certificate, provider: Provider) -> bool:
    bits = SIGNATURES[certificate.signature_algorithm]
    assert issuer.key is not None
    hashed = digest(provider, bits, certificate.signed)
    return issuer.key.verifies(provider, hashed, certificate.signature)


@pytest.mark.parametrize("name", AUTHORITIES)
def test_accredited_authorities_lead_to_the_roots_of_the_ministry(
    samples: Path, name: str, provider: Provider
) -> None:
    folder = samples / "ru-accredited-ca"
    roots = tuple(load(path) for path in sorted(folder.glob("root_*.pem")))
    authority = load(folder / f"{name}.pem")
    middle = authority.not_before + (authority.not_after - authority.not_before) / 2
    path = Trust(roots, provider).path(authority, (), middle)

    assert not isinstance(path, Finding), path
    assert path[0] == authority
    assert path[-1] in roots
    assert authority.subject.ogrn
    assert len(authority.subject.inn or "") == 10


@pytest.mark.parametrize("name", ["root_256B_1", "root_256B_3"])
def test_roots_are_signed_by_themselves(samples: Path, name: str, provider: Provider) -> None:
    root = load(samples / "ru-accredited-ca" / f"{name}.pem")

    assert is_signed_by(root, root, provider)
    assert root.is_authority
    assert root.subject.inn == "7710474375"


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_of_the_rfc_verify(samples: Path, name: str, provider: Provider) -> None:
    folder = samples / "rfc9215"
    certificate = load(folder / f"{name}.crt.pem")
    revocations = read_revocation_list((folder / f"{name}.crl.pem").read_bytes())
    bits = SIGNATURES[revocations.signature_algorithm]
    key = certificate.key

    assert is_signed_by(certificate, certificate, provider)
    assert key is not None
    assert key.verifies(provider, digest(provider, bits, revocations.signed), revocations.signature)


@pytest.mark.parametrize("bits", [256, 512])
def test_the_messages_of_the_standard_verify(samples: Path, bits: int, provider: Provider) -> None:
    signer = load(samples / "tc26/x509" / f"tk26iok_{bits}.crt.der")
    message = (samples / "tc26/cms" / f"signed_{bits}.p7m.der").read_bytes()
    trust = Trust((signer,), provider)
    (report,) = verify(message, None, trust, Times(signer.not_before))
    (changed,) = verify(message, b"Test messagf", trust, Times(signer.not_before))

    assert (report.verdict, report.is_cades) == (Verdict.VALID, False)
    assert changed.verdict is Verdict.INVALID


@pytest.mark.parametrize("name", ["digested_256", "enveloped_kari_512", "enveloped_ktri_256"])
def test_messages_of_other_kinds_are_told_so(samples: Path, name: str) -> None:
    with pytest.raises(NotASignature, match="another kind"):
        read_message((samples / "tc26/cms" / f"{name}.p7m.der").read_bytes())


@pytest.mark.parametrize(
    "name", ["cert-gost01", "clicert-gost01", "gost-cert", "gost94-cert", "gost-cert-nogost"]
)
def test_certificates_of_the_old_standards_are_read_and_prove_nothing(
    samples: Path, name: str, provider: Provider
) -> None:
    certificate = load(samples / "gnutls" / f"{name}.pem")
    trust = Trust((certificate,), provider)

    assert certificate.key is None
    assert not isinstance(trust.path(certificate, (), certificate.not_before), Finding)


def test_a_signature_of_the_old_standard_is_unknown_and_not_invalid(
    samples: Path, provider: Provider
) -> None:
    folder = samples / "gnutls"
    message = (folder / "rfc4490.p7b").read_bytes()
    signer = load(folder / "gost-cert.pem")
    (alone,) = verify(message, None, Trust((), provider), Times(datetime(2026, 1, 1, tzinfo=UTC)))

    assert (alone.verdict, alone.reasons) == (Verdict.UNKNOWN, (Reason.CERTIFICATE_ABSENT,))
    assert signer.key is None


def test_a_chain_of_another_program_verifies(samples: Path, provider: Provider) -> None:
    folder = samples / "gnutls"
    root, server = load(folder / "gost-cert-ca.pem"), load(folder / "gost-cert-new.pem")
    path = Trust((root,), provider).path(server, (), server.not_before)

    assert path == (server, root)


def test_a_certificate_signed_by_rsa_with_a_gost_key_is_read(
    samples: Path, provider: Provider
) -> None:
    certificate = load(samples / "gnutls" / "cert-gost12.pem")

    assert certificate.key is not None
    assert certificate.signature_algorithm not in SIGNATURES


def test_a_file_of_several_certificates_gives_them_all(samples: Path) -> None:
    folder = samples / "ru-accredited-ca"
    both = (folder / "root_256B_1.pem").read_bytes() + (folder / "root_256B_3.pem").read_bytes()

    assert len(read_certificates(both)) == 2


@pytest.mark.parametrize("data", [b"", b"0", b"0\x03\x02\x01\x05", b"text", b"\xff" * 100])
def test_what_is_no_certificate_is_told_so(data: bytes) -> None:
    with pytest.raises(NotACertificate):
        read_certificate(data)
