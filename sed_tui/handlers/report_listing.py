"""Rows of reports: names, delays and masks put to what the database lists."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sed_tui.domain.flows import Confidentiality
from sed_tui.handlers.mask import MASK
from sed_tui.i18n import _
from sed_tui.storage.names import as_recorded, find_people
from sed_tui.storage.raw import dashed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row, Select

    from sed_tui.handlers.report_parts import Part
    from sed_tui.operations.report import ListedRow
    from sed_tui.storage.names import Person

OPEN_TO_ALL = {None, Confidentiality.NONE.value}


class Listing:
    """Reads the listing of one organization; distinct days and people are looked up once."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.people: dict[str, Person] = {}
        self._delays: dict[tuple[str, str | None], tuple[int, int | None]] = {}

    def fetch(self, statement: Select[*tuple[Any, ...]]) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return the rows of `storage.overdue.listing`, whose people are known from now on."""
        rows = self.part.work.db.execute(statement).all()
        # by place: by name a row is slower to read
        self.know(key for row in rows for key in (row[3], row[4]))
        return rows

    def know(self, keys: Iterable[str]) -> None:
        """Look people up as they were recorded at the moment of the report."""
        ids = {key: UUID(key) for key in set(keys)}
        work, cutoff = self.part.work, self.part.moment.cutoff
        found = find_people(work.db, set(ids.values()))
        named = as_recorded(work.db, work.organization_id, found, cutoff)
        self.people |= {key: named[one] for key, one in ids.items()}

    def listed(self, row: Row[*tuple[Any, ...]]) -> ListedRow:
        """Return what every report shows of an assignment."""
        executor = self.people[row.executor_id]
        entry: ListedRow = {
            "id": dashed(row.id),
            "document_number": self.numbers.get(row.document_id, row.number),
            "text": self.text(row),
            "author": self.people[row.author_id].name,
            "executor": executor.name,
            "department": executor.department,
            "due": row.due,
            "state": row.state,
            "control": row.control,
            "shifts": row.shifts,
        }
        if self.part.code is not None:
            entry["organization"] = self.part.code
        return entry

    @cached_property
    def numbers(self) -> dict[str, str]:
        """Return the numbers that documents had then and have not now."""
        cutoff = self.part.moment.cutoff
        if cutoff is None:
            return {}
        from sed_tui.storage.past_names import numbers_before  # for past days alone

        return numbers_before(self.part.work.db, self.part.work.organization_id, cutoff)

    @cached_property
    def texts(self) -> dict[str, str]:
        """Return the texts that assignments had then and have not now."""
        cutoff = self.part.moment.cutoff
        if cutoff is None:
            return {}
        from sed_tui.storage.past_names import texts_before  # for past days alone

        return texts_before(self.part.work.db, self.part.work.organization_id, cutoff)

    def delay(self, due: str, reported: str | None) -> tuple[int, int | None]:
        """Return calendar and working days from the term to the report, or to the day."""
        known = self._delays.get((due, reported))
        if known is None:
            known = self._delays[due, reported] = self._count(due, reported)
        return known

    def text(self, row: Row[*tuple[Any, ...]]) -> str:
        """Return the text, masked where the document is for official use only."""
        if row.confidentiality in OPEN_TO_ALL or self._may_read(row):
            return self.texts.get(row.id, str(row.text))
        return _(MASK)

    def _may_read(self, row: Row[*tuple[Any, ...]]) -> bool:
        """Tell whether the actor has a part in the assignment or is cleared."""
        if self.part.work.options.masked:
            return False
        actor = self.part.actor
        people = {row.author_id, row.executor_id, row.entered_by, row.controller_id} - {None}
        return actor.clearance or actor.employee_id in {UUID(key) for key in people}

    def _count(self, due: str, reported: str | None) -> tuple[int, int | None]:
        """Count calendar and working days; a report that waits has stopped the clock (A16)."""
        start = date.fromisoformat(due)
        end = date.fromisoformat(reported) if reported else self.part.moment.day
        calendar = self.part.work.calendar
        if end < start or not calendar.covers(start, end):
            return (end - start).days, None
        return (end - start).days, calendar.working_days_between(start, end)
