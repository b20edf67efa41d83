"""A letter's whole way in real processes, as its page tells it, and what openssl says of it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.docs.test_documents import ROOT, WHOLE_WAY, commands_of

if TYPE_CHECKING:
    from pathlib import Path

_FOUND = (3, 6)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, demo: Path, programs: str) -> Path:
    """Go the way of the page in an office of its own."""
    place = tmp_path_factory.mktemp("way")
    shutil.copytree(demo, place / "home")
    shutil.copytree(ROOT / "examples", place / "examples")
    done = run(programs, place, "\n".join(commands_of(WHOLE_WAY, setting=True)))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "disagreement 2" in done.stderr
    return place


def run(programs: str, place: Path, script: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": programs,
        "HOME": str(place),
        "SED_HOME": str(place / "home"),
        "SED_LANG": "en",
    }
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.mark.slow
def test_the_sheet_tells_both_rounds_the_disagreement_and_the_signature(walked: Path) -> None:
    pages = PdfReader(walked / "sheet.pdf").pages
    text = " ".join("\n".join(page.extract_text() for page in pages).split())

    assert "rounds: 2" in text
    for words in ("Ким Ольга Романовна", "Нет адреса моста", "Адрес есть в приложении", "Signed"):
        assert words in text


@pytest.mark.slow
def test_openssl_accepts_the_signature_of_the_letter(walked: Path, programs: str) -> None:
    asked = subprocess.run(["openssl", "engine", "-t", "gost"], capture_output=True, check=False)
    if b"[ available ]" not in asked.stdout:
        pytest.skip("openssl has no engine of GOST: tools/gost_engine.sh installs it")
    page = WHOLE_WAY.read_text(encoding="utf-8")
    commands = page[page.index("openssl x509") :].partition("```")[0]
    done = run(programs, walked, f"KEYS={walked}/home/demo-keys\n{commands}")

    assert done.returncode == 0, done.stderr
    assert "CAdES Verification successful" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["letter.txt", "letter.txt.p7s"])
def test_a_changed_byte_of_the_letter_or_its_signature_is_found(
    walked: Path, programs: str, name: str
) -> None:
    whole = (walked / name).read_bytes()
    (kept,) = (path for path in walked.glob("home/*.files/??/??/*") if path.read_bytes() == whole)
    assert run(programs, walked, "sedctl --as orlova verify --all").returncode == 0
    try:
        middle = len(whole) // 2
        changed = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
        kept.write_bytes(changed)
        found = run(programs, walked, "sedctl --as orlova verify --all")
    finally:
        kept.write_bytes(whole)

    # a changed certificate inside a signature proves nothing any more; all else is proven wrong
    assert found.returncode in _FOUND
    assert "valid 1," in found.stderr
