"""`sedctl sign`: one PIN, a result for each document, the key read here alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from sed_tui.gost.authority import Validity
from sed_tui.gost.keys import new_key, write_private_key
from sed_tui.gost.names import COMMON_NAME
from tests.handlers.signers import Authority
from tests.sample_files import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Run


@pytest.mark.parametrize("engine", ["sqlite"])
def test_drafts_are_signed_with_one_pin_and_a_wrong_one_signs_nothing(
    sedctl: Run, tmp_path: Path
) -> None:
    authority, key = Authority(datetime.now(UTC)), new_key()
    certificate = authority.root.issue(
        key, {COMMON_NAME: "Иванова Анна"}, Validity.of(authority.now, 90)
    )
    paths = {name: tmp_path / name for name in ("root.cer", "root.crl", "own.cer", "own.key")}
    paths["root.cer"].write_bytes(authority.root.certificate.der)
    paths["root.crl"].write_bytes(authority.revocations())
    paths["own.cer"].write_bytes(certificate.der)
    paths["own.key"].write_bytes(write_private_key(key, "1234"))
    letter = tmp_path / "записка.pdf"
    letter.write_bytes(pdf("Текст"))
    ids = []
    for content in (("--file", str(letter)), ("--text", "Текст")):
        draft = ("document", "draft", "internal", "--subject", "Записка", "--format", "json")
        ids.append(sedctl(*draft, *content).data["short_id"])
    with_key = ("--key", str(paths["own.key"]), "--pin-file", "-", "--format", "json")

    assert sedctl("sign", ids[0], *with_key, stdin=b"1234\n").error["code"] == "no_signing_right"
    assert sedctl("user", "signing-right", "admin").status == 0
    trusted = sedctl("certificate", "trust", str(paths["root.cer"]), str(paths["root.crl"]))
    assert "Тестовый корневой" in trusted.out
    unknown = sedctl("sign", ids[0], *with_key, stdin=b"1234\n")
    assert (unknown.status, "no_certificate_of_key" in unknown.err) == (3, True)
    assert sedctl("certificate", "add", "admin", str(paths["own.cer"])).status == 0
    wrong = sedctl("sign", *ids, *with_key, stdin=b"1111\n")
    assert (wrong.status, "wrong_key_password" in wrong.err) == (3, True)
    assert sedctl("sign", ids[0], "--key", str(paths["own.key"])).status == 3

    several = sedctl("sign", *ids, "--version", "1", *with_key, stdin=b"1234\n")
    assert (several.status, several.error["code"]) == (2, "one_document_only")

    rehearsed = sedctl("sign", *ids, *with_key, "--dry-run", stdin=b"1234\n")
    assert [row["outcome"] for row in rehearsed.data["rows"]] == ["signed", "signed"]
    signed = sedctl("sign", *ids, "ffffff", *with_key, stdin=b"1234\n")
    assert signed.status == 9
    assert [row["outcome"] for row in signed.data["rows"]] == ["signed", "signed", "refused"]
    assert signed.data["rows"][0]["signatures"] == ["записка.pdf.p7s"]
    assert "1234" not in signed.out + signed.err
    assert sedctl("verify", ids[1]).status == 0
    listed = sedctl("document", "signatures", ids[0], "--format", "json").data["rows"]
    assert [row["result"] for row in listed] == ["valid"]
    assert sedctl("sign", *ids, *with_key, stdin=b"1234\n").status == 6
    copy = tmp_path / "copy.pdf"
    assert sedctl("document", "mark", ids[0], "-o", str(copy)).status == 0
    assert sedctl("document", "mark", ids[0], "-o", str(copy)).status == 5
    assert "Владелец: Иванова Анна" in PdfReader(copy).pages[-1].extract_text()
    assert sedctl("document", "mark", ids[1], "-o", str(tmp_path / "no.pdf")).status == 3


def test_the_check_lists_what_computes_signatures(anywhere: Run) -> None:
    checked = anywhere("certificate", "check", "--format", "json")

    assert checked.status == 0
    rows = {row["provider"]: row for row in checked.data["rows"]}
    assert set(rows) == {"libgcrypt", "gostcrypto", "pygost"}
    assert [row["self_test"] for row in rows.values() if row["is_chosen"]] == [True]
    assert rows["gostcrypto"]["signed"] > 0
