"""The security mark of a card that is registered already: set later, or lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.written import mark_named
from sed_tui.errors.imports import UnknownValue
from sed_tui.errors.input import BadRequest
from sed_tui.errors.registration import FilesHeld, MarkNotYours, ReasonNeeded
from sed_tui.i18n import _
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.handlers.work import Work


def changed_mark(work: Work, before: Mapping[str, Any], written: Any) -> Confidentiality:
    """Return the mark a card is to have (rules §1.17).

    Raises `BadRequest`, `ReasonNeeded`, `FilesHeld`, and `MarkNotYours` where somebody
    without clearance would lift the mark.
    """
    try:
        mark = mark_named(str(written or Confidentiality.NONE))
    except UnknownValue as error:  # its advice is for tables
        marks = ", ".join(Confidentiality)
        reason = _("one of these is expected: {expected}.").format(expected=marks)
        raise BadRequest(field="confidentiality", reason=reason, advice="") from error
    if mark == before["confidentiality"]:
        return mark
    if not work.options.reason:
        raise ReasonNeeded(field="reason", what=_("A change of the security mark"))
    if mark is not Confidentiality.NONE:
        _require_no_files(work, before)
    elif not work.actor.clearance:
        raise MarkNotYours(field="confidentiality")
    return mark


def _require_no_files(work: Work, card: Mapping[str, Any]) -> None:
    # the lock that adding a file takes: none can come in between
    table = DocumentTable
    work.db.execute(select(col(table.key)).where(col(table.id) == card["id"]).with_for_update())
    query = select(func.count()).select_from(FileTable)
    held = work.db.scalar(query.where(col(FileTable.document_id) == card["id"]))
    if held:
        raise FilesHeld(field="confidentiality", count=held)
