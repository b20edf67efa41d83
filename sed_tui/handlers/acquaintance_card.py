"""Acquaintances as lists and sheets show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select
from sqlmodel import col

from sed_tui.domain.access import Sight
from sed_tui.domain.acquaintance import AcquaintanceKind, AcquaintanceState, ReadingState
from sed_tui.domain.clock import office_day
from sed_tui.domain.files import FileRole
from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.term_explanation import tell
from sed_tui.errors import NotFound
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.mask import MASK
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.acquaintance import Acquaintance, SheetRow, VersionRead
from sed_tui.storage.tables.acquaintance import AcquaintanceTable, AcquaintedPersonTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row, Select

    from sed_tui.domain.actor import Actor
    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_A = AcquaintanceTable
_P = AcquaintedPersonTable
_PEOPLE: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
_STARTER, _READER, _ENTERER = map(_PEOPLE.alias, ("starter", "reader", "enterer"))
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Found:
    """An acquaintance that the actor may see."""

    id: UUID
    document_id: UUID
    kind: AcquaintanceKind
    state: AcquaintanceState


def find_acquaintance(work: Work, text: str) -> Found:
    """Return the acquaintance that an id or a short id names. Raises `NotFound`, `Ambiguous`."""
    condition = by_id(col(_A.id), text.strip())
    rows = (
        []
        if condition is None
        else work.db.execute(
            select(*map(col, (_A.id, _A.document_id, _A.kind, _A.state)))
            .where(condition, visible_acquaintances(work.actor))
            .limit(_SHOWN)
        ).all()
    )
    if len(rows) > 1:
        candidates = "; ".join(short_id(row.id) for row in rows)
        raise Ambiguous(field="acquaintance", value=text, candidates=candidates)
    if not rows:
        raise NotFound(field="acquaintance", kind=_(N_("Acquaintance")), key=text)
    row = rows[0]
    return Found(row.id, row.document_id, AcquaintanceKind(row.kind), AcquaintanceState(row.state))


def visible_acquaintances(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate: the organization's, or what one's people started or have to read."""
    within = col(_A.organization_id) == actor.organization_id
    if actor.sight is Sight.ORGANIZATION:
        return within
    listed = exists().where(
        col(_P.acquaintance_id) == col(_A.id), col(_P.employee_id).in_(actor.sees_for)
    )
    return within & (listed | col(_A.started_by).in_(actor.sees_for))


def acquaintance_rows() -> Select[*tuple[Any, ...]]:
    """Return the query of acquaintances with what rows show; it has no condition yet."""
    people = select(func.count()).where(col(_P.acquaintance_id) == col(_A.id)).correlate(_A)
    read = people.where(col(_P.state) == ReadingState.ACQUAINTED)
    return (
        select(
            *map(col, (_A.id, _A.document_id, _A.kind, _A.state, _A.started_at, _A.due)),
            *map(col, (_A.text, _A.files, _A.explanation, _A.previous_id)),
            *map(col, (DocumentTable.number, DocumentTable.subject)),
            col(DocumentTable.confidentiality),
            _STARTER.c.full_name.label("started_by"),
            people.scalar_subquery().label("total"),
            read.scalar_subquery().label("acquainted"),
        )
        .join(DocumentTable, col(DocumentTable.id) == col(_A.document_id))
        .join(_STARTER, _STARTER.c.id == col(_A.started_by))
    )


def shown_row(work: Work, row: _Row) -> dict[str, Any]:
    """Return the fields of a row; the subject of an official-use-only document is masked."""
    is_open = row.confidentiality == Confidentiality.NONE or work.actor.clearance
    running = row.state == AcquaintanceState.RUNNING
    return {
        "id": row.id,
        "short_id": short_id(row.id),
        "document_id": row.document_id,
        "document_number": row.number,
        "subject": row.subject if is_open else f"[{_(MASK)}]",
        "kind": row.kind,
        "state": row.state,
        "started_by": row.started_by,
        "started_at": row.started_at,
        "due": row.due,
        "total": row.total,
        "acquainted": row.acquainted,
        "is_overdue": running and row.due is not None and row.due < work.today,
    }


def acquaintance_card(work: Work, acquaintance: UUID) -> Acquaintance:
    """Return an acquaintance with its sheet, people by name."""
    row = work.db.execute(acquaintance_rows().where(col(_A.id) == acquaintance)).one()
    files = json.loads(row.files)
    return Acquaintance(
        **shown_row(work, row),
        text=row.text,
        files=[VersionRead.model_validate(file) for file in files],
        is_current=files == fixed_files(work, row.document_id),
        explanation=tell(json.loads(row.explanation)),
        previous=row.previous_id,
        sheet=_sheet(work, acquaintance),
    )


def fixed_files(work: Work, document_id: UUID) -> list[dict[str, Any]]:
    """Return the last version of every file of a document but signatures, by name."""
    table = FileTable
    rows = work.db.execute(
        select(*map(col, (table.name, table.version, table.sha256)))
        .where(col(table.document_id) == document_id, col(table.role) != FileRole.SIGNATURE)
        .order_by(col(table.name), col(table.version))
    )
    last = {row.name: dict(row._mapping) for row in rows}
    return [last[name] for name in sorted(last)]


def _sheet(work: Work, acquaintance: UUID) -> list[SheetRow]:
    rows = work.db.execute(
        select(
            *map(col, (_P.state, _P.acquainted_at, _P.signed_on, _P.note)),
            *(_READER.c.login, _READER.c.full_name.label("name"), _READER.c.position),
            col(UnitTable.name).label("department"),
            _ENTERER.c.full_name.label("entered_by"),
        )
        .join(_READER, _READER.c.id == col(_P.employee_id))
        .outerjoin(UnitTable, col(UnitTable.id) == _READER.c.unit_id)
        .outerjoin(_ENTERER, _ENTERER.c.id == col(_P.entered_by))
        .where(col(_P.acquaintance_id) == acquaintance)
        .order_by(_READER.c.folded_name, _READER.c.id)
    )
    return [
        SheetRow(
            **{name: getattr(row, name) for name in ("login", "name", "position", "department")},
            state=ReadingState(row.state),
            acquainted_on=row.signed_on
            or (office_day(row.acquainted_at) if row.acquainted_at else None),
            entered_by=row.entered_by,
            note=row.note,
        )
        for row in rows
    ]
