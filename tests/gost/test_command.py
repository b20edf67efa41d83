"""The external command: what it makes is believed only after our own verification."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.signatures import (
    SignatureNotAccepted,
    SigningCommandFailed,
    SigningCommandMissing,
    SigningCommandWrong,
)
from sed_tui.gost.authority import Validity
from sed_tui.gost.command import TEMPLATES, CommandSigner
from sed_tui.gost.containers import pem
from sed_tui.gost.keys import write_pkcs8
from sed_tui.gost.verdicts import Verdict
from tests.gost.chain import NOON, Chain, days, make_chain

if TYPE_CHECKING:
    from tests.gost.conftest import Openssl

COPY = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])"


def signer(chain: Chain, code: str, *arguments: str, timeout: float = 60) -> CommandSigner:
    """Return a signer whose command is a line of Python."""
    words = [f'"{sys.executable}"', "-c", f"'{code}'", *arguments]
    return CommandSigner(
        " ".join(words), chain.certificate.thumbprint, chain.provider, timeout=timeout
    )


def copying(chain: Chain, made: Path, *names: str) -> CommandSigner:
    return signer(chain, COPY, f'"{made}"', *(names or ("{output}", "{input}")))


@pytest.fixture
def made(tmp_path: Path, chain: Chain) -> Path:
    path = tmp_path / "made by the token.sig"
    path.write_bytes(chain.sign())
    return path


@pytest.mark.parametrize("form", ["der", "pem", "base64"])
def test_a_good_signature_is_accepted_in_any_form(chain: Chain, made: Path, form: str) -> None:
    signature = chain.sign()
    armoured = pem("CMS", signature)
    bare = b"".join(armoured.splitlines()[1:-1])
    made.write_bytes({"der": signature, "pem": armoured, "base64": bare}[form])
    accepted = copying(chain, made).sign(b"text", NOON)

    assert accepted == signature
    assert chain.verify(accepted).verdict is Verdict.VALID


def test_the_file_may_be_named_by_the_command_itself(chain: Chain, made: Path) -> None:
    accepted = copying(chain, made, "{input}.sgn", "{input}").sign(b"text", NOON)

    assert chain.verify(accepted).verdict is Verdict.VALID


def test_a_file_is_given_to_the_command_as_a_copy(chain: Chain, made: Path) -> None:
    letter = made.with_name("letter.txt")
    letter.write_bytes(b"text")
    spoiling = f"import os, sys; os.remove(sys.argv[3]); {COPY}"
    accepted = signer(chain, spoiling, f'"{made}"', "{output}", "{input}").sign(letter, NOON)

    assert chain.verify(accepted, letter).verdict is Verdict.VALID
    assert letter.read_bytes() == b"text"


@pytest.mark.parametrize(
    ("content", "reason"), [(b"another", "not the one"), (b"text ", "not the one")]
)
def test_a_signature_of_other_bytes_is_not_accepted(
    chain: Chain, made: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(SignatureNotAccepted, match=reason):
        copying(chain, made).sign(content, NOON)


def test_a_signature_by_another_certificate_is_not_accepted(chain: Chain, made: Path) -> None:
    made.write_bytes(make_chain(chain.provider).sign())

    with pytest.raises(SignatureNotAccepted, match="another certificate"):
        copying(chain, made).sign(b"text", NOON)


def test_an_expired_certificate_is_not_accepted(chain: Chain, made: Path) -> None:
    expired = chain.with_signer(Validity(NOON - days(30), NOON - days(1)))
    made.write_bytes(expired.sign())

    with pytest.raises(SignatureNotAccepted, match="had expired"):
        copying(expired, made).sign(b"text", NOON)


@pytest.mark.parametrize("output", [b"", b"Error 0x80090010"])
def test_what_is_no_signature_is_not_accepted(chain: Chain, made: Path, output: bytes) -> None:
    made.write_bytes(output)

    with pytest.raises(SignatureNotAccepted):
        copying(chain, made).sign(b"text", NOON)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("print(chr(1055) + chr(1048) + chr(1053)); raise SystemExit(2)", "ПИН"),
        ("raise SystemExit(3)", "3"),
        ("pass", "no signature"),
        ("print(chr(120) * 400 + chr(10) + str(404)); raise SystemExit(1)", "failed: 404$"),
    ],
)
def test_a_command_that_fails_is_told_with_what_it_said(
    chain: Chain, code: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")

    with pytest.raises(SigningCommandFailed, match=reason):
        signer(chain, code, "{input}").sign(b"text", NOON)


def test_a_command_that_hangs_is_stopped(chain: Chain) -> None:
    waiting = "import sys, threading; threading.Event().wait()"

    with pytest.raises(SigningCommandFailed, match=r"0\.3 seconds"):
        signer(chain, waiting, "{input}", timeout=0.3).sign(b"text", NOON)


def test_a_command_that_is_not_there_is_told(chain: Chain) -> None:
    absent = CommandSigner("cryptcp-absent {input}", "00", chain.provider)

    with pytest.raises(SigningCommandMissing, match=r"cryptcp-absent.*no such file") as failed:
        absent.sign(b"text", NOON)
    assert "Errno" not in str(failed.value)


@pytest.mark.parametrize(
    "template", ["", "sign", "sign {file}", "sign '{input}", "sign {input.x.y}"]
)
def test_a_wrong_template_is_told(chain: Chain, template: str) -> None:
    with pytest.raises(SigningCommandWrong):
        CommandSigner(template, "00", chain.provider).sign(b"text", NOON)


def test_no_shell_reads_the_template(chain: Chain, made: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    code = "import sys; print(sys.argv[2:], file=sys.stderr); raise SystemExit(1)"

    with pytest.raises(SigningCommandFailed) as failed:
        signer(chain, code, "{input}", f'";touch {trap}"', f'"$(touch {trap})"').sign(b"", NOON)
    assert "$(touch" in str(failed.value)
    assert not trap.exists()


def test_nothing_is_left_behind(chain: Chain, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = made.parent / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    copying(chain, made).sign(b"text", NOON)

    assert list(scratch.iterdir()) == []


def test_the_templates_of_cryptopro_can_be_followed(chain: Chain) -> None:
    for template in TEMPLATES.values():
        words = CommandSigner(template, "ab12", chain.provider)._arguments(Path("/x"))

        assert "ab12" in words
        assert "/x/document.bin" in words


def test_openssl_signs_as_the_external_command(
    openssl: Openssl, chain: Chain, tmp_path: Path
) -> None:
    (tmp_path / "key.der").write_bytes(write_pkcs8(chain.key))
    (tmp_path / "own.pem").write_bytes(pem("CERTIFICATE", chain.certificate.der))
    template = (
        "openssl cms -sign -cades -engine gost -binary -in {input} -out {output} -outform DER"
        f" -signer {tmp_path}/own.pem -inkey {tmp_path}/key.der -keyform DER -md md_gost12_256"
    )
    now = chain.certificate.not_after - days(1)
    command = CommandSigner(template, chain.certificate.thumbprint.upper(), chain.provider)

    assert openssl("version").returncode == 0
    assert command.sign(b"text\r\n", now)
