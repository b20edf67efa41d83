"""A machine made of files: fake tools of CryptoPro and xdg-utils, real certificates and lists."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.requirements import CertificateRequirement, RevocationRequirement
from sed_tui.gost.authority import TestAuthority, Validity
from sed_tui.gost.keys import new_key
from sed_tui.gost.names import COMMON_NAME
from sed_tui.gost.providers.choice import provider_named
from sed_tui.workstation.checking import Asked, judge, read_facts
from sed_tui.workstation.editions import shipped
from sed_tui.workstation.linux import Linux

if TYPE_CHECKING:
    from sed_tui.domain.workstation import Check
    from sed_tui.gost.certificates import Certificate

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)
CSP_4 = "CSP (Type:80) v4.0.9017 KC1 Release Ver:4.0.9963 OS:Linux CPU:AMD64 FastCode:READY:AVX."
CSP_5 = "CSP (Type:80) v5.0.10010 KC1 Release Ver:5.0.13000 OS:Linux CPU:AMD64 FastCode:READY:AVX."
LICENCE = (
    "License validity:\n50500-0A000-01BT7-2MA83-QF3T0\nlicence - permanent\nLicense type: Client."
)


def days(count: float) -> timedelta:
    return timedelta(days=count)


@dataclass
class Place:
    """The file system of a machine, its tools and its environment."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def machine(self) -> Linux:
        return Linux(self.environment, self.root)

    @property
    def home(self) -> Path:
        return Path(self.environment["HOME"])

    def tool(self, name: str, script: str, *, at: str = "usr/bin") -> Path:
        """Put a program there; it must not read its input, which is closed."""
        path = self.root / at / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def csp(self, said: str = CSP_5, processor: str = "amd64", licence: str = LICENCE) -> None:
        """Install CryptoPro CSP."""
        tools = f"opt/cprocsp/bin/{processor}"
        self.tool("csptest", f"cat <<'END'\n{said}\nEND", at=tools)
        self.tool("cpconfig", f"cat <<'END'\n{licence}\nEND", at=tools.replace("/bin/", "/sbin/"))
        self.certmgr({})

    def certmgr(self, listed: dict[str, str]) -> None:
        """Let certmgr list what it is told, by the words after its name."""
        cases = "\n".join(
            f"'{words}') cat <<'END'\n{text}\nEND\n;;" for words, text in listed.items()
        )
        self.tool("certmgr", f'case "$*" in\n{cases}\n*) ;;\nesac', at="opt/cprocsp/bin/amd64")

    def browser(self, version: str = "Chromium 128.0.6613.84") -> None:
        """Install Chromium-GOST as its package does."""
        self.tool("chromium-gost", f'echo "{version}"')
        self.desktop("chromium-gost.desktop")

    def desktop(self, name: str) -> None:
        folder = self.root / "usr/share/applications"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("[Desktop Entry]\n", encoding="utf-8")

    def defaults(self, browser: str, mail: str, links: str = "sed-tui-link.desktop") -> None:
        """Set the default programs."""
        self.tool("xdg-settings", f'echo "{browser}"')
        self.tool("xdg-mime", f'case "$3" in *mailto) echo "{mail}";; *) echo "{links}";; esac')

    def store(self, name: str, certificates: list[bytes], lists: list[bytes] | None = None) -> None:
        """Write a store of the machine as CryptoPro keeps it."""
        elements = [(32, one) for one in certificates] + [(33, one) for one in lists or []]
        data = (
            b"\0\0\0\0CERT"
            + b"".join(
                kind.to_bytes(4, "little")
                + (1).to_bytes(4, "little")
                + len(one).to_bytes(4, "little")
                + one
                for kind, one in elements
            )
            + bytes(12)
        )
        path = self.root / f"var/opt/cprocsp/users/stores/{name}.sto"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a desktop machine on which nothing is installed yet."""
    root = tmp_path / "machine"
    home = tmp_path / "Пользователь с пробелом"
    home.mkdir()
    (root / "etc").mkdir(parents=True)
    (root / "etc/os-release").write_text('PRETTY_NAME="Astra Linux 1.7"\n', encoding="utf-8")
    environment = {
        "PATH": f"{root}/usr/bin:/usr/bin:/bin",
        "HOME": str(home),
        "USER": "ivanova",
        "DISPLAY": ":0",
    }
    return Place(root, environment)


@dataclass(frozen=True)
class Pki:
    """A test authority, as the region has one: a root, what it publishes, a person."""

    root: TestAuthority
    other: TestAuthority
    person: Certificate

    def crl(self, since: float, until: float, by: TestAuthority | None = None) -> bytes:
        """Return a list that begins and ends so many days from now."""
        return (by or self.root).revocations((), Validity(NOW + days(since), NOW + days(until)))


@pytest.fixture(scope="session")
def pki() -> Pki:
    """Make the authority once: real keys take a moment."""
    provider = provider_named("auto")
    validity = Validity.of(NOW - days(100), 3650)
    root = TestAuthority.root("УЦ области", validity, provider)
    other = TestAuthority.root("УЦ области", validity, provider)
    person = root.issue(
        new_key("tc26-256-A"), {COMMON_NAME: "Иванова Анна"}, Validity.of(NOW - days(360), 365)
    )
    return Pki(root, other, person)


Judge = Callable[..., "dict[str, Check]"]


@pytest.fixture
def asked(pki: Pki) -> Asked:
    """Ask for the shipped edition with the test authority in place of the others, offline."""
    edition = replace(
        shipped().requirements,
        certificates=(
            CertificateRequirement(
                "root", "УЦ области", "root", sha1=pki.root.certificate.thumbprint, url="http://ca"
            ),
        ),
        revocation=(RevocationRequirement("crl", "УЦ области"),),
        services=(),
    )
    return Asked(edition, edition.set_of("executive"), is_online=False)


@pytest.fixture
def judged(place: Place, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Read the machine and judge it."""
    monkeypatch.setattr("platform.machine", lambda: "x86_64")

    def run(now: datetime = NOW, asking: Asked = asked) -> dict[str, Check]:
        report = judge(read_facts(place.machine, asking), asking, now)
        return {check.id: check for check in report.checks}

    return run


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand for tools")
