"""Whose turn it is to take what somebody leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.assignments import NobodyTakes

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable

    from sed_tui.handlers.employee import EmployeeReference


def next_fit(
    successors: deque[EmployeeReference], may: Callable[[EmployeeReference], bool], item: str
) -> EmployeeReference:
    """Return the first in turn who may take an item; his turn comes again after the others.

    Raises `NobodyTakes`.
    """
    for successor in list(successors):
        if may(successor):
            successors.remove(successor)
            successors.append(successor)
            return successor
    raise NobodyTakes(field="to", assignment=item)
