"""Units that imported people work in; an unknown name is a new unit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.text import folded
from sed_tui.errors import NotFound
from sed_tui.handlers.unit import find_unit
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work

_SHORT = 16


class Units:
    """The units of an organization, as the rows of one import name them."""

    def __init__(self, work: Work, run: UUID) -> None:
        self._work = work
        self._run = run
        self._known: dict[str, UUID] = {}

    def find_or_make(self, text: str | None) -> str | None:
        """Return the id of the unit under a code or a name, as hex digits.

        Raises `AmbiguousUnit`.
        """
        if text is None:
            return None
        key = folded(text)
        if key not in self._known:
            try:
                self._known[key] = find_unit(self._work, text)
            except NotFound:
                self._known[key] = self._make(text)
        return self._known[key].hex

    def _make(self, name: str) -> UUID:
        unit = uuid4()
        row = {"code": self._free_code(name), "name": name}
        self._work.db.execute(
            insert(UnitTable).values(
                id=unit,
                organization_id=self._work.organization_id,
                state="active",
                import_run_id=self._run,
                **row,
            )
        )
        self._work.record("import", "unit", unit, None, row)
        return unit

    def _free_code(self, name: str) -> str:
        """Return the name itself when it is short, else its initials, with a number if taken."""
        words = name.replace("-", " ").split()
        initials = "".join(word[0] for word in words).upper()[:_SHORT]
        code = name if len(words) == 1 and len(name) <= _SHORT else initials
        taken = set(
            self._work.db.scalars(
                select(col(UnitTable.code)).where(
                    col(UnitTable.organization_id) == self._work.organization_id
                )
            )
        )
        numbered = (f"{code}{number or ''}" for number in [0, *range(2, len(taken) + 3)])
        return next(free for free in numbered if free not in taken)
