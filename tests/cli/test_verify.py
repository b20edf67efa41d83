"""`sedctl verify` on files, with and without a database."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.handlers.signers import Authority

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run

LETTER = "О сроках\n".encode()


def test_a_file_is_verified_offline_by_named_roots_and_lists(anywhere: Run, tmp_path: Path) -> None:
    authority = Authority(datetime.now(UTC))
    signer = authority.signer("Смирнова Анна Петровна")
    letter, signature = tmp_path / "letter.txt", tmp_path / "letter.txt.sig"
    letter.write_bytes(LETTER)
    signature.write_bytes(signer.sign(LETTER, datetime.now(UTC)))
    root, revoked = tmp_path / "root.cer", tmp_path / "root.crl"
    root.write_bytes(authority.root.certificate.der)
    revoked.write_bytes(authority.revocations())
    named = ("verify", str(letter), "--signature", str(signature), "--format", "json")
    by = ("--trust", str(root))

    good = anywhere(*named, *by, "--crl", str(revoked))
    assert (good.status, good.data["result"], good.data["reasons"]) == (0, "valid", [])
    assert good.data["signer"]["subject"] == "Смирнова Анна Петровна"
    assert (good.data["revocation"], good.data["certificate_valid"]) == ("good", True)
    assert "offline" in good.err

    unproven = anywhere(*named)
    assert (unproven.status, unproven.data["reasons"]) == (6, ["chain_not_built"])
    alone = anywhere("verify", str(signature), *by, "--crl", str(revoked))
    assert alone.status == 0
    assert "Смирнова Анна Петровна" in alone.out

    revoked.write_bytes(authority.revocations(signer))
    bad = anywhere(*named, *by, "--crl", str(revoked))
    assert (bad.status, bad.data["reasons"]) == (3, ["certificate_revoked"])
    letter.write_bytes(b"changed")
    changed = anywhere(*named, *by, "--crl", str(revoked))
    assert (changed.status, changed.data["result"]) == (3, "invalid")
    assert "content_changed" in changed.data["reasons"]
    assert anywhere("verify").status == 3
