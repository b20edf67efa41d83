"""The audit trail: listing what a reader may see of it, verifying, exporting."""

from __future__ import annotations

from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.audit import with_personal
from sed_tui.domain.audit_export import entry_line, opening_line
from sed_tui.domain.clock import end_of_office_day, start_of_office_day
from sed_tui.errors.audit import ClearanceNeeded
from sed_tui.handlers.audit_sight import condition_of_object, hidden_objects
from sed_tui.operations.audit import (
    AuditPage,
    AuditRow,
    ExportAudit,
    ExportedLines,
    ListAudit,
    Verification,
    VerifiedTrail,
    VerifyAudit,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.audit_trail import (
    head_of,
    personal_values,
    read_entries,
    verify_trail,
)
from sed_tui.storage.tables.audit import AuditEventTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row, Select

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]


def list_audit(work: Work, request: ListAudit) -> AuditPage:
    """Return changes, the newest first; what concerns hidden objects comes without values."""
    rows = work.db.execute(
        _matching(work, request)
        .order_by(col(AuditEventTable.seq).desc())
        .offset(request.skip)
        .limit(request.limit + 1)
    ).all()
    shown = rows[: request.limit]
    hidden = hidden_objects(work, [(row.object_type, row.object_id) for row in shown])
    seen = [row for row in shown if row.object_id not in hidden]
    kept = personal_values(work.db, work.organization_id, [row.seq for row in seen])
    changes = {row.seq: with_personal(row.changes, kept.get(row.seq, {})) for row in seen}
    return AuditPage(
        rows=[
            AuditRow.model_validate({**row._mapping, "changes": changes.get(row.seq)})
            for row in shown
        ],
        next=encode_cursor(shown[-1].seq) if len(rows) > request.limit else None,
    )


def verify_audit(work: Work, _request: VerifyAudit) -> Verification:
    """Follow the chain of every organization in which the actor may verify it."""
    trails = []
    for organization in work.actor.organizations(work.operation):
        chain, head = verify_trail(work.db, organization)
        trails.append(
            VerifiedTrail(
                code=_code(work, organization),
                events=chain.events,
                head=head.hash,
                ok=chain.first_broken is None,
                first_broken=chain.first_broken,
            )
        )
    trails.sort(key=lambda trail: trail.code)
    return Verification(organizations=trails, ok=all(trail.ok for trail in trails))


def export_audit(work: Work, request: ExportAudit) -> ExportedLines:
    """Return a piece of the export, up to the entry that was the last at its beginning.

    Raises `ClearanceNeeded`.
    """
    if not work.actor.clearance and _holds_official_use(work):
        raise ClearanceNeeded
    lines = []
    until = request.until
    if request.after == 0 or until is None:
        head = head_of(work.db, work.organization_id)
        until = head.seq
        organization = str(work.organization_id)
        lines.append(opening_line(organization, work.actor.organization, head.seq, head.hash))
    last = request.after
    with closing(read_entries(work.db, work.organization_id, request.after, until)) as entries:
        for entry, personal in islice(entries, request.limit):
            lines.append(entry_line(entry, personal))
            last = entry["seq"]
    is_over = last >= until or last == request.after
    return ExportedLines(
        organization=work.organization_id,
        lines=lines,
        until=until,
        next=None if is_over else last,
    )


def _matching(work: Work, request: ListAudit) -> Select[*tuple[Any, ...]]:
    table: Any = AuditEventTable.__table__  # type: ignore[attr-defined]
    query = select(table).where(table.c.organization_id == work.organization_id)
    if request.object is not None:
        query = query.where(condition_of_object(work, request.object))
    if request.actor is not None:
        query = query.where(table.c.actor == request.actor)
    if request.operation is not None:
        query = query.where(table.c.operation == request.operation)
    if request.since is not None:
        query = query.where(table.c.at >= start_of_office_day(request.since))
    if request.until is not None:
        query = query.where(table.c.at <= end_of_office_day(request.until))
    if request.after is not None:
        query = query.where(table.c.seq < decode_cursor(request.after, int)[0])
    return query


def _code(work: Work, organization: UUID) -> str:
    code = work.db.scalar(
        select(col(OrganizationTable.code)).where(col(OrganizationTable.id) == organization)
    )
    return str(code)


def _holds_official_use(work: Work) -> bool:
    # 15 ms of tables, for exports alone
    from sed_tui.storage.tables.document import DocumentTable

    marked = select(col(DocumentTable.key)).where(
        col(DocumentTable.organization_id) == work.organization_id,
        col(DocumentTable.confidentiality) != "none",
    )
    return work.db.scalar(marked.limit(1)) is not None
