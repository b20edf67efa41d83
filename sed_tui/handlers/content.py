"""Everything that the store keeps of an organization, read and compared with its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.gost.verdicts import VERDICTS
from sed_tui.handlers.content_holders import holders_of
from sed_tui.handlers.signature_judging import reason_of
from sed_tui.operations.content import SpoiledFile, VerifiedContents, VerifyContents
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.contents import fault_of

if TYPE_CHECKING:
    from sed_tui.gost.verdicts import Reason
    from sed_tui.handlers.content_holders import Holder
    from sed_tui.handlers.work import Work

_LARGE_PAGE = 256 << 20  # bytes after which an answer is given, whatever the limit says


def verify_contents(work: Work, request: VerifyContents) -> VerifiedContents:
    """Read a page of contents, each once however many rows name it."""
    after = decode_cursor(request.after, str)[0] if request.after is not None else ""
    holders = holders_of(work.actor)
    sizes: dict[str, int] = {}
    for holder in holders:
        found = work.db.execute(holder.digests(after, request.limit + 1))
        sizes |= {sha256: size or 0 for sha256, size in found}
    read, size, faults = 0, 0, dict[str, "Reason"]()
    last = after
    for last in sorted(sizes)[: request.limit]:
        if fault := fault_of(work.files, last):
            faults[last] = reason_of(fault)
        read, size = read + 1, size + sizes[last]
        if size >= _LARGE_PAGE:
            break
    return VerifiedContents(
        rows=[row for holder in holders for row in _spoiled(work, holder, faults)],
        read=read,
        bytes=size,
        next=encode_cursor(last) if read < len(sizes) else None,
    )


def _spoiled(work: Work, holder: Holder, faults: dict[str, Reason]) -> list[SpoiledFile]:
    if not faults:
        return []
    return [
        SpoiledFile(
            **row._mapping,
            kind=holder.kind,
            result=VERDICTS[faults[row.sha256]].value,
            reasons=[faults[row.sha256].value],
        )
        for row in work.db.execute(holder.rows(sorted(faults)))
    ]
