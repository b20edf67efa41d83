"""The oracle: openssl with the engine of GOST accepts what we sign, and we what it signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.gost.authority import Revoked
from sed_tui.gost.cms.writing import joined
from sed_tui.gost.containers import pem
from sed_tui.gost.keys import write_pkcs8
from sed_tui.gost.verdicts import Reason, Verdict
from sed_tui.gost.verification import Times, verify
from tests.gost.chain import NOON, PARAMETER_SETS, Chain, days, make_chain

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gost.providers.protocol import Provider
    from tests.gost.conftest import Openssl

CONTENT = "Письмо\r\nв две строки\n".encode()
AT = str(int(NOON.timestamp()))
FORMS: dict[str, tuple[str, ...]] = {
    "detached": (),
    "cades": ("-cades",),
    "attached": ("-nodetach",),
    "without attributes": ("-noattr",),
    "by the key": ("-keyid",),
    "of indefinite length": ("-nodetach", "-stream"),
}


@pytest.fixture(scope="module", params=PARAMETER_SETS)
def chain(request: pytest.FixtureRequest, provider: Provider) -> Chain:
    return make_chain(provider, request.param)


def lay_out(folder: Path, chain: Chain) -> None:
    (folder / "content").write_bytes(CONTENT)
    (folder / "key.der").write_bytes(write_pkcs8(chain.key))
    (folder / "signer.pem").write_bytes(pem("CERTIFICATE", chain.certificate.der))
    (folder / "authority.pem").write_bytes(pem("CERTIFICATE", chain.authority.certificate.der))
    trusted = [pem("CERTIFICATE", chain.root.certificate.der)]
    trusted += [pem("X509 CRL", one) for one in chain.lists]
    (folder / "trusted.pem").write_bytes(b"".join(trusted))


def verified(openssl: Openssl, *options: str) -> tuple[int, bytes]:
    done = openssl(
        *("cms", "-verify", "-engine", "gost", "-binary", "-inform", "DER", "-in", "made"),
        *("-content", "content", "-CAfile", "trusted.pem", "-purpose", "any", "-x509_strict"),
        *("-check_ss_sig", "-crl_check_all", "-attime", AT, "-out", "out", *options),
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("options", [(), ("-cades",)])
def test_openssl_accepts_our_signature(
    openssl: Openssl, tmp_path: Path, chain: Chain, options: tuple[str, ...]
) -> None:
    lay_out(tmp_path, chain)
    (tmp_path / "made").write_bytes(chain.sign(tmp_path / "content"))
    status, said = verified(openssl, *options)

    assert status == 0, said
    assert b"CAdES Verification successful" in said or not options


def test_openssl_refuses_our_signature_over_another_content(
    openssl: Openssl, tmp_path: Path, chain: Chain
) -> None:
    lay_out(tmp_path, chain)
    (tmp_path / "made").write_bytes(chain.sign(CONTENT + b" "))

    assert verified(openssl)[0] != 0


def test_openssl_finds_our_list_of_revoked(openssl: Openssl, tmp_path: Path, chain: Chain) -> None:
    revoked = chain.revoking(Revoked(chain.certificate.serial, NOON - days(2), 1))
    lay_out(tmp_path, revoked)
    (tmp_path / "made").write_bytes(revoked.sign(CONTENT))
    status, said = verified(openssl)

    assert status != 0
    assert b"certificate revoked" in said


def test_openssl_accepts_both_of_our_joined_signatures(
    openssl: Openssl, tmp_path: Path, chain: Chain, provider: Provider
) -> None:
    other = make_chain(provider, "tc26-512-A")
    lay_out(tmp_path, chain)
    trusted = [pem("X509 CRL", one) for one in other.lists]
    trusted += [pem("CERTIFICATE", other.root.certificate.der)]
    with (tmp_path / "trusted.pem").open("ab") as file:
        file.write(b"".join(trusted))
    (tmp_path / "made").write_bytes(joined(chain.sign(CONTENT), other.sign(CONTENT)))
    status, said = verified(openssl)

    assert status == 0, said


@pytest.mark.parametrize("form", sorted(FORMS))
def test_the_signature_of_openssl_is_valid(
    openssl: Openssl, tmp_path: Path, chain: Chain, form: str
) -> None:
    lay_out(tmp_path, chain)
    done = openssl(
        *("cms", "-sign", "-engine", "gost", "-binary", "-in", "content", "-outform", "DER"),
        *("-signer", "signer.pem", "-inkey", "key.der", "-keyform", "DER"),
        *("-certfile", "authority.pem", "-md", f"md_gost12_{chain.key.curve.bits}"),
        *FORMS[form],
    )
    assert done.returncode == 0, done.stderr
    content = None if "-nodetach" in FORMS[form] else CONTENT
    # openssl takes the time of signing from the clock
    existed_at = NOON + days(1)
    (report,) = verify(done.stdout, content, chain.trust, Times(existed_at))
    (changed,) = verify(done.stdout, CONTENT + b"!", chain.trust, Times(existed_at))

    assert set(report.reasons) <= {Reason.SIGNING_TIME_IN_FUTURE}
    assert report.is_cades == (form == "cades")
    assert changed.verdict is Verdict.INVALID
