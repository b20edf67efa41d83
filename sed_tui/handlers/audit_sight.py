"""Which entries of the trail a reader may see the values of, and which object a text names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.errors import NotFound
from sed_tui.handlers.correspondent import find_correspondent
from sed_tui.handlers.employee import find_colleague
from sed_tui.handlers.references import find_document
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.audit import AuditEventTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work

# what administration itself deals with; everything else tells of documents
_ADMINISTRATIVE = frozenset(
    {
        "organization",
        "unit",
        "employee",
        "correspondent",
        "journal",
        "kind",
        "term_profiles",
        "reservation",
        "import",
        "legal_act",
    }
)
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f-]*)?")


def hidden_objects(work: Work, objects: Iterable[tuple[str, str]]) -> set[str]:
    """Return the ids of objects whose values the actor may not read."""
    if work.actor.sight is Sight.ORGANIZATION and work.actor.clearance:
        return set()
    asked: dict[str, set[str]] = {}
    for kind, key in objects:
        if kind not in _ADMINISTRATIVE:
            asked.setdefault(kind, set()).add(key)
    seen: set[str] = set()
    if "document" in asked:
        seen |= _seen(work, select(col(DocumentTable.id)), col(DocumentTable.id), asked["document"])
    if "assignment" in asked:
        issued = select(col(AssignmentTable.id)).join(
            DocumentTable, col(DocumentTable.id) == col(AssignmentTable.document_id)
        )
        seen |= _seen(work, issued, col(AssignmentTable.id), asked["assignment"])
    if work.actor.sight is Sight.ORGANIZATION:
        seen |= _undocumented(work, asked)
    return {key for keys in asked.values() for key in keys} - seen


def condition_of_object(work: Work, text: str) -> ColumnElement[bool]:
    """Return the condition that an entry concerns what a text names.

    Whole and short ids are taken as they are, of anything. Raises `NotFound`.
    """
    wanted = text.strip().lower()
    column = col(AuditEventTable.object_id)
    if _ID.fullmatch(wanted):
        # "g" comes after the last digit of an id and after the dash
        return and_(column >= wanted, column < f"{wanted}g")
    return column == str(_named(work, text))


def _named(work: Work, text: str) -> UUID | str:
    for find in (_document, _colleague, _correspondent, _act):
        try:
            return find(work, text)
        except NotFound:
            continue
    raise NotFound(field="object", kind=_(N_("Object")), key=text)


def _document(work: Work, text: str) -> UUID:
    return find_document(work, text, "object").id


def _colleague(work: Work, text: str) -> UUID:
    return UUID(str(find_colleague(work, text).id))


def _correspondent(work: Work, text: str) -> UUID:
    found = find_correspondent(work, text, field="object", follow=False)
    if found is None:
        raise NotFound(field="object", kind=_(N_("Object")), key=text)
    return UUID(str(found.id))


def _act(work: Work, text: str) -> str:
    from sed_tui.handlers.law import find_act  # the reference, for its own entries alone
    from sed_tui.storage.legal_acts import load_acts

    return find_act(load_acts(work.db, work.organization_id), text).code


def _seen(work: Work, query: Any, column: Any, keys: set[str]) -> set[str]:
    query = query.where(visible_documents(work.actor), column.in_([UUID(key) for key in keys]))
    if not work.actor.clearance:
        query = query.where(col(DocumentTable.confidentiality) == "none")
    return {str(key) for key in work.db.scalars(query)}


def _undocumented(work: Work, asked: dict[str, set[str]]) -> set[str]:
    """Return what hangs on no document, hence is seen with the whole organization."""
    alone = work.db.scalars(
        select(col(AssignmentTable.id)).where(
            col(AssignmentTable.organization_id) == work.organization_id,
            col(AssignmentTable.document_id).is_(None),
            col(AssignmentTable.id).in_([UUID(key) for key in asked.get("assignment", ())]),
        )
    )
    others = (keys for kind, keys in asked.items() if kind not in {"document", "assignment"})
    return {str(key) for key in alone} | {key for keys in others for key in keys}
