"""Why a package that could be read is kept out all the same: what is wrong with its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.exchange_flow import QuarantineReason
from sed_tui.domain.mail import header_text
from sed_tui.exchange.message import Letter
from sed_tui.exchange.remarks import Oddity

if TYPE_CHECKING:
    from sed_tui.exchange.package import Package

Doubt = tuple[QuarantineReason, str]
"""The reason, and a detail of it or nothing."""


def doubt_of(package: Package) -> Doubt | None:
    """Return what is wrong with the files of a letter: none, or one that is not there."""
    if not isinstance(package.message.body, Letter):
        return None
    missing = [one.where for one in package.remarks if one.oddity is Oddity.FILE_MISSING]
    if missing:
        return QuarantineReason.FILE_MISSING, header_text(missing[0])
    came = (*(member for _file, member in package.files), *package.others)
    is_empty = not any(one is not None and one.size for one in came)
    return (QuarantineReason.NO_FILES, "") if is_empty or not package.files else None
