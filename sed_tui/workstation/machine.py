"""What is asked of a machine, whatever its operating system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sed_tui.domain.requirements import BrowserRequirement, WebAgent
    from sed_tui.workstation.facts import (
        Browser,
        CspInstallation,
        Handler,
        Stores,
        Surroundings,
    )
    from sed_tui.workstation.running import Said


class Machine(Protocol):
    """The facts of one machine. Each question ends within the time of one probe."""

    environment: Mapping[str, str]

    def surroundings(self) -> Surroundings:
        """Tell what machine this is, without running anything."""

    def csp(self) -> tuple[CspInstallation, ...]:
        """Find every CryptoPro CSP."""

    def licence(self) -> str | None:
        """Return what is said of the licence of CSP; None when nothing is."""

    def browsers(self, wanted: tuple[BrowserRequirement, ...]) -> tuple[Browser, ...]:
        """Find the browsers of the requirements."""

    def default_browser(self) -> Handler:
        """Tell which program opens pages."""

    def default_mail(self) -> Handler:
        """Tell which program writes mail."""

    def link_scheme(self) -> Handler:
        """Tell which program opens `sed:` links."""

    def plugins(self) -> tuple[str, ...]:
        """Find the copies of the CryptoPro browser plug-in."""

    def web_agent(self, wanted: WebAgent) -> tuple[str, ...]:
        """Find the web agent."""

    def stores(self) -> Stores:
        """Read the stores of certificates."""

    def synchronized(self) -> bool | None:
        """Tell whether the system keeps its clock by a server; None when it is not said."""

    def run(self, *command: str) -> Said:
        """Run a command of the machine, as its user."""

    def install_list(self, path: Path) -> tuple[str, ...] | None:
        """Return the command that installs a list into the user's store."""

    def tls(self, host: str, port: int) -> str | None:
        """Return what a GOST handshake with an address printed; None without CSP."""
