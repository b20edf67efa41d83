"""Handing over the work of somebody who leaves: which parts there are, who may take one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID


class Part(StrEnum):
    """What a person is in an open assignment."""

    EXECUTOR = "executor"
    CO_EXECUTOR = "co_executor"
    CONTROLLER = "controller"
    AUTHOR = "author"


class Item(StrEnum):
    """What a person has a part in: issued already, or to be issued."""

    ASSIGNMENT = "assignment"
    DRAFT = "draft"
    SCHEDULE = "schedule"


ITEM_TITLES = {
    Item.ASSIGNMENT: N_("assignment"),
    Item.DRAFT: N_("draft resolution"),
    Item.SCHEDULE: N_("schedule"),
}
PART_TITLES = {
    Part.EXECUTOR: N_("executor"),
    Part.CO_EXECUTOR: N_("co-executor"),
    Part.CONTROLLER: N_("controller"),
    Part.AUTHOR: N_("author"),
}


def replaced(people: Sequence[UUID], leaver: UUID, successor: UUID) -> tuple[UUID, ...]:
    """Return people with a successor in the leaver's place, each once."""
    return tuple(dict.fromkeys(successor if who == leaver else who for who in people))


def may_follow(
    parts: Collection[Part],
    successor: UUID,
    *,
    author: UUID,
    executor: UUID,
    controller: UUID | None,
    co_executors: Collection[UUID],
    on_control: bool,
) -> bool:
    """Tell whether a person may take somebody's parts in one assignment over.

    Executor, controller and co-executors stay different people, and nobody is left to
    accept his own report.
    """
    author = successor if Part.AUTHOR in parts else author
    executor = successor if Part.EXECUTOR in parts else executor
    controller = successor if Part.CONTROLLER in parts else controller
    if controller is None:
        accepted = not on_control or author != executor
    else:
        accepted = controller != executor
    responsible = {executor, controller}
    helps = Part.CO_EXECUTOR in parts or successor in co_executors
    return accepted and not (helps and successor in responsible)
