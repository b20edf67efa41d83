"""Looking for letters that are registered already (domain: §1.8)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select
from sqlmodel import col

from sed_tui.domain.duplicates import SIMILAR_WITHIN_DAYS
from sed_tui.domain.flows import Flow
from sed_tui.operations.registration import Likeness, PossibleDuplicate
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable, FileTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Row

    from sed_tui.handlers.work import Work

_SHOWN = 10
_ORDER = list(Likeness)


def find(
    work: Work, flow: Flow, card: Mapping[str, Any], sha256: Sequence[str] = ()
) -> list[PossibleDuplicate]:
    """Return registered documents of the organization that a card looks like.

    The search is over the whole organization: whether a letter is registered does not
    depend on what the registrar may see. `card` holds correspondent_id, their_key and
    their_date.
    """
    conditions = [
        condition
        for condition in (_by_number(flow, card), _by_person(work, flow, card), _by_file(sha256))
        if condition is not None
    ]
    if not conditions:
        return []
    rows = work.db.execute(
        _query()
        .where(
            col(DocumentTable.organization_id) == work.organization_id,
            col(DocumentTable.registration) == "registered",
            or_(*conditions),
        )
        .order_by(col(DocumentTable.listed_on).desc())
        .limit(_SHOWN)
    ).all()
    found = [
        _possible(row, likeness)
        for row in rows
        if (likeness := _likeness(row, flow, card, sha256)) is not None
    ]
    return sorted(found, key=lambda duplicate: _ORDER.index(duplicate.likeness))


def _query() -> Any:
    return (
        select(
            *map(col, (DocumentTable.id, DocumentTable.number, DocumentTable.registered_on)),
            *map(col, (DocumentTable.their_number, DocumentTable.their_key)),
            *map(col, (DocumentTable.their_date, DocumentTable.subject, DocumentTable.flow)),
            col(DocumentTable.confidentiality),
            col(CorrespondentTable.name).label("correspondent"),
            col(EmployeeTable.full_name).label("registrar"),
        )
        .outerjoin(
            CorrespondentTable, col(CorrespondentTable.id) == col(DocumentTable.correspondent_id)
        )
        .outerjoin(EmployeeTable, col(EmployeeTable.id) == col(DocumentTable.registrar_id))
    )


def _by_number(flow: Flow, card: Mapping[str, Any]) -> ColumnElement[bool] | None:
    if not card.get("correspondent_id") or not card.get("their_key"):
        return None
    return and_(
        col(DocumentTable.correspondent_id) == card["correspondent_id"],
        col(DocumentTable.their_key) == card["their_key"],
        col(DocumentTable.flow) == flow,
    )


def _by_person(work: Work, flow: Flow, card: Mapping[str, Any]) -> ColumnElement[bool] | None:
    if flow is not Flow.APPEAL or not card.get("correspondent_id"):
        return None
    return and_(
        col(DocumentTable.correspondent_id) == card["correspondent_id"],
        col(DocumentTable.flow) == flow,
        col(DocumentTable.listed_on) >= work.today.replace(day=1) - timedelta(days=365),
    )


def _by_file(sha256: Sequence[str]) -> ColumnElement[bool] | None:
    if not sha256:
        return None
    return col(DocumentTable.id).in_(
        select(col(FileTable.document_id)).where(
            col(FileTable.sha256).in_(sha256), col(FileTable.role) == "main"
        )
    )


def _likeness(
    row: Row[*tuple[Any, ...]], flow: Flow, card: Mapping[str, Any], sha256: Sequence[str]
) -> Likeness | None:
    if card.get("their_key") and row.their_key == card["their_key"]:
        if row.their_date == card.get("their_date"):
            return Likeness.EXACT
        if _near(row.their_date, card.get("their_date")):
            return Likeness.SIMILAR_NUMBER
    elif sha256:
        return Likeness.SAME_FILE
    return Likeness.REPEATED_APPEAL if flow is Flow.APPEAL else None


def _near(one: date | None, other: date | None) -> bool:
    if one is None or other is None:
        return True
    return abs((one - other).days) <= SIMILAR_WITHIN_DAYS


def _possible(row: Row[*tuple[Any, ...]], likeness: Likeness) -> PossibleDuplicate:
    return PossibleDuplicate(
        id=row.id,
        number=row.number,
        registered_on=row.registered_on,
        correspondent=row.correspondent,
        their_number=row.their_number,
        their_date=row.their_date,
        subject=row.subject if row.confidentiality == "none" else "ДСП",
        registrar=row.registrar,
        likeness=likeness,
    )
