"""The facts of a Windows machine: the registry by reg.exe, which holds the stores too."""

from __future__ import annotations

import os
import platform
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.workstation import cryptopro
from sed_tui.workstation.facts import (
    Browser,
    CspInstallation,
    Handler,
    Kind,
    SeenCertificate,
    SeenList,
    Stores,
    Surroundings,
)
from sed_tui.workstation.running import Runner, Said, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sed_tui.domain.requirements import BrowserRequirement, WebAgent

_CHOICE = r"HKCU\Software\Microsoft\Windows\Shell\Associations\UrlAssociations"
_UNINSTALL = (
    r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    r"HKLM\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall",
    r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall",
)
_PLUGIN = (
    r"HKCU\Software\Google\Chrome\NativeMessagingHosts\ru.cryptopro.nmcades",
    r"HKLM\Software\Google\Chrome\NativeMessagingHosts\ru.cryptopro.nmcades",
)
_VALUE = re.compile(r"^ {4}(\(.+?\)|\S.*?) {4}REG_\w+(?: {4}(.*))?$", re.MULTILINE)
_BLOB = re.compile(r"Blob\s+REG_BINARY\s+((?:[0-9A-Fa-f]{2})+)")
_OURS = ("Program Files/Crypto Pro/CSP", "Program Files (x86)/Crypto Pro/CSP")
_USER = r"HKCU\Software\Microsoft\SystemCertificates"
_MACHINE = r"HKLM\SOFTWARE\Microsoft\SystemCertificates"
_STORES = {
    "uMy": rf"{_USER}\My",
    "uRoot": rf"{_USER}\Root",
    "uCA": rf"{_USER}\CA",
    "mMy": rf"{_MACHINE}\My",
    "mRoot": rf"{_MACHINE}\Root",
    "mCA": rf"{_MACHINE}\CA",
}
_ABSENT = 1  # the status of reg.exe where there is no such key


class Windows:
    """A Windows machine; every fact comes from a program that prints it."""

    def __init__(self, environment: Mapping[str, str], runner: Runner | None = None) -> None:
        self.environment = environment
        self._runner = runner or Runner(environment)

    def surroundings(self) -> Surroundings:
        """Tell what machine this is, without running anything."""
        remote = self.environment.get("SSH_CONNECTION")
        return Surroundings(
            system="windows",
            release=platform.version(),
            architecture=self.environment.get("PROCESSOR_ARCHITECTURE", "").lower(),
            name=self.environment.get("COMPUTERNAME", ""),
            user=self.environment.get("USERNAME", ""),
            kinds=frozenset({Kind.SSH} if remote else ()),
        )

    def csp(self) -> tuple[CspInstallation, ...]:
        """Find CryptoPro CSP by its tool, else by what the registry says is installed."""
        runner = self._runner.until_now()
        if tool := self._tool("csptest.exe"):
            said = runner.run(tool, "-enum", "-info")
            return (CspInstallation(tool, "", said.text, said.trouble),)
        found = self._installed(runner, "CSP")
        if isinstance(found, Trouble):
            return (CspInstallation("", "", trouble=found),)
        named = [one for one in found if "CSP" in one["DisplayName"]]
        return tuple(
            CspInstallation(one["DisplayName"], "", one.get("DisplayVersion", "")) for one in named
        )

    def licence(self) -> str | None:
        """Return what cpconfig says of the licence."""
        tool = self._tool("cpconfig.exe")
        if not tool:
            return None
        said = self._runner.until_now().run(tool, "-license", "-view")
        return None if said.trouble else said.text

    def browsers(self, wanted: tuple[BrowserRequirement, ...]) -> tuple[Browser, ...]:
        """Find the browsers of the requirements among what is installed."""
        runner = self._runner.until_now()
        found = []
        for browser in wanted:
            rows = self._installed(runner, browser.name.split()[0].split("-")[0])
            if isinstance(rows, Trouble):
                return (Browser(browser.name, "", "", trouble=rows),)
            found += [
                Browser(browser.name, one.get("DisplayVersion", ""), one["DisplayName"])
                for one in rows
                if any(name.casefold() in one["DisplayName"].casefold() for name in browser.windows)
            ]
        return tuple(found)

    def default_browser(self) -> Handler:
        """Tell which program opens pages."""
        return self._chosen("https")

    def default_mail(self) -> Handler:
        """Tell which program writes mail."""
        return self._chosen("mailto")

    def link_scheme(self) -> Handler:
        """Tell which program opens `sed:` links."""
        return self._value(
            self._runner.until_now(), r"HKCU\Software\Classes\sed\shell\open\command"
        )

    def plugins(self) -> tuple[str, ...]:
        """Find the copies of the CryptoPro browser plug-in."""
        runner = self._runner.until_now()
        found = [self._value(runner, key).name for key in _PLUGIN]
        return tuple(dict.fromkeys(one for one in found if one))

    def web_agent(self, wanted: WebAgent) -> tuple[str, ...]:
        """Find the web agent among what is installed."""
        runner = self._runner.until_now()
        found: dict[str, None] = {}
        for name in wanted.names:
            rows = self._installed(runner, name)
            if not isinstance(rows, Trouble):
                found.update(dict.fromkeys(one["DisplayName"] for one in rows))
        return tuple(found)

    def stores(self) -> Stores:
        """Read the stores of certificates where Windows keeps them: the registry, and files."""
        runner = self._runner.until_now()
        certificates: list[SeenCertificate] = []
        lists: list[SeenList] = []
        trouble: Trouble | None = None
        for store, key in _STORES.items():
            said = runner.run("reg.exe", "query", key, "/s", "/v", "Blob")
            trouble = trouble or said.trouble or (Trouble.DENIED if _is_denied(said) else None)
            blobs = [bytes.fromhex(one) for one in _BLOB.findall(said.text)]
            for blob in (*blobs, *(self._own_files() if store == "uMy" else ())):
                known, published = cryptopro.stored_things(cryptopro.STORE_MARK + blob, store)
                certificates += known
                lists += published
        return Stores(tuple(certificates), tuple(lists), trouble)

    def synchronized(self) -> bool | None:
        """Tell whether the system keeps its clock by a server."""
        said = self._runner.until_now().run("w32tm.exe", "/query", "/source")
        if not said.is_good:
            return None
        return not any(word in said.text for word in ("Local CMOS", "Free-running"))

    def run(self, *command: str) -> Said:
        """Run a command of the machine, as its user."""
        return self._runner.until_now().run(*command)

    def install_list(self, path: Path) -> tuple[str, ...] | None:
        """Return the command that installs a list into the user's store."""
        return ("certutil.exe", "-user", "-addstore", "CA", str(path))

    def tls(self, host: str, port: int) -> str | None:
        """Return what a GOST handshake with an address printed; None without CSP."""
        tool = self._tool("csptest.exe")
        if not tool:
            return None
        words = ("-tlsc", "-server", host, "-port", str(port), "-nosave", "-verbose")
        said = self._runner.until_now().run(tool, *words)
        return None if said.trouble else said.text

    def _own_files(self) -> Iterator[bytes]:
        roaming = self.environment.get("APPDATA")
        folder = Path(roaming or "") / "Microsoft" / "SystemCertificates" / "My" / "Certificates"
        for path in sorted(folder.glob("*")) if roaming else ():
            with suppress(OSError):
                yield path.read_bytes()

    def _chosen(self, scheme: str) -> Handler:
        key = rf"{_CHOICE}\{scheme}\UserChoice"
        return self._value(self._runner.until_now(), key, "ProgId")

    def _value(self, runner: Runner, key: str, name: str = "") -> Handler:
        said = runner.run("reg.exe", "query", key, *(("/v", name) if name else ("/ve",)))
        if said.trouble is not None:
            return Handler(trouble=said.trouble)
        if _is_denied(said):
            return Handler(trouble=Trouble.DENIED)
        values = [value.strip() for _name, value in _VALUE.findall(said.text)]
        return Handler(next((value for value in values if value and value[0] != "("), ""))

    def _installed(self, runner: Runner, word: str) -> list[dict[str, str]] | Trouble:
        found = []
        for key in _UNINSTALL:
            said = runner.run("reg.exe", "query", key, "/s", "/f", word, "/d")
            if said.trouble is not None:
                return said.trouble
            if _is_denied(said):
                return Trouble.DENIED
            for place in _keys(said.text):
                values = dict(_VALUE.findall(runner.run("reg.exe", "query", place).text))
                if values.get("DisplayName"):
                    found.append({name: value.strip() for name, value in values.items()})
        return found

    def _tool(self, name: str) -> str:
        drive = self.environment.get("SystemDrive", "C:")
        for folder in _OURS:
            path = Path(f"{drive}/{folder}/{name}")
            if path.is_file():
                return str(path)
        return shutil.which(name, path=self.environment.get("PATH", os.defpath)) or ""


def _keys(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.startswith("HKEY_"))


def _is_denied(said: Said) -> bool:
    # a key that is not there and one that must not be read both end with 1
    words = said.text.lower()
    return said.status == _ABSENT and ("denied" in words or "отказано" in words)
