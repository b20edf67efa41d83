"""Taking an import back as a whole, while nothing depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from sed_tui.errors.imports import ImportDependedOn, ImportUndone, NoSuchImport
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.importing.gaps import counters_of_run
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import _
from sed_tui.operations.import_columns import Noun
from sed_tui.storage.search import remove_documents
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.import_run import ImportRunTable
from sed_tui.storage.tables.link import LinkTable
from sed_tui.storage.tables.numbers import CounterTable, GapTable, ReservationTable
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable
from sed_tui.storage.tables.participant import AddresseeTable, ParticipantTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from sed_tui.handlers.work import Work

_SHOWN = 5


def undo_run(work: Work, text: str) -> UUID:
    """Delete what a run stored and set the counters back; every deletion is recorded.

    Raises `NoSuchImport`, `ImportUndone` and `ImportDependedOn`, which names what was
    done with the rows since.
    """
    run = _find(work, text)
    if run.state == "undone":
        raise ImportUndone(field="run", run=short_id(run.id))
    _require_untouched(work, run)
    counters = [(one, _greatest(work, one, run.id)) for one in counters_of_run(work, run.id)]
    try:
        _delete_documents(work, run.id)
        _delete_correspondents(work, run.id)
        _delete_people(work, run.id)
    except IntegrityError as error:
        raise ImportDependedOn(field="run", what=_("others refer to what it brought")) from error
    for counter, greatest in counters:
        if counter.last_ordinal == greatest:  # else it was moved on by hand
            _set_back(work, counter)
    work.db.execute(
        update(ImportRunTable)
        .where(col(ImportRunTable.id) == run.id, col(ImportRunTable.state) == run.state)
        .values(state="undone", finished_at=work.now)
    )
    work.record("undo", "import", run.id, {"state": run.state}, {"state": "undone"})
    found: UUID = run.id
    return found


def _find(work: Work, text: str) -> Row[*tuple[Any, ...]]:
    condition = by_id(col(ImportRunTable.id), text.strip())
    rows = (
        []
        if condition is None
        else work.db.execute(
            select(
                *map(col, (ImportRunTable.id, ImportRunTable.state, ImportRunTable.noun)),
                *map(col, (ImportRunTable.started_at, ImportRunTable.finished_at)),
            )
            .where(col(ImportRunTable.organization_id) == work.organization_id, condition)
            .with_for_update()
        ).all()
    )
    if not rows:
        raise NoSuchImport(field="run", run=text)
    if len(rows) > 1:
        shown = "; ".join(short_id(row.id) for row in rows)
        raise Ambiguous(field="run", value=text, candidates=shown)
    return rows[0]


def _require_untouched(work: Work, run: Row[*tuple[Any, ...]]) -> None:
    """Refuse when something was done with the rows since. Raises `ImportDependedOn`."""
    if run.noun == Noun.ORGANIZATIONS:
        what = _("applications are withdrawn one by one: sedctl joining withdraw")
        raise ImportDependedOn(field="run", what=what)
    if run.noun != Noun.DOCUMENTS:
        table = CorrespondentTable if run.noun == Noun.CORRESPONDENTS else EmployeeTable
        _none(work, _("it was edited: {names}"), _changed(table, run.id))
        return
    _require_untouched_cards(work, run)


def _require_untouched_cards(work: Work, run: Row[*tuple[Any, ...]]) -> None:
    card, mine = DocumentTable, _cards(run.id)
    number = select(col(card.number))
    of_run = col(card.import_run_id) == run.id
    changed = number.where(of_run, col(card.version) > 1)
    _none(work, _("cards were edited: {names}"), changed)
    issued = number.join(AssignmentTable, col(AssignmentTable.document_id) == col(card.id))
    _none(work, _("there are assignments on {names}"), issued.where(of_run))
    link = LinkTable
    later = col(link.created_at) > (run.finished_at or run.started_at)
    ends = or_(col(link.source_id) == col(card.id), col(link.target_id) == col(card.id))
    inward = col(link.target_id).in_(mine) & col(link.source_id).not_in(mine)
    linked = number.join(link, ends).where(of_run, or_(inward, later))
    _none(work, _("there are links to {names}"), linked)
    added = number.join(FileTable, col(FileTable.document_id) == col(card.id))
    after = col(FileTable.added_at) > (run.finished_at or run.started_at)
    _none(work, _("files were added to {names}"), added.where(of_run, after))
    _require_last_numbers(work, run)
    _none(work, _("correspondents were edited: {names}"), _changed(CorrespondentTable, run.id))
    brought = select(col(CorrespondentTable.id)).where(
        col(CorrespondentTable.import_run_id) == run.id
    )
    others = number.where(
        col(card.correspondent_id).in_(brought),
        or_(col(card.import_run_id) != run.id, col(card.import_run_id).is_(None)),
    )
    _none(work, _("its correspondents stand on other cards: {names}"), others)


def _require_last_numbers(work: Work, run: Row[*tuple[Any, ...]]) -> None:
    """Refuse when a journal went on behind the numbers of the run."""
    for counter in counters_of_run(work, run.id):
        here = _in_counter(DocumentTable, counter)
        greatest = _greatest(work, counter, run.id)
        later = select(col(DocumentTable.number)).where(
            here,
            or_(
                col(DocumentTable.import_run_id) != run.id,
                col(DocumentTable.import_run_id).is_(None),
            ),
            col(DocumentTable.ordinal) > greatest,
        )
        _none(work, _("later numbers were given: {names}"), later)
        for table in (ReservationTable, GapTable):
            held = select(col(table.number)).where(
                _in_counter(table, counter), col(table.ordinal) > greatest
            )
            _none(work, _("later numbers were given: {names}"), held)


def _none(work: Work, what: str, query: Any) -> None:
    names = work.db.scalars(query.limit(_SHOWN)).all()
    if names:
        raise ImportDependedOn(field="run", what=what.format(names=", ".join(map(str, names))))


def _changed(table: Any, run: UUID) -> Any:
    name: Any = table.name if table is CorrespondentTable else table.login
    return select(name).where(table.import_run_id == run, table.version > 1)


def _cards(run: UUID) -> Any:
    return select(col(DocumentTable.id)).where(col(DocumentTable.import_run_id) == run)


def _greatest(work: Work, counter: Row[*tuple[Any, ...]], run: UUID) -> int | None:
    return work.db.scalar(
        select(func.max(col(DocumentTable.ordinal))).where(
            _in_counter(DocumentTable, counter), col(DocumentTable.import_run_id) == run
        )
    )


def _in_counter(table: Any, counter: Row[*tuple[Any, ...]]) -> ColumnElement[bool]:
    return (  # type: ignore[no-any-return]
        (table.journal_id == counter.journal_id)
        & (table.period == counter.period)
        & (table.scope == counter.scope)
    )


def _delete_documents(work: Work, run: UUID) -> None:
    table = DocumentTable
    rows = work.db.execute(
        select(
            *map(col, (table.id, table.key, table.number, table.registered_on, table.subject)),
            col(table.external_id),
        ).where(col(table.import_run_id) == run)
    ).all()
    remove_documents(work.db, [row.key for row in rows])
    mine = _cards(run)
    for dependent, column in (
        (ParticipantTable, ParticipantTable.document_id),
        (AddresseeTable, AddresseeTable.document_id),
        (LinkTable, LinkTable.source_id),
    ):
        work.db.execute(delete(dependent).where(col(column).in_(mine)))
    _delete_files(work, mine)
    work.db.execute(delete(table).where(col(table.import_run_id) == run))
    for row in rows:
        before = {**row._mapping, "registered_on": str(row.registered_on)}
        del before["id"], before["key"]
        work.record("undo_import", "document", row.id, before, None)


def _delete_files(work: Work, mine: Any) -> None:
    from sed_tui.storage.tables.file import FileTextTable

    files = select(col(FileTable.id)).where(col(FileTable.document_id).in_(mine))
    work.db.execute(delete(FileTextTable).where(col(FileTextTable.file_id).in_(files)))
    gone = delete(FileTable).where(col(FileTable.document_id).in_(mine))
    work.unname(work.db.scalars(gone.returning(col(FileTable.sha256))))


def _delete_correspondents(work: Work, run: UUID) -> None:
    gone = work.db.execute(
        delete(CorrespondentTable)
        .where(
            col(CorrespondentTable.import_run_id) == run,
            ~exists().where(col(AddresseeTable.correspondent_id) == col(CorrespondentTable.id)),
        )
        .returning(*map(col, (CorrespondentTable.id, CorrespondentTable.name)))
    ).all()
    for row in gone:
        work.record("undo_import", "correspondent", row.id, {"name": row.name}, None)


def _delete_people(work: Work, run: UUID) -> None:
    people = select(col(EmployeeTable.id)).where(col(EmployeeTable.import_run_id) == run)
    work.db.execute(delete(RoleGrantTable).where(col(RoleGrantTable.employee_id).in_(people)))
    gone = work.db.execute(
        delete(EmployeeTable)
        .where(col(EmployeeTable.import_run_id) == run)
        .returning(*map(col, (EmployeeTable.id, EmployeeTable.login)))
    ).all()
    for row in gone:
        work.record("undo_import", "employee", row.id, {"login": row.login}, None)
    units = work.db.execute(
        delete(UnitTable)
        .where(col(UnitTable.import_run_id) == run)
        .returning(*map(col, (UnitTable.id, UnitTable.code, UnitTable.name)))
    ).all()
    for unit in units:
        before = {"code": unit.code, "name": unit.name}
        work.record("undo_import", "unit", unit.id, before, None)


def _set_back(work: Work, counter: Row[*tuple[Any, ...]]) -> None:
    """Set a counter back to the last ordinal that is still used, or forget it."""
    last = [
        work.db.scalar(select(func.max(col(table.ordinal))).where(_in_counter(table, counter)))
        for table in (DocumentTable, ReservationTable, GapTable)
    ]
    greatest = max((ordinal for ordinal in last if ordinal is not None), default=None)
    here = _in_counter(CounterTable, counter)
    if greatest is None:
        work.db.execute(delete(CounterTable).where(here))
    else:
        work.db.execute(update(CounterTable).where(here).values(last_ordinal=greatest))
