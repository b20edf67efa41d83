"""The rows of the overdue report, a hundred thousand of them in a second."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sed_tui.handlers.report_listing import OPEN_TO_ALL, Listing
from sed_tui.storage.overdue import overdue_listing
from sed_tui.storage.raw import dashed

if TYPE_CHECKING:
    from sed_tui.operations.report import OverdueRow
    from sed_tui.storage.names import Person

# places in the listing: by name a row is slower to read than by number
_AUTHOR, _EXECUTOR = 3, 4


class OverdueRows(Listing):
    """Reads what is overdue in one organization."""

    def read(self, person: str) -> tuple[list[OverdueRow], dict[Person, int]]:
        """Return every row, the longest overdue first, and how many each person has."""
        part = self.part
        listed = self.fetch(overdue_listing(part.actor, part.moment, part.people))
        people, texts = self.people, self.texts
        rows: list[OverdueRow] = []
        for row in listed:
            (key, document, text, author, executor, _clerk, _controller, due, reported,
             state, control, shifts, number, mark) = row  # fmt: skip
            days, working = self.delay(due, reported)
            who = people[executor]
            entry: OverdueRow = {
                "id": dashed(key),
                "document_number": self.numbers.get(document, number),
                "text": self.text(row) if texts or mark not in OPEN_TO_ALL else text,
                "author": people[author].name,
                "executor": who.name,
                "department": who.department,
                "due": due,
                "days_overdue": days,
                "working_days_overdue": working,
                "state": state,
                "control": control,
                "shifts": shifts,
            }
            if part.code is not None:
                entry["organization"] = part.code
            rows.append(entry)
        place = _AUTHOR if person == "author_id" else _EXECUTOR
        counted = Counter(row[place] for row in listed)
        return rows, {people[key]: count for key, count in counted.items()}
