"""Keys: ours are opened by openssl, those of others by us, and whatever is wrong is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.signatures import (
    CryptoProContainer,
    KeyOfAnother,
    KeyPasswordNeeded,
    KeyProtectionUnknown,
    NotAKey,
    SignerNotGost,
    WrongKeyPassword,
)
from sed_tui.gost import der
from sed_tui.gost.certificates import read_certificate
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.containers import pem
from sed_tui.gost.identifiers import PARAMETER_SETS
from sed_tui.gost.keys import new_key, read_private_key, write_pkcs8, write_private_key
from sed_tui.gost.pbes2 import pbkdf2, streebog
from sed_tui.gost.pfx import is_pfx, read_pfx
from sed_tui.gost.signature import key_algorithm
from tests.gost.chain import PARAMETER_SETS as TRIED
from tests.gost.chain import Chain, make_chain

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gost.providers.protocol import Provider
    from sed_tui.gost.signature import PrivateKey
    from tests.gost.conftest import Openssl

PASSWORD = "Пароль для PFX"
OURS = {
    "gnutls/key-gost12-256-2-enc.p8": "1.2.643.2.2.35.1",
    "gnutls/key-gost12-256-2.p8": "1.2.643.2.2.35.1",
    "gnutls/key-gost12-256.p8": "1.2.643.2.2.36.0",
    "gnutls/key-gost12-512.p8": "1.2.643.7.1.2.1.2.2",
    "gnutls/key-gost12.pem": "1.2.643.7.1.2.1.2.1",
    "tc26/pfx/expected_key.p8.der": "1.2.643.2.2.35.1",
}
OF_2001 = ["key-gost01.p8", "key-gost01.pem", "key-gost01-2.p8", "clikey-gost01.pem"]


def pkcs8(key: PrivateKey, octets: bytes) -> bytes:
    """Wrap the octets of a key in a way of somebody else."""
    algorithm = key_algorithm(key.parameters, key.curve)
    return der.sequence(der.integer(0), algorithm, der.octets(octets))


@pytest.mark.parametrize("name", sorted(PARAMETER_SETS))
def test_a_key_comes_back_from_its_file(name: str, provider: Provider) -> None:
    key = new_key(name)

    assert read_private_key(write_pkcs8(key), None, provider) == key
    assert str(key.d) not in repr(key)


def test_our_storage_opens_with_the_password_only(provider: Provider) -> None:
    key = new_key()
    stored = write_private_key(key, "пароль")

    assert read_private_key(stored, "пароль", provider) == key
    assert key.d.to_bytes(32, "little") not in stored
    with pytest.raises(WrongKeyPassword):
        read_private_key(stored, "parol", provider)
    with pytest.raises(KeyPasswordNeeded):
        read_private_key(stored, None, provider)


def test_openssl_opens_our_storage(openssl: Openssl, tmp_path: Path) -> None:
    key = new_key("tc26-512-C")
    (tmp_path / "key.pem").write_bytes(write_private_key(key, "secret"))
    done = openssl("pkey", "-engine", "gost", "-in", "key.pem", "-passin", "pass:secret", "-text")

    assert f"{key.d:X}".encode() in done.stdout


@pytest.mark.parametrize(
    ("algorithm", "options"),
    [
        ("aes-256-cbc", ()),
        ("aes-128-cbc", ()),
        ("aes-192-cbc", ("-v2prf", "hmacWithSHA512")),
        ("gost89", ("-v2prf", "id-tc26-hmac-gost-3411-2012-512")),
    ],
)
def test_keys_of_openssl_are_opened(
    openssl: Openssl, tmp_path: Path, provider: Provider, algorithm: str, options: tuple[str, ...]
) -> None:
    key = new_key("CryptoPro-A")
    (tmp_path / "key.der").write_bytes(write_pkcs8(key))
    done = openssl(
        *("pkcs8", "-topk8", "-engine", "gost", "-inform", "DER", "-in", "key.der"),
        *("-v2", algorithm, *options, "-passout", "pass:secret"),
    )

    assert read_private_key(done.stdout, "secret", provider) == key
    with pytest.raises(WrongKeyPassword):
        read_private_key(done.stdout, "Secret", provider)


@pytest.mark.parametrize("options", [(), ("-keypbe", "gost89", "-macalg", "md_gost12_512")])
def test_a_pfx_of_openssl_is_opened(
    openssl: Openssl,
    tmp_path: Path,
    chain: Chain,
    provider: Provider,
    options: tuple[str, ...],
) -> None:
    (tmp_path / "key.pem").write_bytes(pem("PRIVATE KEY", write_pkcs8(chain.key)))
    for name, certificate in (("own", chain.certificate), ("ca", chain.authority.certificate)):
        (tmp_path / f"{name}.pem").write_bytes(pem("CERTIFICATE", certificate.der))
    done = openssl(
        *("pkcs12", "-export", "-engine", "gost", "-inkey", "key.pem", "-in", "own.pem"),
        *("-certfile", "ca.pem", "-passout", "pass:пфх", *options),
    )
    opened = read_pfx(done.stdout, "пфх", provider)

    assert opened.key == chain.key
    assert opened.certificates == (chain.certificate, chain.authority.certificate)


@pytest.mark.parametrize("name", TRIED)
def test_a_key_is_read_in_every_way_it_is_written(name: str, provider: Provider) -> None:
    key = new_key(name)
    size, q = key.curve.octets, key.curve.q
    little = key.d.to_bytes(size, "little")
    mask = 0x1234567 % q
    masked = (key.d * pow(mask, -1, q) % q).to_bytes(size, "little")
    ways = [
        little,
        der.octets(little),
        der.integer(key.d),
        masked + mask.to_bytes(size, "little"),
        der.octets(masked + mask.to_bytes(size, "little")),
    ]

    for octets in ways:
        assert read_private_key(pkcs8(key, octets), None, provider) == key


@pytest.mark.parametrize("octets", [b"", b"\0" * 32, b"\xff" * 32, b"\1" * 31, b"\2\1"])
def test_impossible_keys_are_refused(octets: bytes, provider: Provider) -> None:
    with pytest.raises(NotAKey):
        read_private_key(pkcs8(new_key("CryptoPro-A"), octets), None, provider)


@pytest.mark.parametrize("data", [b"", b"0", b"0\0", b"-----BEGIN RSA PRIVATE KEY-----", b"key"])
def test_what_is_no_key_is_told_so(data: bytes, provider: Provider) -> None:
    with pytest.raises(NotAKey):
        read_private_key(data, "secret", provider)
    with pytest.raises(NotAKey):
        read_pfx(data, "secret", provider)


@pytest.mark.parametrize("name", sorted(OURS))
def test_keys_of_others_are_read(samples: Path, name: str, provider: Provider) -> None:
    key = read_private_key((samples / name).read_bytes(), PASSWORD, provider)

    assert key.parameters == OURS[name]


@pytest.mark.parametrize("name", OF_2001)
def test_keys_of_the_old_standard_are_refused(samples: Path, name: str, provider: Provider) -> None:
    with pytest.raises((NotAKey, KeyProtectionUnknown)):
        read_private_key((samples / "gnutls" / name).read_bytes(), PASSWORD, provider)


@pytest.mark.parametrize(
    "name", ["tc26/pfx/r50_1_112_2016.p12", "gnutls/gost12.p12", "gnutls/gost12-2.p12"]
)
def test_pfx_files_of_others_are_opened(samples: Path, name: str, provider: Provider) -> None:
    data = (samples / name).read_bytes()
    opened = read_pfx(data, PASSWORD, provider)
    own = opened.certificates[0].key

    assert is_pfx(data)
    assert own is not None
    assert own.point == opened.key.public(provider).point
    with pytest.raises(WrongKeyPassword):
        read_pfx(data, "пароль", provider)
    with pytest.raises(KeyPasswordNeeded):
        read_pfx(data, None, provider)


def test_the_key_in_the_pfx_of_the_standard_is_the_published_one(
    samples: Path, provider: Provider
) -> None:
    opened = read_pfx((samples / "tc26/pfx/r50_1_112_2016.p12").read_bytes(), PASSWORD, provider)
    alone = (samples / "tc26/pfx/expected_key.p8.der").read_bytes()

    assert opened.key == read_private_key(alone, None, provider)
    assert not is_pfx(alone)


def test_the_pfx_of_cryptopro_is_refused_by_name(provider: Provider) -> None:
    scheme = der.sequence(der.identifier("1.2.840.113549.1.12.1.80"), der.NULL)
    shrouded = der.sequence(scheme, der.octets(b"secret"))
    bag = der.sequence(der.identifier("1.2.840.113549.1.12.10.1.2"), der.explicit(0, shrouded))
    data = der.identifier("1.2.840.113549.1.7.1")
    inner = der.sequence(data, der.explicit(0, der.octets(der.sequence(bag))))
    safe = der.sequence(data, der.explicit(0, der.octets(der.sequence(inner))))

    with pytest.raises(CryptoProContainer):
        read_pfx(der.sequence(der.integer(3), safe), "secret", provider)
    with pytest.raises(CryptoProContainer):
        read_private_key(shrouded, "secret", provider)


def test_a_key_of_another_certificate_does_not_sign(chain: Chain, provider: Provider) -> None:
    with pytest.raises(KeyOfAnother, match=chain.certificate.number):
        KeySigner(new_key(), chain.certificate, provider)


def test_a_certificate_of_another_algorithm_does_not_sign(
    samples: Path, provider: Provider
) -> None:
    old = read_certificate((samples / "gnutls/cert-gost01.pem").read_bytes())

    with pytest.raises(SignerNotGost):
        KeySigner(new_key(), old, provider)


def test_keys_are_derived_as_the_standard_says(provider: Provider) -> None:
    """R 50.1.111-2016, appendix A: the first and the last example."""
    new = streebog(provider, 512)

    assert pbkdf2(new, b"password", b"salt", 1, 64).hex().startswith("64770af7f748c3b1c9ac831d")
    assert (
        pbkdf2(new, b"pass\0word", b"sa\0lt", 4096, 64).hex().startswith("50df062885b69801a3c10248")
    )


def test_another_curve_than_the_certificates_is_a_key_of_another(
    chain: Chain, provider: Provider
) -> None:
    with pytest.raises(KeyOfAnother):
        KeySigner(make_chain(provider, "tc26-512-A").key, chain.certificate, provider)
