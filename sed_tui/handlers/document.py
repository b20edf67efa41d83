"""One registration card: show it, edit it, tell its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlmodel import col

from sed_tui.domain.audit import with_personal
from sed_tui.domain.dates import parse_date
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.domain.registration import check_flow
from sed_tui.errors import Invalid
from sed_tui.errors.input import UnknownField
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.errors.registration import FieldFixed
from sed_tui.handlers.card import DATES, NUMBERS, TEXTS, check_card, checked_texts
from sed_tui.handlers.card_parts import addressees_of, assignments_of, files_of
from sed_tui.handlers.correspondent import resolve_correspondent
from sed_tui.handlers.document_kind import find_kind
from sed_tui.handlers.link import links_of
from sed_tui.handlers.references import find_document
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.handlers.security_mark import changed_mark
from sed_tui.i18n import N_, _
from sed_tui.operations.document import (
    DocumentCard,
    EditDocument,
    History,
    HistoryEntry,
    ShowDocument,
    ShowHistory,
)
from sed_tui.storage.audit_trail import personal_values
from sed_tui.storage.tables.audit import AuditEventTable
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from sed_tui.handlers.work import Work

_EDITED = frozenset({*TEXTS, *NUMBERS, *DATES, "kind", "correspondent", "confidentiality"}) - {
    "external_id"
}
_MASK = N_("For official use only")
# what of an official-use card is not for people without clearance
_MASKED = frozenset({"subject", "note", "topic"})


def show_document(work: Work, request: ShowDocument) -> DocumentCard:
    """Return the card with its links, files and assignments.

    Looking at a card for official use only is recorded (domain: §1.17).
    """
    card = _card(work, find_document(work, request.document).id)
    if card.confidentiality is not Confidentiality.NONE:
        work.record("view", "document", card.id, None, {"number": card.number})
    return card


def edit_document(work: Work, request: EditDocument) -> DocumentCard:
    """Change fields of a card; the history keeps what they were.

    Raises `UnknownField`, `FieldFixed`, `ChangedMeanwhile` and whatever registration and
    a change of the security mark refuse.
    """
    document = find_document(work, request.document)
    _require_editable(request.changes)
    before = _stored(work, document.id)
    after = _changed(work, before, request.changes)
    seen = before["version"] if request.version is None else request.version
    changed = {name for name in after if after[name] != before[name]} - {"their_key"}
    if not changed and seen == before["version"]:
        return _card(work, document.id)  # nothing to keep in the history
    updated = work.db.execute(
        update(DocumentTable)
        .where(col(DocumentTable.id) == document.id, col(DocumentTable.version) == seen)
        .values(**after, version=seen + 1)
    )
    if updated.rowcount == 0:
        raise ChangedMeanwhile(what=document.number, seen=seen, current=before["version"])
    reindex_document(work, document)
    old, new = ({name: row[name] for name in changed} for row in (before, after))
    work.record("edit", "document", document.id, old, new)
    return _card(work, document.id)


def show_history(work: Work, request: ShowHistory) -> History:
    """Return the changes of a document, the newest first."""
    document = find_document(work, request.document)
    table = AuditEventTable
    rows = work.db.execute(
        select(
            *map(col, (table.at, table.actor, table.operation, table.event)),
            *map(col, (table.changes, table.reason, table.seq)),
        )
        .where(
            col(table.organization_id) == work.organization_id,
            col(table.object_id) == str(document.id),
        )
        .order_by(col(table.seq).desc())
    ).all()
    masked = _MASKED if _is_masked(work, document.id) else frozenset()
    kept = personal_values(work.db, work.organization_id, [row.seq for row in rows])
    return History(rows=[_entry(row, masked, kept.get(row.seq, {})) for row in rows])


def _entry(
    row: Any, masked: frozenset[str], personal: Mapping[str, Mapping[str, str]]
) -> HistoryEntry:
    changes = with_personal(row.changes, personal)
    return HistoryEntry(
        at=row.at,
        actor=row.actor,
        operation=row.operation,
        event=row.event,
        changes={name: values for name, values in changes.items() if name not in masked},
        reason=row.reason,
    )


def _is_masked(work: Work, document_id: UUID) -> bool:
    query = select(col(DocumentTable.confidentiality)).where(col(DocumentTable.id) == document_id)
    return not work.actor.clearance and work.db.scalar(query) != Confidentiality.NONE


def _card(work: Work, document_id: UUID) -> DocumentCard:
    document = DocumentTable.__table__.c  # type: ignore[attr-defined]
    row = (
        work.db.execute(
            select(
                *document,
                col(JournalTable.code).label("journal"),
                col(CorrespondentTable.name).label("correspondent"),
                col(EmployeeTable.full_name).label("registrar"),
            )
            .outerjoin(JournalTable, col(JournalTable.id) == document.journal_id)
            .outerjoin(CorrespondentTable, col(CorrespondentTable.id) == document.correspondent_id)
            .outerjoin(EmployeeTable, col(EmployeeTable.id) == document.registrar_id)
            .where(document.id == document_id, visible_documents(work.actor))
        )
        .mappings()
        .one()
    )
    card = dict(row)
    if card["confidentiality"] != "none" and not work.actor.clearance:
        card.update(dict.fromkeys(_MASKED), subject=_(_MASK))
    return DocumentCard(
        **card,
        addressees=addressees_of(work, document_id) if card["flow"] == Flow.OUTGOING else [],
        links=links_of(work, document_id).rows,
        files=files_of(work, document_id),
        assignments=assignments_of(work, document_id),
    )


def _require_editable(changes: Mapping[str, Any]) -> None:
    for name in changes:
        if name in _EDITED:
            continue
        if name in DocumentCard.model_fields:
            raise FieldFixed(field=name)
        raise UnknownField(field=name, fields=", ".join(sorted(_EDITED)))


def _stored(work: Work, document_id: UUID) -> dict[str, Any]:
    query = select(DocumentTable.__table__).where(col(DocumentTable.id) == document_id)  # type: ignore[attr-defined]
    return dict(work.db.execute(query).mappings().one())


def _changed(work: Work, before: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return the columns that the changes give, the whole card checked again."""
    flow = Flow(before["flow"])
    check_flow(flow, (name for name, value in changes.items() if value not in {None, ""}))
    after = {**before, **changes}
    if "confidentiality" in changes:
        after["confidentiality"] = changed_mark(work, before, changes["confidentiality"])
    if "correspondent" in changes:
        after["correspondent_id"] = None
    if changes.get("correspondent"):
        kind = "citizen" if flow is Flow.APPEAL else "organization"
        found = resolve_correspondent(work, str(changes["correspondent"]), kind=kind)
        after["correspondent_id"] = found.id
    if "kind" in changes:
        after["kind"] = find_kind(work, flow, changes["kind"], reason=work.options.reason).name
    for name in DATES:
        after[name] = _as_date(after[name], name)
    for name in NUMBERS:
        after[name] = _as_count(after[name], name)
    after |= checked_texts(after)
    named = {
        **after,
        "correspondent": after["correspondent_id"],
        "addressees": after["correspondent_id"],
    }
    check_card(flow, named, registered_on=before["registered_on"], today=work.today)
    columns = {*TEXTS, *NUMBERS, *DATES, "their_key", "kind", "correspondent_id"}
    columns = (columns | {"confidentiality"}) - {"external_id"}
    return {name: after[name] for name in columns}


def _as_date(value: Any, field: str) -> date | None:
    return parse_date(value, field) if isinstance(value, str) and value.strip() else value or None


def _as_count(value: Any, field: str) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and not value.strip().isdecimal():
        raise Invalid(field=field, reason=_("“{value}” is not a number").format(value=value))
    return int(value)
