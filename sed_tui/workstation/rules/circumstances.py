"""What every rule is judged by, and the words they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.workstation import Check, Status
from sed_tui.i18n import N_, _
from sed_tui.workstation.facts import Kind
from sed_tui.workstation.running import SECONDS, Trouble

if TYPE_CHECKING:
    from datetime import datetime

    from sed_tui.domain.requirements import Requirements, RequirementSet
    from sed_tui.workstation.facts import Clock, Facts

_WITHOUT_DESKTOP = {
    Kind.CONTAINER: N_("This is a container: it has no desktop with default programs."),
    Kind.WSL: N_("This is WSL: the default programs are those of Windows. Check there."),
    Kind.SSH: N_("This is an SSH session: the default programs are those of the user's screen."),
    Kind.NO_DISPLAY: N_("There is no graphical session, hence no default programs."),
}
_TROUBLES = {
    Trouble.ABSENT: N_("The program that tells it is not installed."),
    Trouble.DENIED: N_("There is no right to read it."),
}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The facts, what they are held against, and when; `now` is the true time if known."""

    facts: Facts
    requirements: Requirements
    chosen: RequirementSet
    now: datetime
    clock: Clock

    @property
    def is_container(self) -> bool:
        """Tell whether there is no workplace here to judge."""
        return self.facts.surroundings.is_container

    @property
    def without_desktop(self) -> str:
        """Say why default programs mean nothing here, nothing where they do."""
        kind = self.facts.surroundings.without_desktop
        return _(_WITHOUT_DESKTOP[kind]) if kind else ""


def tool(at: Circumstances, name: str) -> str:
    """Return a tool of CryptoPro as it is called here: its folder is on nobody's path."""
    found = at.facts.csp[0].place if at.facts.csp else ""
    if not found.endswith("/csptest") or "/opt/cprocsp/bin/" not in found:
        return name
    folder = found.removesuffix("/csptest")
    if name == "cpconfig":
        folder = folder.replace("/opt/cprocsp/bin/", "/opt/cprocsp/sbin/")
    return f"{folder}/{name}"


def silent(check_id: str, trouble: Trouble | None = None, *, required: str = "") -> Check:
    """Return the check of a probe that told nothing."""
    return Check(check_id, Status.UNKNOWN, required=required, evidence=told(trouble))


def skipped(check_id: str, reason: str, *, required: str = "", subject: str = "") -> Check:
    """Return a check that means nothing here."""
    return Check(check_id, Status.SKIP, required=required, evidence=reason, subject=subject)


def told(trouble: Trouble | None) -> str:
    """Say why a probe told nothing."""
    if trouble in _TROUBLES:
        return _(_TROUBLES[trouble])
    return _("The program did not answer within {seconds:g} seconds.").format(seconds=SECONDS)
