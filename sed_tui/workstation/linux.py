"""The facts of a Linux machine: CryptoPro's tools, xdg-utils, browsers."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
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

_PROCESSORS = {"x86_64": "amd64", "i386": "ia32", "i686": "ia32", "armv7l": "armhf"}
_STORES = {"uMy": "my", "uRoot": "root", "uCA": "ca", "mRoot": "root", "mCA": "ca"}
_LISTS = ("uCA", "mCA")
_PACKAGES = (
    ("dpkg-query", "-W", "-f", "${Version}", "lsb-cprocsp-base"),
    ("rpm", "-q", "--qf", "%{VERSION}", "lsb-cprocsp-base"),
)
_HOSTS = (
    "etc/opt/chrome/native-messaging-hosts",
    "etc/chromium/native-messaging-hosts",
    "etc/opt/yandex/browser/native-messaging-hosts",
    "usr/lib/mozilla/native-messaging-hosts",
    "usr/lib64/mozilla/native-messaging-hosts",
)
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
_PORTABLE = ("Downloads", "Загрузки", "bin", "Desktop", "Рабочий стол")


class Linux:
    """A Linux machine; `root` is where its file system begins."""

    def __init__(self, environment: Mapping[str, str], root: Path = Path("/")) -> None:
        self.environment, self._root = environment, root
        self._runner = Runner(environment)
        # a token's window would wait for a PIN: without a display there is none
        unseen = {k: v for k, v in environment.items() if k not in _DISPLAYS}
        self._unseen = Runner(unseen)

    def surroundings(self) -> Surroundings:
        """Tell what machine this is, without running anything."""
        release = self._text("etc/os-release")
        values = dict(line.split("=", 1) for line in release.splitlines() if "=" in line)
        return Surroundings(
            system="linux",
            release=values.get("PRETTY_NAME", "").strip('"') or platform.release(),
            architecture=_processor(),
            name=platform.node(),
            user=self.environment.get("USER", ""),
            kinds=frozenset(self._kinds()),
            full_name=_full_name(),
        )

    def csp(self) -> tuple[CspInstallation, ...]:
        """Find every CryptoPro CSP: under /opt for each processor, and on the path."""
        runner = self._unseen.until_now()
        found = []
        for path in self._tools("bin", "csptest"):
            said = runner.run(str(path), "-enum", "-info")
            place = path.parent.name if self._is_ours(path) else ""
            found.append(CspInstallation(str(path), place, said.text, said.trouble))
        return tuple(found) or self._csp_without_tools(runner)

    def licence(self) -> str | None:
        """Return what cpconfig says of the licence."""
        path = next(self._tools("sbin", "cpconfig"), None)
        if path is None:
            return None
        said = self._unseen.until_now().run(str(path), "-license", "-view")
        return None if said.trouble else said.text

    def browsers(self, wanted: tuple[BrowserRequirement, ...]) -> tuple[Browser, ...]:
        """Find the browsers of the requirements, portable ones in the home directory too."""
        runner = self._runner.until_now()
        found = []
        for browser in wanted:
            desktop = self._desktop_file(browser.desktop)
            for path in self._programs(browser.programs):
                said = runner.run(str(path), "--version")
                registered = bool(desktop) and not self._is_at_home(path)
                found.append(
                    Browser(browser.name, said.text, str(path), registered, desktop, said.trouble)
                )
        return tuple(found)

    def default_browser(self) -> Handler:
        """Tell which program opens pages."""
        return self._asked("xdg-settings", "get", "default-web-browser")

    def default_mail(self) -> Handler:
        """Tell which program writes mail."""
        return self._asked("xdg-mime", "query", "default", "x-scheme-handler/mailto")

    def link_scheme(self) -> Handler:
        """Tell which program opens `sed:` links."""
        return self._asked("xdg-mime", "query", "default", "x-scheme-handler/sed")

    def plugins(self) -> tuple[str, ...]:
        """Find the programs that stand behind the plug-in, each once."""
        found: dict[str, None] = {}
        for folder in (*_HOSTS, *self._hosts_at_home()):
            text = self._text(f"{folder}/ru.cryptopro.nmcades.json")
            try:
                program = json.loads(text).get("path", "") if text else ""
            except (ValueError, AttributeError):
                program = ""
            if program:
                found[str(program)] = None
        return tuple(found)

    def web_agent(self, wanted: WebAgent) -> tuple[str, ...]:
        """Find the web agent."""
        return tuple(str(path) for one in wanted.paths for path in self._root.glob(one))

    def stores(self) -> Stores:
        """Read the stores of certificates: by certmgr, and by their files."""
        runner = self._unseen.until_now()
        certificates: dict[tuple[str, str], SeenCertificate] = {}
        lists: list[SeenList] = []
        for store in _STORES:
            known, published = self._stored(store)
            lists += published
            certificates.update({(one.store, one.sha1): one for one in known})
        trouble = self._listed(runner, certificates, lists)
        return Stores(tuple(certificates.values()), tuple(lists), trouble)

    def synchronized(self) -> bool | None:
        """Tell whether the system keeps its clock by a server."""
        said = self._runner.until_now().run(
            "timedatectl", "show", "--property=NTPSynchronized", "--value"
        )
        return {"yes": True, "no": False}.get(said.text.strip()) if said.is_good else None

    def run(self, *command: str) -> Said:
        """Run a command of the machine, as its user."""
        return self._runner.until_now().run(*command)

    def install_list(self, path: Path) -> tuple[str, ...] | None:
        """Return the command that installs a list into the user's store."""
        tool = next(self._tools("bin", "certmgr"), None)
        return (str(tool), "-inst", "-crl", "-store", "uCA", "-file", str(path)) if tool else None

    def tls(self, host: str, port: int) -> str | None:
        """Return what a GOST handshake with an address printed; None without CSP."""
        tool = next(self._tools("bin", "csptest"), None)
        if tool is None:
            return None
        words = ("-tlsc", "-server", host, "-port", str(port), "-nosave", "-verbose")
        said = self._unseen.until_now().run(str(tool), *words)
        return None if said.trouble else said.text

    def _csp_without_tools(self, runner: Runner) -> tuple[CspInstallation, ...]:
        """Find CSP whose tools are missing: its libraries are there, its package tells the rest."""
        folder = self._root / "opt/cprocsp/lib"
        if not folder.is_dir():
            return ()
        for words in _PACKAGES:
            said = runner.run(*words)
            if said.is_good:
                return (CspInstallation(str(folder), "", f"CSP {said.text.strip()}"),)
        return (CspInstallation(str(folder), "", trouble=Trouble.ABSENT),)

    def _kinds(self) -> Iterator[Kind]:
        environment = self.environment
        marks = (".dockerenv", "run/.containerenv")
        if "container" in environment or any((self._root / one).exists() for one in marks):
            yield Kind.CONTAINER
        if "microsoft" in self._text("proc/sys/kernel/osrelease").lower():
            yield Kind.WSL
        if "SSH_CONNECTION" in environment:
            yield Kind.SSH
        if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
            yield Kind.NO_DISPLAY

    def _listed(
        self,
        runner: Runner,
        certificates: dict[tuple[str, str], SeenCertificate],
        lists: list[SeenList],
    ) -> Trouble | None:
        tool = next(self._tools("bin", "certmgr"), None)
        if tool is None:
            return Trouble.ABSENT
        for store in _STORES:
            said = runner.run(str(tool), "-list", "-store", store)
            if said.trouble is not None:
                return said.trouble
            for one in cryptopro.listed_certificates(said.text, store):
                known = certificates.get((store, one.sha1))
                certificates[store, one.sha1] = one if known is None else _joined(known, one)
        for store in _LISTS:
            said = runner.run(str(tool), "-list", "-crl", "-store", store)
            if said.trouble is not None:
                return said.trouble
            if not any(one.place == store for one in lists):  # else its bytes are known
                lists += cryptopro.listed_lists(said.text, store)
        return None

    def _stored(self, store: str) -> tuple[list[SeenCertificate], list[SeenList]]:
        users = self._root / "var/opt/cprocsp/users"
        owner = f"{self.environment.get('USER', '')}/stores" if store[0] == "u" else "stores"
        try:
            data = (users / owner / f"{_STORES[store]}.sto").read_bytes()
        except OSError:
            return [], []
        return cryptopro.stored_things(data, store)

    def _tools(self, kind: str, name: str) -> Iterator[Path]:
        folder = self._root / "opt/cprocsp" / kind
        ours = {path.parent.name: path for path in sorted(folder.glob(f"*/{name}"))}
        mine = _processor()
        for architecture in sorted(ours, key=lambda one: (one != mine, one)):
            yield ours[architecture]
        other = shutil.which(name, path=self.environment.get("PATH"))
        if other is not None and Path(other).resolve() not in {p.resolve() for p in ours.values()}:
            yield Path(other)

    def _is_ours(self, path: Path) -> bool:
        return path.is_relative_to(self._root / "opt/cprocsp")

    def _programs(self, names: tuple[str, ...]) -> Iterator[Path]:
        seen = set()
        folders = [self._home / one for one in _PORTABLE]
        folders += [path for one in folders for path in one.glob("*hromium*") if path.is_dir()]
        search = os.pathsep.join((self.environment.get("PATH", ""), *map(str, folders)))
        for name in names:
            found = shutil.which(name, path=search)
            if found is not None and (real := Path(found).resolve()) not in seen:
                seen.add(real)
                yield Path(found)

    def _desktop_file(self, names: tuple[str, ...]) -> str:
        shared = self.environment.get("XDG_DATA_DIRS") or "usr/local/share:usr/share"
        own = self.environment.get("XDG_DATA_HOME") or str(self._home / ".local/share")
        for folder in (own, *shared.split(":")):
            for name in names:
                # what the environment names is a place of its own, the rest lies under the root
                if (self._root / folder / "applications" / name).is_file():
                    return name
        return ""

    def _hosts_at_home(self) -> tuple[str, ...]:
        programs = ("chromium", "chromium-gost", "google-chrome", "yandex-browser")
        return tuple(f"{self._home}/.config/{one}/NativeMessagingHosts" for one in programs)

    @property
    def _home(self) -> Path:
        return Path(self.environment.get("HOME") or "/nonexistent")

    def _is_at_home(self, path: Path) -> bool:
        return path.is_relative_to(self._home)

    def _asked(self, *words: str) -> Handler:
        said = self._runner.until_now().run(*words)
        if said.trouble is not None:
            return Handler(trouble=said.trouble)
        lines = [line.strip() for line in said.text.splitlines() if ".desktop" in line]
        return Handler(lines[-1] if lines else "")

    def _text(self, path: str) -> str:
        try:
            return (self._root / path).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""


def _joined(stored: SeenCertificate, listed: SeenCertificate) -> SeenCertificate:
    """Return what the file tells, with the key that only the tool knows of."""
    return SeenCertificate(
        stored.store,
        stored.sha1,
        stored.subject,
        stored.not_before,
        stored.not_after,
        stored.has_key or listed.has_key,
        stored.may_sign,
        stored.der,
    )


def _processor() -> str:
    machine = platform.machine().lower()
    return _PROCESSORS.get(machine, machine)


def _full_name() -> str:
    if sys.platform == "win32":
        return ""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_gecos.split(",")[0]
    except KeyError:
        return ""
