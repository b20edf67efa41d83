"""GOST signatures against the bare primitive and against openssl with the engine of GOST."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Comparison, interleaved, report
from sed_tui.gost.authority import TestAuthority, Validity
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.containers import pem
from sed_tui.gost.hashing import digest
from sed_tui.gost.keys import new_key, write_pkcs8
from sed_tui.gost.names import COMMON_NAME
from sed_tui.gost.providers.choice import every_provider, provider_named
from sed_tui.gost.revocation import read_revocation_list
from sed_tui.gost.trust import Trust
from sed_tui.gost.verdicts import Verdict
from sed_tui.gost.verification import Times, verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.gost.providers.protocol import Provider

BATCH = 200
LETTER = 5_000
LARGE = 50 << 20
SETS = ("tc26-256-A", "tc26-512-A")
TARGET = 1.5


@dataclass(frozen=True)
class Office:
    """A signer with everything that either program needs, in a folder."""

    folder: Path
    signer: KeySigner
    trust: Trust
    letters: tuple[Path, ...]
    bare: Callable[[], object]
    bits: int


def main() -> None:
    """Print providers, then each comparison."""
    for state in every_provider():
        print(state)
    provider = provider_named()
    with_engine = has_engine()
    if not with_engine:
        print("openssl has no engine of GOST: compared with the bare primitive only")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        for parameter_set in SETS:
            folder = Path(name) / parameter_set
            folder.mkdir()
            office = _office(folder, provider, parameter_set)
            _measure_primitive(office, parameter_set)
            if with_engine:
                _measure_batch(office, parameter_set)
        _measure_hash(Path(name), provider, with_engine=with_engine)


def _measure_primitive(office: Office, parameter_set: str) -> None:
    now = datetime.now(UTC)
    letter = office.letters[0].read_bytes()
    signature = office.signer.sign(letter, now)

    def batch(work: Callable[[], object]) -> Callable[[], object]:
        return lambda: [work() for _ in range(BATCH)]

    def checked() -> None:
        (found,) = verify(signature, letter, office.trust, Times(now))
        assert found.verdict is Verdict.VALID, found.findings

    contenders = {
        "bare hashes and signature": batch(office.bare),
        "detached CAdES": batch(lambda: office.signer.sign(letter, now)),
        "verification with chain and lists": batch(checked),
    }
    medians = interleaved(contenders)
    report(
        f"{BATCH} letters of {LETTER:,} bytes in memory, {parameter_set}",
        medians,
        [Comparison("detached CAdES", "bare hashes and signature", TARGET)],
    )


def _measure_batch(office: Office, parameter_set: str) -> None:
    contenders = {
        "ours signs": lambda: _sign_ours(office),
        "openssl signs": lambda: _sign_theirs(office),
        "ours verifies": lambda: _verify_ours(office),
        "openssl verifies": lambda: _verify_theirs(office),
    }
    report(
        f"{BATCH} files signed and verified, {parameter_set}",
        interleaved(contenders, rounds=3),
        [
            Comparison("ours signs", "openssl signs", TARGET),
            Comparison("ours verifies", "openssl verifies", TARGET),
        ],
    )


def _measure_hash(folder: Path, provider: Provider, *, with_engine: bool) -> None:
    large = folder / "large"
    large.write_bytes(bytes(range(256)) * (LARGE // 256))
    data = large.read_bytes()

    def whole() -> None:
        running = provider.new(256)
        running.update(data)
        running.digest()

    contenders: dict[str, Callable[[], object]] = {
        "ours from the file": lambda: digest(provider, 256, large),
        "bare, in memory": whole,
    }
    comparisons = [Comparison("ours from the file", "bare, in memory", TARGET)]
    if with_engine:
        command = ("openssl", "dgst", "-engine", "gost", "-md_gost12_256", str(large))
        contenders["openssl dgst"] = lambda: _run(*command)
        comparisons.append(Comparison("ours from the file", "openssl dgst", TARGET))
    report(f"Streebog-256 of {LARGE >> 20} MiB", interleaved(contenders), comparisons)


def _sign_ours(office: Office) -> None:
    for letter in office.letters:
        signature = office.signer.sign(letter, datetime.now(UTC))
        letter.with_suffix(".p7s").write_bytes(signature)


def _sign_theirs(office: Office) -> None:
    folder = office.folder
    for letter in office.letters:
        _run(
            *("openssl", "cms", "-sign", "-cades", "-engine", "gost", "-binary"),
            *("-in", str(letter), "-out", f"{letter}.sig", "-outform", "DER"),
            *("-signer", f"{folder}/own.pem", "-inkey", f"{folder}/key.der", "-keyform", "DER"),
            *("-certfile", f"{folder}/ca.pem", "-md", f"md_gost12_{office.bits}"),
        )


def _verify_ours(office: Office) -> None:
    for letter in office.letters:
        signature = letter.with_suffix(".p7s").read_bytes()
        (found,) = verify(signature, letter, office.trust, Times(datetime.now(UTC)))
        assert found.verdict is Verdict.VALID, found.findings


def _verify_theirs(office: Office) -> None:
    for letter in office.letters:
        _run(
            *("openssl", "cms", "-verify", "-cades", "-engine", "gost", "-binary"),
            *("-inform", "DER", "-in", f"{letter}.sig", "-content", str(letter)),
            *("-CAfile", f"{office.folder}/trusted.pem", "-crl_check_all", "-purpose", "any"),
            *("-out", "/dev/null"),
        )


def _office(folder: Path, provider: Provider, parameter_set: str) -> Office:
    now = datetime.now(UTC) - timedelta(hours=1)
    root = TestAuthority.root("Root", Validity.of(now, 365), provider, parameter_set)
    authority = root.intermediate("Authority", Validity.of(now, 365), parameter_set)
    key = new_key(parameter_set)
    own = authority.issue(key, {COMMON_NAME: "Signer"}, Validity.of(now, 300))
    lists = [one.revocations((), Validity.of(now, 30)) for one in (root, authority)]
    (folder / "key.der").write_bytes(write_pkcs8(key))
    (folder / "own.pem").write_bytes(pem("CERTIFICATE", own.der))
    (folder / "ca.pem").write_bytes(pem("CERTIFICATE", authority.certificate.der))
    trusted = pem("CERTIFICATE", root.certificate.der)
    trusted += b"".join(pem("X509 CRL", one) for one in lists)
    (folder / "trusted.pem").write_bytes(trusted)
    letters = tuple(folder / f"{number}.txt" for number in range(BATCH))
    for letter in letters:
        letter.write_bytes(letter.name.encode() * (LETTER // len(letter.name)))
    text, bits = letters[0].read_bytes(), key.curve.bits

    def bare() -> None:
        """Do what no encoding can spare: two hashes and one signature."""
        digest(provider, bits, text)
        key.signs(provider, digest(provider, bits, text[:400]))

    return Office(
        folder,
        KeySigner(key, own, provider, [authority.certificate]),
        Trust((root.certificate,), provider, lists=[read_revocation_list(one) for one in lists]),
        letters,
        bare,
        bits,
    )


def has_engine() -> bool:
    """Tell whether openssl has the engine of GOST."""
    try:
        asked = subprocess.run(["openssl", "engine", "gost"], capture_output=True, check=False)
    except OSError:
        return False
    return asked.returncode == 0


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
