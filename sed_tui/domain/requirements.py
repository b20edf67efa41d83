"""The operator's requirements for a workplace: an edition with its date, as data.

An edition is TOML. It names versions, certificates by fingerprint, lists of revoked
certificates, services, and two sets: executive bodies (Directum RX) and medical and
educational institutions (Бюрократ), which ask for different things.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from sed_tui.domain.program_version import Version, version
from sed_tui.errors.causes import toml_cause
from sed_tui.errors.workstation import BadRequirements
from sed_tui.i18n import _, active_language

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = 1
LARGEST = 200_000  # characters; the shipped edition has six thousand
_PARTS = {
    *("format", "edition", "date", "source", "stale_after_days", "mail_programs", "csp", "browser"),
    *("pair", "certificate", "revocation", "service", "web_agent", "sets"),
}
_FINGERPRINT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class CspRequirement:
    """Which CryptoPro CSP is asked for; `marks` are the builds that R2 and R3 stand for."""

    minimum: Version
    recommended: Version
    marks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BrowserRequirement:
    """A browser with GOST TLS: how it is called by people, files and registries."""

    name: str
    minimum: Version
    programs: tuple[str, ...]
    desktop: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairRule:
    """A browser from a version on does not work with a CSP below a version."""

    browser: str
    browser_from: Version
    csp_below: Version
    csp_needed: Version
    failing: bool = True
    note: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CertificateRequirement:
    """A certificate of an authority by its fingerprint; without one it cannot be looked for."""

    id: str
    name: str
    store: str
    sha1: str = ""
    sha256: str = ""
    required: bool = True
    url: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no fingerprint: nothing would ever be found by it."""
        for value in (self.sha1, self.sha256):
            if value and not _FINGERPRINT.fullmatch(value):
                reason = _("{name}: “{value}” is no fingerprint")
                raise ValueError(reason.format(name=self.id, value=value))


@dataclass(frozen=True, slots=True)
class RevocationRequirement:
    """A list of revoked certificates: whose, and where it is published."""

    id: str
    issuer: str
    url: str = ""
    required: bool = False

    def __post_init__(self) -> None:
        """Refuse an address that cannot be asked."""
        if self.url:
            _require_address(self.id, self.url)


@dataclass(frozen=True, slots=True)
class ServiceRequirement:
    """An address that must answer; `issuers` are words of the expected issuer's name."""

    id: str
    url: str
    issuers: tuple[str, ...] = ()
    sha256: tuple[str, ...] = ()
    required: bool = True

    def __post_init__(self) -> None:
        """Refuse an address that cannot be asked."""
        _require_address(self.id, self.url)


@dataclass(frozen=True, slots=True)
class RequirementSet:
    """What one kind of organization is asked for besides."""

    code: str
    title: dict[str, str]
    default_browser: bool = False
    default_mail: bool = False
    web_agent: bool = False
    personal_certificate: bool = False
    services: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Return its title in the user's language."""
        return self.title.get(active_language(), self.code)


@dataclass(frozen=True, slots=True)
class WebAgent:
    """How the web agent is found."""

    paths: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirements:
    """One edition of the requirements."""

    edition: str
    dated: date
    source: str
    stale_after_days: int
    csp: CspRequirement
    browsers: tuple[BrowserRequirement, ...]
    pairs: tuple[PairRule, ...]
    certificates: tuple[CertificateRequirement, ...]
    revocation: tuple[RevocationRequirement, ...]
    services: tuple[ServiceRequirement, ...]
    sets: tuple[RequirementSet, ...]
    mail_programs: tuple[str, ...] = ()
    web_agent: WebAgent = WebAgent()

    def age(self, today: date) -> int:
        """Return how many days old the edition is."""
        return (today - self.dated).days

    def is_stale(self, today: date) -> bool:
        """Tell whether the edition is older than it allows itself."""
        return self.age(today) > self.stale_after_days

    def set_of(self, code: str) -> RequirementSet:
        """Return a set by its code. Raises `BadRequirements` for one the edition has not."""
        for one in self.sets:
            if one.code == code:
                return one
        known = ", ".join(one.code for one in self.sets)
        reason = _("there is no set “{code}”, only {known}").format(code=code, known=known)
        raise BadRequirements(field="set", reason=reason)


def read_requirements(text: str) -> Requirements:
    """Read an edition. Raises `BadRequirements` with what is wrong in it."""
    if len(text) > LARGEST:
        raise BadRequirements(field="file", reason=_("it is too large for requirements"))
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadRequirements(field="file", reason=toml_cause(error)) from error
    if content.get("format") != FORMAT:
        reason = _("its format is {found}, this program reads {known}")
        found = content.get("format", "—")
        raise BadRequirements(field="file", reason=reason.format(found=found, known=FORMAT))
    try:
        return _edition(content)
    except KeyError as error:
        reason = _("“{name}” is missing, or is no part of an edition").format(name=error.args[0])
        raise BadRequirements(field="file", reason=reason) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise BadRequirements(field="file", reason=str(error)) from error


def differences(old: Requirements, new: Requirements) -> list[tuple[str, str, str]]:
    """Return what differs between two editions: where, what it was, what it is."""
    before, after = _flat(old), _flat(new)
    names = [*before, *(name for name in after if name not in before)]
    return [
        (name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def _edition(content: Mapping[str, Any]) -> Requirements:
    for name in content.keys() - _PARTS:
        raise KeyError(name)
    day = content["date"]
    if type(day) is not date:
        raise TypeError(_("date: a day such as 2026-11-01 is expected"))
    return Requirements(
        edition=str(content["edition"]),
        dated=day,
        source=str(content.get("source", "")),
        stale_after_days=int(content.get("stale_after_days", 180)),
        csp=read_row(CspRequirement, content["csp"]),
        browsers=_rows(BrowserRequirement, content.get("browser", [])),
        pairs=_rows(PairRule, content.get("pair", [])),
        certificates=_rows(CertificateRequirement, content.get("certificate", [])),
        revocation=_rows(RevocationRequirement, content.get("revocation", [])),
        services=_rows(ServiceRequirement, content.get("service", [])),
        sets=tuple(
            read_row(RequirementSet, {"code": code, **one}) for code, one in content["sets"].items()
        ),
        mail_programs=tuple(map(str, content.get("mail_programs", ()))),
        web_agent=read_row(WebAgent, content.get("web_agent", {})),
    )


def _rows(kind: type[Row], found: list[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(read_row(kind, one) for one in found)


def read_row(kind: type[Row], values: Mapping[str, Any]) -> Row:
    """Read one table of an edition. Raises `KeyError`, `TypeError`, `ValueError`."""
    known = {one.name: str(one.type) for one in fields(kind)}  # type: ignore[arg-type]
    for name in values:
        if name not in known:
            raise KeyError(name)
    read = {name: _value(known[name], value, name) for name, value in values.items()}
    return kind(**read)


def _value(kind: str, value: Any, name: str) -> Any:
    if kind == "Version":
        return version(value)
    if kind.startswith("tuple"):
        return tuple(map(str, value))
    if kind == "bool" and not isinstance(value, bool):
        raise TypeError(_("{name}: true or false is expected").format(name=name))
    return value


def _require_address(name: str, url: str) -> None:
    address = urlsplit(url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        reason = _("{name}: “{value}” is no address that begins with http:// or https://")
        raise ValueError(reason.format(name=name, value=url))


def _flat(edition: Requirements) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in fields(edition):
        value = getattr(edition, one.name)
        rows = value if isinstance(value, tuple) else (value,)
        for row in rows:
            _tell(told, one.name, row)
    return told


def _tell(told: dict[str, str], name: str, row: Any) -> None:
    if not hasattr(row, "__dataclass_fields__") or isinstance(row, Version):
        told[name] = f"{told[name]}, {row}" if name in told else str(row)
        return
    key = getattr(row, "id", None) or getattr(row, "code", None) or getattr(row, "name", None)
    place = f"{name}.{key}" if key else name
    for one in fields(row):
        if one.name not in {"id", "code"}:
            value = getattr(row, one.name)
            shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            told[f"{place}.{one.name}"] = shown
