"""Journals: their settings, and what is refused when they are set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import exists, func, insert, select, update
from sqlmodel import col

from sed_tui.domain.numbering import (
    Formula,
    Period,
    Scope,
    Token,
    check_counter,
    parse_formula,
    period_key,
)
from sed_tui.domain.text import clean, optional
from sed_tui.errors import Invalid, NotFound
from sed_tui.errors.numbering import CodeMissing, JournalExists, JournalInUse
from sed_tui.handlers import reservations
from sed_tui.handlers.journal_gaps import gaps_of
from sed_tui.handlers.journal_numbers import next_numbers, preview_numbers
from sed_tui.handlers.numbers import advance, find_journal
from sed_tui.i18n import N_, _
from sed_tui.operations.journal import (
    AddJournal,
    ChangeJournal,
    FindGaps,
    Gaps,
    JournalList,
    JournalRow,
    ListJournals,
    Released,
    ReleaseLapsed,
    Reservations,
    ReserveNumbers,
    ShowJournal,
)
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.numbers import CounterTable
from sed_tui.storage.tables.unit import UnitTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.work import Work

__all__ = [
    "add_journal",
    "change_journal",
    "find_gaps",
    "list_journals",
    "preview_numbers",
    "release_lapsed",
    "reserve_numbers",
    "show_journal",
]

_NOT_SETTINGS = {"journal", "is_closed", "next_ordinal", "version"}
_FROZEN = ("formula", "period", "scope", "start", "group_code")
_COLUMNS = (
    *("code", "name", "flow", "formula", "period", "scope", "start"),
    *("group_code", "is_default", "state", "closed_before"),
)


def add_journal(work: Work, request: AddJournal) -> JournalRow:
    """Store a journal. Raises `BadFormula`, `CodeMissing`, `JournalExists`, `Invalid`."""
    row = {
        **request.model_dump(),
        "code": clean(request.code, "code", limit=32),
        "name": clean(request.name, "name", limit=300),
        "group_code": optional(request.group_code, "group_code", limit=32),
    }
    if " " in row["code"]:
        raise Invalid(field="code", reason=_("spaces are not allowed"))
    _check_settings(work, row)
    known = (
        col(JournalTable.organization_id) == work.organization_id,
        col(JournalTable.code) == row["code"],
    )
    if work.db.execute(select(col(JournalTable.id)).where(*known)).first():
        raise JournalExists(field="code", journal=row["code"])
    if request.is_default:
        _yield_default(work, request.flow)
    journal_id = uuid4()
    work.db.execute(
        insert(JournalTable).values(
            id=journal_id,
            organization_id=work.organization_id,
            state="active",
            created_at=work.now,
            version=1,
            **row,
        )
    )
    work.record("create", "journal", journal_id, None, row)
    return _shown(work, row["code"])


def change_journal(work: Work, request: ChangeJournal) -> JournalRow:
    """Change a journal; what decides the numbers is frozen once one is given.

    Raises `JournalInUse`, `BadFormula`, `CodeMissing`, `ChangedMeanwhile`.
    """
    journal = find_journal(work, request.journal, None)
    before = _settings(work, journal.id)
    asked = request.model_dump(exclude=_NOT_SETTINGS, exclude_none=True)
    changes = {name: value for name, value in asked.items() if value != before[name]}
    if request.is_closed is not None:
        changes["state"] = "closed" if request.is_closed else "active"
    frozen = next((name for name in _FROZEN if name in changes), None)
    if frozen is not None and _in_use(work, journal.id):
        raise JournalInUse(field=frozen, journal=journal.code)
    after = {**before, **changes}
    _check_settings(work, after)
    if changes.get("is_default"):
        _yield_default(work, after["flow"])
    if changes:
        row = work.db, JournalTable, journal.id
        change_row(*row, changes, None, request.version, what=journal.code, told=changes)
        work.record("change", "journal", journal.id, before, after)
    if request.next_ordinal is not None:
        _set_next(work, journal.code, request.next_ordinal)
    return _shown(work, journal.code)


def list_journals(work: Work, request: ListJournals) -> JournalList:
    """Return the journals of the organization by flow and code."""
    query = select(col(JournalTable.code)).where(
        col(JournalTable.organization_id) == work.organization_id
    )
    if request.flow is not None:
        query = query.where(col(JournalTable.flow) == request.flow)
    codes = work.db.scalars(query.order_by(col(JournalTable.flow), col(JournalTable.code))).all()
    return JournalList(rows=[_shown(work, code) for code in codes])


def show_journal(work: Work, request: ShowJournal) -> JournalRow:
    """Return one journal."""
    return _shown(work, request.journal)


def find_gaps(work: Work, request: FindGaps) -> Gaps:
    """Return the control of gaps of a journal; a lapsed reservation shows as lapsed."""
    return Gaps(rows=gaps_of(work, find_journal(work, request.journal, None), request.year))


def reserve_numbers(work: Work, request: ReserveNumbers) -> Reservations:
    """Hold the next numbers of a journal; lapsed ones are turned into gaps first."""
    reservations.release(work)
    journal = find_journal(work, request.journal, None)
    return Reservations(rows=reservations.reserve(work, journal, request))


def release_lapsed(work: Work, _request: ReleaseLapsed) -> Released:
    """Turn reservations whose day is over into gaps."""
    return Released(lapsed=reservations.release(work))


def check_codes(work: Work, formula: Formula, group_code: str | None) -> None:
    """Refuse a formula whose codes are not filled in: now, not at the first registration.

    Raises `CodeMissing` that names who lacks a code.
    """
    lacking: dict[Token, list[str]] = {}
    if Token.GROUP in formula.tokens and not group_code:
        lacking[Token.GROUP] = [_("the journal itself")]
    if Token.CORRESPONDENT in formula.tokens:
        names = work.db.scalars(
            select(col(CorrespondentTable.name))
            .where(
                col(CorrespondentTable.organization_id) == work.organization_id,
                col(CorrespondentTable.state) == "active",
                col(CorrespondentTable.code).is_(None),
            )
            .limit(6)
        ).all()
        lacking[Token.CORRESPONDENT] = list(names)
    if Token.UNIT in formula.tokens and not _has_units(work):
        lacking[Token.UNIT] = [_("the organization has no units")]
    for token, names in lacking.items():
        if names:
            raise CodeMissing(field="formula", token=token.value, objects="; ".join(names))


def _check_settings(work: Work, row: dict[str, Any]) -> None:
    formula = parse_formula(row["formula"])
    check_counter(formula, Period(row["period"]), Scope(row["scope"]))
    check_codes(work, formula, row["group_code"])


def _has_units(work: Work) -> bool:
    query = select(exists().where(col(UnitTable.organization_id) == work.organization_id))
    return bool(work.db.scalar(query))


def _yield_default(work: Work, flow: str) -> None:
    """Take the mark of the default from the journal of the flow that has it."""
    work.db.execute(
        update(JournalTable)
        .where(
            col(JournalTable.organization_id) == work.organization_id,
            col(JournalTable.flow) == flow,
            col(JournalTable.is_default),
        )
        .values(is_default=False)
    )


def _set_next(work: Work, code: str, ordinal: int) -> None:
    """Move the counter of the current period so that `ordinal` comes next; never back."""
    journal = find_journal(work, code, None)
    period = period_key(journal.period, work.today)
    if journal.scope is not Scope.NONE:
        raise Invalid(
            field="next_ordinal",
            reason=_("the journal keeps several counters, by {scope}").format(
                scope=journal.scope.value
            ),
        )
    last = advance(work, journal, period, "", at_least=ordinal - 1)
    if last != ordinal - 1:
        reason = _("the counter has already given {last}").format(last=last)
        raise Invalid(field="next_ordinal", reason=reason)
    after = {"period": period, "next_ordinal": ordinal}
    work.record("set_next", "journal", journal.id, None, after)


def _in_use(work: Work, journal_id: UUID) -> bool:
    """Tell whether a number was ever given: a counter exists from the first one on."""
    query = select(exists().where(col(CounterTable.journal_id) == journal_id))
    return bool(work.db.scalar(query))


def _settings(work: Work, journal_id: UUID) -> dict[str, Any]:
    columns = [getattr(JournalTable, name) for name in _COLUMNS]
    query = select(*map(col, columns)).where(col(JournalTable.id) == journal_id)
    return dict(work.db.execute(query).mappings().one())


def _shown(work: Work, code: str) -> JournalRow:
    row = (
        work.db.execute(
            select(JournalTable.__table__).where(  # type: ignore[attr-defined]
                col(JournalTable.organization_id) == work.organization_id,
                col(JournalTable.code) == code.strip(),
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound(field="journal", kind=_(N_("Journal")), key=code)
    documents = work.db.execute(
        select(func.count()).where(col(DocumentTable.journal_id) == row["id"])
    ).scalar_one()
    upcoming = next_numbers(work, find_journal(work, code, None), work.today, 1)
    return JournalRow(**row, documents=documents, next=upcoming[0].number if upcoming else None)
