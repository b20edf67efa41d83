"""Names of files that cannot lead anywhere but where they are put."""

from __future__ import annotations

from sed_tui.domain.text import clean
from sed_tui.errors.files import BadFileName
from sed_tui.i18n import _

MAX_BYTES = 255
_SEPARATORS = ("/", "\\")


def checked_name(name: str, field: str = "files") -> str:
    """Return a name normalized; without separators, dots alone, and of at most 255 bytes.

    Raises `BadFileName` and what `clean` raises: `EmptyText`, `ForbiddenCharacters`.
    """
    if any(mark in name for mark in _SEPARATORS):
        raise BadFileName(field=field, name=name, reason=_("it holds / or \\"))
    if any("\ud800" <= symbol <= "\udfff" for symbol in name):
        shown = name.encode("utf-8", "replace").decode()
        raise BadFileName(field=field, name=shown, reason=_("it is not UTF-8"))
    checked = clean(name, field, limit=MAX_BYTES)
    if checked in {".", ".."}:
        raise BadFileName(field=field, name=name, reason=_("it names a folder"))
    if len(checked.encode()) > MAX_BYTES:
        raise BadFileName(
            field=field,
            name=f"{checked[:40]}…",
            reason=_("it is longer than {limit} bytes").format(limit=MAX_BYTES),
        )
    return checked
