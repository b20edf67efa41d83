"""Partners of the exchange: how one is reached, and what it takes."""

from __future__ import annotations

import re
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sed_tui.errors import Invalid
from sed_tui.errors.exchange import UnknownZone
from sed_tui.errors.exchange_partners import BadFormat, BadPartnerCode
from sed_tui.i18n import N_, _

_CODE = re.compile(r"[\w.-]{1,32}")
_KIND = re.compile(r"[a-z0-9]{1,8}")
OFFICIAL_WORDS = ("для служебного пользования", "дсп", "информация ограниченного распространения")


class Channel(StrEnum):
    """The way messages travel: within this database, as folders of MEDO, or between servers."""

    LOCAL = "local"
    MEDO = "medo"
    HTTP = "http"


class FormatVersion(StrEnum):
    """The edition in which a partner is written to; any is read."""

    V22 = "2.2"
    V26 = "2.6"


class PartnerState(StrEnum):
    """Whether letters are exchanged with a partner."""

    ACTIVE = "active"
    CLOSED = "closed"


ENCODINGS = ("windows-1251", "UTF-8")
CHANNEL_TITLES: dict[str, str] = {
    Channel.LOCAL: N_("within the system"),
    Channel.MEDO: N_("MEDO"),
    Channel.HTTP: N_("between servers"),
}
DELIVERIES: dict[str, str] = {
    Channel.LOCAL: "СЭД",
    Channel.MEDO: "МЭДО",
    Channel.HTTP: "коннектор",
}
"""What stands on a card as the way of delivery: official Russian, whatever the language."""


def checked_code(code: str) -> str:
    """Return a code of a partner. Raises `BadPartnerCode`."""
    if not _CODE.fullmatch(code):
        raise BadPartnerCode(field="code", code=code)
    return code


def checked_uid(text: str, field: str = "uids") -> str:
    """Return the identifier of a mailbox in lower case. Raises `Invalid`."""
    try:
        return str(UUID(text.strip().strip("{}")))
    except ValueError:
        reason = _("an identifier looks like 0b21bba4-77e7-4ad5-8d7e-3c1f3b2e4a5d")
        raise Invalid(field=field, reason=reason) from None


def checked_zone(zone: str) -> str:
    """Return the name of a time zone. Raises `UnknownZone`."""
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZone(field="zone", zone=zone) from error
    return zone


def checked_encoding(encoding: str) -> str:
    """Return the name of an encoding as it is declared. Raises `BadFormat`."""
    for known in ENCODINGS:
        if encoding.casefold() == known.casefold():
            return known
    raise BadFormat(field="encoding", value=encoding, known=", ".join(ENCODINGS))


def checked_kinds(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Return kinds of files without repeats: extensions in small letters. Raises `BadFormat`."""
    found = tuple(dict.fromkeys(kind.strip().lstrip(".").lower() for kind in kinds))
    for kind in found:
        if not _KIND.fullmatch(kind):
            raise BadFormat(field="kinds", value=kind, known="pdf, tif, doc, txt, xml")
    return found


def is_official(*marks: str) -> bool:
    """Tell whether any mark of a document, however it is called, keeps it to official use."""
    told = [" ".join(mark.casefold().split()) for mark in marks]
    return any(word in mark for word in OFFICIAL_WORDS for mark in told)
