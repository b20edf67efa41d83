"""A Windows machine, told by what its own programs printed there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.workstation import Status
from sed_tui.workstation.checking import judge, read_facts
from sed_tui.workstation.running import Runner, Said, Trouble
from sed_tui.workstation.windows import Windows
from tests.workstation.conftest import NOW

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.domain.workstation import Check
    from sed_tui.workstation.checking import Asked
    from tests.workstation.conftest import Pki

CHOICE = r"HKCU\Software\Microsoft\Windows\Shell\Associations\UrlAssociations"
UNINSTALL = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"
CSP = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\{407E6A49}"
BROWSER = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Chromium-GOST"
NOT_THERE = Said("ERROR: The system was unable to find the specified registry key.\r\n", 1)
DENIED = Said("ОШИБКА: Отказано в доступе.\r\n", 1)


def value(key: str, name: str, data: str) -> Said:
    return Said(f"\r\n{key}\r\n    {name}    REG_SZ    {data}\r\n\r\n".replace("\r\n", "\n"), 0)


@dataclass(slots=True)
class Recorded(Runner):
    """Answers with what was recorded; what was not is not there."""

    answers: dict[str, Said] | None = None

    def until_now(self) -> Recorded:
        return self

    def run(self, *arguments: str) -> Said:
        return (self.answers or {}).get(" ".join(arguments), NOT_THERE)


def recorded() -> dict[str, Said]:
    """Return what reg.exe printed on a workplace in order."""
    return {
        rf"reg.exe query {UNINSTALL} /s /f CSP /d": Said(f"\n{CSP}\n    x    REG_SZ    y\n", 0),
        f"reg.exe query {CSP}": Said(
            f"\n{CSP}\n    DisplayName    REG_SZ    КриптоПро CSP\n"
            "    DisplayVersion    REG_SZ    5.0.13000\n"
            "    Publisher    REG_SZ    Компания КриптоПро\n",
            0,
        ),
        rf"reg.exe query {UNINSTALL} /s /f Chromium /d": Said(f"\n{BROWSER}\n", 0),
        f"reg.exe query {BROWSER}": Said(
            f"\n{BROWSER}\n    DisplayName    REG_SZ    Chromium-GOST\n"
            "    DisplayVersion    REG_SZ    128.0.6613.84\n",
            0,
        ),
        rf"reg.exe query {CHOICE}\https\UserChoice /v ProgId": value(
            rf"{CHOICE}\https\UserChoice", "ProgId", "ChromiumHTM.VBSIB2QFH5JMNYPO"
        ),
        rf"reg.exe query {CHOICE}\mailto\UserChoice /v ProgId": value(
            rf"{CHOICE}\mailto\UserChoice", "ProgId", "Outlook.URL.mailto.15"
        ),
        "w32tm.exe /query /source": Said("time.windows.com,0x9 \n", 0),
    }


def checks(asked: Asked, answers: dict[str, Said], **more: str) -> dict[str, Check]:
    environment = {
        "USERNAME": "Иванова Анна",
        "COMPUTERNAME": "PC-1",
        "PROCESSOR_ARCHITECTURE": "AMD64",
        "PATH": "",
        **more,
    }
    machine = Windows(environment, Recorded(environment, answers=answers))
    report = judge(read_facts(machine, asked), asked, NOW)
    return {check.id: check for check in report.checks}


def test_a_workplace_is_read_from_the_registry(asked: Asked) -> None:
    found = checks(asked, recorded())

    for name in ("csp", "browser", "pair", "default_browser", "default_mail", "clock"):
        assert (name, found[name].status) == (name, Status.OK)
    assert (found["csp"].found, found["browser"].found) == (
        "5.0.13000",
        "Chromium-GOST 128.0.6613.84",
    )


def test_keys_that_are_missing_empty_or_forbidden_are_told_apart(asked: Asked) -> None:
    nothing = checks(asked, {})
    assert (nothing["csp"].status, nothing["default_mail"].status) == (Status.FAIL, Status.FAIL)

    key = rf"{CHOICE}\mailto\UserChoice"
    empty = checks(asked, {rf"reg.exe query {key} /v ProgId": value(key, "ProgId", "")})
    assert (empty["default_mail"].status, empty["default_mail"].found) == (Status.FAIL, "none")

    closed = checks(
        asked,
        {
            rf"reg.exe query {key} /v ProgId": DENIED,
            rf"reg.exe query {UNINSTALL} /s /f CSP /d": DENIED,
        },
    )
    assert closed["default_mail"].status is Status.UNKNOWN
    assert closed["csp"].status is Status.UNKNOWN
    assert "no right" in closed["csp"].evidence


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        ("Thunderbird.Url.mailto", Status.OK),
        ("ChromeHTML", Status.FAIL),
        ("AppXydk58wgm44se4b399557yyyj1w7mbmvd", Status.WARN),
    ],
)
def test_the_mail_program_is_known_by_its_handler(
    handler: str, status: Status, asked: Asked
) -> None:
    key = rf"{CHOICE}\mailto\UserChoice"
    answers = recorded() | {
        rf"reg.exe query {key} /v ProgId": value(key, "ProgId", handler),
    }

    assert checks(asked, answers)["default_mail"].status is status
    assert "ms-settings" in checks(asked, answers)["default_mail"].command or status is Status.OK


def blob(*elements: tuple[int, bytes]) -> bytes:
    """Return properties as Windows serializes them."""
    return b"".join(
        kind.to_bytes(4, "little")
        + (1).to_bytes(4, "little")
        + len(one).to_bytes(4, "little")
        + one
        for kind, one in elements
    )


def store(name: str, *blobs: bytes) -> dict[str, Said]:
    """Return what reg.exe prints of a store."""
    key = rf"HKCU\Software\Microsoft\SystemCertificates\{name}"
    values = "".join(
        f"\n{key}\\Certificates\\AB\n    Blob    REG_BINARY    {one.hex().upper()}\n"
        for one in blobs
    )
    return {f"reg.exe query {key} /s /v Blob": Said(values, 0)}


def test_stores_are_read_from_the_registry(asked: Asked, pki: Pki) -> None:
    root = blob((3, b"hash"), (32, pki.root.certificate.der))
    person = blob((2, b"key"), (32, pki.person.der))
    answers = recorded() | store("Root", root) | store("My", person)
    answers |= store("CA", blob((33, pki.crl(-1, 30))))

    found = checks(asked, answers)

    assert found["certificate.root"].status is Status.OK
    assert found["revocation.crl"].status is Status.OK
    assert "could not be verified" not in found["revocation.crl"].evidence
    assert (found["personal"].status, found["personal"].found) == (Status.WARN, "5 days left")
    keyless = answers | store("My", blob((32, pki.person.der)))
    assert checks(asked, keyless)["personal"].found == "without its key"


def test_own_certificates_lie_in_files_too(asked: Asked, pki: Pki, tmp_path: Path) -> None:
    folder = tmp_path / "Microsoft/SystemCertificates/My/Certificates"
    folder.mkdir(parents=True)
    (folder / "AB12").write_bytes(blob((2, b"key"), (32, pki.person.der)))

    found = checks(asked, recorded(), APPDATA=str(tmp_path))

    assert found["personal"].found == "5 days left"


def test_stores_that_do_not_answer_are_unknown(asked: Asked) -> None:
    key = r"HKCU\Software\Microsoft\SystemCertificates\Root"
    hangs = {f"reg.exe query {key} /s /v Blob": Said(trouble=Trouble.TIMEOUT)}

    found = checks(asked, recorded() | hangs)

    assert found["certificate.root"].status is Status.UNKNOWN
    assert "5 seconds" in found["certificate.root"].evidence


def test_a_list_is_mended_by_the_tool_of_the_system(asked: Asked) -> None:
    wanted = replace(asked.requirements.revocation[0], url="http://ca/list.crl")
    edition = replace(asked.requirements, revocation=(wanted,))

    found = checks(replace(asked, requirements=edition), recorded())["revocation.crl"]

    assert found.command == "certutil -user -addstore CA crl.crl"
