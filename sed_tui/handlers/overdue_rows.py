"""The rows of the overdue report: names, delays and masks put to what the database lists."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sed_tui.domain.flows import Confidentiality
from sed_tui.handlers.mask import MASK
from sed_tui.i18n import _
from sed_tui.storage.names import as_recorded, find_people
from sed_tui.storage.overdue import overdue_listing
from sed_tui.storage.raw import dashed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work
    from sed_tui.operations.report import OverdueRow
    from sed_tui.storage.names import Person
    from sed_tui.storage.overdue import Moment

# places in the listing: by name a row is slower to read than by number
_AUTHOR, _EXECUTOR = 3, 4
_OPEN_TO_ALL = {None, Confidentiality.NONE.value}


class OverdueRows:
    """Reads the listing of one organization; distinct days and people are looked up once."""

    def __init__(self, work: Work, moment: Moment, code: str | None, person: str) -> None:
        self._person = person
        self._work = work
        self._moment = moment
        self._code = code
        self._delays: dict[tuple[str, str | None], tuple[int, int | None]] = {}

    def read(self) -> tuple[list[OverdueRow], list[tuple[Person, int]]]:
        """Return every row, the longest overdue first, and how many each person has."""
        listed = self._work.db.execute(overdue_listing(self._work.actor, self._moment)).all()
        people = self._people(listed)
        rows: list[OverdueRow] = []
        for row in listed:
            (key, document, text, author, executor, _clerk, _controller, due, reported,
             state, control, number, mark) = row  # fmt: skip
            days, working = self._delay(due, reported)
            person = people[executor]
            entry: OverdueRow = {
                "id": dashed(key),
                "document_number": self._numbers.get(document, number),
                "text": text if mark in _OPEN_TO_ALL else self._masked(row),
                "author": people[author].name,
                "executor": person.name,
                "department": person.department,
                "due": due,
                "days_overdue": days,
                "working_days_overdue": working,
                "state": state,
                "control": control,
            }
            if self._code is not None:
                entry["organization"] = self._code
            rows.append(entry)
        place = _AUTHOR if self._person == "author_id" else _EXECUTOR
        counted = Counter(row[place] for row in listed)
        return rows, [(people[key], count) for key, count in counted.items()]

    @cached_property
    def _numbers(self) -> dict[str, str]:
        if self._moment.cutoff is None:
            return {}
        from sed_tui.storage.past_names import numbers_before  # for past days alone

        return numbers_before(self._work.db, self._work.organization_id, self._moment.cutoff)

    def _people(self, listed: Sequence[Row[Any]]) -> dict[str, Person]:
        keys = {row[_AUTHOR] for row in listed} | {row[_EXECUTOR] for row in listed}
        ids = {key: UUID(key) for key in keys}
        db = self._work.db
        found = find_people(db, set(ids.values()))
        named = as_recorded(db, self._work.organization_id, found, self._moment.cutoff)
        return {key: named[ids[key]] for key in keys}

    def _delay(self, due: str, reported: str | None) -> tuple[int, int | None]:
        known = self._delays.get((due, reported))
        if known is None:
            known = self._delays[due, reported] = self._count(due, reported)
        return known

    def _count(self, due: str, reported: str | None) -> tuple[int, int | None]:
        """Count calendar and working days; a report that waits has stopped the clock (A16)."""
        start = date.fromisoformat(due)
        end = date.fromisoformat(reported) if reported else self._moment.day
        calendar = self._work.calendar
        working = calendar.working_days_between(start, end) if calendar.covers(start, end) else None
        return (end - start).days, working

    def _masked(self, row: Row[Any]) -> str:
        if self._work.options.masked:
            return _(MASK)
        actor = self._work.actor
        people = {row.author_id, row.executor_id, row.entered_by, row.controller_id} - {None}
        own = actor.employee_id in {UUID(key) for key in people}
        return row.text if own or actor.clearance else _(MASK)
