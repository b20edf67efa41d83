"""What probes read from a machine, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from pathlib import Path

    from sed_tui.workstation.running import Trouble


class Kind(StrEnum):
    """On what the check runs."""

    DESKTOP = "desktop"
    CONTAINER = "container"
    SSH = "ssh"
    WSL = "wsl"
    NO_DISPLAY = "no_display"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The machine itself."""

    system: str
    release: str
    architecture: str
    name: str
    user: str
    kinds: frozenset[Kind] = frozenset()
    full_name: str = ""

    @property
    def is_container(self) -> bool:
        """Tell whether this is no workplace but a container."""
        return Kind.CONTAINER in self.kinds

    @property
    def without_desktop(self) -> Kind | None:
        """Return why default programs mean nothing here, None where they do."""
        order = (Kind.CONTAINER, Kind.WSL, Kind.SSH, Kind.NO_DISPLAY)
        return next((kind for kind in order if kind in self.kinds), None)


@dataclass(frozen=True, slots=True)
class CspInstallation:
    """A CryptoPro CSP: where it lies, for which processors, what it says of itself."""

    place: str
    architecture: str
    said: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that was found; `is_registered` where the desktop knows it."""

    name: str
    version: str
    place: str
    is_registered: bool = True
    desktop: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Handler:
    """The program set for pages, mail or links; `trouble` when the setting cannot be read."""

    name: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class SeenCertificate:
    """A certificate in a store, as the store's tool or its file tells."""

    store: str
    sha1: str
    subject: str = ""
    not_before: datetime | None = None
    not_after: datetime | None = None
    has_key: bool = False
    may_sign: bool | None = None
    der: bytes = b""


@dataclass(frozen=True, slots=True)
class SeenList:
    """A list of revoked certificates; without its bytes the signature cannot be verified."""

    place: str
    issuer: str = ""
    this_update: datetime | None = None
    next_update: datetime | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Stores:
    """Everything in the stores of certificates; `trouble` when a store could not be read."""

    certificates: tuple[SeenCertificate, ...] = ()
    lists: tuple[SeenList, ...] = ()
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered: by whom its certificate is, what its clock says."""

    id: str
    url: str
    reached: bool
    problem: str = ""
    issuer: str = ""
    subject: str = ""
    sha256: str = ""
    is_trusted: bool | None = None
    needs_gost: bool = False
    skew: timedelta | None = None
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What lies at the address of a list of revoked certificates."""

    id: str
    url: str
    data: bytes | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """What was found outside."""

    services: tuple[Answer, ...] = ()
    points: tuple[Fetched, ...] = ()
    is_asked: bool = True
    has_route: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """How far the clock is off and by what that is known; `is_synchronized` by the system."""

    skew: timedelta | None = None
    source: str = ""
    is_synchronized: bool | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """Where the program keeps its things: room, and whether it can be written."""

    place: Path
    free: int | None
    is_writable: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that was read; None where a probe did not end in its time."""

    surroundings: Surroundings
    csp: tuple[CspInstallation, ...] | None = ()
    licence: str | None = ""
    browsers: tuple[Browser, ...] | None = ()
    default_browser: Handler | None = field(default_factory=Handler)
    default_mail: Handler | None = field(default_factory=Handler)
    link_scheme: Handler | None = field(default_factory=Handler)
    plugins: tuple[str, ...] | None = ()
    web_agent: tuple[str, ...] | None = ()
    stores: Stores | None = field(default_factory=Stores)
    network: Network | None = field(default_factory=Network)
    synchronized: bool | None = None
    disk: Disk | None = None
    offered_lists: tuple[SeenList, ...] = ()
