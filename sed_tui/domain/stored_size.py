"""Sizes of what is stored, as people write and read them."""

from __future__ import annotations

import re

from sed_tui.errors import Invalid
from sed_tui.i18n import N_, _

_UNITS = (N_("bytes"), N_("KiB"), N_("MiB"), N_("GiB"), N_("TiB"))
_POWERS = {
    **{"": 0, "b": 0, "k": 1, "kib": 1, "m": 2, "mib": 2, "g": 3, "gib": 3, "t": 4, "tib": 4},
    **{"б": 0, "киб": 1, "миб": 2, "гиб": 3, "тиб": 4},
}
_WRITTEN = re.compile(r"(\d{1,12}(?:[.,]\d{1,3})?)\s*([a-zа-я]*)")
_STEP = 1024
MOST = 2**60
"""More than any store holds, and less than a column does."""


def shown_size(size: int) -> str:
    """Return a number of bytes in the largest unit that leaves a whole part."""
    power = min(max(size.bit_length() - 1, 0) // 10, len(_UNITS) - 1)
    number = f"{size / _STEP**power:.1f}" if power else str(size)
    return f"{number} {_(_UNITS[power])}"


def written_size(size: int) -> str:
    """Return a size as it is typed (`size_of_text`), in the largest unit that keeps it exactly."""
    power = 0
    while size and size % _STEP == 0 and power + 1 < len(_UNITS):
        size, power = size // _STEP, power + 1
    return f"{size}{_UNITS[power] if power else ''}"


def size_of_text(text: str, field: str) -> int:
    """Return the bytes of «10 GiB», «500 МиБ» or «1048576». Raises `Invalid`."""
    match = _WRITTEN.fullmatch(text.strip().casefold())
    if match is None or match[2] not in _POWERS:
        reason = _("“{value}” is not a size; write it like 10GiB or 500MiB.")
        raise Invalid(field=field, reason=reason.format(value=text[:40]))
    size = int(float(match[1].replace(",", ".")) * _STEP ** _POWERS[match[2]])
    if size > MOST:
        raise Invalid(field=field, reason=_("it is more than any store holds"))
    return size
