"""Giving numbers: one counter for everybody, whatever they may see.

Every way to a number passes through the row of its counter, which is locked from the
first statement to the commit: two registrars never get one number, and a failed
registration gives its ordinal back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, and_, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.flows import Flow
from sed_tui.domain.numbering import (
    Formula,
    NumberContext,
    Period,
    Scope,
    Token,
    check_suffix,
    parse_formula,
    period_key,
)
from sed_tui.domain.registration import FLOW_NAMES
from sed_tui.domain.text import optional
from sed_tui.errors import NotFound
from sed_tui.errors.numbering import (
    JournalClosed,
    NoJournal,
    NumberTaken,
    SuffixAlone,
    WrongJournal,
)
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.i18n import N_, _
from sed_tui.storage.locks import in_turn
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.numbers import CounterTable, GapTable, ReservationTable

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sed_tui.handlers.work import Work


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal as numbering needs it."""

    id: UUID
    code: str
    flow: str
    formula: Formula
    period: Period
    scope: Scope
    start: int
    group_code: str | None
    state: str
    closed_before: date | None


@dataclass(frozen=True, slots=True)
class Allotment:
    """A number and its place in the counter."""

    journal: Journal
    period: str
    scope: str
    ordinal: int
    suffix: str
    number: str

    def columns(self) -> dict[str, Any]:
        """Return the columns of a document that carries the number."""
        return {
            "journal_id": self.journal.id,
            "period": self.period,
            "scope": self.scope,
            "ordinal": self.ordinal,
            "suffix": self.suffix,
            "number": self.number,
        }


def find_journal(work: Work, code: str | None, flow: Flow | None) -> Journal:
    """Return a journal of the organization by its code, or the default one of a flow.

    Raises `NotFound`, `NoJournal`, `WrongJournal`.
    """
    row = _journal_query(by_code=code is not None).one_or_none(
        work.db, {"organization": work.organization_id, "code": (code or "").strip(), "flow": flow}
    )
    if row is None:
        if code is not None:
            raise NotFound(field="journal", kind=_(N_("Journal")), key=code)
        raise NoJournal(field="journal", flow=_(FLOW_NAMES[flow]) if flow else "—")
    if flow is not None and row.flow != flow:
        raise WrongJournal(
            field="journal",
            journal=row.code,
            expected=_(FLOW_NAMES[Flow(row.flow)]),
            flow=_(FLOW_NAMES[flow]),
        )
    return _journal(row)


@cache
def _journal_query(*, by_code: bool) -> Prepared:
    table = JournalTable
    query = select(
        *map(col, (table.id, table.code, table.flow, table.formula, table.period)),
        *map(col, (table.scope, table.start, table.group_code, table.state, table.closed_before)),
    ).where(col(table.organization_id) == bindparam("organization"))
    if by_code:
        return Prepared(query.where(col(table.code) == bindparam("code")))
    return Prepared(
        query.where(
            col(table.flow) == bindparam("flow"),
            col(table.is_default),
            col(table.state) == "active",
        )
    )


def allot(
    work: Work,
    journal: Journal,
    context: NumberContext,
    *,
    number: str | None = None,
    suffix: str | None = None,
) -> Allotment:
    """Give the next number of a day, or take the one asked for.

    A number by hand may be one beyond the counter, one reserved, or one that lies in
    the list of gaps; with a suffix it stands beside one that is taken. Raises
    `JournalClosed`, `BadNumber`, `BadSuffix`; a taken number shows when the document
    is stored.
    """
    check_open(journal, context.on)
    period, scope = period_key(journal.period, context.on), scope_key(journal, context)
    if number is None:
        ordinal = advance(work, journal, period, scope)
        return _allotted(journal, period, scope, ordinal, "", context)
    ordinal, written = journal.formula.read(number, context)
    suffix = check_suffix(suffix) if suffix else written
    advance(work, journal, period, scope, at_least=ordinal)
    _use_held(work, journal, period, scope, ordinal, suffix)
    return _allotted(journal, period, scope, ordinal, suffix, context)


def number_by_hand(
    work: Work, number: str | None, suffix: str | None
) -> tuple[str | None, str | None]:
    """Return the number and the suffix that a person typed, either of them None.

    Raises `BadSuffix`, `SuffixAlone`, and `ReasonNeeded` where a suffix comes without one.
    """
    number = optional(number, "number", limit=100)
    suffix = optional(suffix, "suffix", limit=4)
    if suffix is None:
        return number, None
    check_suffix(suffix)
    if number is None:
        raise SuffixAlone(field="suffix")
    if not work.options.reason:
        raise ReasonNeeded(field="reason", what=_("A suffixed number"))
    return number, suffix


def advance(
    work: Work,
    journal: Journal,
    period: str,
    scope: str,
    *,
    count: int = 1,
    at_least: int | None = None,
) -> int:
    """Move a counter and return its last ordinal; its row stays locked until the commit.

    It moves on by `count`, or up to `at_least` when it is not there yet.
    """
    first = at_least if at_least is not None else journal.start + count - 1
    row = {
        "journal_id": journal.id,
        "period": period,
        "scope": scope,
        "organization_id": work.organization_id,
        "start": min(journal.start, first),
        "last_ordinal": first,
        "step": count,
        "least": at_least or 0,
    }
    [moved] = _advanced(work.db.dialect.name, up_to=at_least is not None).all(work.db, row)
    return int(moved.last_ordinal)


def chronology_warnings(work: Work, allotment: Allotment, day: date) -> list[str]:
    """Return a warning when the number before carries a later date (нарушена хронология)."""
    before = _number_before().one_or_none(work.db, allotment.columns())
    if before is None or before.registered_on is None or before.registered_on <= day:
        return []
    text = _("Chronology: {number} before it is dated {day}.")
    return [text.format(number=before.number, day=f"{before.registered_on:%d.%m.%Y}")]


@cache
def _advanced(dialect: str, *, up_to: bool) -> Prepared:
    """Return the one statement that makes a counter or moves it."""
    last = col(CounterTable.last_ordinal)
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    greater = func.max if dialect == "sqlite" else func.greatest
    moved = (
        greater(last, bindparam("least", type_=Integer))
        if up_to
        else last + bindparam("step", type_=Integer)
    )
    names = ("journal_id", "period", "scope", "organization_id", "start", "last_ordinal")
    columns = CounterTable.__table__.c  # type: ignore[attr-defined]
    values = {name: bindparam(name, type_=columns[name].type) for name in names}
    if dialect == "sqlite":
        added = insert(CounterTable).values(values)
    else:
        turn = in_turn(values["journal_id"], values["period"], values["scope"])
        added = insert(CounterTable).from_select(names, select(*values.values()).select_from(turn))
    return Prepared(
        added.on_conflict_do_update(
            index_elements=["journal_id", "period", "scope"], set_={"last_ordinal": moved}
        ).returning(last)
    )


def check_open(journal: Journal, day: date) -> None:
    """Refuse a closed journal or a day of a closed period. Raises `JournalClosed`."""
    if journal.state != "active" or (
        journal.closed_before is not None and day < journal.closed_before
    ):
        raise JournalClosed(field="registered_on", journal=journal.code, day=f"{day:%d.%m.%Y}")


@cache
def _number_before() -> Prepared:
    table = DocumentTable
    return Prepared(
        select(col(table.number), col(table.registered_on))
        .where(
            col(table.journal_id) == bindparam("journal_id"),
            col(table.period) == bindparam("period"),
            col(table.scope) == bindparam("scope"),
            col(table.ordinal) < bindparam("ordinal"),
        )
        .order_by(col(table.ordinal).desc())
        .limit(1)
    )


def scope_key(journal: Journal, context: NumberContext) -> str:
    """Return the name of the counter's scope that a document falls in."""
    match journal.scope:
        case Scope.NONE:
            return ""
        case Scope.LEADING:
            return context.codes.get(Token.LEADING, "")
        case Scope.UNIT:
            return context.codes.get(Token.UNIT, "")
        case Scope.ORGANIZATION:
            return context.codes.get(Token.ORGANIZATION, "")


def taken(work: Work, allotment: Allotment) -> NumberTaken:
    """Return the failure that names who has the number."""
    holder = work.db.execute(
        select(col(DocumentTable.number), col(DocumentTable.registered_on)).where(
            col(DocumentTable.journal_id) == allotment.journal.id,
            col(DocumentTable.period) == allotment.period,
            col(DocumentTable.scope) == allotment.scope,
            col(DocumentTable.ordinal) == allotment.ordinal,
            col(DocumentTable.suffix) == allotment.suffix,
        )
    ).one_or_none()
    return NumberTaken(
        field="number",
        number=allotment.number,
        journal=allotment.journal.code,
        holder="" if holder is None else f"{holder.registered_on:%d.%m.%Y}",
    )


def _use_held(
    work: Work, journal: Journal, period: str, scope: str, ordinal: int, suffix: str
) -> None:
    """Take a number off the reservations or the gaps, where it may have been held."""
    for table in (ReservationTable, GapTable):
        held = work.db.execute(
            delete(table)
            .where(
                and_(
                    col(table.journal_id) == journal.id,
                    col(table.period) == period,
                    col(table.scope) == scope,
                    col(table.ordinal) == ordinal,
                    col(table.suffix) == suffix,
                )
            )
            .returning(col(table.id), col(table.number))
        ).one_or_none()
        if held is not None:
            noun = "reservation" if table is ReservationTable else "gap"
            work.record("use", noun, held.id, {"number": held.number}, None)


def _allotted(
    journal: Journal, period: str, scope: str, ordinal: int, suffix: str, context: NumberContext
) -> Allotment:
    number = journal.formula.number(ordinal, context, suffix)
    return Allotment(journal, period, scope, ordinal, suffix, number)


def _journal(row: Any) -> Journal:
    return Journal(
        id=row.id,
        code=row.code,
        flow=row.flow,
        formula=parse_formula(row.formula),
        period=Period(row.period),
        scope=Scope(row.scope),
        start=row.start,
        group_code=row.group_code,
        state=row.state,
        closed_before=row.closed_before,
    )
