"""Operations on workplaces: what their checks found, collected for the help desk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from sed_tui.domain.workstation import Status, VersionOf
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ReportedCheck(Message):
    """One check of a report, personal data masked."""

    id: str = Field(max_length=100)
    status: Status
    found: str = Field(default="", max_length=1000)
    evidence: str = Field(default="", max_length=2000)


class ReportWorkstation(Request):
    """Send what the check of a machine found; the last report of a machine counts."""

    machine: str = Field(min_length=1, max_length=100)
    system: str = Field(max_length=200)
    csp: str | None = Field(default=None, max_length=50)
    browser: str | None = Field(default=None, max_length=100)
    browser_version: str | None = Field(default=None, max_length=50)
    program_version: str = Field(max_length=50)
    edition: str = Field(max_length=50)
    set: str = Field(max_length=50)
    status: Status
    breaks_after_update: bool = False
    checked_at: datetime
    checks: tuple[ReportedCheck, ...] = Field(max_length=200)


class _OfOffice(Request):
    """`organization` is `all` for every organization of the caller."""

    organization: str | None = None

    @property
    def chosen_organization(self) -> str | None:
        """Name the organization that is asked about."""
        return self.organization


class ListWorkstations(_OfOffice):
    """Ask for machines: of a status, with a check that failed, with an older CSP, at risk.

    `breaks_after_update` asks for machines whose CSP does not work with a newer browser.
    """

    status: Status | None = None
    failing: str | None = Field(default=None, max_length=100)
    csp_below: str | None = Field(default=None, max_length=50)
    breaks_after_update: bool = False
    older_than_days: int | None = Field(default=None, ge=0, le=3660)


class CountVersions(_OfOffice):
    """Ask how many machines have which version."""

    by: VersionOf = VersionOf.CSP


class Workstation(Message):
    """A machine as its last report tells."""

    id: UUID
    organization: str
    employee: str
    login: str
    machine: str
    system: str
    csp: str | None
    browser: str | None
    browser_version: str | None
    program_version: str
    edition: str
    set: str
    status: Status
    breaks_after_update: bool
    failing: list[str]
    checked_at: datetime
    reported_at: datetime


class WorkstationList(Message):
    """Machines, the last reports first."""

    rows: list[Workstation]
    next: None = None


class VersionCount(Message):
    """How many machines have a version, and the share of them in a hundred."""

    version: str
    machines: int
    share: float


class VersionCounts(Message):
    """The versions, the newest first, and how many machines there are."""

    by: VersionOf
    rows: list[VersionCount]
    total: int
    breaks_after_update: int
    next: None = None


REPORT = Operation(
    "workstation.report",
    N_("Send the report of a workplace"),
    ReportWorkstation,
    Workstation,
    Effect.WRITE,
)
LIST = Operation(
    "workstation.list", N_("List workplaces"), ListWorkstations, WorkstationList, Effect.READ
)
VERSIONS = Operation(
    "workstation.versions",
    N_("Count versions on workplaces"),
    CountVersions,
    VersionCounts,
    Effect.READ,
)
