"""What a check of a workplace says: a status, what was found, what is required, what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable


class Status(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    SKIP = "skip"
    UNKNOWN = "unknown"


STATUS_TITLES: dict[str, str] = {
    Status.OK: N_("in order"),
    Status.WARN: N_("needs attention"),
    Status.FAIL: N_("does not work"),
    Status.SKIP: N_("skipped"),
    Status.UNKNOWN: N_("could not be found out"),
}
# the worst first: what a whole report is called, and what stands first in it
_WORST = (Status.FAIL, Status.WARN, Status.UNKNOWN, Status.OK, Status.SKIP)


class Mending(StrEnum):
    """What the program can do by itself, in the settings of the user alone."""

    DEFAULT_BROWSER = "default_browser"
    DEFAULT_MAIL = "default_mail"
    LINK_SCHEME = "link_scheme"
    REVOCATION_LIST = "revocation_list"


# in the order of causes: without what stands above, what stands below cannot work
CHECK_TITLES: dict[str, str] = {
    "requirements": N_("Edition of the requirements"),
    "system": N_("Operating system"),
    "disk": N_("Disk and rights"),
    "clock": N_("Clock"),
    "csp": N_("CryptoPro CSP"),
    "csp_licence": N_("Licence of CryptoPro CSP"),
    "browser": N_("Browser with GOST TLS"),
    "pair": N_("CryptoPro CSP together with the browser"),
    "plugin": N_("CryptoPro browser plug-in"),
    "certificate": N_("Certificate of an authority"),
    "revocation": N_("List of revoked certificates"),
    "revocation_point": N_("Where the list is published"),
    "personal": N_("Your own certificate"),
    "expired": N_("Expired certificates"),
    "service": N_("Reach of the service"),
    "default_browser": N_("Default browser"),
    "default_mail": N_("Default mail program"),
    "link_scheme": N_("Links of the system"),
    "web_agent": N_("Web agent"),
}


class VersionOf(StrEnum):
    """What machines are counted by."""

    CSP = "csp"
    BROWSER = "browser"
    SYSTEM = "system"
    PROGRAM = "program_version"
    EDITION = "edition"
    STATUS = "status"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    `subject` tells apart checks of one kind: which certificate, which address. `command`
    is what mends it, to be copied; `mending` what `workstation fix` does by itself.
    """

    id: str
    status: Status
    found: str = ""
    required: str = ""
    fix: str = ""
    evidence: str = ""
    command: str = ""
    subject: str = ""
    doc_link: str = ""
    mending: Mending | None = None
    target: str = ""

    @property
    def kind(self) -> str:
        """Return what sort of check this is, without its subject."""
        return self.id.partition(".")[0]

    def as_record(self) -> dict[str, Any]:
        """Return the check as JSON holds it."""
        return asdict(self)


def worst(checks: Iterable[Check]) -> Status:
    """Return what the checks say together: skips say nothing where anything else was found."""
    found = {check.status for check in checks}
    return next((status for status in _WORST if status in found), Status.SKIP)


def in_order_of_causes(checks: Iterable[Check]) -> list[Check]:
    """Return the checks as causes follow each other."""
    places = {kind: place for place, kind in enumerate(CHECK_TITLES)}
    return sorted(checks, key=lambda check: places[check.kind])


def first_to_mend(checks: Iterable[Check]) -> list[Check]:
    """Return failures, then warnings, then the rest, each in the order of causes."""
    places = {status: place for place, status in enumerate(_WORST)}
    return sorted(in_order_of_causes(checks), key=lambda check: places[check.status])


def with_note(check: Check, note: str) -> Check:
    """Return the check with one more sentence of evidence."""
    return replace(check, evidence=f"{check.evidence} {note}".strip())
