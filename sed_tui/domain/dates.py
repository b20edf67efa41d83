"""Days and moments as people write them: day first or ISO, never month first, four digits."""

from __future__ import annotations

import re
from datetime import date, datetime

from sed_tui.domain.clock import OFFICE_ZONE
from sed_tui.errors.input import BadDate, UnclearYear

# no office keeps older papers, and a later year is a slip of the finger: 0226, 20226
FIRST_YEAR, LAST_YEAR = 1900, 2199

_DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]+)\s*(?:г\.?|года)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_date(text: str, field: str = "date") -> date:
    """Return the day a text names: `3.02.2025`, `03.02.2025 г.`, `2025-02-03`.

    Raises `BadDate`, and `UnclearYear` where the century would have to be guessed.
    """
    written = " ".join(text.split()).casefold()
    if match := _DAY_FIRST.fullmatch(written):
        day, month, year = match.groups()
    elif match := _ISO.fullmatch(written):
        year, month, day = match.groups()
    else:
        raise BadDate(field=field, value=text)
    if len(year) != len("ГГГГ") or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise UnclearYear(field=field, value=text, first=FIRST_YEAR, last=LAST_YEAR)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise BadDate(field=field, value=text) from error


def parse_moment(text: str, field: str = "at") -> datetime:
    """Return the moment a text names: `2027-12-15T17:59`, `15.12.2027 17:59`.

    One without a zone is told by the office's clock. Raises `BadDate` and `UnclearYear`.
    """
    day, _space, hour = text.strip().replace("T", " ", 1).partition(" ")
    try:
        written = datetime.fromisoformat(f"{parse_date(day, field).isoformat()}T{hour.strip()}")
    except ValueError as error:
        raise BadDate(field=field, value=text) from error
    return written if written.tzinfo else written.replace(tzinfo=OFFICE_ZONE)
