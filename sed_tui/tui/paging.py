"""Rows of a list operation, a page at a time, by cursors where they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from widgets.rows import Row, Total

PAGE = 100


class PagedRows:
    """A source of rows over `read(after, skip) -> (rows, next)` and `count(limit)`.

    A page next to a known one starts at its cursor; a jump skips rows from the nearest
    cursor before it.
    """

    page_size = PAGE

    def __init__(
        self,
        read: Callable[[str | None, int], tuple[Sequence[Row], str | None]],
        count: Callable[[int | None], Total],
    ) -> None:
        self._read = read
        self._count = count
        self._starts: dict[int, str | None] = {0: None}

    def count(self, limit: int | None) -> Total:
        """Return how many rows there are, counting up to a limit."""
        return self._count(limit)

    def page(self, number: int) -> Sequence[Row]:
        """Return the rows of one page."""
        known = max(start for start in list(self._starts) if start <= number)
        rows, following = self._read(self._starts[known], (number - known) * self.page_size)
        if following is not None:
            self._starts[number + 1] = following
        return rows
