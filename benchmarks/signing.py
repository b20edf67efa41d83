"""A batch of signatures through the whole operation, against openssl signing the same files.

Ours checks each draft and the right to sign it, signs, sends, verifies with chain and lists,
stores with the audit trail and commits, which no crash undoes; openssl signs, verifies and
writes a file. The bare signature is measured by `benchmarks.gost` against its target.
`python -m benchmarks.signing 20` runs a smaller batch.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.gost import BATCH, LETTER, has_engine
from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import sqlite_office
from sed_tui.domain.clock import SystemClock
from sed_tui.domain.flows import Flow
from sed_tui.gateway.batch_signing import checked, sign_each
from sed_tui.gateway.local import LocalGateway
from sed_tui.gost.authority import TestAuthority, Validity
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.containers import pem
from sed_tui.gost.keys import new_key, write_pkcs8
from sed_tui.gost.names import COMMON_NAME
from sed_tui.gost.providers.choice import provider_named
from sed_tui.operations import certificate, draft, signing_right, trust
from sed_tui.operations.file import FileContent
from sed_tui.operations.registry import CallOptions

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 3
TARGET = 5.0
"""How often the time of openssl a signature may take that is entitled, proven and kept."""
LOGIN = "admin"
PEER = "openssl signs and verifies"


def main() -> None:
    """Print the medians of the rounds."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else BATCH
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gateway = LocalGateway(sqlite_office(folder / "office"))
        signer = _signer(gateway, folder)
        batches = iter([_drafts(gateway, count) for _ in range(ROUNDS)])
        contenders = {"ours, whole operation": lambda: _sign(gateway, signer, batches)}
        comparisons = []
        if has_engine():
            letters = _letters(folder, count)
            contenders[PEER] = lambda: _sign_theirs(folder, letters)
            comparisons = [Comparison("ours, whole operation", PEER, TARGET)]
        report(f"{count} drafts signed", interleaved(contenders, rounds=ROUNDS), comparisons)
        gateway.close()


def _sign(gateway: LocalGateway, signer: KeySigner, batches: Iterator[list[str]]) -> None:
    batch = checked(gateway, next(batches))
    for tried in sign_each(gateway, batch, signer, SystemClock(), CallOptions()):
        assert tried.failure is None, tried.failure


def _sign_theirs(folder: Path, letters: list[Path]) -> None:
    for letter in letters:
        command = (
            *("openssl", "cms", "-sign", "-cades", "-engine", "gost", "-binary"),
            *("-in", str(letter), "-out", f"{letter}.sig", "-outform", "DER"),
            *("-signer", f"{folder}/own.pem", "-inkey", f"{folder}/key.der", "-keyform", "DER"),
            *("-md", "md_gost12_256"),
        )
        subprocess.run(command, check=True, capture_output=True)
        proof = (
            *("openssl", "cms", "-verify", "-cades", "-engine", "gost", "-binary"),
            *("-inform", "DER", "-in", f"{letter}.sig", "-content", str(letter)),
            *("-CAfile", f"{folder}/trusted.pem", "-crl_check", "-purpose", "any"),
            *("-out", "/dev/null"),
        )
        subprocess.run(proof, check=True, capture_output=True)


def _signer(gateway: LocalGateway, folder: Path) -> KeySigner:
    since, provider = datetime.now(UTC) - timedelta(hours=1), provider_named()
    root = TestAuthority.root("Root", Validity.of(since, 365), provider)
    key = new_key()
    own = root.issue(key, {COMMON_NAME: "Signer"}, Validity.of(since, 300))
    contents = (root.certificate.der, root.revocations((), Validity.of(since, 30)))
    tokens = tuple(gateway.stage(io.BytesIO(content)) for content in contents)
    gateway.call(trust.ADD, trust.AddTrust(tokens=tokens))
    content = b64encode(own.der).decode()
    gateway.call(certificate.ADD, certificate.AddCertificate(employee=LOGIN, content=content))
    gateway.call(signing_right.ADD, signing_right.AddSigningRight(employee=LOGIN))
    (folder / "key.der").write_bytes(write_pkcs8(key))
    trusted = pem("CERTIFICATE", contents[0]) + pem("X509 CRL", contents[1])
    (folder / "trusted.pem").write_bytes(trusted)
    (folder / "own.pem").write_bytes(pem("CERTIFICATE", own.der))
    return KeySigner(key, own, provider)


def _drafts(gateway: LocalGateway, count: int) -> list[str]:
    return [_draft(gateway, number) for number in range(count)]


def _draft(gateway: LocalGateway, number: int) -> str:
    token = gateway.stage(io.BytesIO(_text(number)))
    request = draft.DraftDocument(
        flow=Flow.INTERNAL,
        subject=f"Записка {number}",
        signatory=LOGIN,
        files=(FileContent(name="записка.txt", token=token),),
    )
    return str(gateway.call(draft.ADD, request).id)


def _letters(folder: Path, count: int) -> list[Path]:
    letters = [folder / f"{number}.txt" for number in range(count)]
    for number, letter in enumerate(letters):
        letter.write_bytes(_text(number))
    return letters


def _text(number: int) -> bytes:
    line = f"Строка записки {number}.\n".encode()
    return line * (LETTER // len(line))


if __name__ == "__main__":
    main()
