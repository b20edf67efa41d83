"""One registration card: show it, edit it, tell its history."""

from __future__ import annotations

from functools import cache
from heapq import merge
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from sed_tui.domain.audit import with_personal
from sed_tui.domain.card_texts import TEXT_LIMITS
from sed_tui.domain.files import FileRole
from sed_tui.domain.flows import Confidentiality, Exchange, Flow
from sed_tui.domain.links import LinkKind
from sed_tui.errors import NotFound
from sed_tui.errors.input import UnknownField
from sed_tui.errors.registration import FieldFixed
from sed_tui.handlers.card import DATES, NUMBERS
from sed_tui.handlers.card_change import changed_card
from sed_tui.handlers.card_parts import addressees_of, assignments_of, files_of, hanging_on
from sed_tui.handlers.correspondent import names_of
from sed_tui.handlers.draft_standing import require_no_draft
from sed_tui.handlers.link import links_of
from sed_tui.handlers.references import find_document
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.handlers.short_ids import short_id, whole_id
from sed_tui.handlers.signature import signatures_of
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
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.audit import AuditEventTable
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.versioned import change_row, require_seen
from sed_tui.storage.visibility import Shape, shape_of, values_of, visible_by_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from sed_tui.handlers.work import Work
    from sed_tui.operations.dispatch import DispatchRow
    from sed_tui.operations.document import CardLink

_OTHER = ("kind", "correspondent", "confidentiality")
_EDITED = frozenset({*TEXT_LIMITS, *NUMBERS, *DATES, *_OTHER}) - {"external_id"}
_REPLY = LinkKind.REPLIED_BY.value
_MASK = N_("For official use only")
# what of an official-use card is not for people without clearance
_MASKED = frozenset({"subject", "note", "topic"})


def show_document(work: Work, request: ShowDocument) -> DocumentCard:
    """Return the card with its links, files and assignments.

    Looking at a card for official use only is recorded (rules §1.17).
    """
    whole = whole_id(request.document)
    row = None if whole is None else _row(work, whole)
    if row is None:
        row = _stored_row(work, find_document(work, request.document).id)
    card = _card_of(work, row)
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
    require_no_draft(before["lifecycle"], _("its card"))
    after = changed_card(work, before, request.changes)
    changed = {name for name in after if after[name] != before[name]} - {"their_key"}
    version = before["version"]
    require_seen(
        *(request.version, version, document.number),
        lambda: _differences(work, before, after, changed),
    )
    if not changed:
        return _card(work, document.id)  # nothing to keep in the history
    change_row(work.db, DocumentTable, document.id, after, version, what=document.number)
    reindex_document(work, document)
    old, new = ({name: row[name] for name in changed} for row in (before, after))
    work.record("edit", "document", document.id, old, new)
    return _card(work, document.id)


def _differences(
    work: Work, before: Mapping[str, Any], after: Mapping[str, Any], changed: set[str]
) -> dict[str, list[Any]]:
    """Return what fields of a card are now and what they were to be, as far as may be seen."""
    if before["confidentiality"] != Confidentiality.NONE and not work.actor.clearance:
        changed = changed - _MASKED
    both = {name: [before[name], after[name]] for name in sorted(changed)}
    if people := both.pop("correspondent_id", None):
        names = names_of(work, [person for person in people if person])
        both["correspondent"] = [names.get(person) for person in people]
    return both


def show_history(work: Work, request: ShowHistory) -> History:
    """Return the changes of a document and the way it came by the exchange, the newest first."""
    # their tables, for this alone
    from sed_tui.handlers.exchange_history import exchange_entries
    from sed_tui.handlers.reply_history import reply_entries

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
    entries = [_entry(row, masked, kept.get(row.seq, {})) for row in rows]
    way = exchange_entries(work, document.id)
    # each keeps its own order, whatever the clock did meanwhile
    replies = reply_entries(work, document.id)
    return History(rows=list(merge(entries, way, replies, key=attrgetter("at"), reverse=True)))


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
    return _card_of(work, _stored_row(work, document_id))


def _card_of(work: Work, row: Any) -> DocumentCard:
    card, document_id = row._asdict(), row.id
    if card["confidentiality"] != "none" and not work.actor.clearance:
        card.update(dict.fromkeys(_MASKED), subject=_(_MASK))
    # what the query has found not to be there is not asked for
    files = files_of(work, document_id) if card.pop("has_files") else []
    is_signed = any(file.role == FileRole.SIGNATURE for file in files)
    links = links_of(work, document_id).rows if card.pop("has_links") else []
    assignments = assignments_of(work, document_id) if card.pop("has_assignments") else []
    is_sent = card["exchange"] != Exchange.NONE.value or any(one.kind == _REPLY for one in links)
    return DocumentCard(
        **card,
        addressees=addressees_of(work, document_id) if card["flow"] == Flow.OUTGOING else [],
        links=links,
        files=files,
        assignments=assignments,
        signatures=signatures_of(work, document_id) if is_signed else [],
        dispatches=_dispatches(work, document_id, links) if is_sent else [],
    )


def _dispatches(work: Work, document_id: UUID, links: list[CardLink]) -> list[DispatchRow]:
    from sed_tui.handlers.dispatch import dispatches_of  # its tables, for what went out alone

    return dispatches_of(work, document_id, links)


def _stored_row(work: Work, document_id: UUID) -> Any:
    row = _row(work, document_id)
    if row is None:
        raise NotFound(field="document", kind=_(N_("Document")), key=short_id(document_id))
    return row


def _row(work: Work, document_id: UUID) -> Any:
    """Return the columns of a card in sight, and what hangs on it."""
    query = _showing(shape_of(work.actor))
    values = {**values_of(work.actor), "shown_document": document_id}
    return query.one_or_none(work.db, values)


@cache
def _showing(shape: Shape) -> Prepared:
    document = DocumentTable.__table__.c  # type: ignore[attr-defined]
    return Prepared(
        select(
            *document,
            col(JournalTable.code).label("journal"),
            col(CorrespondentTable.name).label("correspondent"),
            col(EmployeeTable.full_name).label("registrar"),
            *hanging_on(document.id),
        )
        .outerjoin(JournalTable, col(JournalTable.id) == document.journal_id)
        .outerjoin(CorrespondentTable, col(CorrespondentTable.id) == document.correspondent_id)
        .outerjoin(EmployeeTable, col(EmployeeTable.id) == document.registrar_id)
        .where(
            document.id == bindparam("shown_document"),
            visible_by_parameters(shape, is_narrowed=True),
        )
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
