"""What CryptoPro's tools print, and the files its stores are kept in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sed_tui.errors.signatures import NotARevocationList, RevocationListTooLarge
from sed_tui.gost.asn1 import Malformed
from sed_tui.gost.certificates import parse
from sed_tui.gost.revocation import read_revocation_list
from sed_tui.workstation.facts import SeenCertificate, SeenList

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRY = re.compile(r"^\d+-+\s*$", re.MULTILINE)
_FIELD = re.compile(r"^([^\n:=]+?)\s*:[ \t]*(.*)$", re.MULTILINE)
_DAY = re.compile(r"(\d\d)[/.](\d\d)[/.](\d{4})\s+(\d\d):(\d\d):(\d\d)", re.ASCII)
_HEX = re.compile(r"^(?:0x)?([0-9a-fA-F]{40})$")
_NUMBERED = re.compile(
    r"\b([0-9]{1,4})\s*(?:month|мес)\D*?([0-9]{1,4})\s*(?:day|д[ена])", re.IGNORECASE
)
_UNTIL = re.compile(r"\b[0-9]{2}[./][0-9]{2}[./][0-9]{4}\b")
_FOR_EVER = re.compile(r"permanent|постоянн|бессрочн|never", re.IGNORECASE)
_OVER = re.compile(r"expired|ист[её]к(?!а)|not valid|недействит|invalid", re.IGNORECASE)
_SERIAL = re.compile(r"\b([0-9A-Z]{5})(?:-?[0-9A-Z]{5}){4}\b")
_MONTH = 30
# a serialized store: a header, then properties, of which the last two are the things themselves
STORE_MARK = b"\0\0\0\0CERT"
_KEY, _CERTIFICATE, _LIST = 2, 32, 33
_HEADER = 12


@dataclass(frozen=True, slots=True)
class Licence:
    """How long CryptoPro CSP may be used: for ever, for days, no more, or it is not said."""

    for_ever: bool = False
    days: int | None = None
    is_over: bool = False


def read_licence(text: str, now: datetime) -> Licence:
    """Read what `cpconfig -license -view` prints, in English or in Russian."""
    if left := _NUMBERED.search(text):
        return Licence(days=int(left[1]) * _MONTH + int(left[2]))
    if _OVER.search(text):
        return Licence(is_over=True)
    if (day := _UNTIL.search(text)) and (last := _day(day[0])) is not None:
        until = last + timedelta(days=1)  # the day itself is still covered
        return Licence(days=(until - now).days, is_over=until < now)
    return Licence(for_ever=bool(_FOR_EVER.search(text)))


def without_serials(text: str) -> str:
    """Return text in which numbers of licences are cut to their first five signs."""
    return _SERIAL.sub(r"\1-…", text)


def listed_certificates(text: str, store: str) -> list[SeenCertificate]:
    """Read what `certmgr -list` prints."""
    found = []
    for fields in _entries(text):
        sha1 = next((match[1] for value in fields.values() if (match := _HEX.match(value))), "")
        named = next((v for k, v in fields.items() if "SHA1" in k or "тпечаток" in k), "")
        if match := _HEX.match(named):
            sha1 = match[1]
        if sha1:
            found.append(
                SeenCertificate(
                    store,
                    sha1.lower(),
                    _first(fields, "Subject", "Субъект"),
                    _moment(_first(fields, "Not valid before", "Выдан", "Действителен с")),
                    _moment(_first(fields, "Not valid after", "Истекает", "Действителен до")),
                    _first(fields, "PrivateKey Link", "Ссылка на ключ").lower()[:3]
                    in {"yes", "ест", "да"},
                )
            )
    return found


def listed_lists(text: str, store: str) -> list[SeenList]:
    """Read what `certmgr -list -crl` prints."""
    return [
        SeenList(
            store,
            _first(fields, "Issuer", "Издатель"),
            _moment(_first(fields, "ThisUpdate", "This update", "Выпущен")),
            _moment(_first(fields, "NextUpdate", "Next update", "Следующее")),
        )
        for fields in _entries(text)
        if any("update" in name.lower() or name == "Выпущен" for name in fields)
    ]


def stored_things(data: bytes, store: str) -> tuple[list[SeenCertificate], list[SeenList]]:
    """Read a file of a store; what cannot be read in it is left out."""
    certificates, lists = [], []
    has_key = False  # properties stand before the certificate they are of
    for kind, content in _elements(data):
        has_key = has_key or kind == _KEY
        if kind == _CERTIFICATE and (one := seen_certificate(content, store)) is not None:
            certificates.append(replace(one, has_key=has_key))
            has_key = False
        elif kind == _LIST:
            lists.append(seen_list(content, store))
    return certificates, lists


def seen_certificate(der: bytes, store: str) -> SeenCertificate | None:
    """Return a certificate as the checks want it; None for what is none."""
    try:
        one = parse(der)
    except (Malformed, ValueError):
        return None
    return SeenCertificate(
        store,
        one.thumbprint,
        one.subject.called,
        one.not_before,
        one.not_after,
        may_sign=one.may_sign_documents,
        der=der,
    )


def seen_list(data: bytes, place: str) -> SeenList:
    """Return a list as the checks want it; one that cannot be read has its bytes alone."""
    try:
        one = read_revocation_list(data)
    except (NotARevocationList, RevocationListTooLarge):
        return SeenList(place, data=data)
    return SeenList(place, one.name.called, one.this_update, one.next_update, data)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    place = 8 if data.startswith(STORE_MARK) else len(data)
    while place + _HEADER <= len(data):
        kind = int.from_bytes(data[place : place + 4], "little")
        size = int.from_bytes(data[place + 8 : place + _HEADER], "little")
        place += _HEADER
        if size > len(data) - place:
            return
        yield kind, data[place : place + size]
        place += size


def _entries(text: str) -> Iterator[dict[str, str]]:
    for part in _ENTRY.split(text.replace("\r", ""))[1:]:
        body = part.partition("\n====")[0]
        fields: dict[str, str] = {}
        for name, value in _FIELD.findall(body):
            fields.setdefault(name.strip(), value.strip())
        yield fields


def _first(fields: dict[str, str], *names: str) -> str:
    return next((fields[name] for name in names if name in fields), "")


def _day(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.replace("/", "."), "%d.%m.%Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    found = _DAY.search(text)
    if found is None:
        return None
    day, month, year, hour, minute, second = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
