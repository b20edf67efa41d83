"""Numbers that a journal would give: preliminary, for previews and empty fields."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.numbering import (
    CODES,
    Formula,
    NumberContext,
    Period,
    Token,
    check_counter,
    parse_formula,
    period_key,
)
from sed_tui.errors.usage import Usage
from sed_tui.handlers.numbers import Journal, find_journal
from sed_tui.i18n import _
from sed_tui.operations.journal import Preview, PreviewedNumber, PreviewNumbers
from sed_tui.storage.tables.numbers import CounterTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work


def preview_numbers(work: Work, request: PreviewNumbers) -> Preview:
    """Return the numbers of one document a day, half of them before the next New Year.

    Raises `Usage`.
    """
    if request.formula is not None:
        formula = parse_formula(request.formula)
        check_counter(formula, request.period, request.scope)
        journal = None
        period = request.period
    elif request.journal is not None:
        journal = find_journal(work, request.journal, None)
        formula, period = journal.formula, journal.period
    else:
        raise Usage(text=_("Name a journal or give a --formula."))
    first = request.since or date(work.today.year + 1, 1, 1) - timedelta(days=request.count // 2)
    days = [first + timedelta(days=n) for n in range(request.count)]
    return Preview(rows=_run(work, journal, formula, period, days))


def next_numbers(work: Work, journal: Journal, day: date, count: int) -> list[PreviewedNumber]:
    """Return the next numbers of one day; another registrar may take them first."""
    return _run(work, journal, journal.formula, journal.period, [day] * count)


def _run(
    work: Work, journal: Journal | None, formula: Formula, period: Period, days: list[date]
) -> list[PreviewedNumber]:
    last: dict[str, int] = {}
    rows = []
    for day in days:
        key = period_key(period, day)
        if key not in last:
            last[key] = _last_ordinal(work, journal, key)
        last[key] += 1
        number = formula.number(last[key], _sample(work, journal, formula, day))
        rows.append(PreviewedNumber(day=day, ordinal=last[key], number=number))
    return rows


def _last_ordinal(work: Work, journal: Journal | None, period: str) -> int:
    if journal is None:
        return 0
    query = select(col(CounterTable.last_ordinal)).where(
        col(CounterTable.journal_id) == journal.id,
        col(CounterTable.period) == period,
        col(CounterTable.scope) == "",
    )
    last = work.db.scalar(query)
    return journal.start - 1 if last is None else last


def _sample(work: Work, journal: Journal | None, formula: Formula, day: date) -> NumberContext:
    """Return codes to show: the known ones, and the token's name where a document brings it."""
    known = {
        Token.JOURNAL: journal.code if journal else _("JOURNAL"),
        Token.GROUP: (journal.group_code or "") if journal else "",
        Token.ORGANIZATION: work.actor.organization,
    }
    codes = {
        token: known.get(token) or f"‹{token.value}›" for token in formula.tokens if token in CODES
    }
    return NumberContext(on=day, codes=codes)
