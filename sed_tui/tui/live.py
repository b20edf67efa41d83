"""Lists that renew themselves: whether anything changed is asked rarely, and costs one row."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from sed_tui.errors import SedError

if TYPE_CHECKING:
    from sed_tui.tui.app import SedApp

_FIRST_SECONDS, _SECONDS = 5, 15
# of thousands of terminals that stand open few are worked at: only those ask every time
_RESTS_AFTER_SECONDS, _RESTING_EVERY = 300, 4


class LiveLists:
    """Looks whether somebody has changed something, and has the list on the screen read again.

    Where a key was pressed in the last minutes it looks more often. While the terminal is
    not looked at nothing is asked. A failure is no news: the next look comes, and whatever
    the user does tells of it.
    """

    def __init__(self, app: SedApp) -> None:
        self._app = app
        self._cursor: int | None = None
        self.is_stale = self._is_looking = False
        self._touched, self._turns = time.monotonic(), 0

    def begin(self) -> None:
        """Begin to look once in a while."""
        self._app.set_timer(_FIRST_SECONDS, self.look)
        self._app.set_interval(_SECONDS, self.turn)

    def touch(self) -> None:
        """Take note that somebody works here."""
        self._touched = time.monotonic()

    async def turn(self) -> None:
        """Look, where somebody works here every time, else now and then."""
        self._turns += 1
        rests = time.monotonic() - self._touched > _RESTS_AFTER_SECONDS
        if not rests or self._turns % _RESTING_EVERY == 0:
            await self.look()

    async def look(self) -> None:
        """Ask how far the changes have come; renew the list if there are new ones."""
        if self._is_looking or not self._app.app_focus or not self._app.may("session.changes"):
            return
        self._is_looking = True
        try:
            cursor = await asyncio.to_thread(self._ask)
        except SedError:
            return
        finally:
            self._is_looking = False
        self.is_stale |= self._cursor not in {None, cursor}
        self._cursor = cursor
        if self.is_stale:
            self.is_stale = not self._app.renew_list()

    def _ask(self) -> int:
        from sed_tui.operations.session import CHANGES, ShowChanges

        return self._app.gateway.call(CHANGES, ShowChanges()).cursor
