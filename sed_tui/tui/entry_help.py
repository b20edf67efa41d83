"""What helps while a field of a dialog is typed: when a term ends, whom a name means."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.suggester import Suggester

from sed_tui.domain.clock import SystemClock, office_day
from sed_tui.errors import SedError
from sed_tui.i18n import _
from sed_tui.operations.calendar import EXPLAIN, ExplainTerm
from sed_tui.tui.wording import long_day
from widgets.form_field import complaint

if TYPE_CHECKING:
    from sed_tui.domain.calendar import Direction
    from sed_tui.gateway import Gateway

_SHORTEST = 2


def told_term(gateway: Gateway, term: str, days_off: Direction | None = None) -> str:
    """Say when a term counted from today ends and why, or what is wrong with it. Blocks."""
    try:
        start = office_day(SystemClock().now())
        found = gateway.call(EXPLAIN, ExplainTerm(start=start, term=term, days_off=days_off))
    except SedError as error:
        return f"! {complaint(error)}"
    if found.effective is None:
        return _("without a term")
    end = _("until {day}").format(day=long_day(found.effective))
    return "\n".join([end, *found.explanation])


class PersonSuggester(Suggester):
    """Completes the name of a colleague; the right arrow takes it."""

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._gateway = gateway

    async def get_suggestion(self, value: str) -> str | None:
        """Return the first name that begins as typed."""
        if len(value) < _SHORTEST:
            return None
        return await asyncio.to_thread(self._find, value)

    def _find(self, value: str) -> str | None:
        # 15 ms of models, for the first name that is typed
        from sed_tui.operations.employee import LIST, ListEmployees

        try:
            rows = self._gateway.call(LIST, ListEmployees(query=value, limit=20)).rows
        except SedError:  # what is typed is checked when it is sent
            return None
        names = [row.full_name for row in rows]
        return next((name for name in names if name.casefold().startswith(value.casefold())), None)
