"""`sedctl verify` on files, with and without a database."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import address
from tests.handlers.signers import Authority

if TYPE_CHECKING:
    from sed_tui.config import Settings
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


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_received_signature_is_written_in_der_and_every_spoiled_file_is_told(
    sedctl: Run, settings: Settings, tmp_path: Path
) -> None:
    made = Authority(datetime.now(UTC)).signer("Смирнова").sign(LETTER, datetime.now(UTC))
    letter, signature = tmp_path / "letter.txt", tmp_path / "letter.txt.sig"
    letter.write_bytes(LETTER)
    signature.write_bytes(b64encode(made))
    registered = sedctl(
        *("document", "register", "incoming", "--subject", "О сроках", "--from", "Минздрав"),
        *("--their-number", "17/1", "--their-date", "2026-11-02", "--format", "json"),
        *("--file", str(letter), "--file", str(signature)),
    )
    get = ("document", "file", "get", registered.data["number"])
    der, same = tmp_path / "der", tmp_path / "same"
    assert sedctl(*get, "letter.txt.sig", "--der", "-o", str(der)).status == 0
    assert sedctl(*get, "letter.txt.sig", "-o", str(same)).status == 0
    assert (der.read_bytes(), same.read_bytes()) == (made, b64encode(made))
    assert sedctl(*get, "letter.txt", "--der", "-o", str(tmp_path / "no")).status == 3

    # a server keeps them where its settings say
    stores = (Path(f"{address(settings)}.files"), settings.files)
    for path in (path for store in stores for path in store.glob("??/??/*")):
        if path.read_bytes() == LETTER:
            path.write_bytes(LETTER.replace(b"\n", b"\r"))
    told = sedctl("verify", "--all")
    rows = [json.loads(line) for line in told.out.splitlines()]
    assert told.status == 3
    assert [(row["file"], row["reasons"]) for row in rows[1:]] == [
        ("letter.txt", ["store_damaged"])
    ]
    table = sedctl("verify", "--all", "--format", "csv")
    assert (table.status, "the store is damaged" in table.err) == (3, True)
