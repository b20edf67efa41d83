"""Operations on the open assignments of somebody who leaves: list them, hand them over."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.handover import Item, Part
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ListOpenItems(ListRequest):
    """Ask for everything open that a person has a part in, by term; `parts` narrows it."""

    employee: str
    parts: tuple[Part, ...] = ()


class HandOver(Request):
    """Give a person's parts in open assignments, in drafts and in schedules to others.

    Several successors take turns, whoever may take an item. `assignments` names single
    ones, all others stay, drafts and schedules too.
    """

    employee: str
    parts: tuple[Part, ...] = ()
    to: tuple[str, ...] = Field(min_length=1, max_length=100)
    assignments: tuple[str, ...] = Field(default=(), max_length=1000)


class OpenItem(Message):
    """A part in an open assignment, a draft or a schedule.

    The text is empty for those who may not see it, and of what is not issued yet.
    """

    id: UUID
    short_id: str
    item: Item = Item.ASSIGNMENT
    part: Part
    text: str | None
    due: date | None
    state: str
    successor: str | None = None


class OpenItemPage(Page):
    """Some parts, and the cursor of the next page when there is one."""

    rows: list[OpenItem]


class HandedOver(Message):
    """What went to whom."""

    rows: list[OpenItem]
    next: None = None


ITEMS = Operation(
    "handover.list",
    N_("List the open assignments of a person"),
    ListOpenItems,
    OpenItemPage,
    Effect.READ,
)
HANDOVER = Operation(
    "assignment.handover",
    N_("Hand over the open assignments of a person"),
    HandOver,
    HandedOver,
    Effect.DESTROY,
)
