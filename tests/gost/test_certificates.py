"""Certificates: who, until when, for what; chains of mixed algorithms; odd encodings."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sed_tui.gost import asn1, der
from sed_tui.gost.asn1 import Malformed
from sed_tui.gost.authority import MARK, Validity, is_test
from sed_tui.gost.certificates import Certificate, parse, read_certificates
from sed_tui.gost.containers import every_der, pem
from sed_tui.gost.hashing import digest
from sed_tui.gost.keys import new_key
from sed_tui.gost.names import (
    COMMON_NAME,
    GIVEN_NAME,
    INN,
    INN_OF_ORGANIZATION,
    OGRN,
    SURNAME,
    TITLE,
    read_name,
    write_name,
)
from sed_tui.gost.signature import public_key_info
from sed_tui.gost.trust import Trust
from sed_tui.gost.verdicts import Finding, Reason
from tests.gost.chain import NOON, START, Chain

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gost.providers.protocol import Provider
    from tests.gost.conftest import Openssl

EMAIL = "1.2.840.113549.1.9.1"  # RFC 2985 5.2.1
SHA256_RSA = der.sequence(der.identifier("1.2.840.113549.1.1.11"), der.NULL)


def test_a_certificate_says_whose_it_is(chain: Chain) -> None:
    fields = {
        COMMON_NAME: "Администрация района",
        SURNAME: "Иванов",
        GIVEN_NAME: "Пётр Ильич",
        TITLE: "Глава",
        EMAIL: "head@example.org",
        INN: "771234567890",
        INN_OF_ORGANIZATION: "7701234567",
        OGRN: "1027700000000",
    }
    subject = chain.authority.issue(new_key(), fields, Validity.of(START, 30)).subject

    assert (subject.common, subject.person) == ("Администрация района", "Иванов Пётр Ильич")
    assert (subject.inn, subject.ogrn) == ("7701234567", "1027700000000")
    assert subject.first(TITLE) == "Глава"


def test_the_inn_of_an_organization_loses_its_zeros_and_that_of_a_person_keeps_them() -> None:
    def inn(value: str) -> str | None:
        return read_name(asn1.read(write_name({INN: value}))).inn

    assert inn("007701234567") == "7701234567"
    assert inn("771234567890") == "771234567890"


def test_what_the_authority_of_demonstrations_issues_bears_its_mark(
    chain: Chain, samples: Path
) -> None:
    real = read_certificates((samples / "ru-accredited-ca/root_256B_3.pem").read_bytes())[0]

    for certificate in (chain.root, chain.authority, chain):
        assert is_test(certificate.certificate)
        assert MARK in dict(certificate.certificate.subject.fields).values()
    assert not is_test(real)


def test_openssl_reads_the_same(openssl: Openssl, tmp_path: Path, chain: Chain) -> None:
    (tmp_path / "own.pem").write_bytes(pem("CERTIFICATE", chain.certificate.der))
    done = openssl(
        *("x509", "-engine", "gost", "-in", "own.pem", "-noout", "-serial", "-fingerprint"),
        *("-sha1", "-enddate", "-nameopt", "utf8,sep_comma_plus", "-subject", "-text"),
    )
    said = done.stdout.decode()

    assert f"serial={chain.certificate.number}" in said
    assert chain.certificate.thumbprint.upper() in said.replace(":", "")
    assert chain.certificate.not_after.strftime("%Y GMT") in said
    assert "Digital Signature, Non Repudiation" in said
    assert MARK in said


def test_a_chain_of_mixed_algorithms_is_validated(chain: Chain, provider: Provider) -> None:
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root = rsa_root(root_key)
    leaf = issued_by_rsa(root, root_key, chain)
    trust = Trust((root,), provider)
    forged = parse(leaf.der[:-1] + bytes((leaf.der[-1] ^ 1,)))

    assert leaf.key == chain.key.public(provider)
    assert trust.path(leaf, (), NOON) == (leaf, root)
    refused = trust.path(forged, (), NOON)
    assert isinstance(refused, Finding)
    assert refused.reason in {Reason.CHAIN_NOT_BUILT, Reason.CERTIFICATE_FORGED}


def test_a_text_in_any_encoding_is_read() -> None:
    def name(tag: int, value: bytes) -> str | None:
        pair = der.sequence(der.identifier(COMMON_NAME), der.tlv(tag, value))
        return read_name(asn1.read(der.sequence(der.set_of(pair)))).common

    assert name(0x0C, "Мэр".encode()) == "Мэр"
    assert name(0x1E, "Мэр".encode("utf-16-be")) == "Мэр"
    assert name(0x13, b"Mayor") == "Mayor"
    assert name(0x0C, b"\xff") == "\N{REPLACEMENT CHARACTER}"


def test_a_field_that_is_a_list_is_left_out() -> None:
    address = der.sequence(der.identifier("2.5.4.16"), der.sequence(der.text("ул. Мира")))
    common = der.sequence(der.identifier(COMMON_NAME), der.text("УЦ"))
    name = read_name(asn1.read(der.sequence(der.set_of(address), der.set_of(common))))

    assert name.fields == ((COMMON_NAME, "УЦ"),)


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        (asn1.UTC_TIME, b"490101000000Z", datetime(2049, 1, 1, tzinfo=UTC)),
        (asn1.UTC_TIME, b"500101000000Z", datetime(1950, 1, 1, tzinfo=UTC)),
        (asn1.GENERALIZED_TIME, b"20500101000000Z", datetime(2050, 1, 1, tzinfo=UTC)),
    ],
)
def test_moments_are_read_and_written(tag: int, text: bytes, expected: datetime) -> None:
    element = asn1.read(der.tlv(tag, text), tag)

    assert element.time() == expected
    if expected.year > 2000:
        assert der.time(expected) == element.raw


@pytest.mark.parametrize("dotted", ["1.2.643.7.1.1.1.1", "2.5.4.3", "2.999.1", "0.9.2342"])
def test_identifiers_are_read_and_written(dotted: str) -> None:
    assert asn1.read(der.identifier(dotted), asn1.OBJECT_IDENTIFIER).identifier() == dotted


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255, 256, -1, -128, -129, 1 << 160])
def test_numbers_are_read_and_written(value: int) -> None:
    assert asn1.read(der.integer(value), asn1.INTEGER).integer() == value


def test_a_pem_block_is_found_among_other_text() -> None:
    block = pem("CERTIFICATE", der.sequence(der.integer(5)))
    text = b"Bag Attributes\n" + block + b"\r\n# end\n" + block.replace(b"\n", b"\r\n")

    assert every_der(text) == [("CERTIFICATE", der.sequence(der.integer(5)))] * 2


def test_a_thousand_unfinished_blocks_take_no_time() -> None:
    with pytest.raises(Malformed):
        every_der(b"-----BEGIN A-----\n" * 200_000)


def test_a_large_file_is_hashed_in_little_memory(provider: Provider, tmp_path: Path) -> None:
    if provider.is_slow:
        pytest.skip("pure Python hashes fifty megabytes in minutes")
    large = tmp_path / "scan.pdf"
    with large.open("wb") as file:
        file.truncate(50 << 20)
    tracemalloc.start()
    digest(provider, 256, large)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 4 << 20


def rsa_root(key: rsa.RSAPrivateKey) -> Certificate:
    """Make a root of the other world."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "RSA root")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(START)
        .not_valid_after(NOON.replace(year=2030))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return parse(made.public_bytes(serialization.Encoding.DER))


def issued_by_rsa(root: Certificate, key: rsa.RSAPrivateKey, chain: Chain) -> Certificate:
    """Issue a certificate with a key of GOST."""
    signed = der.sequence(
        der.explicit(0, der.integer(2)),
        der.integer(2),
        SHA256_RSA,
        root.subject.raw,
        der.sequence(der.time(START), der.time(NOON.replace(year=2027))),
        write_name({COMMON_NAME: "Смешанный"}),
        public_key_info(chain.key.public(chain.provider)),
    )
    signature = key.sign(signed, padding.PKCS1v15(), hashes.SHA256())
    return parse(der.sequence(signed, SHA256_RSA, der.bits(signature)))
