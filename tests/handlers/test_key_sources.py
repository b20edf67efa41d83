"""Drafts signed by a PFX and by a real external program, as the command and the screen do it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.signatures import WrongKeyPassword
from sed_tui.gateway.batch_signing import Outcome, checked, sign_each
from sed_tui.gateway.key_sources import KeySource, open_key
from sed_tui.gost.authority import Validity
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.containers import pem
from sed_tui.gost.keys import new_key, write_pkcs8
from sed_tui.gost.names import COMMON_NAME
from sed_tui.gost.providers.choice import provider_named
from sed_tui.operations.registry import CallOptions
from tests.conftest import FixedClock
from tests.gost.conftest import has_engine, openssl
from tests.handlers.drafts import drafted
from tests.handlers.signers import HEAD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gost.conftest import Openssl
    from tests.handlers.signers import Signing

__all__ = ["has_engine", "openssl"]


@pytest.fixture
def clock() -> FixedClock:
    """Return the time of the machine: openssl writes that into what it signs."""
    return FixedClock(datetime.now(UTC))


def never() -> str:
    pytest.fail("a PIN that is given is not asked for")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_pfx_and_an_external_program_sign_and_a_wrong_word_does_not(
    signing_office: Signing, openssl: Openssl, tmp_path: Path
) -> None:
    made, key = signing_office, new_key()
    validity = Validity.of(made.authority.now, 90)
    own = made.authority.root.issue(key, {COMMON_NAME: "Головин"}, validity)
    made.hold(HEAD, KeySigner(key, own, provider_named()))
    (tmp_path / "key.pem").write_bytes(pem("PRIVATE KEY", write_pkcs8(key)))
    (tmp_path / "own.pem").write_bytes(pem("CERTIFICATE", own.der))
    packed = openssl(
        *("pkcs12", "-export", "-engine", "gost", "-inkey", "key.pem", "-in", "own.pem"),
        *("-passout", "pass:пфх", "-out", "own.pfx"),
    )
    assert packed.returncode == 0, packed.stderr
    gateway = made.office.as_(HEAD)
    pfx = KeySource(key=tmp_path / "own.pfx")
    program = KeySource(
        command="openssl cms -sign -cades -engine gost -binary -in {input} -out {output}"
        f" -outform PEM -signer {tmp_path}/own.pem -inkey {tmp_path}/key.pem -md md_gost12_256",
        thumbprint=own.thumbprint.upper(),
    )
    with pytest.raises(WrongKeyPassword):
        open_key(gateway, pfx, "auto", "1", never)

    for source, word in ((pfx, "пфх"), (program, None)):
        signer = open_key(gateway, source, "auto", word, never)
        letter = str(drafted(made.office.as_("petrov")).id)
        batch = checked(gateway, [letter])
        (tried,) = sign_each(gateway, batch, signer, made.office.clock, CallOptions())
        assert (tried.failure, tried.outcome) == (None, Outcome.SIGNED)
