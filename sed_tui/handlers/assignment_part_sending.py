"""A part given: an incoming document in the other organization, and an assignment on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.assignment_part import PART
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.errors.assignment_parts import DocumentNeeded, OrderConfidential
from sed_tui.handlers.assignment import give
from sed_tui.handlers.assignment_part_targets import head_of
from sed_tui.handlers.assignment_people import People, author_of
from sed_tui.handlers.employee import EmployeeReference
from sed_tui.handlers.other_organization import working_in
from sed_tui.handlers.references import DocumentReference
from sed_tui.handlers.registration import register_within
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.operations.registration import RegisterDocument
from sed_tui.storage.tables.assignment_outcome import AssignmentPartTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable, FileTextTable
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable
from sed_tui.storage.tenancy import introduce

if TYPE_CHECKING:
    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.assignment_part_targets import Target
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment import AssignmentIssued, IssueAssignment

_D = DocumentTable
_P = AssignmentPartTable


@dataclass(frozen=True, slots=True)
class Order:
    """The document an order is given by, as the other organizations register it."""

    document_id: UUID
    number: str
    date: Any
    subject: str
    signatory: str | None
    sender: str


def order_of(work: Work, current: Current) -> Order:
    """Return the document of an assignment. Raises `DocumentNeeded`, `OrderConfidential`."""
    row = work.db.execute(
        select(
            *map(col, (_D.id, _D.number, _D.registered_on, _D.subject, _D.signatory)),
            col(_D.confidentiality),
            col(OrganizationTable.name),
        )
        .join(OrganizationTable, col(OrganizationTable.id) == col(_D.organization_id))
        .where(col(_D.id) == current.document_id)
    ).one_or_none()
    if row is None or row.number is None:
        raise DocumentNeeded(field="assignment")
    if row.confidentiality != Confidentiality.NONE:
        raise OrderConfidential
    return Order(row.id, row.number, row.registered_on, row.subject, row.signatory, row.name)


def send_part(
    work: Work, current: Current, order: Order, target: Target, number: int, issue: IssueAssignment
) -> None:
    """Register the order in the organization, give it to its head, and keep the part."""
    with working_in(work, target.id, target.code) as theirs:
        head = head_of(theirs, target)
        known = _registered_before(work, order, target)
        document = known or _register(theirs, order, head)
        given = _give(theirs, current, issue, head, document)
    row = {
        "assignment_id": current.id,
        "target_id": target.id,
        "number": number,
        "state": "sent",
        "due": given.due,
        "their_number": document.number,
        "their_date": work.today if known is None else _date_of(work, document.id),
    }
    made = uuid4()
    work.db.execute(
        insert(_P).values(
            id=made,
            organization_id=work.organization_id,
            target_document_id=document.id,
            target_assignment_id=given.id,
            changed_at=work.now,
            **row,
        )
    )
    work.record("send", "assignment_part", made, None, row)


def _give(
    theirs: Work,
    current: Current,
    issue: IssueAssignment,
    head: EmployeeReference,
    document: DocumentReference,
) -> AssignmentIssued:
    author, controller = current.standing.author, current.standing.controller
    introduce(theirs.db, theirs.organization_id, [author, *([controller] if controller else [])])
    people = People(
        author=author_of(theirs, author),
        executor=head,
        controller=_colleague(theirs, controller) if controller else None,
        co_executors=[],
        observers=[],
    )
    return give(theirs, issue, people, document, kind=PART)


def _registered_before(work: Work, order: Order, target: Target) -> DocumentReference | None:
    """Return what an earlier order by the same document was registered as there."""
    row = work.db.execute(
        select(*map(col, (_D.id, _D.key, _D.number)))
        .join(_P, col(_P.target_document_id) == col(_D.id))
        .where(
            col(_P.target_id) == target.id,
            col(_P.assignment_id).in_(_orders_by(order.document_id)),
            col(_D.number).is_not(None),
        )
        .limit(1)
    ).one_or_none()
    return None if row is None else DocumentReference(row.id, row.key, row.number)


def _orders_by(document_id: UUID) -> Any:
    from sed_tui.storage.tables.assignment import AssignmentTable

    return select(col(AssignmentTable.id)).where(col(AssignmentTable.document_id) == document_id)


def _register(theirs: Work, order: Order, head: EmployeeReference) -> DocumentReference:
    done = register_within(
        theirs,
        RegisterDocument(
            flow=Flow.INCOMING,
            subject=order.subject,
            correspondent=order.sender,
            their_number=order.number,
            their_date=order.date,
            received_on=theirs.today,
            addressee=head.name,
            signatory=order.signatory,
            delivery="СЭД",
        ),
    )
    key = theirs.db.execute(select(col(_D.key)).where(col(_D.id) == done.id)).scalar_one()
    document = DocumentReference(done.id, key or 0, done.number)
    _copy_files(theirs, order.document_id, document)
    return document


def _copy_files(theirs: Work, source: UUID, document: DocumentReference) -> None:
    """Let the new document hold the last version of each file; the bytes are kept once."""
    table: Any = FileTable.__table__  # type: ignore[attr-defined]
    texts: Any = FileTextTable.__table__  # type: ignore[attr-defined]
    rows = theirs.db.execute(
        select(table).where(table.c.document_id == source).order_by(table.c.version)
    ).mappings()
    last = {row["name"]: row for row in rows}
    for row in last.values():
        copied = uuid4()
        there = {
            "id": copied,
            "organization_id": theirs.organization_id,
            "document_id": document.id,
            "version": 1,
            "added_at": theirs.now,
            "added_by": theirs.actor.employee_id,
        }
        theirs.db.execute(insert(table).values(**{**row, **there}))
        text = theirs.db.scalar(select(texts.c.text).where(texts.c.file_id == row["id"]))
        if text is not None:
            theirs.db.execute(
                insert(texts).values(
                    file_id=copied, organization_id=theirs.organization_id, text=text
                )
            )
        kept = {name: row[name] for name in ("name", "role", "sha256", "size", "media_type")}
        theirs.count(row["sha256"], row["size"])
        theirs.record("add_file", "document", document.id, None, {"file": kept})
    if last:
        reindex_document(theirs, document)


def _colleague(work: Work, employee_id: UUID) -> EmployeeReference:
    table = EmployeeTable
    columns = (table.id, table.login, table.full_name, table.position, table.unit_id)
    row = work.db.execute(
        select(*map(col, columns), col(table.clearance)).where(col(table.id) == employee_id)
    ).one()
    return EmployeeReference(
        row.id, row.login, row.full_name, row.position, row.unit_id, row.clearance
    )


def _date_of(work: Work, document_id: UUID) -> Any:
    return work.db.scalar(select(col(_D.registered_on)).where(col(_D.id) == document_id))
