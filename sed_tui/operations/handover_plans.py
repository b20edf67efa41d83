"""The operation that lists what a person is named in before it is issued."""

from __future__ import annotations

from sed_tui.i18n import N_
from sed_tui.operations.handover import OpenItemPage
from sed_tui.operations.pages import ListRequest
from sed_tui.operations.registry import Effect, Operation


class ListPlans(ListRequest):
    """Ask for the drafts of resolutions and the schedules that name a person.

    The limit counts drafts and schedules; each has a row for every part of the person.
    """

    employee: str


PLANS = Operation(
    "handover.plans",
    N_("List the drafts and schedules of a person"),
    ListPlans,
    OpenItemPage,
    Effect.READ,
)
