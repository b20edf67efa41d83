"""Who may take over what somebody leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from sed_tui.domain.handover import Part, may_follow

AUTHOR, EXECUTOR, CONTROLLER, HELPER, NEW = (UUID(int=n) for n in range(1, 6))
P = Part


@pytest.mark.parametrize(
    ("parts", "successor", "changes", "allowed"),
    [
        ({P.EXECUTOR}, NEW, {}, True),
        ({P.EXECUTOR}, CONTROLLER, {}, False),
        ({P.EXECUTOR}, HELPER, {}, False),
        ({P.EXECUTOR}, AUTHOR, {}, True),
        ({P.EXECUTOR}, AUTHOR, {"controller": None}, False),
        ({P.EXECUTOR}, AUTHOR, {"controller": None, "on_control": False}, True),
        ({P.CONTROLLER}, EXECUTOR, {}, False),
        ({P.CONTROLLER}, AUTHOR, {}, True),
        ({P.AUTHOR}, EXECUTOR, {}, True),
        ({P.AUTHOR}, EXECUTOR, {"controller": None}, False),
        ({P.CO_EXECUTOR}, NEW, {}, True),
        ({P.CO_EXECUTOR}, HELPER, {}, True),
        ({P.CO_EXECUTOR}, EXECUTOR, {}, False),
        ({P.AUTHOR, P.EXECUTOR}, NEW, {"controller": None, "on_control": False}, True),
    ],
)
def test_nobody_gets_two_parts_and_somebody_is_left_to_accept(
    parts: set[Part], successor: UUID, changes: dict[str, Any], allowed: bool
) -> None:
    standing: dict[str, Any] = {
        "author": AUTHOR,
        "executor": EXECUTOR,
        "controller": CONTROLLER,
        "co_executors": {HELPER},
        "on_control": True,
    }

    assert may_follow(parts, successor, **{**standing, **changes}) is allowed
