"""Whether the sender of a letter was told what came of it (A13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select
from sqlmodel import col

from sed_tui.domain.flows import Flow
from sed_tui.domain.links import LinkKind
from sed_tui.i18n import _
from sed_tui.storage.tables.assignment_outcome import AssignmentResultTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.link import LinkTable

if TYPE_CHECKING:
    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work

_D = DocumentTable


def is_sender_told(work: Work, current: Current) -> bool | None:
    """Tell whether a reply to the letter is registered, or is a result of the assignment.

    None where nobody waits for one: a sub-assignment, a document of the office's own.
    """
    if current.document_id is None or current.parent_id is not None:
        return None
    sent = select(col(_D.id)).where(
        col(_D.id) == current.document_id,
        col(_D.flow).in_([Flow.INCOMING.value, Flow.APPEAL.value]),
        col(_D.correspondent_id).is_not(None),
    )
    if work.db.scalar(sent) is None:
        return None
    answers = select(col(LinkTable.source_id)).where(
        col(LinkTable.target_id) == current.document_id,
        col(LinkTable.kind) == LinkKind.REPLY_TO.value,
    )
    results = select(col(AssignmentResultTable.document_id)).where(
        col(AssignmentResultTable.assignment_id) == current.id,
        col(AssignmentResultTable.document_id).is_not(None),
    )
    is_registered = col(_D.registration) == "registered"
    is_result = and_(col(_D.flow) == Flow.OUTGOING.value, col(_D.id).in_(results))
    found = select(col(_D.id)).where(is_registered, or_(col(_D.id).in_(answers), is_result))
    return work.db.scalar(found.limit(1)) is not None


def reply_warnings(told: bool | None) -> list[str]:
    """Return what is to be said at the end of an assignment whose sender was not told."""
    if told is not False:
        return []
    return [_("No reply to the sender is registered: see that the interested party is informed.")]
