"""What each condition of the query language means in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select
from sqlmodel import col

from sed_tui.domain.query_names import MYSELF, Field, Holding
from sed_tui.domain.text import folded
from sed_tui.storage.tables.document import DocumentTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import Mapped

    from sed_tui.domain.query import Criterion
    from sed_tui.handlers.work import Work


def holds(work: Work, criterion: Criterion) -> ColumnElement[bool]:
    """Return the predicate on documents for a condition, without its negation."""
    return _CONDITIONS[criterion.field](work, criterion)


def _flow(_work: Work, criterion: Criterion) -> ColumnElement[bool]:
    return col(DocumentTable.flow) == criterion.text


def _from(work: Work, criterion: Criterion) -> ColumnElement[bool]:
    """Take words of a name, or an INN; a merged correspondent stands for its successor."""
    from sed_tui.storage.tables.correspondent import CorrespondentTable as Table  # when asked for
    from sed_tui.storage.tables.participant import AddresseeTable

    known = and_(
        col(Table.organization_id) == work.organization_id,
        or_(col(Table.inn) == criterion.text, _named(col(Table.folded_name), criterion.text)),
    )
    successors = select(col(Table.merged_into)).where(known, col(Table.merged_into).is_not(None))
    ids = select(col(Table.id)).where(known).union(successors).scalar_subquery()
    addressed = select(col(AddresseeTable.document_id)).where(
        col(AddresseeTable.organization_id) == work.organization_id,
        col(AddresseeTable.correspondent_id).in_(ids),
    )
    return or_(col(DocumentTable.correspondent_id).in_(ids), _among(addressed))


def _journal(work: Work, criterion: Criterion) -> ColumnElement[bool]:
    from sed_tui.storage.tables.journal import JournalTable  # when asked for

    rows = work.db.execute(
        select(col(JournalTable.id), col(JournalTable.code), col(JournalTable.name)).where(
            col(JournalTable.organization_id) == work.organization_id
        )
    ).all()
    asked = folded(criterion.text)
    ids = [row.id for row in rows if asked in {folded(row.code), folded(row.name)}]
    return col(DocumentTable.journal_id).in_(ids)


def _kind(work: Work, criterion: Criterion) -> ColumnElement[bool]:
    from sed_tui.storage.tables.document_kind import DocumentKindTable  # when asked for

    names = work.db.scalars(
        select(col(DocumentKindTable.name)).where(
            col(DocumentKindTable.organization_id) == work.organization_id
        )
    )
    asked = folded(criterion.text)
    known = {name for name in names if folded(name) == asked}
    return col(DocumentTable.kind).in_(sorted(known | {criterion.text, asked}))


def _since(_work: Work, criterion: Criterion) -> ColumnElement[bool]:
    return col(DocumentTable.listed_on) >= _period(criterion)[0]


def _until(_work: Work, criterion: Criterion) -> ColumnElement[bool]:
    return col(DocumentTable.listed_on) <= _period(criterion)[1]


def _on(_work: Work, criterion: Criterion) -> ColumnElement[bool]:
    return col(DocumentTable.listed_on).between(*_period(criterion))


def _registrar(work: Work, criterion: Criterion) -> ColumnElement[bool]:
    return col(DocumentTable.registrar_id).in_(_people(work, criterion))


def _executor(work: Work, criterion: Criterion) -> ColumnElement[bool]:
    table = _assignments()
    return _among(_issued(work).where(col(table.executor_id).in_(_people(work, criterion))))


def _overdue(work: Work, _criterion: Criterion) -> ColumnElement[bool]:
    table = _assignments()
    late = or_(col(table.reported_on).is_(None), col(table.due) < col(table.reported_on))
    return _among(
        _issued(work).where(col(table.closed_at).is_(None), col(table.due) < work.today, late)
    )


def _case(_work: Work, criterion: Criterion) -> ColumnElement[bool]:
    index = col(DocumentTable.case_index)
    if criterion.is_begun:
        return index.startswith(criterion.text, autoescape=True)
    return index == criterion.text


def _has(work: Work, criterion: Criterion) -> ColumnElement[bool]:
    match Holding(criterion.text):
        case Holding.FILE:
            from sed_tui.storage.tables.file import FileTable  # when asked for

            files = select(col(FileTable.document_id))
            return _among(files.where(col(FileTable.organization_id) == work.organization_id))
        case Holding.ASSIGNMENT:
            return _among(_issued(work))
        case Holding.LINK:
            from sed_tui.storage.tables.link import LinkTable  # when asked for

            own = col(LinkTable.organization_id) == work.organization_id
            linked = select(col(LinkTable.source_id)).where(own)
            return _among(linked.union(select(col(LinkTable.target_id)).where(own)))


def _registered(_work: Work, _criterion: Criterion) -> ColumnElement[bool]:
    return col(DocumentTable.registration) == "registered"


def _unregistered(_work: Work, _criterion: Criterion) -> ColumnElement[bool]:
    """Take what still waits for its number: not what has lost it, nor drafts under way."""
    is_ready = or_(
        col(DocumentTable.lifecycle) == "active", col(DocumentTable.approval) == "signed"
    )
    return and_(
        col(DocumentTable.registration) != "registered",
        col(DocumentTable.lifecycle) != "cancelled",
        is_ready,
    )


_CONDITIONS: dict[Field, Callable[[Work, Criterion], ColumnElement[bool]]] = {
    Field.FLOW: _flow,
    Field.FROM: _from,
    Field.JOURNAL: _journal,
    Field.KIND: _kind,
    Field.SINCE: _since,
    Field.UNTIL: _until,
    Field.ON: _on,
    Field.REGISTRAR: _registrar,
    Field.EXECUTOR: _executor,
    Field.CASE: _case,
    Field.HAS: _has,
    Field.OVERDUE: _overdue,
    Field.REGISTERED: _registered,
    Field.UNREGISTERED: _unregistered,
}


def _among(documents: Any) -> ColumnElement[bool]:
    return col(DocumentTable.id).in_(documents)


def _period(criterion: Criterion) -> tuple[date, date]:
    if criterion.period is None:
        raise AssertionError("the parser gives every condition of time its period")
    return criterion.period


def _named(name: Mapped[str], text: str) -> ColumnElement[bool]:
    return and_(*(name.contains(word, autoescape=True) for word in folded(text).split()))


def _people(work: Work, criterion: Criterion) -> Any:
    """Return the ids of the people a login or words of a name stand for."""
    from sed_tui.storage.tables.organization import EmployeeTable  # when asked for

    if criterion.text.casefold() in MYSELF:
        return [work.actor.employee_id]
    return select(col(EmployeeTable.id)).where(
        col(EmployeeTable.organization_id) == work.organization_id,
        or_(
            col(EmployeeTable.login) == criterion.text,
            _named(col(EmployeeTable.folded_name), criterion.text),
        ),
    )


def _assignments() -> Any:
    from sed_tui.storage.tables.assignment import AssignmentTable

    return AssignmentTable


def _issued(work: Work) -> Select[Any]:
    table = _assignments()
    return select(col(table.document_id)).where(
        col(table.organization_id) == work.organization_id, col(table.document_id).is_not(None)
    )
