"""Typed links: stored once, read from both sides, cycles refused where they make no sense."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, insert, or_, select
from sqlmodel import col

from sed_tui.domain.links import ACYCLIC, NAMES, LinkKind, direct, seen_from_target
from sed_tui.errors.links import LinkCycle, LinkExists, LinkToItself, NoSuchLink
from sed_tui.handlers.references import DocumentReference, find_document
from sed_tui.i18n import _
from sed_tui.operations.document import CardLink
from sed_tui.operations.link import LinkDocuments, LinkList, ListLinks, UnlinkDocuments
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.link import LinkTable
from sed_tui.storage.visibility import Shape, shape_of, values_of, visible_by_parameters

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, ColumnElement, Select

    from sed_tui.domain.actor import Actor
    from sed_tui.handlers.work import Work


def link_documents(work: Work, request: LinkDocuments) -> LinkList:
    """Store a link and return all links of the document."""
    document = find_document(work, request.document)
    target = find_document(work, request.target, "target")
    add_link(work, document, request.kind, target)
    return links_of(work, document.id)


def unlink_documents(work: Work, request: UnlinkDocuments) -> LinkList:
    """Delete a link named from either side. Raises `NoSuchLink`."""
    document = find_document(work, request.document)
    target = find_document(work, request.target, "target")
    kind, source_id, target_id = _stored(document.id, request.kind, target.id)
    deleted = work.db.execute(
        delete(LinkTable)
        .where(
            col(LinkTable.organization_id) == work.organization_id,
            or_(*_sides(kind, source_id, target_id)),
            col(LinkTable.kind) == kind,
        )
        .returning(col(LinkTable.id))
    ).all()
    if not deleted:
        raise NoSuchLink(kind=_(NAMES[request.kind]), number=target.number or request.target)
    _record(work, "unlink", document, request.kind, target)
    return links_of(work, document.id)


def list_links(work: Work, request: ListLinks) -> LinkList:
    """Return the links of a document."""
    return links_of(work, find_document(work, request.document).id)


def add_link(
    work: Work, document: DocumentReference, kind: LinkKind, target: DocumentReference
) -> None:
    """Store a link. Raises `LinkToItself`, `LinkExists`, `LinkCycle`."""
    if document.id == target.id:
        raise LinkToItself(field="target")
    stored, source_id, target_id = _stored(document.id, kind, target.id)
    name = _(NAMES[kind])
    known = select(col(LinkTable.id)).where(
        or_(*_sides(stored, source_id, target_id)), col(LinkTable.kind) == stored
    )
    if work.db.execute(known).first() is not None:
        raise LinkExists(field="target", kind=name, number=target.number)
    if stored in ACYCLIC and _reaches(work, stored, target_id, source_id):
        raise LinkCycle(field="target", kind=name, number=target.number)
    work.db.execute(
        insert(LinkTable).values(
            id=uuid4(),
            organization_id=work.organization_id,
            source_id=source_id,
            target_id=target_id,
            kind=stored,
            created_at=work.now,
            created_by=work.actor.employee_id,
        )
    )
    _record(work, "link", document, kind, target)


def links_of(work: Work, document_id: UUID) -> LinkList:
    """Return the links as the document sees them.

    Whoever may see the card but not the other document reads its number and date alone.
    """
    values = {**values_of(work.actor), "on_document": document_id}
    rows = work.db.execute(_links(shape_of(work.actor)), values).all()
    return LinkList(rows=[_seen(row, document_id, work.actor) for row in rows])


@cache
def _links(shape: Shape) -> Select[*tuple[Any, ...]]:
    """Return the query of a document's links, built once: every card asks it."""
    source, target, here = col(LinkTable.source_id), col(LinkTable.target_id), col(DocumentTable.id)
    document: BindParameter[UUID] = bindparam("on_document")
    return (
        select(
            *(source, col(LinkTable.kind), here),
            *map(col, (DocumentTable.number, DocumentTable.registered_on, DocumentTable.subject)),
            col(DocumentTable.confidentiality),
            visible_by_parameters(shape).label("visible"),
        )
        .join(DocumentTable, or_(source == here, target == here))
        .where(or_(source == document, target == document), here != document)
        .order_by(col(LinkTable.created_at), col(DocumentTable.key))
    )


def _seen(row: Any, document_id: UUID, actor: Actor) -> CardLink:
    told = row.visible and (row.confidentiality == "none" or actor.clearance)
    return CardLink(
        kind=_kind_seen(row.kind, forward=row.source_id == document_id),
        id=row.id,
        number=row.number,
        registered_on=row.registered_on,
        subject=row.subject if told else "",
    )


def _kind_seen(kind: str, *, forward: bool) -> str:
    return kind if forward else seen_from_target(LinkKind(kind)).value


def _stored(document: UUID, kind: LinkKind, target: UUID) -> tuple[LinkKind, UUID, UUID]:
    stored, is_swapped = direct(kind)
    return (stored, target, document) if is_swapped else (stored, document, target)


def _sides(kind: LinkKind, source_id: UUID, target_id: UUID) -> list[ColumnElement[bool]]:
    pairs = [(source_id, target_id)]
    if seen_from_target(kind) is kind:  # a link without a direction is the same both ways
        pairs.append((target_id, source_id))
    return [
        (col(LinkTable.source_id) == source) & (col(LinkTable.target_id) == target)
        for source, target in pairs
    ]


def _reaches(work: Work, kind: LinkKind, start: UUID, goal: UUID) -> bool:
    """Tell whether links of a kind lead from one document to another."""
    first: Select[UUID] = select(col(LinkTable.target_id).label("id")).where(
        col(LinkTable.source_id) == start, col(LinkTable.kind) == kind
    )
    path = first.cte("path", recursive=True)
    path = path.union(
        select(col(LinkTable.target_id))
        .join(path, col(LinkTable.source_id) == path.c.id)
        .where(col(LinkTable.kind) == kind)
    )
    return work.db.execute(select(path.c.id).where(path.c.id == goal)).first() is not None


def _record(
    work: Work,
    event: str,
    document: DocumentReference,
    kind: LinkKind,
    target: DocumentReference,
) -> None:
    link = {f"link.{kind.value}": target.number or str(target.id)}
    before, after = (None, link) if event == "link" else (link, None)
    work.record(event, "document", document.id, before, after)
