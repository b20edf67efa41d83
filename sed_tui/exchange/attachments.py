"""Which file of a package is the one that its message names."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from sed_tui.exchange.remarks import Oddity, Remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.exchange.archive import Member
    from sed_tui.exchange.message import AttachedFile


def match(
    named: Sequence[AttachedFile], members: Sequence[Member]
) -> tuple[list[tuple[AttachedFile, Member | None]], list[Remark]]:
    """Return each file with its bytes: by the exact name, with its type added, by a prefix.

    Two of nine real letters named a file otherwise than it was called.
    """
    found: list[tuple[AttachedFile, Member | None]] = []
    remarks: list[Remark] = []
    for file in named:
        member, is_exact = _find(file, members)
        if member is None:
            remarks.append(Remark(Oddity.FILE_MISSING, file.name))
        elif not is_exact:
            remarks.append(Remark(Oddity.FILE_RENAMED, f"{file.name} → {member.name}"))
        found.append((file, member))
    return found, remarks


def folded(name: str) -> str:
    """Return a name for comparing: composed, and of one case."""
    return unicodedata.normalize("NFC", name).casefold()


def _find(file: AttachedFile, members: Sequence[Member]) -> tuple[Member | None, bool]:
    wanted = folded(file.name)
    by_name = {folded(member.name): member for member in members}
    exact = by_name.get(wanted)
    if exact is not None:
        return exact, True
    longer = by_name.get(f"{wanted}.{folded(file.kind)}") if file.kind else None
    if longer is not None:
        return longer, False
    stem = wanted.rpartition(".")[0] or wanted
    alike = [member for name, member in by_name.items() if name.startswith(stem)] if stem else []
    return (alike[0], False) if len(alike) == 1 else (None, False)
